package ingest_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

// sadFolder writes a folder of declarations with all that could be missed
// where files are loaded together.
func sadFolder(t *testing.T) []string {
	t.Helper()
	dated := func(number int, date string) string {
		return strings.Replace(declaration(number, 2), "2024-02-29", date, 1)
	}
	texts := []string{
		declaration(1, 2), declaration(2, 3),
		strings.Replace(declaration(3, 2), "<Net_weight_itm>1.5<", "<Net_weight_itm>1.5 kg<", 1), // a reject
		strings.Replace(declaration(4, 1), "<Number>4</Number>", "<Number/>", 1),                 // no number
		"<all>" + declaration(5, 0) + declaration(6, 2) + "</all>",                               // one without an item
		declaration(1, 2), // the same file
		strings.Replace(declaration(2, 2), "Street", "Road", 1),                                                   // a declaration that is there
		strings.Replace(declaration(7, 2), "<Item>", "<New_element>x</New_element><Item>", 1),                     // another column
		`<?xml version="1.0" encoding="windows-1252"?>` + strings.Replace(dated(8, "2024-03-01"), "ö", "\xf6", 1), // another encoding
		dated(9, "25/02/2024"), dated(10, "03/02/2024"), // 3 February, by the day before
		dated(11, "02/25/2024"), // the month first
		"<all>" + declaration(12, 2) + declaration(12, 2) + "</all>", // repeats within
	}
	dir := t.TempDir()
	var files []string
	for i, text := range texts {
		path := filepath.Join(dir, fmt.Sprintf("%02d.xml", i))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	return files
}

// stateOfModel is all that an import leaves, but for the time.
func stateOfModel(t *testing.T, conn *sql.Conn) map[string][]string {
	t.Helper()
	return map[string][]string{
		"rows":    column(t, conn, "SELECT to_json(d)::VARCHAR FROM (SELECT * EXCLUDE (extra) FROM customs.declaration) d ORDER BY source_id, source_row"),
		"rejects": column(t, conn, "SELECT concat_ws('|', source_id, reject_id, source_file, source_row, source_line, column_name, raw, reason) FROM customs.reject ORDER BY source_id, reject_id"),
		"files":   column(t, conn, "SELECT concat_ws('|', source_id, source_file, size, sha256, encoding, rows_read, rows_loaded, rows_rejected, rows_replaced, mapping) FROM customs.source_file ORDER BY source_id"),
		"cells":   column(t, conn, "SELECT concat_ws('|', source_id, source_row, place, column_name, cell) FROM customs.cell ORDER BY source_id, source_row, place"),
	}
}

// A folder of short declarations is loaded as if its files came one by one:
// the same rows, rejects, texts of cells and imports.
func TestBatchIsAsOneByOne(t *testing.T) {
	files := sadFolder(t)
	opts := ingest.Options{KeepRaw: true, KeepExtra: true}
	alone, together := connect(t, ""), connect(t, "")
	for _, conn := range []*sql.Conn{alone, together} {
		// Rows and a declaration that are there already.
		load(t, conn, file(t, "before.xml", strings.Replace(declaration(7, 1), "Street", "Lane", 1)), opts)
	}
	opts.Into = ingest.DefaultTarget
	for _, path := range files {
		if _, err := ingest.Load(context.Background(), alone, []string{path}, opts); err != nil {
			t.Fatal(err)
		}
	}
	report, err := ingest.Load(context.Background(), together, files, opts)
	if err != nil {
		t.Fatal(err)
	}
	want, got := stateOfModel(t, alone), stateOfModel(t, together)
	for part := range want {
		if d := cmp.Diff(want[part], got[part]); d != "" {
			t.Errorf("%s (-alone +together):\n%s", part, d)
		}
	}
	var says []string
	for _, f := range report.Files {
		says = append(says, fmt.Sprint(filepath.Base(f.Path), " ", f.Read, "=", f.Loaded, "+", f.Rejected, " there ", f.Overlapping, " same ", f.Same, " notes ", len(f.Notes)))
	}
	// By the comments of sadFolder.
	wantSays := []string{
		"00.xml 2=2+0 there 0 same 0 notes 0", "01.xml 3=3+0 there 0 same 0 notes 0", "02.xml 2=1+1 there 0 same 0 notes 0", "03.xml 1=1+0 there 0 same 0 notes 1",
		"04.xml 3=2+1 there 0 same 0 notes 0", "05.xml 0=0+0 there 0 same 2 notes 0", "06.xml 2=0+2 there 2 same 0 notes 0", "07.xml 2=1+1 there 1 same 0 notes 0",
		"08.xml 2=2+0 there 0 same 0 notes 0", "09.xml 2=2+0 there 0 same 0 notes 0", "10.xml 2=2+0 there 0 same 0 notes 0", "11.xml 2=2+0 there 0 same 0 notes 0",
		"12.xml 4=4+0 there 0 same 0 notes 1",
	}
	if d := cmp.Diff(wantSays, says); d != "" {
		t.Errorf("report (-want +got):\n%s", d)
	}
}

// A date that is in doubt is read as the other files of a folder write theirs.
func TestBatchDates(t *testing.T) {
	dir := t.TempDir()
	for i, date := range []string{"02/03/2024", "02/25/2024"} {
		text := strings.Replace(declaration(i, 1), "2024-02-29", date, 1)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".xml")), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	conn := connect(t, "")
	if _, err := ingest.Load(context.Background(), conn, []string{dir}, ingest.Options{}); err != nil {
		t.Fatal(err)
	}
	got := column(t, conn, "SELECT declaration_date::VARCHAR FROM customs.declaration ORDER BY source_id")
	if !cmp.Equal(got, []string{"2024-02-03", "2024-02-25"}) {
		t.Errorf("dates %q", got)
	}
}

// What is wrong with one file of a folder names it, and nothing is loaded.
func TestBatchNamesTheDamagedFile(t *testing.T) {
	files := sadFolder(t)
	if err := os.WriteFile(files[1], []byte(declaration(2, 3)[:2000]), 0o600); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, "")
	_, err := ingest.Load(context.Background(), conn, files, ingest.Options{})
	if err == nil || !strings.Contains(err.Error(), "01.xml") || !strings.Contains(err.Error(), "truncated or damaged") {
		t.Errorf("error %v", err)
	}
	if n := one(t, conn, "SELECT count(*) FROM customs.declaration"); n != "0" {
		t.Errorf("%s rows", n)
	}
}
