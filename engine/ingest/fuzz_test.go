package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// drained reads all rows of a reader as stage does, and holds what it relies on.
func drained(t *testing.T, rows rowReader) (read, faults int64, err error) {
	t.Helper()
	width := len(rows.columns())
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return read, faults, nil
		}
		if err != nil {
			return read, faults, err
		}
		read++
		if row.fault == "" {
			row.check()
		}
		if row.fault != "" {
			faults++
		}
		if len(row.cells) != width {
			t.Fatalf("row %d has %d cells of %d", read, len(row.cells), width)
		}
		for _, c := range row.cells {
			if row.fault == "" && !utf8.ValidString(cleanText(c)) {
				t.Fatalf("row %d has the cell %q", read, c)
			}
		}
	}
}

// temporaryFile writes what a reader that needs a file is to read.
func temporaryFile(t *testing.T, data []byte) recognised {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return recognised{path: path, disk: path, name: "a", head: data[:min(len(data), headBytes)]}
}

func oneLineError(t *testing.T, err error) {
	t.Helper()
	if err != nil && strings.ContainsAny((&Error{Err: err}).Error(), "\n\r") {
		t.Fatalf("error %q", err)
	}
}

// FuzzDBF reads any bytes as a table: all records that its header counts, or an
// error.
func FuzzDBF(f *testing.F) {
	head := make([]byte, 32+2*32+1)
	copy(head, "\x30\x7c\x02\x1d\x02\x00\x00\x00\x61\x00\x0f\x00")
	copy(head[32:], "HS_CODE\x00\x00\x00\x00C\x00\x00\x00\x00\x06")
	copy(head[64:], "V\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00Y\x00\x00\x00\x00\x08")
	head[96] = '\r'
	f.Add(append(head, " 870323\x01\x00\x00\x00\x00\x00\x00\x00*870323\x01\x00\x00\x00\x00\x00\x00\x00\x1a"...), []byte("\x00\x00\x00\x00"))
	memo := bytes.Clone(head)
	memo[0], memo[10], memo[75], memo[80] = 0x83, 17, 'M', 10
	f.Add(append(memo, " 870323         1 870323         9\x1a"...), append(make([]byte, 512), "text\x1a\x1a"...))
	f.Fuzz(func(t *testing.T, table, texts []byte) {
		s := &source{file: temporaryFile(t, table), report: &FileReport{}}
		parsed, err := parseDBF(table)
		if err != nil {
			return
		}
		if parsed.width > len(table) && parsed.records > 0 && parsed.start > len(table) {
			return
		}
		rows := &dbfRows{table: parsed, source: s}
		if err := rows.decide(""); err != nil {
			t.Fatal(err)
		}
		rows.in = newPeeker(bytes.NewReader(table[min(len(table), parsed.start):]))
		if m, err := newMemo(bytes.NewReader(texts), parsed.version); err == nil {
			rows.memo = m
		}
		read, _, err := drained(t, rows)
		oneLineError(t, err)
		if err == nil && read < parsed.records {
			t.Fatalf("%d of %d records are read", read, parsed.records)
		}
	})
}

// FuzzASYCUDA reads any text as declarations: the columns that it finds first
// are those of all its rows.
func FuzzASYCUDA(f *testing.F) {
	f.Add([]byte(`<ASYCUDA><Traders><Consignee><Consignee_name>A&amp;B</Consignee_name></Consignee></Traders><Item><Tarification><HScode><Commodity_code>870323</Commodity_code></HScode></Tarification></Item><Item/></ASYCUDA>`))
	f.Add([]byte(`<?xml version="1.0" encoding="windows-1256"?><a><ASYCUDA><x>1</x><x>2</x></ASYCUDA><ASYCUDA><Item><Taxation><Taxation_line><Duty_tax_amount>1.5</Duty_tax_amount></Taxation_line><Taxation_line><Duty_tax_amount>x</Duty_tax_amount></Taxation_line></Taxation></Item></ASYCUDA></a>`))
	f.Add([]byte(`<ASYCUDA><Identification><Registration><Number>1</Number><Date>25/02/2024</Date></Registration></Identification><Item><Valuation_item><Item_Invoice><Currency_code>AED</Currency_code><Currency_rate>1.0</Currency_rate></Item_Invoice></Valuation_item></Item></ASYCUDA>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := temporaryFile(t, data)
		rows := asycudaRows{file: &file}
		err := rows.survey()
		oneLineError(t, err)
		if err != nil {
			if err := rows.close(); err != nil {
				t.Fatal(err)
			}
			return
		}
		kept := asycudaRows{file: &file, keep: true}
		if err := kept.survey(); err != nil {
			t.Fatal(err)
		}
		again, _, _ := drained(t, &kept)
		if err := rows.start(); err != nil {
			t.Fatal(err)
		}
		read, _, err := drained(t, &rows)
		if again != read {
			t.Fatalf("%d rows are kept of %d", again, read)
		}
		if err != nil || read == 0 {
			t.Fatalf("%d rows and %v, which the first reading didn't see", read, err)
		}
		if err := rows.close(); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzJSON reads any text as an array of arrays and as an object with rows.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(`[["a","b"],[1,null],["x"],5]`))
	f.Add([]byte(`{"data":[{"a":1},{"b":[1,2]}],"n":{"x":[{"a":1}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if table, err := newJSONTable(bytes.NewReader(data)); err == nil {
			_, _, err := drained(t, table)
			oneLineError(t, err)
		}
		arrays, err := jsonArrays(bytes.NewReader(data))
		if err == nil {
			chooseArray(arrays)
		}
	})
}

// FuzzSheetParts puts any parts into a workbook and reads it.
func FuzzSheetParts(f *testing.F) {
	f.Add([]byte(`<workbook><sheets><sheet name="A" id="r1"/></sheets></workbook>`), []byte(`<sst><si><t>hs_code</t></si><si><r><t>val</t></r><r><t>ue</t></r></si></sst>`),
		[]byte(`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`),
		[]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>870323</v></c><c r="B2" s="1"><v>45351.5</v></c></row></sheetData></worksheet>`))
	const relations = `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`
	f.Fuzz(func(t *testing.T, book, shared, styles, sheet []byte) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, p := range []struct {
			name    string
			content []byte
		}{
			{"xl/workbook.xml", book},
			{"xl/_rels/workbook.xml.rels", []byte(relations)},
			{"xl/sharedStrings.xml", shared},
			{"xl/styles.xml", styles},
			{"xl/worksheets/sheet1.xml", sheet},
		} {
			w, err := z.Create(p.name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(p.content); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		file := temporaryFile(t, b.Bytes())
		w, err := OpenWorkbook(file.disk, sheetOptions(""))
		oneLineError(t, err)
		if err != nil {
			return
		}
		if _, _, err := drained(t, &sheetRows{book: w}); err != nil {
			oneLineError(t, err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
