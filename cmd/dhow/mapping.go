package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/dhowdb/dhow/engine/ingest"
)

// Longest texts of the tables that an import prints, in cells.
const (
	longestSource  = 32
	longestExample = 22
	longestWhy     = 60
)

// mostExtras is how many columns that fit nowhere are shown with an example.
const mostExtras = 20

// namedExtras is how many of them are named where there are more.
const namedExtras = 8

// reportText is the report of an import, in the making.
type reportText struct {
	strings.Builder
	width int // of the terminal that it is for, 0 if it is for none
}

// mapping tells which column of a file fills which of the table, how sure that
// is, and why.
func (b *reportText) mapping(f ingest.FileReport) {
	if r := f.Remembered; r != nil {
		by := "of the same columns"
		if r.User {
			by = "of the same columns, which you had a say in"
		}
		fmt.Fprintf(b, "  mapping remembered from %s %s, %s; --fresh maps anew\n", r.File, r.At.Format("2006-01-02 15:04"), by)
	}
	table := [][]string{{"column of the file", "example", "column", "sure", "why"}}
	for _, m := range f.Mapping {
		column := m.Column
		if m.Scale != 0 {
			column += fmt.Sprintf(" × %g", m.Scale)
		}
		if m.UnitFrom != "" {
			column += " by unit"
		}
		if m.Currency != "" {
			column += " in " + m.Currency
		}
		table = append(table, []string{
			short(m.Source, longestSource), short(f.Examples[m.Source], longestExample), column,
			fmt.Sprintf("%3.0f %%", 100*m.Confidence), short(m.Why, longestWhy),
		})
	}
	for _, column := range slices.Sorted(maps.Keys(f.Constants)) {
		table = append(table, []string{"(constant)", short(f.Constants[column], longestExample), column, "", ""})
	}
	few := len(f.Unmapped) <= mostExtras
	for _, name := range f.Unmapped {
		if few {
			table = append(table, []string{short(name, longestSource), short(f.Examples[name], longestExample), "kept in extra", "", ""})
		}
	}
	b.table(table)
	if !few {
		b.WriteString(wrapped(fmt.Sprintf("  kept in extra: %s and %d more (column extra of %s has all)",
			strings.Join(f.Unmapped[:namedExtras], ", "), len(f.Unmapped)-namedExtras, f.Target), "    ", b.width))
	}
}

// preview shows the first rows of a dry run, and why others are rejected.
func (b *reportText) preview(f ingest.FileReport) {
	var table [][]string
	for i, column := range f.Preview.Columns {
		line := []string{column}
		for _, row := range f.Preview.Rows {
			line = append(line, short(row[i], previewCell))
		}
		table = append(table, line)
	}
	if len(f.Preview.Rows) > 0 {
		fmt.Fprintf(b, "  the first %d rows, a row a column:\n", len(f.Preview.Rows))
		b.table(table)
	}
	for _, fault := range f.Faults {
		where := ""
		if fault.Column != "" {
			where = fmt.Sprintf(" in %s", fault.Column)
		}
		fmt.Fprintf(b, "  %s rows would be rejected: %q%s %s\n", grouped(float64(fault.Rows)), short(fault.Raw, longestWhy), where, fault.Reason)
	}
}

// previewCell is how wide a cell of a preview is.
const previewCell = 12

// table writes rows of cells one below the other.
func (b *reportText) table(table [][]string) {
	var widths []int
	for _, row := range table {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	for _, row := range table {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString("  " + runewidth.FillRight(cell, widths[i]))
		}
		b.WriteString(fitted(line.String(), b.width) + "\n")
	}
}

// short cuts a text to a width, on one line.
func short(s string, width int) string {
	return runewidth.Truncate(strings.Join(strings.Fields(s), " "), width, "…")
}
