// Package rendertest has results made of Go values, for tests of whatever
// renders or passes on rows.
package rendertest

import (
	"encoding/json"
	"fmt"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
)

// Rows is a result held in memory. A nil value is NULL.
type Rows struct {
	Cols   []render.Column
	Values [][]any
	// Fail ends the rows with this error after the last of Values.
	Fail error
	// Repeat gives all values this many times; 0 is once.
	Repeat int

	row, round int
}

// Columns implements [render.Rows].
func (r *Rows) Columns() []render.Column { return r.Cols }

// Next implements [render.Rows].
func (r *Rows) Next() bool {
	if len(r.Values) == 0 {
		return false
	}
	r.row++
	if r.row > len(r.Values) {
		r.round++
		if r.round >= r.Repeat {
			return false
		}
		r.row = 1
	}
	return true
}

// IsNull implements [render.Rows].
func (r *Rows) IsNull(col int) bool { return r.Values[r.row-1][col] == nil }

// AppendText implements [render.Rows].
func (r *Rows) AppendText(dst []byte, col int) []byte {
	if s, ok := r.Values[r.row-1][col].(string); ok {
		return append(dst, s...)
	}
	return fmt.Append(dst, r.Values[r.row-1][col])
}

// AppendJSON implements [render.Rows].
func (r *Rows) AppendJSON(dst []byte, col int) []byte {
	value, err := json.Marshal(r.Values[r.row-1][col])
	if err != nil {
		// The values are those of a test, so this is the test's mistake.
		panic(err)
	}
	return append(dst, value...)
}

// Err implements [render.Rows].
func (r *Rows) Err() error { return r.Fail }

// Text returns columns of text with the given names.
func Text(names ...string) []render.Column {
	columns := make([]render.Column, len(names))
	for i, n := range names {
		columns[i] = render.Column{Name: n, Type: "VARCHAR", Kind: render.Text}
	}
	return columns
}
