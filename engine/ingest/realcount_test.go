package ingest_test

import (
	"testing"

	"github.com/dhowdb/dhow/engine/ingest"
)

// The other halves of the real files; rows as Python's csv module counts them.
func TestRealCounts(t *testing.T) {
	for _, c := range []struct {
		path []string
		rows int64
	}{
		{[]string{"kr-declarations", "valid.csv"}, 8134},
		{[]string{"samples", "us_census", "us_imports_2024_part2.csv.gz"}, 223339},
	} {
		f := load(t, connect(t, ""), realData(t, c.path...), ingest.Options{})
		if f.Loaded != c.rows || f.Rejected != 0 {
			t.Errorf("%s: loaded %d, rejected %d, want %d and 0", c.path, f.Loaded, f.Rejected, c.rows)
		}
	}
}
