package engine_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/dhowdb/dhow/engine"
)

// damaged has a row of each kind of reject: a cell that is no number, a line
// with too few columns, and a formula where a number should be.
const damaged = "Declaration No,Item,HS,\"Net/kg~ \"\"x\"\"\",CIF Value,Remark\n" +
	"A1,1,0101,1.5,10,ok\nA1,2,0101,heavy,20,=2+3\nA1,3\nA1,4,0101,4,=1+1,\"a, b\"\n"

// Rejects are written to a file, mended there, and imported again; then they
// are marked as resolved, and the rows have the mapping of their import.
func TestMendRejects(t *testing.T) {
	for _, ending := range []string{"csv", "xlsx"} {
		t.Run(ending, func(t *testing.T) {
			ctx := context.Background()
			dir := t.TempDir()
			db := open(t, "")
			source, rejects := filepath.Join(dir, "source.csv"), filepath.Join(dir, "rejects."+ending)
			if err := os.WriteFile(source, []byte(damaged), 0o600); err != nil {
				t.Fatal(err)
			}
			mapped := engine.MapColumn(`Net/kg~ "x"`, "net_mass")
			report, err := db.Import(ctx, []string{source}, mapped)
			if err != nil {
				t.Fatal(err)
			}
			if read, loaded, rejected := report.Totals(); read != 4 || loaded != 1 || rejected != 3 {
				t.Fatalf("read %d, loaded %d, rejected %d", read, loaded, rejected)
			}
			if err := db.WriteRejects(ctx, rejects); err != nil {
				t.Fatal(err)
			}
			mend(t, rejects, ending)
			report, err = db.Import(ctx, []string{rejects})
			if err != nil {
				t.Fatal(err)
			}
			if f := report.Files[0]; f.Loaded != 2 || f.Rejected != 1 || f.Resolved != 2 {
				t.Errorf("loaded %d, rejected %d, resolved %d, want 2, 1 and 2", f.Loaded, f.Rejected, f.Resolved)
			}
			got := value(t, db, "SELECT string_agg(concat_ws(' ', declaration_id, item_no, net_mass, value, extra->>'Remark'), '; ' ORDER BY item_no) FROM customs.declaration")
			if want := "A1 1 1.5 10.0000 ok; A1 2 7.5 20.0000 =2+3; A1 4 4.0 2.0000 a, b"; got != want {
				t.Errorf("rows %s\nwant %s", got, want)
			}
			if got := value(t, db, "SELECT string_agg(source_id || '/' || reject_id || ' ' || coalesce(resolved_by::VARCHAR, 'open'), '; ' ORDER BY source_id, reject_id) FROM customs.reject"); got != "1/1 2; 1/2 open; 1/3 2; 2/1 open" {
				t.Errorf("rejects %s", got)
			}
		})
	}
}

// mend puts numbers into the cells at fault.
func mend(t *testing.T, path, ending string) {
	t.Helper()
	if ending == "csv" {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		mended := strings.NewReplacer("heavy", "7.5", "=1+1", "2").Replace(string(text))
		if strings.Count(mended, "\n") != 4 || mended == string(text) {
			t.Fatalf("the file of rejects is\n%s", text)
		}
		if err := os.WriteFile(path, []byte(mended), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c, cell := range row {
			name, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			// What a stranger's file has must never run as a formula.
			if formula, err := book.GetCellFormula(sheet, name); err != nil || formula != "" {
				t.Errorf("%s is the formula %q: %v", name, formula, err)
			}
			if to, ok := map[string]string{"heavy": "7.5", "=1+1": "2"}[cell]; ok {
				if err := book.SetCellValue(sheet, name, to); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
}
