package ingest_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/engine/ingest"
)

// book writes a workbook of one sheet.
func book(t testing.TB, rows [][]any, edit func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		ref, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", ref, &row); err != nil {
			t.Fatal(err)
		}
	}
	if edit != nil {
		edit(f)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// sheet reads a workbook into Go values; nil is NULL.
func sheet(t testing.TB, path string, opts ingest.WorkbookOptions) ([]ingest.Column, [][]any) {
	t.Helper()
	w, err := ingest.OpenWorkbook(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	rows, err := drain(w)
	if err != nil {
		t.Fatal(err)
	}
	return w.Columns(), rows
}

func drain(w *ingest.Workbook) ([][]any, error) {
	var b ingest.Batch
	rows := [][]any{}
	for {
		err := w.Next(&b)
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		for i := range b.Len {
			row := make([]any, len(b.Columns))
			for c, v := range b.Columns {
				switch {
				case v.Null[i]:
				case v.Doubles != nil:
					row[c] = v.Doubles[i]
				case v.Texts != nil:
					row[c] = v.Texts[i]
				case v.Days != nil:
					row[c] = time.Unix(int64(v.Days[i])*86400, 0).UTC().Format("2006-01-02")
				case v.Micros != nil:
					row[c] = time.UnixMicro(v.Micros[i]).UTC().Format("2006-01-02 15:04:05.999")
				case v.Bools != nil:
					row[c] = v.Bools[i]
				}
			}
			rows = append(rows, row)
		}
	}
}

func styled(t testing.TB, f *excelize.File, cell, format string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
		t.Fatal(err)
	}
}

func TestSheetTypes(t *testing.T) {
	path := book(t, [][]any{
		{"hs", "n", "digits", "day", "moment", "yes", "mixed", "nothing", "error", "clock"},
		{"010121", 1.5, "12", 45351, 45351.5, true, 1, nil, nil, 0.25},
		{"870323", 2, "7.25", 60, 1, false, "x", nil, 7, 0.75},
	}, func(f *excelize.File) {
		for _, cell := range []string{"D2", "D3"} {
			styled(t, f, cell, "dd/mm/yyyy")
		}
		for _, cell := range []string{"E2", "E3"} {
			styled(t, f, cell, "[$-409]m/d/yy h:mm AM/PM;@")
		}
		for _, cell := range []string{"J2", "J3"} {
			styled(t, f, cell, "h:mm")
		}
		styled(t, f, "B2", `"SAR" #,##0.00`)
	})
	columns, rows := sheet(t, path, ingest.WorkbookOptions{})
	wantColumns := []ingest.Column{
		{Name: "hs", Type: "VARCHAR"},
		{Name: "n", Type: "DOUBLE"},
		{Name: "digits", Type: "DOUBLE"},
		{Name: "day", Type: "DATE"},
		{Name: "moment", Type: "TIMESTAMP"},
		{Name: "yes", Type: "BOOLEAN"},
		{Name: "mixed", Type: "VARCHAR"},
		{Name: "nothing", Type: "VARCHAR"},
		{Name: "error", Type: "DOUBLE"},
		{Name: "clock", Type: "VARCHAR"},
	}
	if d := cmp.Diff(wantColumns, columns); d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
	// Day 60 is the 29 February 1900 of Excel, day 1 is 1 January 1900.
	want := [][]any{
		{"010121", 1.5, 12.0, "2024-02-29", "2024-02-29 12:00:00", true, "1", nil, nil, "06:00:00"},
		{"870323", 2.0, 7.25, "1900-02-28", "1900-01-01 00:00:00", false, "x", nil, 7.0, "18:00:00"},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Errorf("rows (-want +got):\n%s", d)
	}
	_, texts := sheet(t, path, ingest.WorkbookOptions{AllVarchar: true})
	wantTexts := [][]any{
		{"010121", "1.5", "12", "2024-02-29", "2024-02-29 12:00:00", "true", "1", nil, nil, "06:00:00"},
		{"870323", "2", "7.25", "1900-02-28", "1900-01-01", "false", "x", nil, "7", "18:00:00"},
	}
	wantTexts[1][4] = "1900-01-01 00:00:00"
	if d := cmp.Diff(wantTexts, texts); d != "" {
		t.Errorf("all_varchar (-want +got):\n%s", d)
	}
}

func TestSheet1904(t *testing.T) {
	yes := true
	path := book(t, [][]any{{"when", "n"}, {0, 1}, {43889, 2}}, func(f *excelize.File) {
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
		styled(t, f, "A2", "yyyy-mm-dd")
		styled(t, f, "A3", "yyyy-mm-dd")
	})
	_, rows := sheet(t, path, ingest.WorkbookOptions{})
	// 1,462 days lie between the two systems.
	if d := cmp.Diff([][]any{{"1904-01-01", 1.0}, {"2024-02-29", 2.0}}, rows); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestSheetHeaders(t *testing.T) {
	yes, no := true, false
	titled := [][]any{{"Imports of 2024"}, {nil}, {"Source", nil, "customs"}, {"HS Code", "Value", "value", nil, "Net\nweight"}, {"010121", 5, 6, 7, 8}, {"010129", 5}}
	for _, c := range []struct {
		name  string
		rows  [][]any
		opts  ingest.WorkbookOptions
		names []string
		count int
	}{
		{"titles above", titled, ingest.WorkbookOptions{}, []string{"HS Code", "Value", "value_2", "D", "Net weight"}, 2},
		{"rows skipped", titled, ingest.WorkbookOptions{SkipRows: 3, Header: &yes}, []string{"HS Code", "Value", "value_2", "D", "Net weight"}, 2},
		{"no header", titled[4:], ingest.WorkbookOptions{Header: &no}, []string{"A", "B", "C", "D", "E"}, 2},
		{"numbers only", [][]any{{1, 2}, {3, 4}}, ingest.WorkbookOptions{}, []string{"A", "B"}, 2},
		{"first row by order", [][]any{{1, 2}, {3, 4}}, ingest.WorkbookOptions{Header: &yes}, []string{"1", "2"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			columns, rows := sheet(t, book(t, c.rows, nil), c.opts)
			names := []string{}
			for _, col := range columns {
				names = append(names, col.Name)
			}
			if d := cmp.Diff(c.names, names); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if len(rows) != c.count {
				t.Errorf("%d rows, want %d", len(rows), c.count)
			}
		})
	}
}

func TestSheetErrors(t *testing.T) {
	many := [][]any{{"id", "n"}}
	for i := range 1205 {
		many = append(many, []any{i, i})
	}
	many = append(many, []any{"A77", 5})
	path := book(t, many, nil)
	w, err := ingest.OpenWorkbook(path, ingest.WorkbookOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	_, err = drain(w)
	var e *ingest.Error
	if !errors.As(err, &e) || e.Sheet != "Sheet1" || e.Column != "A1207" || e.Value != "A77" || !strings.Contains(err.Error(), "all_varchar") {
		t.Errorf("misfit: %v", err)
	}
	if _, rows := sheet(t, path, ingest.WorkbookOptions{AllVarchar: true}); len(rows) != 1206 {
		t.Errorf("%d rows", len(rows))
	}
	if _, err := ingest.OpenWorkbook(path, ingest.WorkbookOptions{Sheet: "none"}); err == nil || !strings.Contains(err.Error(), "the sheets are Sheet1") {
		t.Errorf("no such sheet: %v", err)
	}
	if _, err := ingest.OpenWorkbook(path+"x", ingest.WorkbookOptions{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such file: %v", err)
	}
	for name, content := range map[string]string{"text.xlsx": "hs_code,value\n1,2\n", "zip.xlsx": "PK\x03\x04" + strings.Repeat("x", 50), "empty.xlsx": "", "old.xls": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"} {
		if _, err := ingest.OpenWorkbook(file(t, name, content), ingest.WorkbookOptions{}); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ingest.OpenWorkbook(book(t, nil, nil), ingest.WorkbookOptions{}); err == nil || !strings.Contains(err.Error(), "no values") {
		t.Errorf("nothing in it: %v", err)
	}
}

// excelize is the other opinion on the real workbook: every cell of every row.
func TestRealWorkbook(t *testing.T) {
	path := realData(t, "samples", "nepal_asycuda_stats", "2075-076.xlsx")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	no := false
	for _, name := range f.GetSheetList() {
		theirs, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		columns, ours := sheet(t, path, ingest.WorkbookOptions{Sheet: name, Header: &no, AllVarchar: true})
		k := 0
		for i, row := range theirs {
			if strings.TrimSpace(strings.Join(row, "")) == "" {
				continue
			}
			for c := range columns {
				want, got := "", ""
				if c < len(row) {
					want = strings.ReplaceAll(row[c], "_x000d_", "\r") // excelize leaves this escape
				}
				if s, ok := ours[k][c].(string); ok {
					got = s
				}
				if strings.TrimSpace(want) != strings.TrimSpace(got) {
					t.Fatalf("%s, row %d, column %d: %q, want %q", name, i+1, c, got, want)
				}
			}
			k++
		}
		if k != len(ours) {
			t.Errorf("%s: %d rows, want %d", name, len(ours), k)
		}
	}
}

// What excelize writes comes back.
func TestSheetRoundTrip(t *testing.T) {
	no := false
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.Rune()).Filter(func(s string) bool {
			return strings.TrimSpace(s) != "" && !strings.ContainsFunc(s, func(r rune) bool {
				return r < ' ' && r != '\t' && r != '\n' || r >= 0xFFFE || r == '\uFFFD'
			})
		}).Draw(rt, "text")
		number := rapid.Float64Range(-1e12, 1e12).Draw(rt, "number")
		_, rows := sheet(t, book(t, [][]any{{"text " + text, number}}, nil), ingest.WorkbookOptions{Header: &no})
		if d := cmp.Diff([][]any{{"text " + text, number}}, rows); d != "" {
			rt.Fatalf("(-want +got):\n%s", d)
		}
	})
}

// A damaged workbook is an error or fewer cells, never a panic.
func FuzzWorkbook(f *testing.F) {
	b := excelize.NewFile()
	_ = b.SetSheetRow("Sheet1", "A1", &[]any{"hs_code", "value", "date"})
	_ = b.SetSheetRow("Sheet1", "A2", &[]any{"010121", 5, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)})
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes(), 10, byte(0))
	f.Add(buf.Bytes(), buf.Len()-10, byte(0xff))
	f.Fuzz(func(t *testing.T, data []byte, at int, b byte) {
		data = bytes.Clone(data)
		if at >= 0 && at < len(data) {
			data[at] = b
		}
		w, err := ingest.OpenWorkbook(file(t, "fuzz.xlsx", string(data)), ingest.WorkbookOptions{})
		if err != nil {
			return
		}
		defer w.Close()
		if _, err := drain(w); err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("error of many lines: %q", err)
		}
	})
}
