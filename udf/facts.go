package udf

import (
	"errors"
	"fmt"
	"slices"
)

// Facts is a table of reference facts that kernels look things up in. An empty
// text is a missing one.
type Facts struct {
	Columns []string
	Rows    [][]string
}

// FactsSource unpacks a table of reference facts by its name. The program sets
// it before the first call of a function that needs one: this package and its
// families hold no facts themselves. A family unpacks a table at its first use
// and keeps what it makes of it.
var FactsSource = func(table string) (*Facts, error) {
	return nil, errors.New("no reference facts are loaded")
}

// Select returns the columns of those names, one slice a column.
func (f *Facts) Select(names ...string) ([][]string, error) {
	out := make([][]string, len(names))
	for i, name := range names {
		at := slices.Index(f.Columns, name)
		if at < 0 {
			return nil, fmt.Errorf("the reference facts have no column %s", name)
		}
		out[i] = make([]string, len(f.Rows))
		for r, row := range f.Rows {
			out[i][r] = row[at]
		}
	}
	return out, nil
}
