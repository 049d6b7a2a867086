package ingest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"github.com/dhowdb/dhow/engine/ingest"
)

// rows returns what was loaded, a line a row: number, code, origin, date, mass, value.
func rows(t testing.TB, path string, content string, opts ingest.Options) (loaded, rejected []string) {
	t.Helper()
	conn := connect(t, "")
	if content != "" {
		path = file(t, path, content)
	}
	load(t, conn, path, opts)
	loaded = column(t, conn, `SELECT concat_ws('|', source_row, coalesce(hs_code, '∅'), coalesce(origin, '∅'),
		coalesce(declaration_date::VARCHAR, '∅'), coalesce(printf('%g', net_mass), '∅'), coalesce(value::VARCHAR, '∅'))
		FROM customs.declaration ORDER BY source_row`)
	rejected = column(t, conn, `SELECT concat_ws('|', source_row, coalesce(source_line::VARCHAR, '∅'), coalesce(column_name, '∅'), coalesce(raw, '∅'), reason)
		FROM customs.reject ORDER BY source_row`)
	return loaded, rejected
}

func column(t testing.TB, conn *sql.Conn, query string) []string {
	t.Helper()
	r, err := conn.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out := []string{}
	for r.Next() {
		var s string
		if err := r.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

const header = "hs_code,origin,date,net_weight,value\n"

func TestText(t *testing.T) {
	for _, c := range []struct {
		name, content    string
		loaded, rejected []string
	}{
		{"plain", header + "8703.23,de,2024-02-29,1.5,100\n", []string{"1|870323|DE|2024-02-29|1.5|100.0000"}, nil},
		{"no line end", header + "870323,DE,2024-02-29,1.5,100", []string{"1|870323|DE|2024-02-29|1.5|100.0000"}, nil},
		{"mark and carriage returns", "\ufeff" + strings.ReplaceAll(header+"870323,DE,2024-02-29,1.5,100\n", "\n", "\r\n"), []string{"1|870323|DE|2024-02-29|1.5|100.0000"}, nil},
		{"carriage returns alone", strings.ReplaceAll(header+"870323,DE,2024-02-29,1.5,100\n", "\n", "\r"), []string{"1|870323|DE|2024-02-29|1.5|100.0000"}, nil},
		{"mixed line ends", header + "870323,DE,2024-02-29,1.5,100\r\n870324,DE,2024-02-29,1.5,100\n", []string{"1|870323|DE|2024-02-29|1.5|100.0000", "2|870324|DE|2024-02-29|1.5|100.0000"}, nil},
		{"tabs", strings.ReplaceAll(header+"870323,,,,100\n", ",", "\t"), []string{"1|870323|∅|∅|∅|100.0000"}, nil},
		{"pipes", strings.ReplaceAll(header+"870323,DE,,,100\n", ",", "|"), []string{"1|870323|DE|∅|∅|100.0000"}, nil},
		{"titles above the header", "Imports 2024\n\nSource: customs\n" + header + "870323,DE,,,100\n", []string{"1|870323|DE|∅|∅|100.0000"}, nil},
		{
			"decimal commas", "Code SH;Pays d'origine;Date;Masse nette;Valeur en douane\n870323;DE;29/02/2024;1.234,5;1 000 000,25\n870323;DE;01/03/2024;2,5;7\n",
			[]string{"1|870323|DE|2024-02-29|1234.5|1000000.2500", "2|870323|DE|2024-03-01|2.5|7.0000"},
			nil,
		},
		{"a tie follows the file", "hs;value;net weight\n870323;1,234;0,5\n", []string{"1|870323|∅|∅|0.5|1.2340"}, nil},
		{"groups of thousands", "hs;value;net weight\n870323;1,234;1,234.5\n", []string{"1|870323|∅|∅|1234.5|1234.0000"}, nil},
		{"Arabic", "رمز النظام المنسق,بلد المنشأ,التاريخ,الوزن الصافي,القيمة الجمركية\n", nil, nil},
		{"month first by a later row", header + "870323,DE,01/02/2024,1,1\n870323,DE,01/31/2024,1,1\n", []string{"1|870323|DE|2024-01-02|1|1.0000", "2|870323|DE|2024-01-31|1|1.0000"}, nil},
		{"day first in doubt", header + "870323,DE,01/02/2024,1,1\n", []string{"1|870323|DE|2024-02-01|1|1.0000"}, nil},
		{"serial dates and compact dates", header + "870323,DE,45292,1,1\n870323,DE,20240102,1,1\n", []string{"1|870323|DE|2024-01-01|1|1.0000", "2|870323|DE|2024-01-02|1|1.0000"}, nil},
		// 1 Muharram 1445 is 2023-07-19, 1 Ramadan 1445 is 2024-03-11.
		{"Hijri dates", header + "870323,DE,1445-01-01,1,1\n870323,DE,١/٩/١٤٤٥ هـ,1,1\n870323,DE,1445-01-30,1,1\n", []string{"1|870323|DE|2023-07-19|1|1.0000", "2|870323|DE|2024-03-11|1|1.0000"}, []string{"3|4|date|1445-01-30|is not a date between 1900 and 2099"}},
		{"Hijri dates, day first, among others", header + "870323,DE,19/01/1445,1,1\n870323,DE,14450901,1,1\n870323,DE,11/03/2024م,1,1\n870323,DE,1 رمضان 1445,1,1\n", []string{"1|870323|DE|2023-08-06|1|1.0000", "2|870323|DE|2024-03-11|1|1.0000", "3|870323|DE|2024-03-11|1|1.0000", "4|870323|DE|2024-03-11|1|1.0000"}, nil},
		{"zero and less stay", header + "870323,DE,,0,-5\n", []string{"1|870323|DE|∅|0|-5.0000"}, nil},
		{"signs of nothing", header + "870323,DE,-,N/A,5\n", []string{"1|870323|DE|∅|∅|5.0000"}, nil},
		{"no number", header + "870323,DE,,1,1\n870323,DE,,heavy,5\n", []string{"1|870323|DE|∅|1|1.0000"}, []string{"2|3|net_weight|heavy|is not a number"}},
		{"infinite", header + "870323,DE,,inf,5\n870323,DE,,1,5\n", []string{"2|870323|DE|∅|1|5.0000"}, []string{"1|2|net_weight|inf|is not a number"}},
		{"too large", header + "870323,DE,,1,1e30\n870323,DE,,1,5\n", []string{"2|870323|DE|∅|1|5.0000"}, []string{"1|2|value|1e30|is too large a number"}},
		{"no date", header + "870323,DE,2024-02-30,1,5\n870323,DE,2024-02-28,1,5\n", []string{"2|870323|DE|2024-02-28|1|5.0000"}, []string{"1|2|date|2024-02-30|is not a date between 1900 and 2099"}},
		{"total and blank rows", header + "870323,DE,,1,5\n,,,,\nGrand Total:,,,1,5\n", []string{"1|870323|DE|∅|1|5.0000"}, []string{"2|3|∅|∅|the row is blank", "3|4|∅|Grand Total:|the row is a total of others"}},
		{"Arabic total", header + "870323,DE,,1,5\n,الإجمالي,,1,5\n", []string{"1|870323|DE|∅|1|5.0000"}, []string{"2|3|∅|∅|the row is a total of others"}},
		{
			"too few and too many", header + "870323,DE,,1,5\n870323,DE\n870323,DE,,1,5,6,7\n870324,DE,,1,5\n",
			[]string{"1|870323|DE|∅|1|5.0000", "4|870324|DE|∅|1|5.0000"},
			[]string{"2|3|∅|870323,DE|the line has 2 columns, the header 5", "3|4|∅|870323,DE,,1,5,6,7|the line has 7 columns, the header 5"},
		},
		{"empty cells at the end", header + "870323,DE,,1,5,,\n870324,DE,,1,5\n", []string{"1|870323|DE|∅|1|5.0000", "2|870324|DE|∅|1|5.0000"}, nil},
		{"quotes", header + "\"870323\",\"D\"\"E\",,1,\"5\"\n870324, \"DE\",,1,5\n870325,D\"E,,1,5\n", []string{"1|870323|D\"E|∅|1|5.0000", "2|870324|DE|∅|1|5.0000", "3|870325|D\"E|∅|1|5.0000"}, nil},
		{"a line end in a cell", header + "870323,\"D\nE\",,1,5\n870324,DE,,x,5\n", []string{"1|870323|D\nE|∅|1|5.0000"}, []string{"2|4|net_weight|x|is not a number"}},
		{"a quote never closed", header + "870323,\"DE,,1,5\n870324,DE,,1,5\n870325,\"FR\",,1,5\n", []string{"2|870324|DE|∅|1|5.0000", "3|870325|FR|∅|1|5.0000"}, []string{"1|2|∅|870323,\"DE,,1,5|text follows a closing quote"}},
		{"a quote never closed at the end", header + "870323,DE,,1,5\n870323,\"DE,,1,5\n", []string{"1|870323|DE|∅|1|5.0000"}, []string{"2|3|∅|870323,\"DE,,1,5|a quote is not closed"}},
		{"text behind a quote", header + "870323,DE,,1,5\n870324,\"D\"E,,1,5\n", []string{"1|870323|DE|∅|1|5.0000"}, []string{"2|3|∅|870324,\"D\"E,,1,5|text follows a closing quote"}},
		{"damaged UTF-8", header + "870323,مصر,,1,5\n870324,\xff\xfe,,1,5\n", []string{"1|870323|EG|∅|1|5.0000"}, []string{"2|3|∅|870324,\ufffd,,1,5|the line is not valid UTF-8"}},
		{"a zero byte", header + "870323,DE,,1,5\n870324,D\x00E,,1,5\n" + strings.Repeat("870323,DE,,1,5\n", 200), nil, []string{"2|3|∅|870324,D\x00E,,1,5|the line has a zero byte"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.HasSuffix(c.content, "القيمة الجمركية\n") {
				c.content += "٨٧٠٣٢٣,مصر,٢٩/٠٢/٢٠٢٤,١٬٢٣٤٫٥,١٠٠\n870324,مصر,١/٣/٢٠٢٤,1,1\n"
				c.loaded = []string{"1|870323|EG|2024-02-29|1234.5|100.0000", "2|870324|EG|2024-03-01|1|1.0000"}
			}
			loaded, rejected := rows(t, "rows.csv", c.content, ingest.Options{})
			if c.loaded != nil {
				if d := cmp.Diff(c.loaded, loaded); d != "" {
					t.Errorf("loaded (-want +got):\n%s", d)
				}
			}
			if d := cmp.Diff(append([]string{}, c.rejected...), rejected); d != "" {
				t.Errorf("rejected (-want +got):\n%s", d)
			}
		})
	}
}

const arabicRows = "رمز النظام المنسق;بلد المنشأ;القيمة\n870323;مصر العربية;100\n870324;السعودية;200\n"

func TestEncodings(t *testing.T) {
	legacy, err := charmap.Windows1256.NewEncoder().String(arabicRows)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(order func(uint16) []byte) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\ufeff" + arabicRows)) {
			b.Write(order(u))
		}
		return b.String()
	}
	little := wide(func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} })
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(arabicRows)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	french, err := charmap.Windows1252.NewEncoder().String("code sh;libellé;valeur\n870323;Véhicules à moteur;5\n")
	if err != nil {
		t.Fatal(err)
	}
	ascii := "hs_code,description,value\n" + strings.Repeat("870323,car,5\n", 30000)
	for _, c := range []struct{ name, content, encoding, query, want string }{
		{"utf-8", arabicRows, "utf-8", "SELECT origin FROM customs.declaration WHERE source_row = 1", "EG"},
		{"windows-1256", legacy, "windows-1256", "SELECT origin FROM customs.declaration WHERE source_row = 1", "EG"},
		{"UTF-16 little", little, "utf-16le", "SELECT origin FROM customs.declaration WHERE source_row = 1", "EG"},
		{"UTF-16 big", wide(func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }), "utf-16be", "SELECT origin FROM customs.declaration WHERE source_row = 1", "EG"},
		{"UTF-16 without mark", little[2:], "utf-16le", "SELECT origin FROM customs.declaration WHERE source_row = 1", "EG"},
		{"gzip", packed.String(), "utf-8", "SELECT origin FROM customs.declaration WHERE source_row = 2", "SA"},
		{"windows-1252", french, "windows-1252", "SELECT description FROM customs.declaration", "Véhicules à moteur"},
		{"Arabic after long ASCII", ascii + "870324,\xd3\xed\xc7\xd1\xc9,6\n", "windows-1256", "SELECT description FROM customs.declaration WHERE value = 6", "سيارة"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			f := load(t, conn, file(t, "rows.csv", c.content), ingest.Options{})
			if f.Encoding != c.encoding {
				t.Errorf("encoding %s, want %s", f.Encoding, c.encoding)
			}
			if got := one(t, conn, c.query); got != c.want {
				t.Errorf("%s = %q, want %q", c.query, got, c.want)
			}
		})
	}
}

