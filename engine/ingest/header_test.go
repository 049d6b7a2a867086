package ingest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Headers of two rows as sheets have them; the expected names by hand.
func TestJoinHeader(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]string
		at   int
		want []string
		last int
	}{
		{
			"groups, lower row found",
			[][]string{{"HS Code", "Imports", "", "Exports", ""}, {"", "Quantity", "Value", "Quantity", "Value"}, {"870323", "1", "2", "3", "4"}},
			1,
			[]string{"HS Code", "Imports Quantity", "Imports Value", "Exports Quantity", "Exports Value"},
			1,
		},
		{
			"groups, upper row found",
			[][]string{{"HS Code", "Origin", "Weight", "", "Value"}, {"", "", "Gross", "Net"}, {"870323", "DE", "3", "2", "1"}},
			0,
			[]string{"HS Code", "Origin", "Weight Gross", "Weight Net", "Value"},
			1,
		},
		{"a title above", [][]string{{"Imports of 2024"}, {"HS Code", "Value"}, {"870323", "1"}}, 1, []string{"HS Code", "Value"}, 1},
		{"two titles above", [][]string{{"Imports of 2024", "", "in USD"}, {"HS Code", "Value", "Unit"}, {"870323", "1", "kg"}}, 1, []string{"HS Code", "Value", "Unit"}, 1},
		{"data of text below", [][]string{{"HS Code", "Goods", "Value"}, {"ex8703", "car", "n/a"}}, 0, []string{"HS Code", "Goods", "Value"}, 0},
		{"data in a column without a name", [][]string{{"HS Code", "Goods", ""}, {"ex8703", "car", "red"}}, 0, []string{"HS Code", "Goods", ""}, 0},
		{"numbers below a group", [][]string{{"HS Code", "Value", ""}, {"", "1", "2"}}, 0, []string{"HS Code", "Value", ""}, 0},
		{"one row", [][]string{{"HS Code", "Value"}}, 0, []string{"HS Code", "Value"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			names, last := joinHeader(c.rows, c.at)
			if d := cmp.Diff(c.want, names); d != "" || last != c.last {
				t.Errorf("last %d (-want +got):\n%s", last, d)
			}
		})
	}
}

// A long text names no column, and takes no time: it has thousands of words, of
// which each may be an abbreviation.
func TestLongCellsNameNothing(t *testing.T) {
	long := strings.Repeat("qty wt val no ", 2000)
	for _, into := range targets {
		if found := into.vocabulary().matches(long); found != nil {
			t.Errorf("%s: %v", into.name, found)
		}
	}
}
