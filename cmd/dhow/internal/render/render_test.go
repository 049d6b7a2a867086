package render_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/cmd/dhow/internal/render/rendertest"
)

func write(t testing.TB, format string, rows render.Rows, opt render.Options) string {
	t.Helper()
	f, err := render.Lookup(format)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := f.Write(&out, rows, opt); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func declarations() *rendertest.Rows {
	return &rendertest.Rows{
		Cols: []render.Column{
			{Name: "declaration", Type: "VARCHAR"},
			{Name: "value", Type: "DECIMAL(18,4)", Kind: render.Number},
			{Name: "trader", Type: "VARCHAR"},
		},
		Values: [][]any{
			{"A-1", 12.5, "مُحَمَّد"},
			{"A|2", nil, "a\tb\n\"c\""},
			{"", -3, nil},
		},
	}
}

func TestFormats(t *testing.T) {
	// Each text was written by hand from the rule in the format's comment. In
	// the table, مُحَمَّد takes four columns: its marks take none.
	tests := []struct{ format, want string }{
		{"csv", "declaration,value,trader\n" +
			"A-1,12.5,مُحَمَّد\n" +
			"A|2,,\"a\tb\n\"\"c\"\"\"\n" +
			"\"\",-3,\n"},
		{"tsv", "declaration\tvalue\ttrader\n" +
			"A-1\t12.5\tمُحَمَّد\n" +
			"A|2\t\\N\ta\\tb\\n\"c\"\n" +
			"\t-3\t\\N\n"},
		{"json", `[{"declaration":"A-1","value":12.5,"trader":"مُحَمَّد"},` + "\n" +
			`{"declaration":"A|2","value":null,"trader":"a\tb\n\"c\""},` + "\n" +
			`{"declaration":"","value":-3,"trader":null}]` + "\n"},
		{"ndjson", `{"declaration":"A-1","value":12.5,"trader":"مُحَمَّد"}` + "\n" +
			`{"declaration":"A|2","value":null,"trader":"a\tb\n\"c\""}` + "\n" +
			`{"declaration":"","value":-3,"trader":null}` + "\n"},
		{"markdown", "| declaration | value | trader |\n|---|--:|---|\n" +
			"| A-1 | 12.5 | مُحَمَّد |\n" +
			"| A\\|2 | NULL | a\tb<br>\"c\" |\n" +
			"|  | -3 | NULL |\n"},
		{"vertical", "─── row 1 ───────────\n" +
			"declaration │ A-1\nvalue       │ 12.5\ntrader      │ مُحَمَّد\n" +
			"─── row 2 ───────────\n" +
			"declaration │ A|2\nvalue       │ NULL\ntrader      │ a\\tb\n            │ \"c\"\n" +
			"─── row 3 ───────────\n" +
			"declaration │ \nvalue       │ -3\ntrader      │ NULL\n"},
		{"table", "" +
			"┌─────────────┬───────────────┬───────────┐\n" +
			"│ declaration │     value     │   trader  │\n" +
			"│   VARCHAR   │ DECIMAL(18,4) │  VARCHAR  │\n" +
			"├─────────────┼───────────────┼───────────┤\n" +
			"│ A-1         │          12.5 │ مُحَمَّد      │\n" +
			"│ A|2         │          NULL │ a\\tb\\n\"c\" │\n" +
			"│             │            -3 │ NULL      │\n" +
			"└─────────────┴───────────────┴───────────┘\n" +
			"3 rows, 3 columns\n"},
	}
	for _, tt := range tests {
		t.Run(tt.format, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, write(t, tt.format, declarations(), render.Options{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestNoRows(t *testing.T) {
	tests := map[string]string{
		"csv": "a\n", "tsv": "a\n", "json": "[]\n", "ndjson": "", "vertical": "",
		"markdown": "| a |\n|---|\n",
		"table":    "┌─────────┐\n│    a    │\n│ VARCHAR │\n├─────────┤\n└─────────┘\n0 rows, 1 column\n",
	}
	for _, f := range render.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			got := write(t, f.Name, &rendertest.Rows{Cols: rendertest.Text("a")}, render.Options{})
			if diff := cmp.Diff(tests[f.Name], got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got := write(t, f.Name, &rendertest.Rows{}, render.Options{}); got != "" {
				t.Errorf("a statement without a result wrote %q", got)
			}
		})
	}
}

// A result of one column must keep its NULL rows: encoding/csv and DuckDB skip
// empty lines.
func TestCSVOneColumn(t *testing.T) {
	rows := &rendertest.Rows{Cols: rendertest.Text("a"), Values: [][]any{{nil}, {"x"}, {" y"}}}
	if got, want := write(t, "csv", rows, render.Options{NoHeader: true}), "\"\"\nx\n\" y\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNullText(t *testing.T) {
	rows := func() *rendertest.Rows {
		return &rendertest.Rows{Cols: rendertest.Text("a", "b"), Values: [][]any{{nil, "NULL"}, {"", "x"}}}
	}
	opt := render.Options{Null: "NULL", NoHeader: true}
	if got, want := write(t, "csv", rows(), opt), "NULL,\"NULL\"\n,x\n"; got != want {
		t.Errorf("csv: got %q, want %q", got, want)
	}
	if got := write(t, "json", rows(), opt); !strings.Contains(got, `"a":null,"b":"NULL"`) {
		t.Errorf("json: got %q", got)
	}
}

func TestEqualColumnNames(t *testing.T) {
	rows := &rendertest.Rows{Cols: rendertest.Text("a", "a", "a_1", "a"), Values: [][]any{{1, 2, 3, 4}}}
	want := `{"a":1,"a_2":2,"a_1":3,"a_3":4}` + "\n"
	if got := write(t, "ndjson", rows, render.Options{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMarkdownEscapes(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"name with underscores", "hs_code", "hs_code"},
		{"emphasis", "_x_ *y*", `\_x\_ \*y\*`},
		{"tag", "<b>&lt;", "&lt;b>&amp;lt;"},
		{"windows line", "a\r\nb\rc", "a<br>b<br>c"},
		{"escape sequence", "\x1b[31m", `\e\[31m`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := &rendertest.Rows{Cols: rendertest.Text("c"), Values: [][]any{{tt.in}}}
			if got, want := write(t, "markdown", rows, render.Options{}), "| c |\n|---|\n| "+tt.want+" |\n"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestFailingRows(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, f := range render.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			rows := declarations()
			rows.Fail = broken
			var out bytes.Buffer
			n, err := f.Write(&out, rows, render.Options{})
			if !errors.Is(err, broken) {
				t.Errorf("error %v, want %v", err, broken)
			}
			if n > 3 {
				t.Errorf("%d rows of 3", n)
			}
			if f.Name == "json" && strings.HasSuffix(out.String(), "]\n") {
				t.Error("a broken array looks complete")
			}
		})
	}
}

// failingWriter takes a number of bytes and then no more.
type failingWriter struct{ left int }

var errFull = errors.New("no space left")

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	for _, f := range render.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			rows := declarations()
			rows.Repeat = 5000
			if _, err := f.Write(&failingWriter{left: 40_000}, rows, render.Options{}); !errors.Is(err, errFull) {
				t.Errorf("error %v, want %v", err, errFull)
			}
		})
	}
}

func TestLookup(t *testing.T) {
	for name, want := range map[string]string{"CSV": "csv", "jsonlines": "ndjson", "duckbox": "table"} {
		if f, err := render.Lookup(name); err != nil || f.Name != want {
			t.Errorf("Lookup(%q) = %q, %v; want %q", name, f.Name, err, want)
		}
	}
	_, err := render.Lookup("cvs")
	if err == nil || !strings.Contains(err.Error(), "table, csv, tsv") {
		t.Errorf("the error must name the formats, got %v", err)
	}
}

func TestVisible(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "8517.13 سعر", "8517.13 سعر"},
		{"white space", "a\n\tb\r", `a\n\tb\r`},
		{"colour", "\x1b[31mred", `\e[31mred`},
		{"bell and delete", "\x07\x7f", `\x07\x7f`},
		{"C1 escape", "\u009b31m", `\u009b31m`},
		{"direction override", "abc\u202edef", `abc\u202edef`},
		{"byte order mark", "\ufeffx", `\ufeffx`},
		{"not UTF-8", "caf\xe9", `caf\xe9`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := render.Visible(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
