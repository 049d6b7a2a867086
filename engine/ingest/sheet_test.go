package ingest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/dhowdb/dhow/engine/ingest"
)

// addSheet writes rows into another sheet of a workbook.
func addSheet(t testing.TB, f *excelize.File, name string, rows ...[]any) {
	t.Helper()
	if _, err := f.NewSheet(name); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
}

func TestManySheets(t *testing.T) {
	path := book(t, [][]any{{"About this file"}, {"made by", "customs"}}, func(f *excelize.File) {
		addSheet(t, f, "January", []any{"hs code", "value"}, []any{"870323", 1}, []any{"870324", 2})
		addSheet(t, f, "February", []any{"HS Code", "Value"}, []any{"870323", 4}, []any{"Total", 4})
		addSheet(t, f, "By country", []any{"hs code", "country of origin", "value"}, []any{"870323", "DE", 7})
		addSheet(t, f, "Empty")
	})
	conn := connect(t, "")
	report, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range report.Files {
		got = append(got, fmt.Sprintf("%s: %d loaded, %d rejected, others %q", f.Sheet, f.Loaded, f.Rejected, f.OtherSheets))
	}
	want := []string{`January: 2 loaded, 0 rejected, others ["By country"]`, `February: 1 loaded, 1 rejected, others []`}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := column(t, conn, "SELECT DISTINCT source_file FROM customs.declaration ORDER BY 1"); !cmp.Equal(got, []string{"book.xlsx/February", "book.xlsx/January"}) {
		t.Errorf("names %q", got)
	}
	for sheet, want := range map[string]int64{"january": 2, "By country": 1, ingest.AllSheets: 4} {
		report, err := ingest.Load(context.Background(), connect(t, ""), []string{path}, ingest.Options{Sheet: sheet})
		if err != nil {
			t.Fatal(err)
		}
		if _, loaded, _ := report.Totals(); loaded != want {
			t.Errorf("%s: loaded %d, want %d", sheet, loaded, want)
		}
	}
	if _, err := ingest.Load(context.Background(), connect(t, ""), []string{path}, ingest.Options{Sheet: "March"}); err == nil || !strings.Contains(err.Error(), "the sheets are Sheet1, January") {
		t.Error(err)
	}
	only := book(t, [][]any{{"name", "age"}, {"Ann", 5}}, nil)
	if _, err := ingest.Load(context.Background(), connect(t, ""), []string{only}, ingest.Options{}); err == nil || !strings.Contains(err.Error(), "no sheet can be loaded") {
		t.Error(err)
	}
}

// Title rows, a header of merged cells, numbers stored as text in another
// style than the cells that are numbers, blank rows, a total.
func TestUglySheet(t *testing.T) {
	path := book(t, [][]any{
		{"Imports of Utopia"},
		{},
		{"HS Code", "Origin", "Weight", nil, "Customs value", "Date"},
		{nil, nil, "Gross (kg)", "Net (kg)"},
		{"8703.23", "DE", "1.234,5", "1.000,25", 1.234, 45351},
		{},
		{870324, "FR", "0,5", "0,25", "17", "01/03/2024"},
		{"Grand Total", nil, nil, nil, 18.234},
	}, func(f *excelize.File) {
		styled(t, f, "F5", "dd/mm/yyyy")
		for _, m := range [][2]string{{"A1", "F1"}, {"A3", "A4"}, {"B3", "B4"}, {"C3", "D3"}, {"E3", "E4"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	conn := connect(t, "")
	load(t, conn, path, ingest.Options{})
	got := column(t, conn, "SELECT concat_ws('|', hs_code, origin, gross_mass, net_mass, value, declaration_date) FROM customs.declaration ORDER BY source_row")
	want := []string{"870323|DE|1234.5|1000.25|1.2340|2024-02-29", "870324|FR|0.5|0.25|17.0000|2024-03-01"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := column(t, conn, "SELECT concat_ws('|', source_line, raw, reason) FROM customs.reject"); !cmp.Equal(got, []string{"8|Grand Total|the row is a total of others"}) {
		t.Errorf("rejected %q", got)
	}
}

// A cell beyond the columns that the first rows use makes its row a reject.
func TestCellRightOfColumns(t *testing.T) {
	rows := [][]any{{"hs code", "value"}}
	for range 1200 {
		rows = append(rows, []any{"870323", 1})
	}
	rows = append(rows, []any{"870323", 1, nil, "note"})
	conn := connect(t, "")
	f := load(t, conn, book(t, rows, nil), ingest.Options{})
	if f.Loaded != 1200 || f.Rejected != 1 {
		t.Errorf("loaded %d, rejected %d", f.Loaded, f.Rejected)
	}
	if got := one(t, conn, "SELECT raw || '|' || reason FROM customs.reject"); got != "870323\t1\t\tnote|cell D1202 lies right of the last column; give it a name in the header" {
		t.Errorf("%s", got)
	}
}
