package currency

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
		f := &udf.Facts{Rows: t.Rows}
		for _, c := range t.Columns {
			f.Columns = append(f.Columns, c.Name)
		}
		return f, nil
	}
	os.Exit(m.Run())
}

// table returns a table of reference facts by its columns' names.
func table(t testing.TB, name string) []map[string]string {
	t.Helper()
	facts, err := datasets.ReferenceTable(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range facts.Rows {
		r := map[string]string{}
		for i, c := range facts.Columns {
			r[c.Name] = row[i]
		}
		all = append(all, r)
	}
	return all
}
