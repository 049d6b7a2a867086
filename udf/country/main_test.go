package country

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
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

// shared returns the path of a file of real data, or skips the test where
// they aren't at hand.
func shared(t testing.TB, file string) string {
	t.Helper()
	root := ".."
	for ; ; root = filepath.Join("..", root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if len(root) > 100 {
			t.Fatal("no go.mod above the test")
		}
	}
	folder := filepath.Join(root, "..", "shared", "data")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the real data aren't at hand: %v", err)
	}
	return filepath.Join(folder, file)
}

// records reads a CSV file of the real data, each row by its columns' names.
func records(t testing.TB, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(shared(t, file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		r := map[string]string{}
		for i, name := range rows[0] {
			r[name] = row[i]
		}
		all = append(all, r)
	}
	return all
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
