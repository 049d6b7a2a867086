package ingest

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// headerRows is how far down a header is looked for.
const headerRows = 50

var errNoValues = errors.New("the sheet has no values; name another with sheet")

// decide reads ahead to find the header, the columns and their types.
func (w *Workbook) decide(opts WorkbookOptions) error {
	for len(w.pending) < prefixRows+headerRows {
		row, err := w.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if row.number > opts.SkipRows {
			w.pending = append(w.pending, sheetRow{row.number, slices.Clone(row.cells)})
		}
	}
	if len(w.pending) == 0 {
		return errNoValues
	}
	at := w.headerIndex(opts)
	var names []string
	if at >= 0 {
		last := at
		rows := w.texts(min(at+2, len(w.pending)))
		names = rows[at]
		if opts.Header == nil {
			names, last = joinHeader(rows, at)
		}
		w.header = w.pending[last].number
		w.pending = w.pending[last+1:]
	}
	w.nameColumns(names)
	w.typeColumns(opts.AllVarchar)
	return nil
}

// headerIndex returns which of the pending rows is the header, -1 for none.
func (w *Workbook) headerIndex(opts WorkbookOptions) int {
	switch {
	case opts.Header != nil && *opts.Header:
		return 0
	case opts.Header != nil:
		return -1
	}
	rows := w.texts(min(headerRows, len(w.pending)))
	if opts.headerAt != nil {
		if at := opts.headerAt(rows); at >= 0 {
			return at
		}
	}
	return headerIndex(rows, func(row, col int) bool {
		return w.kindAt(row, col) == valueText
	})
}

func (w *Workbook) kindAt(row, col int) valueKind {
	for i := range w.pending[row].cells {
		if c := &w.pending[row].cells[i]; c.col == col {
			return w.valueOf(c).kind
		}
	}
	return valueNull
}

// texts returns the first n pending rows as texts.
func (w *Workbook) texts(n int) [][]string {
	rows := make([][]string, n)
	for i := range rows {
		for j := range w.pending[i].cells {
			c := &w.pending[i].cells[j]
			for len(rows[i]) <= c.col {
				rows[i] = append(rows[i], "")
			}
			v := w.valueOf(c)
			rows[i][c.col] = v.String()
		}
	}
	return rows
}

// headerIndex returns the first row that has a name in most columns, and hardly
// one twice; -1 if none has. Titles above the header fill a cell or two only, and rows of
// data repeat themselves or have numbers.
func headerIndex(rows [][]string, isName func(row, col int) bool) int {
	width := 0
	for _, row := range rows {
		width = max(width, countFilled(row))
	}
	for i, row := range rows {
		seen := map[string]bool{}
		for col, cell := range row {
			if key := strings.ToLower(strings.TrimSpace(cell)); key != "" && isName(i, col) {
				seen[key] = true
			}
		}
		filled := countFilled(row)
		if filled*10 >= width*6 && len(seen)*10 >= filled*7 {
			return i
		}
	}
	return -1
}

func countFilled(row []string) int {
	n := 0
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// nameColumns makes a column of every one that has a name or a value.
func (w *Workbook) nameColumns(names []string) {
	width := len(names)
	for _, row := range w.pending {
		for i := range row.cells {
			if w.valueOf(&row.cells[i]).kind != valueNull {
				width = max(width, row.cells[i].col+1)
			}
		}
	}
	texts := make([]string, width)
	copy(texts, names)
	for _, name := range uniqueNames(texts) {
		w.columns = append(w.columns, Column{Name: name})
	}
}

// uniqueNames makes names of columns distinct in any case, and gives an empty
// one the letters of its column.
func uniqueNames(names []string) []string {
	out := make([]string, len(names))
	taken := map[string]bool{}
	for _, n := range names {
		taken[strings.ToLower(oneLine(n))] = true
	}
	used := map[string]bool{}
	next := map[string]int{} // the number that the next of a name may have
	for i, n := range names {
		n = oneLine(n)
		if n == "" {
			n = columnLetters(i)
		}
		name, key := n, strings.ToLower(n)
		for k := max(2, next[key]); used[strings.ToLower(name)] || (name != n && taken[strings.ToLower(name)]); k++ {
			name, next[key] = fmt.Sprintf("%s_%d", n, k), k+1
		}
		used[strings.ToLower(name)] = true
		out[i] = name
	}
	return out
}

// oneLine joins the words of a name that a cell breaks over lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// typeColumns decides each type from the values in the pending rows.
func (w *Workbook) typeColumns(allVarchar bool) {
	kinds := make([]uint, len(w.columns)) // a bit for each kind seen
	for _, row := range w.pending {
		for i := range row.cells {
			if c := &row.cells[i]; c.col < len(kinds) {
				kinds[c.col] |= 1 << w.valueOf(c).kind
			}
		}
	}
	for i := range w.columns {
		w.columns[i].Type = TypeVarchar
		if !allVarchar {
			w.columns[i].Type = typeOfKinds(kinds[i] &^ (1 << valueNull))
		}
	}
}

func typeOfKinds(kinds uint) string {
	only := func(of ...valueKind) bool {
		rest := kinds
		for _, k := range of {
			rest &^= 1 << k
		}
		return rest == 0
	}
	switch {
	case kinds == 0:
		return TypeVarchar
	case only(valueNumber, valueDigits):
		return TypeDouble
	case only(valueDate):
		return TypeDate
	case only(valueDate, valueTimestamp):
		return TypeTimestamp
	case only(valueBool):
		return TypeBoolean
	}
	return TypeVarchar
}
