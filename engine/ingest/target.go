package ingest

import (
	"fmt"
	"slices"
	"strings"

	sqltext "github.com/dhowdb/dhow/sql"
)

// DefaultTarget is the table that files are loaded into if no other is asked for.
const DefaultTarget = "customs.declaration"

// flowTarget is the table of trade statistics.
const flowTarget = "customs.trade_flow"

// target is a table that files can be loaded into, as its DDL describes it.
type target struct {
	name    string
	columns []targetColumn // those that a file can fill, in the order of the table
	needs   [][]string     // a file must have one column of each group
	key     [][]string     // what tells rows apart; without one of the first group nothing does
	hsText  bool           // the table keeps the code as it came
}

// targetColumn is a column that a file can fill.
type targetColumn struct {
	name       string
	typ        string
	kind       columnKind
	normalizer string // function that reads its codes
	unit       string // kg, per cent, or the column with the currency
}

type columnKind uint8

const (
	kindText columnKind = iota
	kindNumber
	kindWhole
	kindDate
	kindTruth
	kindCode
	kindHS
	kindFlow
)

// bookkeeping are the columns that the import itself fills.
var bookkeeping = []string{"hs_text", "raw", "extra", "source_id", "source_file", "source_row", "source_line"}

// targets are read once; the DDL is part of the program, so an error in it is
// found by the first test.
var targets = mustTargets()

func mustTargets() []*target {
	tables, err := sqltext.Tables()
	if err != nil {
		panic(fmt.Sprintf("sql/schema: %v", err))
	}
	var list []*target
	for _, table := range tables {
		if table.Needs == nil {
			continue // nothing is loaded into it
		}
		t := &target{name: table.Name, needs: table.Needs, key: table.Key, hsText: table.Column("hs_text") != nil}
		for _, c := range table.Columns {
			if !slices.Contains(bookkeeping, c.Name) {
				t.columns = append(t.columns, targetColumn{c.Name, c.Type, kindOf(c), c.Normalizer, c.Unit})
			}
		}
		list = append(list, t)
	}
	return list
}

// kindOf tells how the cells of a column are read.
func kindOf(c sqltext.Column) columnKind {
	switch {
	case c.Normalizer == "hs_normalize":
		return kindHS
	case c.Normalizer != "":
		return kindCode
	case c.Name == "flow":
		return kindFlow
	case c.Type == "DATE":
		return kindDate
	case c.Type == "BOOLEAN":
		return kindTruth
	case c.Type == "INTEGER":
		return kindWhole
	case c.Type == "DOUBLE", strings.HasPrefix(c.Type, "DECIMAL"):
		return kindNumber
	}
	return kindText
}

// targetOf finds a table by its name, with or without its schema; nothing is
// [DefaultTarget].
func targetOf(name string) (*target, error) {
	if name == "" {
		name = DefaultTarget
	}
	full := strings.ToLower(name)
	if !strings.Contains(full, ".") {
		full = "customs." + full
	}
	for _, t := range targets {
		if t.name == full {
			return t, nil
		}
	}
	return nil, fmt.Errorf("there is no table %q to load into; say one of %s", name, strings.Join(Targets(), ", "))
}

// Targets returns the names of the tables that files can be loaded into.
func Targets() []string {
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = t.name
	}
	return names
}

// column returns a column by its name; its name is empty if there is none.
func (t *target) column(name string) targetColumn {
	if i := t.index(name); i >= 0 {
		return t.columns[i]
	}
	return targetColumn{}
}

// index returns the place of a column, -1 if there is none.
func (t *target) index(name string) int {
	return slices.IndexFunc(t.columns, func(c targetColumn) bool { return c.name == name })
}

func (t *target) kind(column string) columnKind { return t.column(column).kind }

// names lists the columns that a file can fill.
func (t *target) names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// listOr writes a list as prose: a, b or c.
func listOr(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// isRaw tells whether a cell of the kind must be kept as text until it is
// known that it could be read.
func (k columnKind) isRaw() bool {
	return k == kindNumber || k == kindWhole || k == kindDate || k == kindTruth
}
