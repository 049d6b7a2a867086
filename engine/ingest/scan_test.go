package ingest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	_ "github.com/duckdb/duckdb-go/v2"

	sqltext "github.com/dhowdb/dhow/sql"
)

// FuzzSheetXML reads any text as the cells of a sheet, in pieces of any size.
func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<x:sheetData><x:row><x:c t='inlineStr'><x:is><x:r><x:t>a</x:t></x:r><x:rPh><x:t>b</x:t></x:rPh></x:is></x:c></x:row></x:sheetData>`))
	f.Add([]byte(`<sheetData><row r="2"/><!-- <row> --><row r="5"><c r="C5" t="str"><v><![CDATA[a>b]]>&amp;&#x41;</v></c></row></sheetData>`))
	shared := func(i int) (string, error) {
		if i != 0 {
			return "", errors.New("no such text")
		}
		return "shared", nil
	}
	read := func(r io.Reader) (rows []int, cells []rawCell, err error) {
		s := newSheetReader(r, shared)
		for {
			n, c, err := s.nextRow(nil)
			if err != nil {
				return rows, cells, err
			}
			rows, cells = append(rows, n), append(cells, c...)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, cells, err := read(bytes.NewReader(data))
		rows2, cells2, err2 := read(iotest.OneByteReader(bytes.NewReader(data)))
		if len(rows) != len(rows2) || len(cells) != len(cells2) || err.Error() != err2.Error() {
			t.Fatalf("%d rows, %d cells, %v; by the byte %d, %d, %v", len(rows), len(cells), err, len(rows2), len(cells2), err2)
		}
		for i := 1; i < len(rows); i++ {
			if rows[i] <= rows[i-1] {
				t.Fatalf("rows %d", rows)
			}
		}
	})
}

// FuzzRows loads any text below a header. Every record of the text is either
// in the table, as the scan sees it, or rejected.
func FuzzRows(f *testing.F) {
	for _, s := range []string{
		"870323,car,1\n", "870323,\"car\n\",1\r\n870323,x,2", "1,\"2\n3,4,5\n6,\"7\",8\n", ",,\n\n , ,\n", "1,2\n1,2,3,4\n", "\"a\"b,1,2\n",
		"1, \"2\" ,3\n", "1,\"2\"\"\",3\r", "1,\xff,3\n", "\"1\",\"2\",\"3\"\n1,2,3\n", "1,\"\",\"\"\n", "'1','2',3\n", "1,a\\\"b,3\n", "#1,2,3\n",
	} {
		f.Add(s)
	}
	db, err := sql.Open("duckdb", "?threads=1")
	if err != nil {
		f.Fatal(err)
	}
	defer db.Close()
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		f.Fatal(err)
	}
	tables, err := sqltext.Schema()
	if err != nil {
		f.Fatal(err)
	}
	for _, table := range tables {
		if _, err := conn.ExecContext(ctx, table.SQL); err != nil {
			f.Fatal(err)
		}
	}
	// This package can't import the engine, whose functions these stand in for.
	for _, name := range []string{"hs", "country", "currency", "unit", "incoterm"} {
		if _, err := conn.ExecContext(ctx, "CREATE MACRO "+name+"_normalize(t) AS nullif(trim(t), '')"); err != nil {
			f.Fatal(err)
		}
	}
	if _, err := conn.ExecContext(ctx, "CREATE MACRO hijri_date(t) AS NULL::DATE"); err != nil {
		f.Fatal(err)
	}
	const header = "hs_code,description,value\n"
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 2000 {
			return
		}
		path := filepath.Join(t.TempDir(), "rows.csv")
		// The first rows say that the third column has numbers, whatever follows.
		text := header + strings.Repeat("870323,car,1\n", 5) + body
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"declaration", "reject", "source_file"} {
			if _, err := conn.ExecContext(ctx, "DELETE FROM customs."+table); err != nil {
				t.Fatal(err)
			}
		}
		report, err := Load(ctx, conn, []string{path}, Options{Delimiter: ',', Encoding: encodingUTF8})
		if err != nil {
			if strings.Contains(err.Error(), "were read") || strings.Contains(err.Error(), "CSV Error") || strings.Contains(err.Error(), "\n") {
				t.Fatal(err)
			}
			return
		}
		checkRows(t, conn, text, report.Files[0])
	})
}

// checkRows compares what was loaded with what the scan sees.
func checkRows(t *testing.T, conn *sql.Conn, text string, report FileReport) {
	t.Helper()
	s := newScanner(strings.NewReader(text), ',')
	number := int64(-1)
	for {
		rec, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		number++
		if number == 0 || rec.fault != "" || rec.fields != 3 {
			continue
		}
		cells := splitRecord(rec.raw, ',')
		var description sql.NullString
		err = conn.QueryRowContext(context.Background(), "SELECT description FROM customs.declaration WHERE source_row = $1", number).Scan(&description)
		if errors.Is(err, sql.ErrNoRows) {
			continue // rejected for its value or as a total
		}
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Trim(cells[1], " "); strings.TrimSpace(description.String) != strings.TrimSpace(want) {
			t.Fatalf("row %d has %q, the file %q", number, description.String, want)
		}
	}
	if report.Read != number || report.Read != report.Loaded+report.Rejected {
		t.Fatalf("%d records; report %+v", number, report)
	}
}

func TestScannerReadsInPieces(t *testing.T) {
	text := strings.Repeat("1,\"a\nb\",3\n4,5,6\r\n\n\"open,7\n", 1000)
	count := func(r io.Reader) (records, faults int, last int64) {
		s := newScanner(r, ',')
		for {
			rec, err := s.next()
			if errors.Is(err, io.EOF) {
				return records, faults, s.line
			}
			if err != nil {
				t.Fatal(err)
			}
			records++
			if rec.fault != "" {
				faults++
			}
		}
	}
	// By hand: three records in every five lines, of which the third is open.
	records, faults, last := count(strings.NewReader(text))
	if records != 3000 || faults != 1000 || last != 5000 {
		t.Errorf("%d records, %d faults, %d lines", records, faults, last)
	}
	if r, f, l := count(iotest.OneByteReader(strings.NewReader(text))); r != records || f != faults || l != last {
		t.Errorf("by the byte %d records, %d faults, %d lines", r, f, l)
	}
}

func TestOverlongLine(t *testing.T) {
	s := newScanner(strings.NewReader("1,2\n"+strings.Repeat("x", 3*maxRecord)+"\n3,4\n"), ',')
	var faults []string
	for {
		rec, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		faults = append(faults, rec.fault)
	}
	if len(faults) != 3 || faults[0] != "" || faults[1] == "" || faults[2] != "" {
		t.Errorf("faults %q", faults)
	}
}