func TestFormats(t *testing.T) {
	want := []string{"1|870323|DE|2024-02-29|1.5|100.0000", "2|010121|FR|2024-03-01|2|200.5000"}
	dir := t.TempDir()
	conn := connect(t, "")
	source := `(VALUES ('870323', 'DE', DATE '2024-02-29', 1.5::DOUBLE, 100::DECIMAL(10,2)), ('010121', 'FR', DATE '2024-03-01', 2, 200.5)) t(hs_code, origin, date, net_weight, value)`
	parquet, json, ndjson := filepath.Join(dir, "a[1].parquet"), filepath.Join(dir, "a.json"), filepath.Join(dir, "a.csv")
	run(t, conn, "COPY (FROM "+source+") TO '"+parquet+"' (FORMAT parquet)")
	run(t, conn, "COPY (FROM "+source+") TO '"+json+"' (FORMAT json, ARRAY true)")
	run(t, conn, "COPY (FROM "+source+") TO '"+ndjson+"' (FORMAT json)") // whatever its name
	book := excelize.NewFile()
	for i, row := range [][]any{{"Imports", nil}, {nil}, {"hs_code", "origin", "date", "net_weight", "value"}, {"870323", "DE", 45351, 1.5, 100}, {"010121", "FR", 45352, 2, 200.5}} {
		ref, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow("Sheet1", ref, &row); err != nil {
			t.Fatal(err)
		}
	}
	workbook := filepath.Join(dir, "a.xlsx")
	if err := book.SaveAs(workbook); err != nil {
		t.Fatal(err)
	}
	for path, format := range map[string]string{parquet: "parquet", json: "json", ndjson: "ndjson", workbook: "xlsx"} {
		t.Run(format, func(t *testing.T) {
			loaded, rejected := rows(t, path, "", ingest.Options{})
			if d := cmp.Diff(want, loaded); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if len(rejected) > 0 {
				t.Errorf("rejected %q", rejected)
			}
		})
	}
}

