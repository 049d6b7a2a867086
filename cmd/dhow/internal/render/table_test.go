package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/cmd/dhow/internal/render/rendertest"
)

// numbered has n rows of one number column.
func numbered(n int) *rendertest.Rows {
	r := &rendertest.Rows{Cols: []render.Column{{Name: "n", Type: "INTEGER", Kind: render.Number}}}
	for i := range n {
		r.Values = append(r.Values, []any{i})
	}
	return r
}

func TestTableShowsBothEnds(t *testing.T) {
	want := "┌─────────┐\n│    n    │\n│ INTEGER │\n├─────────┤\n" +
		"│       0 │\n│       1 │\n│       2 │\n│       … │\n│    1998 │\n│    1999 │\n" +
		"└─────────┘\n2,000 rows (5 shown), 1 column; use .maxrows 0 for all rows\n"
	got := write(t, "table", numbered(2000), render.Options{MaxRows: 5})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// With as many rows as are shown nothing is hidden; with one more, one is.
func TestTableLimitIsExact(t *testing.T) {
	for limit := 1; limit <= 6; limit++ {
		for n := range 10 {
			got := write(t, "table", numbered(n), render.Options{MaxRows: limit, NoHeader: true})
			if hidden := strings.Contains(got, "shown"); hidden != (n > limit) {
				t.Errorf("%d rows, limit %d: %s", n, limit, got)
			}
			if n <= limit {
				for i := range n {
					if !strings.Contains(got, fmt.Sprintf(" %d │", i)) {
						t.Errorf("%d rows, limit %d: row %d is missing in\n%s", n, limit, i, got)
					}
				}
			}
		}
	}
}

func TestTableDropsMiddleColumns(t *testing.T) {
	rows := &rendertest.Rows{Cols: rendertest.Text("first", "second", "third", "fourth", "last")}
	rows.Values = [][]any{{"1111111111", "2222222222", "3333333333", "4444444444", "5555555555"}}
	want := "" +
		"┌────────────┬────────────┬───┬────────────┐\n" +
		"│    first   │   second   │ … │    last    │\n" +
		"│   VARCHAR  │   VARCHAR  │   │   VARCHAR  │\n" +
		"├────────────┼────────────┼───┼────────────┤\n" +
		"│ 1111111111 │ 2222222222 │ … │ 5555555555 │\n" +
		"└────────────┴────────────┴───┴────────────┘\n" +
		"1 row, 5 columns (3 shown); use .mode vertical for all columns\n"
	if diff := cmp.Diff(want, write(t, "table", rows, render.Options{Width: 50})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Only text is cut: a number without its end is another number.
func TestTableNeverCutsNumbers(t *testing.T) {
	rows := &rendertest.Rows{
		Cols: []render.Column{
			{Name: "goods", Type: "VARCHAR"},
			{Name: "value", Type: "HUGEINT", Kind: render.Number},
		},
		Values: [][]any{{strings.Repeat("x", 60), "170141183460469231731687303715884105727"}},
	}
	got := write(t, "table", rows, render.Options{Width: 70})
	if !strings.Contains(got, "170141183460469231731687303715884105727 │") || !strings.Contains(got, "xx… │") {
		t.Errorf("got\n%s", got)
	}
	if !strings.HasSuffix(got, "1 row, 2 columns; use .mode vertical for whole values\n") {
		t.Errorf("the footer doesn't say that values are cut:\n%s", got)
	}
}

func TestTableMarksDirectionOnTerminalsOnly(t *testing.T) {
	const mark = "\u200e"
	if got := write(t, "table", declarations(), render.Screen(80, false)); !strings.Contains(got, mark+"│") {
		t.Error("no mark beside Arabic text on a terminal")
	}
	if got := write(t, "table", declarations(), render.Options{}); strings.Contains(got, mark) {
		t.Error("a mark in text for a file")
	}
	if got := write(t, "table", numbered(1), render.Screen(80, false)); strings.Contains(got, mark) {
		t.Error("a mark without right-to-left text")
	}
}

func TestTableColour(t *testing.T) {
	rows := func() *rendertest.Rows {
		return &rendertest.Rows{Cols: rendertest.Text("a"), Values: [][]any{{nil}, {"NULL"}}}
	}
	coloured := write(t, "table", rows(), render.Screen(80, true))
	if strings.Count(coloured, "\x1b[2mNULL\x1b[0m") != 1 {
		t.Errorf("exactly the missing value must be dim: %q", coloured)
	}
	plain := write(t, "table", rows(), render.Screen(80, false))
	if strings.Contains(plain, "\x1b") {
		t.Errorf("colour in %q", plain)
	}
	if got := text.StripEscape(coloured); got != plain {
		t.Errorf("colour changes the layout:\n%s\n%s", got, plain)
	}
}

// The blocks of a table without limit must look like one table, and hold every
// row once.
func TestTableInBlocks(t *testing.T) {
	const n = 12_345
	lines := strings.Split(strings.TrimSpace(write(t, "table", numbered(n), render.Options{})), "\n")
	if want := n + 6; len(lines) != want {
		t.Fatalf("%d lines, want %d", len(lines), want)
	}
	for i, line := range lines[4 : 4+n] {
		if want := fmt.Sprintf("│ %7d │", i); line != want {
			t.Fatalf("line %d is %q, want %q", i, line, want)
		}
	}
	if got := lines[len(lines)-1]; got != "12,345 rows, 1 column" {
		t.Errorf("footer %q", got)
	}
}

// Whatever the values are, all lines of a table are equally wide, no line is
// wider than the screen, and no control character gets through.
func TestTableProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 9).Draw(t, "columns")
		width := rapid.IntRange(10, 120).Draw(t, "width")
		rows := &rendertest.Rows{}
		for range columns {
			rows.Cols = append(rows.Cols, render.Column{Name: rapid.String().Draw(t, "name"), Type: "VARCHAR"})
		}
		for range rapid.IntRange(0, 6).Draw(t, "rows") {
			row := make([]any, columns)
			for i := range row {
				if rapid.IntRange(0, 5).Draw(t, "null") > 0 {
					row[i] = rapid.OneOf(rapid.String(), rapid.StringMatching("[\u0621-\u0652 a-c\x1b\n]{0,40}")).Draw(t, "value")
				}
			}
			rows.Values = append(rows.Values, row)
		}
		f, err := render.Lookup("table")
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := f.Write(&out, rows, render.Options{Width: width, MaxRows: 4, Terminal: true}); err != nil {
			t.Fatal(err)
		}
		checkBox(t, out.String(), width)
	})
}

// checkBox checks the lines of a table, all but the footer.
func checkBox(t interface{ Fatalf(string, ...any) }, table string, width int) {
	lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
	box := lines[:len(lines)-1]
	want := text.StringWidthWithoutEscSequences(box[0])
	if want > width {
		t.Fatalf("%d columns on a screen of %d:\n%s", want, width, table)
	}
	for _, line := range box {
		if got := text.StringWidthWithoutEscSequences(line); got != want {
			t.Fatalf("a line of %d columns in a table of %d: %q\n%s", got, want, line, table)
		}
		if strings.ContainsAny(line, "\x1b\r\t\x00") {
			t.Fatalf("control character in %q", line)
		}
	}
}
