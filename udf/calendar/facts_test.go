package calendar

import (
	"os"
	"testing"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf"
)

func TestMain(m *testing.M) {
	udf.FactsSource = func(table string) (*udf.Facts, error) {
		t, err := datasets.ReferenceTable(table)
		if err != nil {
			return nil, err
		}
		facts := &udf.Facts{Rows: t.Rows}
		for _, c := range t.Columns {
			facts.Columns = append(facts.Columns, c.Name)
		}
		return facts, nil
	}
	os.Exit(m.Run())
}
