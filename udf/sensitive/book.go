package sensitive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/hs"
)

// Entry is a prefix of tariff codes on a list.
type Entry struct {
	Prefix, Category, Basis string
	Verify                  string // "verify before use", or empty
	Own                     bool   // whether the user has added it
}

// book finds the entries of a code.
type book struct {
	byPrefix map[string][]Entry // those of one prefix, by category
	lengths  []int              // of prefixes, the longest first
}

// plainBook is the book without the user's own list.
var plainBook = sync.OnceValues(func() (*book, error) {
	facts, err := udf.FactsSource("sensitive_goods")
	if err != nil {
		return nil, fmt.Errorf("read the sensitive goods: %w", err)
	}
	entries, err := read(facts, false)
	if err != nil {
		return nil, fmt.Errorf("read the sensitive goods: %w", err)
	}
	return newBook(entries), nil
})

// bookOf returns the book for a user's own tables, which may be nil.
func bookOf(own *udf.Own) (*book, error) {
	if own.Table(OwnTable) == nil {
		return plainBook()
	}
	return udf.Keep(own, OwnTable, func() (*book, error) {
		entries, err := List(own)
		return newBook(entries), err
	})
}

// List returns all entries, those of the user's own table last.
func List(own *udf.Own) ([]Entry, error) {
	plain, err := plainBook()
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, entries := range plain.byPrefix {
		all = append(all, entries...)
	}
	slices.SortFunc(all, func(a, b Entry) int {
		return strings.Compare(a.Prefix+"\t"+a.Category, b.Prefix+"\t"+b.Category)
	})
	facts := own.Table(OwnTable)
	if facts == nil {
		return all, nil
	}
	added, err := read(facts, true)
	if err != nil {
		return nil, fmt.Errorf("sensitive_goods: read the user's table customs.%s: %w", OwnTable, err)
	}
	return append(all, added...), nil
}

// read returns the rows of a table as entries.
func read(facts *udf.Facts, own bool) ([]Entry, error) {
	if !facts.Has("hs_prefix") {
		return nil, errors.New("it has no column hs_prefix")
	}
	prefixes, err := facts.Select("hs_prefix")
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(facts.Rows))
	for i, text := range prefixes[0] {
		digits, ok := hs.Normalize(text)
		if !ok {
			return nil, fmt.Errorf("row %d: the hs_prefix %q is no tariff code of 2 to 12 digits", i+1, text)
		}
		entries[i] = Entry{Prefix: digits, Own: own}
	}
	for column, to := range map[string]func(*Entry) *string{
		"category": func(e *Entry) *string { return &e.Category },
		"basis":    func(e *Entry) *string { return &e.Basis },
		"verify":   func(e *Entry) *string { return &e.Verify },
	} {
		if !facts.Has(column) {
			continue
		}
		cells, err := facts.Select(column)
		if err != nil {
			return nil, err
		}
		for i, cell := range cells[0] {
			*to(&entries[i]) = cell
		}
	}
	return entries, nil
}

func newBook(entries []Entry) *book {
	b := &book{byPrefix: map[string][]Entry{}}
	for _, e := range entries {
		b.byPrefix[e.Prefix] = append(b.byPrefix[e.Prefix], e)
		if !slices.Contains(b.lengths, len(e.Prefix)) {
			b.lengths = append(b.lengths, len(e.Prefix))
		}
	}
	slices.Sort(b.lengths)
	slices.Reverse(b.lengths)
	return b
}

// on appends the entries that the digits of a code begin with.
func (b *book) on(entries []Entry, digits string) []Entry {
	for _, n := range b.lengths {
		if n <= len(digits) {
			entries = append(entries, b.byPrefix[digits[:n]]...)
		}
	}
	return entries
}
