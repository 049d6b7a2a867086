package ingest_test

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/dhowdb/dhow/engine/ingest"
)

// compound writes the beginning of a compound file whose directory has a stream.
func compound(stream string) string {
	b := make([]byte, 1536)
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(b[30:], 9) // sectors of 512 bytes
	binary.LittleEndian.PutUint32(b[48:], 1) // the directory is the second
	for i, u := range utf16.Encode([]rune(stream)) {
		binary.LittleEndian.PutUint16(b[1024+2*i:], u)
	}
	return string(b)
}

// Each kind of file that is no table is named, with what to do about it.
func TestKinds(t *testing.T) {
	zeros := strings.Repeat("\x00", 600)
	for _, c := range []struct{ name, content, say, do string }{
		{"a.xls", compound("Workbook"), "an old .xls workbook", "soffice --headless --convert-to xlsx"},
		{"b.xls", compound("Book"), "an old .xls workbook", "soffice"},
		{"locked.xlsx", compound("EncryptedPackage"), "locked by a password", "take the password off"},
		{"a.doc", compound("WordDocument"), "a Word document", "save it as .xlsx"},
		{"c.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + zeros, "an old .xls workbook", "soffice"},
		{"d.xls", "\x09\x04\x06\x00\x00\x00\x10\x00" + zeros, "an old Excel workbook (version 4)", "soffice"},
		{"a.mdb", "\x00\x01\x00\x00Standard Jet DB\x00" + zeros, "Microsoft Access database (.mdb)", "mdb-export FILE TABLE > TABLE.csv"},
		{"a.accdb", "\x00\x01\x00\x00Standard ACE DB\x00" + zeros, "Microsoft Access database (.accdb)", "mdb-export"},
		{"a.sqlite", "SQLite format 3\x00" + zeros, "an SQLite database", `sqlite3 -header -csv FILE "SELECT * FROM TABLE"`},
		{"a.dump", "PGDMP\x01\x0e" + zeros, "a PostgreSQL dump", "pg_restore -d DATABASE FILE"},
		{"a.sql", "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n", "a PostgreSQL dump (SQL)", `\copy TABLE TO 'TABLE.csv' CSV HEADER`},
		{"b.sql", "-- MySQL dump 10.13\n", "a MySQL dump (SQL)", "mysql --batch"},
		{"c.sql", "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n", "a dump of an SQLite database", "sqlite3 new.db < FILE"},
		{"d.sql", "INSERT INTO t VALUES (1, 2);\n", "a dump of a database (SQL)", "export the table"},
		{"a.pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + zeros, "a PDF", "Tabula"},
		{"a.duckdb", "\x00\x00\x00\x00\x00\x00\x00\x00DUCK" + zeros, "a DuckDB database", "dhow FILE"},
		{"a.rar", "Rar!\x1a\x07\x00" + zeros, "a RAR archive", "unrar x FILE"},
		{"a.7z", "7z\xbc\xaf\x27\x1c" + zeros, "a 7z archive", "7z x FILE"},
		{"a.csv.bz2", "BZh91AY" + zeros, "a bzip2 file", "bunzip2 FILE"},
		{"a.csv.xz", "\xfd7zXZ\x00" + zeros, "an xz file", "unxz FILE"},
		{"a.tar", strings.Repeat("x", 257) + "ustar\x00" + zeros, "a tar archive", "tar xf FILE"},
		{"a.dta", "<stata_dta><header>", "a Stata file", "export delimited"},
		{"a.sav", "$FL2@(#) SPSS" + zeros, "an SPSS file", "SAVE TRANSLATE"},
		{"a.feather", "ARROW1\x00\x00" + zeros, "an Arrow or Feather file", "FILE.parquet"},
		{"a.jpg", "\xff\xd8\xff\xe0" + zeros, "a picture", "the table itself"},
		{"a.xml", "<?xml version=\"1.0\"?><Declaration><Item/></Declaration>", "not the ASYCUDA element", "export it as CSV"},
		{"b.xls", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "an Excel 2003 XML workbook", "soffice"},
		{"c.html", "<!DOCTYPE html><html>", "a web page", "save it as .xlsx or CSV"},
		{"a.bin", "\x01\x02\x03\x04" + zeros, "binary data", "export it as CSV"},
		{"b.dbf", "hs_code,value\n870323,5\n", "none of dBASE or FoxPro", "copy it again"},
		{"a.parquet.gz", gzipped(t, "PAR1"+zeros), "this is Parquet inside gzip", "unpack it first"},
		{"a.gz.gz", gzipped(t, gzipped(t, oneRow)), "a compressed file inside gzip", "unpack it first"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			path := file(t, c.name, c.content)
			_, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{})
			var e *ingest.Error
			if !errors.As(err, &e) || e.File != path {
				t.Fatalf("error %v is no *Error of the file", err)
			}
			if say := err.Error(); !strings.Contains(say, c.say) || !strings.Contains(say, c.do) || strings.ContainsAny(say, "\n\r\x00") {
				t.Errorf("error %q doesn't say %q and %q in one line", say, c.say, c.do)
			}
		})
	}
}

// Text that begins like another kind of file is text all the same.
func TestNoKinds(t *testing.T) {
	for _, content := range []string{
		"MZ,hs_code,value\nx,870323,5\n",
		"ORC;hs_code;value\nx;870323;5\n",
		"0;hs_code;value\nx;870323;5\n",
		"BZh,hs_code,value\nx,870323,5\n",
	} {
		f := load(t, connect(t, ""), file(t, "a.csv", content), ingest.Options{Map: map[string]string{content[:strings.IndexAny(content, ",;")]: ""}})
		if f.Format != ingest.FormatCSV {
			t.Errorf("%q: %s", content, f.Format)
		}
	}
}
