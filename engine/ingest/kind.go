package ingest

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

//go:embed kind.tsv
var kindTSV string

// fileKind is a kind of file that holds no table that can be read here.
type fileKind struct {
	offset       int
	magic        []byte
	name, advice string
}

// fileKinds is read once; the table is part of the program, so an error in it
// is found by the first test.
var fileKinds = mustKinds(kindTSV)

func mustKinds(table string) []fileKind {
	var kinds []fileKind
	for _, f := range tableRows(table, 4) {
		offset, err := strconv.Atoi(f[0])
		if err != nil {
			panic(fmt.Sprintf("kind.tsv: offset %q", f[0]))
		}
		magic, err := strconv.Unquote(`"` + f[1] + `"`)
		if err != nil {
			panic(fmt.Sprintf("kind.tsv: bytes %q: %v", f[1], err))
		}
		kinds = append(kinds, fileKind{offset, []byte(magic), f[2], f[3]})
	}
	return kinds
}

// noTableError is the error of a file that is known not to be a table. In a
// folder such a file is passed over and reported; alone it is an error.
type noTableError struct{ kind, advice string }

func (e *noTableError) Error() string { return "this is " + e.kind + "; " + e.advice }

// kindOfFile returns what a file is whose first bytes are known, nil if they
// aren't.
func kindOfFile(head []byte) error {
	if isOLE(head) {
		return kindOfOLE(head)
	}
	for _, k := range fileKinds {
		if len(head) >= k.offset && bytes.HasPrefix(head[k.offset:], k.magic) && k.plausible(head) {
			return &noTableError{k.name, k.advice}
		}
	}
	return nil
}

// plausible keeps text that begins like a kind whose mark is short from being
// taken for it.
func (k *fileKind) plausible(head []byte) bool {
	return len(k.magic) >= 5 || isBinary(head)
}

// oleStreams are streams by which a compound file is known, and what it is then.
var oleStreams = []struct{ stream, kind, advice string }{
	{"EncryptedPackage", "a workbook or document locked by a password", "open it in a spreadsheet program, take the password off and save it as .xlsx"},
	{"Workbook", "an old .xls workbook", convertXLS},
	{"Book", "an old .xls workbook", convertXLS},
	{"WordDocument", "a Word document", "copy its table into a spreadsheet program and save it as .xlsx"},
	{"__substg1.0_", "an Outlook message", "save its attachment and load that"},
}

const convertXLS = "convert it with: soffice --headless --convert-to xlsx FILE, or open it in a spreadsheet program and save it as .xlsx"

// kindOfOLE looks into the directory of a compound file for the streams that
// tell a workbook from a document. The layout is that of [MS-CFB], 2.2 and 2.6.1.
func kindOfOLE(head []byte) error {
	if len(head) >= 512 {
		size := 1 << (binary.LittleEndian.Uint16(head[30:]) & 15)
		at := (int(binary.LittleEndian.Uint32(head[48:])) + 1) * size
		if at > 0 && at < len(head) {
			directory := head[at:min(len(head), at+8<<10)]
			for _, s := range oleStreams {
				if bytes.Contains(directory, littleEndian(s.stream)) {
					return &noTableError{s.kind, s.advice}
				}
			}
		}
	}
	return &noTableError{"an old .xls workbook or other file of Microsoft Office before 2007", convertXLS}
}

// littleEndian writes a name as the directory of a compound file has it.
func littleEndian(name string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(name)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// sqlStarts are how a text of SQL statements begins.
var sqlStarts = []string{"create table", "insert into", "drop table", "begin transaction", "set names", "/*!40"}

// kindOfText returns what a text is that is no table, nil if it may be one.
func kindOfText(text []byte) error {
	lower := strings.ToLower(string(text[:min(len(text), 400)]))
	for _, start := range []string{"<html", "<!doctype html", "<table"} {
		if strings.HasPrefix(lower, start) {
			return &noTableError{"a web page (some systems name these .xls)", "open it in a spreadsheet program and save it as .xlsx or CSV"}
		}
	}
	if strings.Contains(lower, "urn:schemas-microsoft-com:office:spreadsheet") {
		return &noTableError{"an Excel 2003 XML workbook", convertXLS}
	}
	for _, start := range sqlStarts {
		if strings.HasPrefix(lower, start) {
			return &noTableError{"a dump of a database (SQL)", `load it into that database and export the table, with PostgreSQL for example: psql DATABASE -c "\copy TABLE TO 'TABLE.csv' CSV HEADER"`}
		}
	}
	return nil
}