func TestDamagedJSONLines(t *testing.T) {
	content := `{"hs_code":"870323","value":1}` + "\n" + `{"hs_code":"870324",` + "\n" + `{"hs_code":"870325","value":"2"}` + "\n\n" + `[1,2]` + "\n"
	loaded, rejected := rows(t, "a.ndjson", content, ingest.Options{})
	if d := cmp.Diff([]string{"1|870323|∅|∅|∅|1.0000", "3|870325|∅|∅|∅|2.0000"}, loaded); d != "" {
		t.Errorf("loaded (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{`2|2|∅|{"hs_code":"870324",|the line is not JSON`, "4|5|∅|[1,2]|the line is not a JSON object"}, rejected); d != "" {
		t.Errorf("rejected (-want +got):\n%s", d)
	}
}

func TestRefused(t *testing.T) {
	dir := t.TempDir()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(strings.Repeat(header+"870323,DE,,1,5\n", 1000)))
	_ = z.Close()
	book := excelize.NewFile()
	_ = book.SetSheetRow("Sheet1", "A1", &[]any{"hs code", "value"})
	_ = book.SetSheetRow("Sheet1", "A2", &[]any{"870323", 5})
	whole, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, content, say string }{
		{"empty.csv", "", "empty"},
		{"blank.csv", " \n\n", "empty"},
		{"header.csv", header, "no rows"},
		{"binary.csv", "\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x01\x02\x03abc", 100), "a program"},
		{"picture.csv", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\x02", 100), "a picture"},
		{"old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 100), "save it as .xlsx"},
		{"page.xls", "<html><table><tr><td>1</td></tr></table></html>", "web page"},
		{"sad.xml", "<?xml version=\"1.0\"?><ASYCUDA/>", "no declaration with an item"},
		{"foreign.csv", "name,age\nAnn,5\nBob,6\n", `no column is hs_code, which customs.declaration needs: name it with --map "COLUMN=hs_code"`},
		{"codes.csv", "hs_code,name\n870323,car\n", "no column is value, quantity, net_mass"},
		{"cut.xlsx", whole.String()[:whole.Len()/2], "truncated or damaged"},
		{"cut.csv.gz", packed.String()[:packed.Len()/2], "gzip file is truncated or damaged"},
		{"cut.parquet", "PAR1" + strings.Repeat("x", 100), "Parquet file is truncated or damaged"},
		{"cut.json", `[{"hs_code": "870323", "value": 1}, {"hs_code"`, "the JSON is truncated or damaged"},
		{"other.csv", header + strings.Repeat("1,2\n", 20), "20 of 20 lines can't be rows"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(dir, c.name)
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			conn := connect(t, "")
			_, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{})
			var e *ingest.Error
			if !errors.As(err, &e) || e.File != path {
				t.Fatalf("error %v is no *Error of the file", err)
			}
			if !strings.Contains(err.Error(), c.say) || strings.ContainsAny(err.Error(), "\n\x00") {
				t.Errorf("error %q doesn't say %q", err, c.say)
			}
			if n := one(t, conn, "SELECT count(*) FROM customs.declaration"); n != "0" {
				t.Errorf("%s rows are left", n)
			}
		})
	}
	for _, path := range []string{filepath.Join(dir, "missing.csv"), dir} {
		_, err := ingest.Load(context.Background(), connect(t, ""), []string{path}, ingest.Options{})
		if missing := path != dir; err == nil || errors.Is(err, fs.ErrNotExist) != missing {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := ingest.Load(context.Background(), connect(t, ""), nil, ingest.Options{}); err == nil {
		t.Error("no files are no error")
	}
}

// Either all files are loaded or none.
func TestAllOrNothing(t *testing.T) {
	conn := connect(t, "")
	good, bad := file(t, "good.csv", header+"870323,DE,,1,5\n870323,DE,,x,5\n"), file(t, "bad.csv", "name,age\nAnn,5\n")
	if _, err := ingest.Load(context.Background(), conn, []string{good, bad}, ingest.Options{}); err == nil {
		t.Fatal("no error")
	}
	if n := one(t, conn, "SELECT (SELECT count(*) FROM customs.declaration) + (SELECT count(*) FROM customs.reject)"); n != "0" {
		t.Errorf("%s rows are left", n)
	}
	report, err := ingest.Load(context.Background(), conn, []string{good, good}, ingest.Options{Again: true})
	if err != nil {
		t.Fatal(err)
	}
	if read, loaded, rejected := report.Totals(); read != 4 || loaded != 2 || rejected != 2 {
		t.Errorf("read %d, loaded %d, rejected %d", read, loaded, rejected)
	}
	if got := one(t, conn, "SELECT list(source_row) FROM customs.declaration"); got != "[1, 1]" {
		t.Errorf("rows %s", got)
	}
}

func TestCancelled(t *testing.T) {
	conn := connect(t, "")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ingest.Load(ctx, conn, []string{file(t, "a.csv", header+"870323,DE,,1,5\n")}, ingest.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestOptions(t *testing.T) {
	content := "col1,col2,hs,note\n870323,5,car,\"a \"\"b\"\"\"\n"
	path := file(t, "a.csv", content)
	conn := connect(t, "")
	f := load(t, conn, path, ingest.Options{Map: map[string]string{"col1": "hs_code", "COL2": "value", "hs": "description"}, KeepExtra: true})
	if d := cmp.Diff(map[string]string{"hs_code": "col1", "value": "col2", "description": "hs"}, mapping(f)); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	if got := one(t, conn, "SELECT extra FROM customs.declaration"); got != `{"note":"a \"b\""}` {
		t.Errorf("extra %s", got)
	}
	for _, bad := range []map[string]string{{"none": "value"}, {"col1": "colour"}, {"col1": "value", "col2": "value"}} {
		if _, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{Map: bad, Again: true}); err == nil || !strings.Contains(err.Error(), "map: ") {
			t.Errorf("%v: %v", bad, err)
		}
	}
	// Without order DuckDB could number rows as it likes.
	run(t, conn, "SET preserve_insertion_order = false")
	load(t, conn, file(t, "b.csv", header+"870323,DE,,1,5\n"), ingest.Options{})
	if got := one(t, conn, "SELECT current_setting('preserve_insertion_order')"); got != "false" {
		t.Errorf("the setting of the user is %s now", got)
	}
}

// Rows that are there already keep their numbers, in a file as in memory.
func TestIntoTheSameTable(t *testing.T) {
	conn := connect(t, filepath.Join(t.TempDir(), "x.db"))
	for range 2 {
		load(t, conn, file(t, t.Name()+".csv", header+"870323,DE,,1,5\n870323,DE,,x,5\n870324,DE,,1,5\n"), ingest.Options{Again: true})
		run(t, conn, "DELETE FROM customs.reject")
	}
	if got := one(t, conn, "SELECT list(source_row || hs_code ORDER BY rowid) FROM customs.declaration"); got != "[1870323, 3870324, 1870323, 3870324]" {
		t.Errorf("rows %s", got)
	}
	if got := one(t, conn, "SELECT count(*) FROM duckdb_tables() WHERE temporary"); got != "0" {
		t.Errorf("%s temporary tables are left", got)
	}
	if got := one(t, conn, "SELECT count(*) FROM duckdb_functions() WHERE function_name LIKE 'ingest%' AND function_type LIKE '%macro'"); got != "0" {
		t.Errorf("%s functions are left", got)
	}
}
