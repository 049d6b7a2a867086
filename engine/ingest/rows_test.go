package ingest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// FuzzReadRows compares the rows that a query gets of a delimited file with the
// cells that the plain cutting of its records gives, each with its line, from
// the file itself and from a packed copy.
func FuzzReadRows(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "\ufeffa,b\r\n1,2\r\n\r\n3,\"x\ny\"\r\n", "a,b\n\"q \"\"q\"\"\",\n\n,\"\"", "a\n\n1\n  \n2",
		"a,b\nlong text of more than twelve bytes,\"and, one \"\"quoted\"\" of them\"\n\"x\" ,y\n", "a,b\n1,2\n\x1a\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "rows.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		want := plainRows(t, []byte(text))
		s := &source{file: recognised{disk: path, path: path, name: "rows.csv", head: []byte(text), whole: true, format: FormatCSV}, report: &FileReport{}}
		defer s.done()
		if openCSV(s, Options{Encoding: encodingUTF8, Delimiter: ','}) != nil {
			return
		}
		if got := readAll(t, s); !slices.EqualFunc(got, want, func(a, b readRow) bool { return a.line == b.line && slices.Equal(a.cells, b.cells) }) {
			t.Errorf("of %q\n got %+q\nwant %+q", text, fmt.Sprint(got), fmt.Sprint(want))
		}
	})
}

type readRow struct {
	line  int64
	cells []string
}

// plainRows cuts a text into cells one record after the other; a record that
// isn't sound has none.
func plainRows(t *testing.T, text []byte) (rows []readRow) {
	t.Helper()
	d, err := dialectOf(text, ',', true)
	if err != nil {
		return nil
	}
	if d.crOnly {
		text = bytes.ReplaceAll(text, []byte{'\r'}, []byte{'\n'})
	}
	in := newScanner(bytes.NewReader(text), ',')
	c := csvFile{source: &source{}, dialect: d}
	for n := int64(0); ; n++ {
		rec, err := in.next()
		if err != nil {
			return rows
		}
		if n < d.skip {
			continue
		}
		c.take(&rec)
		cells := make([]string, len(d.header))
		if rec.fault == "" {
			copy(cells, splitRecord(rec.raw, ','))
		}
		rows = append(rows, readRow{rec.line, cells})
	}
}

// readAll reads the rows of a source as DuckDB does.
func readAll(t *testing.T, s *source) (rows []readRow) {
	t.Helper()
	scan, err := RowsTable.Open(udf.Args{"source": rowNumber.Load()})
	if err != nil {
		t.Fatal(err)
	}
	w, err := scan.Worker()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	width := len(scan.Columns())
	for {
		b := udf.Batch{}
		texts := make([][]udf.Str, width)
		for i := range width {
			texts[i] = make([]udf.Str, udf.ChunkSize)
			b.Cols = append(b.Cols, &udf.Output{
				Data: unsafe.Pointer(&texts[i][0]), Nulls: new([udf.ChunkSize / 64]uint64),
				Alloc: func(size int) []byte { return make([]byte, size) },
			})
		}
		if err := w.Next(&b); err != nil {
			t.Fatal(err)
		}
		if b.Len == 0 {
			return rows
		}
		for i := range b.Len {
			row := readRow{line: udf.Results[int64](b.Cols[width-1], b.Len)[i]}
			for k := range width - 2 {
				cell := ""
				if !b.Cols[k].IsNull(i) {
					cell = texts[k][i].String()
				}
				row.cells = append(row.cells, cell)
			}
			if n := udf.Results[int64](b.Cols[width-2], b.Len)[i]; n != int64(len(rows)+1) {
				t.Errorf("row %d has the number %d", len(rows)+1, n)
			}
			rows = append(rows, row)
		}
	}
}
