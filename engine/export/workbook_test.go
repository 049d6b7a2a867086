package export

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// table is rows of Go values; nil is NULL.
type table [][]any

func (t table) Len() int                    { return len(t) }
func (t table) IsNull(col, row int) bool    { return t[row][col] == nil }
func (t table) Bool(col, row int) bool      { return t[row][col].(bool) }
func (t table) Int(col, row int) int64      { return t[row][col].(int64) }
func (t table) Float(col, row int) float64  { return t[row][col].(float64) }
func (t table) Time(col, row int) time.Time { return t[row][col].(time.Time) }
func (t table) Text(col, row int) string    { return t[row][col].(string) }

func write(t testing.TB, columns []Column, opts WorkbookOptions, parts ...table) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.xlsx")
	w, err := NewWorkbook(path, columns, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		if err := w.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestCells(t *testing.T) {
	day := func(y int, m time.Month, d, h, min int) time.Time { return time.Date(y, m, d, h, min, 0, 0, time.UTC) }
	for _, c := range []struct {
		name  string
		kind  Kind
		value any
		raw   string // what stands in the cell
		typ   excelize.CellType
	}{
		{"null", Integer, nil, "", excelize.CellTypeUnset},
		{"integer", Integer, int64(-42), "-42", excelize.CellTypeUnset},
		{"largest exact integer", Integer, int64(1) << 53, "9007199254740992", excelize.CellTypeUnset},
		{"integer beyond 2^53", Integer, int64(1)<<53 + 1, "9007199254740993", excelize.CellTypeInlineString},
		{"smallest integer", Integer, int64(math.MinInt64), "-9223372036854775808", excelize.CellTypeInlineString},
		{"float", Float, 0.1, "0.1", excelize.CellTypeUnset},
		{"no number", Float, math.NaN(), "nan", excelize.CellTypeInlineString},
		{"infinite", Float, math.Inf(-1), "-inf", excelize.CellTypeInlineString},
		{"decimal", Decimal, "-1234.5600", "-1234.56", excelize.CellTypeUnset},
		{"decimal of 15 digits", Decimal, "12345678901.2345", "12345678901.2345", excelize.CellTypeUnset},
		{"decimal of 18 digits", Decimal, "12345678901234.5678", "12345678901234.5678", excelize.CellTypeInlineString},
		{"small decimal", Decimal, "0.0000000000000001", "0.0000000000000001", excelize.CellTypeUnset},
		{"true", Boolean, true, "1", excelize.CellTypeBool},
		// Days since 1899-12-30: 2024-01-02 is 45293, LibreOffice agrees.
		{"date", Date, day(2024, 1, 2, 0, 0), "45293", excelize.CellTypeUnset},
		{"timestamp", Timestamp, day(2024, 1, 2, 18, 0), "45293.75", excelize.CellTypeUnset},
		{"first date", Date, day(1900, 3, 1, 0, 0), "61", excelize.CellTypeUnset},
		{"date that Excel counts wrong", Date, day(1900, 2, 28, 0, 0), "1900-02-28", excelize.CellTypeInlineString},
		{"text", Text, "قمح صلب", "قمح صلب", excelize.CellTypeInlineString},
		{"text like a formula", Text, "=1+1", "=1+1", excelize.CellTypeInlineString},
		{"text like a number", Text, "007", "007", excelize.CellTypeInlineString},
		{"text with marks", Text, "a<b>&\"c\"\n d_x0041_ ", "a<b>&\"c\"\n d_x0041_ ", excelize.CellTypeInlineString},
		{"longest text", Text, strings.Repeat("ب", maxCellUnits), strings.Repeat("ب", maxCellUnits), excelize.CellTypeInlineString},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := open(t, write(t, []Column{{"x", c.kind}}, WorkbookOptions{}, table{{c.value}}))
			raw, err := f.GetCellValue("Sheet1", "A2", excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			typ, err := f.GetCellType("Sheet1", "A2")
			if err != nil {
				t.Fatal(err)
			}
			if raw != c.raw || typ != c.typ {
				t.Errorf("cell is %q of type %d, want %q of %d", raw, typ, c.raw, c.typ)
			}
			if formula, _ := f.GetCellFormula("Sheet1", "A2"); formula != "" {
				t.Errorf("the cell has the formula %q", formula)
			}
		})
	}
}

