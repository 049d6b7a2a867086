package hs

import (
	"fmt"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

// book is all that functions look up: the reference facts, and what a user's
// own tables add to them. Its parts are made when they are first asked for.
type book struct {
	*nomenclature
	correlation  func() (*correlation, error)
	names        func() (*names, error)
	descriptions func() (*descriptions, error)
	tariff       func() (*tariff, error)
}

// plainBook is the book without own tables.
var plainBook = sync.OnceValues(func() (*book, error) {
	n, err := loadNomenclature()
	if err != nil {
		return nil, err
	}
	return &book{
		nomenclature: n,
		correlation:  loadCorrelation,
		names:        loadNames,
		descriptions: func() (*descriptions, error) { return nil, nil },
		tariff:       func() (*tariff, error) { return nil, nil },
	}, nil
})

// bookOf returns the book for a user's own tables, which may be nil.
func bookOf(o *udf.Own) (*book, error) {
	if o == nil {
		return plainBook()
	}
	return udf.Keep(o, "hs", func() (*book, error) { return newBook(o) })
}

func newBook(o *udf.Own) (*book, error) {
	plain, err := plainBook()
	if err != nil {
		return nil, err
	}
	b := *plain
	b.tariff = sync.OnceValues(func() (*tariff, error) { return newTariff(o) })
	b.descriptions = sync.OnceValues(func() (*descriptions, error) {
		t, err := b.tariff()
		if err != nil {
			return nil, err
		}
		return newDescriptions(o, t)
	})
	if o.Table(ownEditions) != nil {
		if b.nomenclature, err = withOwnEditions(o); err != nil {
			return nil, err
		}
		b.correlation = sync.OnceValues(func() (*correlation, error) { return withOwnLinks(b.nomenclature, o) })
	}
	if o.Table(ownWeights) != nil {
		unweighed := b.correlation
		b.correlation = sync.OnceValues(func() (*correlation, error) {
			c, err := unweighed()
			if err != nil {
				return nil, err
			}
			return c.withOwnWeights(b.nomenclature, o)
		})
	}
	return &b, nil
}

// The user's own tables that functions heed, all in the schema customs.
const (
	ownEditions     = "hs"
	ownLinks        = "hs_correlation"
	ownDescriptions = "hs_descriptions"
	ownWeights      = "hs_weight"
	ownTariff       = "tariff"
)

// OwnTables are the names of the user's tables that the functions heed.
var OwnTables = []string{ownEditions, ownLinks, ownDescriptions, ownWeights, ownTariff}

// ownRows reads a user's table row by row.
type ownRows struct {
	name string
	*udf.Facts
	columns map[string]int
	row     int // the current one
}

// ownTable returns the rows of a user's table, which must have some columns.
func ownTable(o *udf.Own, name string, columns ...string) (*ownRows, error) {
	facts := o.Table(name)
	if facts == nil {
		return &ownRows{name: name, Facts: &udf.Facts{}, row: -1}, nil
	}
	r := &ownRows{name: name, Facts: facts, columns: map[string]int{}, row: -1}
	for i, c := range facts.Columns {
		r.columns[c] = i
	}
	for _, c := range columns {
		if _, ok := r.columns[c]; !ok {
			return nil, fmt.Errorf("customs.%s has no column %s, which it must have", name, c)
		}
	}
	return r, nil
}

// next goes to the next row, and reports whether there is one.
func (r *ownRows) next() bool {
	r.row++
	return r.row < len(r.Rows)
}

// get returns a cell of the current row, empty for NULL and for a column that
// the table hasn't.
func (r *ownRows) get(column string) string {
	if i, ok := r.columns[column]; ok {
		return r.Rows[r.row][i]
	}
	return ""
}

// errorf names the current row, counted from 1.
func (r *ownRows) errorf(format string, args ...any) error {
	return fmt.Errorf("customs.%s, row %d: %w", r.name, r.row+1, fmt.Errorf(format, args...))
}

// code returns the tariff code of the current row.
func (r *ownRows) code(column string) (udf.Str, error) {
	text := r.get(column)
	code, ok := codeIn(text)
	if !ok {
		return udf.Str{}, r.errorf("%s %q is no tariff code; correct the row, or load only rows in which hs_level(%[1]s) is not NULL", column, text)
	}
	return code, nil
}

// subheading returns the six-digit code of the current row.
func (r *ownRows) subheading(column string) (uint32, error) {
	code, err := r.code(column)
	if err == nil && code.Len() != 6 {
		err = r.errorf("%s %q has %d digits, not 6", column, r.get(column), code.Len())
	}
	if err != nil {
		return 0, err
	}
	return number(code, 6), nil
}
