package render_test

import (
	"encoding/csv"
	"encoding/json"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/cmd/dhow/internal/render/rendertest"
)

// FuzzFormats reads back what the formats for programs write. A unit separator
// divides the input into cells and a NUL byte alone is NULL.
func FuzzFormats(f *testing.F) {
	f.Add("a\x1fb\x1fc\x1fd", uint8(2))
	f.Add("\x00\x1f\x1f\"\r\n,\x1f\\N\t", uint8(1))
	f.Add("شركة \x1b[31m\x1f\xff|", uint8(2))
	f.Fuzz(func(t *testing.T, data string, width uint8) {
		columns := int(width%4) + 1
		cells := strings.Split(data, "\x1f")
		rows := func() *rendertest.Rows { return cellRows(cells, columns) }
		want := rows().Values
		checkCSV(t, write(t, "csv", rows(), render.Options{NoHeader: true}), want)
		checkTSV(t, write(t, "tsv", rows(), render.Options{NoHeader: true}), want)
		checkJSON(t, write(t, "json", rows(), render.Options{}), rows())
		for _, format := range []string{"markdown", "vertical", "ndjson"} {
			write(t, format, rows(), render.Options{})
		}
		screen := 20 + int(width)
		checkBox(t, write(t, "table", rows(), render.Screen(screen, false)), screen)
	})
}

func cellRows(cells []string, columns int) *rendertest.Rows {
	rows := &rendertest.Rows{Cols: rendertest.Text("a", "b", "a", "d")[:columns]}
	for len(cells) >= columns {
		row := make([]any, columns)
		for i, c := range cells[:columns] {
			if c != "\x00" {
				row[i] = c
			}
		}
		rows.Values = append(rows.Values, row)
		cells = cells[columns:]
	}
	return rows
}

func checkCSV(t *testing.T, got string, want [][]any) {
	r := csv.NewReader(strings.NewReader(got))
	records, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in %q", err, got)
	}
	for i, row := range want {
		for j, v := range row {
			s, _ := v.(string)
			// encoding/csv reads \r\n as \n, inside quotes too.
			if s = strings.ReplaceAll(s, "\r\n", "\n"); i >= len(records) || records[i][j] != s {
				t.Fatalf("row %d column %d: want %q in %q", i, j, s, got)
			}
		}
	}
	if len(records) != len(want) {
		t.Fatalf("%d rows, want %d: %q", len(records), len(want), got)
	}
}

func checkTSV(t *testing.T, got string, want [][]any) {
	lines := strings.SplitAfter(got, "\n")
	unescape := strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r")
	for i, row := range want {
		for j, field := range strings.Split(strings.TrimSuffix(lines[i], "\n"), "\t") {
			switch {
			case field == `\N` && row[j] == nil:
			case row[j] == nil || unescape.Replace(field) != row[j]:
				t.Fatalf("row %d column %d: %q for %q", i, j, field, row[j])
			}
		}
	}
}

func checkJSON(t *testing.T, got string, want *rendertest.Rows) {
	var records []map[string]any
	if err := json.Unmarshal([]byte(got), &records); err != nil {
		t.Fatalf("%v in %q", err, got)
	}
	if len(records) != len(want.Values) {
		t.Fatalf("%d rows, want %d", len(records), len(want.Values))
	}
	keys := []string{"a", "b", "a_1", "d"}
	for i, row := range want.Values {
		for j, v := range row {
			if s, ok := v.(string); ok && !utf8.ValidString(s) {
				continue // JSON can't hold it; DuckDB has no such text
			}
			if diff := cmp.Diff(v, records[i][keys[j]]); diff != "" {
				t.Fatalf("row %d column %d: %s", i, j, diff)
			}
		}
	}
}

// counter is a result of n equal rows that costs nothing to make.
type counter struct {
	n       int
	columns []render.Column
}

func (c *counter) Columns() []render.Column { return c.columns }
func (c *counter) Next() bool               { c.n--; return c.n >= 0 }
func (c *counter) IsNull(col int) bool      { return col == 7 }
func (c *counter) Err() error               { return nil }

func (c *counter) AppendText(dst []byte, col int) []byte {
	if c.columns[col].Kind == render.Number {
		return append(dst, "12345.6789"...)
	}
	return append(dst, "شركة النور للتجارة"...)
}

func (c *counter) AppendJSON(dst []byte, col int) []byte {
	if c.columns[col].Kind == render.Number {
		return c.AppendText(dst, col)
	}
	return append(c.AppendText(append(dst, '"'), col), '"')
}

func newCounter(rows int) *counter {
	c := &counter{n: rows}
	for i := range 20 {
		c.columns = append(c.columns, render.Column{Name: string(rune('a' + i)), Type: "VARCHAR", Kind: render.Kind(i % 2)})
	}
	return c
}

type discard struct{ bytes int64 }

func (d *discard) Write(p []byte) (int, error) { d.bytes += int64(len(p)); return len(p), nil }

// Memory must not grow with the number of rows.
func TestConstantMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("renders 600,000 values in each format")
	}
	for _, f := range render.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			peak := func(rows int) uint64 {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				if _, err := f.Write(&discard{}, newCounter(rows), render.Screen(120, false)); err != nil {
					t.Fatal(err)
				}
				runtime.ReadMemStats(&after)
				return after.TotalAlloc - before.TotalAlloc
			}
			few, many := peak(1_000), peak(30_000)
			if many > few+1<<20 {
				t.Errorf("%d bytes for 1,000 rows, %d for 30,000", few, many)
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	const rows = 100_000
	for _, f := range render.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				out := &discard{}
				if _, err := f.Write(out, newCounter(rows), render.Screen(120, false)); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(out.bytes)
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