func TestDatesAreShownAsDates(t *testing.T) {
	when := time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC)
	f := open(t, write(t, []Column{{"d", Date}, {"t", Timestamp}}, WorkbookOptions{}, table{{when.Truncate(24 * time.Hour), when}}))
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"d", "t"}, {"2024-02-29", "2024-02-29 23:59:59"}}
	if d := cmp.Diff(want, rows); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestHeader(t *testing.T) {
	f := open(t, write(t, []Column{{"hs_code", Text}, {"=value", Float}}, WorkbookOptions{Sheet: "تصريح"}, table{{"010121", 1.0}}))
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"تصريح"}) {
		t.Errorf("sheets %q", got)
	}
	id, err := f.GetCellStyle("تصريح", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := f.GetStyle(id); err != nil || !style.Font.Bold {
		t.Errorf("the header is not bold: %v", err)
	}
	if panes, err := f.GetPanes("تصريح"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v, %v", panes, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || !strings.HasSuffix(names[0].RefersTo, "$A$1:$B$2") {
		t.Errorf("filter %+v", names)
	}
}

func TestWithoutHeader(t *testing.T) {
	f := open(t, write(t, []Column{{"x", Integer}}, WorkbookOptions{NoHeader: true}, table{{int64(7)}}))
	if v, _ := f.GetCellValue("Sheet1", "A1"); v != "7" {
		t.Errorf("A1 is %q", v)
	}
}

func TestMoreRowsThanASheet(t *testing.T) {
	rows := make(table, 5)
	for i := range rows {
		rows[i] = []any{int64(i)}
	}
	f := open(t, write(t, []Column{{"n", Integer}}, WorkbookOptions{sheetRows: 3}, rows))
	want := map[string][][]string{
		"Sheet1":     {{"n"}, {"0"}, {"1"}},
		"Sheet1 (2)": {{"n"}, {"2"}, {"3"}},
		"Sheet1 (3)": {{"n"}, {"4"}},
	}
	got := map[string][][]string{}
	for _, s := range f.GetSheetList() {
		r, err := f.GetRows(s)
		if err != nil {
			t.Fatal(err)
		}
		got[s] = r
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestNoRows(t *testing.T) {
	f := open(t, write(t, []Column{{"n", Integer}}, WorkbookOptions{}))
	if rows, err := f.GetRows("Sheet1"); err != nil || len(rows) != 1 {
		t.Errorf("rows %q, %v", rows, err)
	}
}

func TestTooLongText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	w, err := NewWorkbook(path, []Column{{"n", Integer}, {"goods", Text}}, WorkbookOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// An emoji is two units of UTF-16, and it is those that Excel counts.
	err = w.Write(table{{int64(1), "x"}, {int64(2), strings.Repeat("🚢", maxCellUnits/2+1)}})
	if err == nil || !strings.Contains(err.Error(), `row 2, column "goods"`) {
		t.Errorf("error %v", err)
	}
	if err := w.Abort(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAbortKeepsTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := NewWorkbook(path, []Column{{"n", Integer}}, WorkbookOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(table{{int64(1)}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if old, err := os.ReadFile(path); err != nil || string(old) != "old" {
		t.Errorf("the file has %q, %v", old, err)
	}
}

func TestBadTargets(t *testing.T) {
	if _, err := NewWorkbook(filepath.Join(t.TempDir(), "none", "x.xlsx"), []Column{{"n", Integer}}, WorkbookOptions{}); err == nil {
		t.Error("a missing folder is no error")
	}
	if _, err := NewWorkbook(filepath.Join(t.TempDir(), "x.xlsx"), nil, WorkbookOptions{}); err == nil {
		t.Error("no columns are no error")
	}
	if _, err := NewWorkbook(filepath.Join(t.TempDir(), "x.xlsx"), []Column{{"n", Integer}}, WorkbookOptions{Sheet: "a/b"}); err == nil {
		t.Error("a slash in the name of a sheet is no error")
	}
}

// What is written comes back, whatever the text.
func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.Rune(), 0, 50, -1).Filter(func(s string) bool {
			return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r >= 0xFFFE || r == '\uFFFD' })
		}).Draw(rt, "text")
		f := open(t, write(t, []Column{{"x", Text}}, WorkbookOptions{}, table{{text}}))
		if got, err := f.GetCellValue("Sheet1", "A2"); err != nil || got != text {
			rt.Fatalf("%q came back as %q, %v", text, got, err)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	rows := make(table, 2048)
	for i := range rows {
		rows[i] = []any{fmt.Sprint("8703", i), int64(i), float64(i) / 3, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	columns := []Column{{"hs_code", Text}, {"n", Integer}, {"value", Float}, {"date", Date}}
	for b.Loop() {
		write(b, columns, WorkbookOptions{}, rows)
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "rows/s")
}
