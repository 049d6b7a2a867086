package engine

import (
	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf"
)

// The kernels look things up in the tables that dhow carries.
func init() {
	udf.FactsSource = func(table string) (*udf.Facts, error) {
		t, err := datasets.ReferenceTable(table)
		if err != nil {
			return nil, err
		}
		f := &udf.Facts{Rows: t.Rows}
		for _, c := range t.Columns {
			f.Columns = append(f.Columns, c.Name)
		}
		return f, nil
	}
}
