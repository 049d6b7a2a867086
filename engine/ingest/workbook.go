package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Types of a [Column], in DuckDB's names.
const (
	TypeDouble    = "DOUBLE"
	TypeVarchar   = "VARCHAR"
	TypeDate      = "DATE"
	TypeTimestamp = "TIMESTAMP"
	TypeBoolean   = "BOOLEAN"
)

// Column is a column of a sheet: a name that no other column has, in any
// case, and one of the types above.
type Column struct {
	Name string
	Type string
}

// WorkbookOptions says how a sheet is read. The zero value reads the first
// visible sheet, finds the header below any titles and decides the types.
type WorkbookOptions struct {
	Sheet      string // name of the sheet, in any case; empty is the first visible one
	Header     *bool  // whether there is a row of names; nil finds out
	SkipRows   int    // rows of the sheet to leave out at its top
	AllVarchar bool   // every column is text: numbers in full, dates as 2006-01-02

	// headerAt finds the header among the first rows, if the caller knows
	// better than the general rule; -1 is none.
	headerAt func(rows [][]string) int
}

// prefixRows is how many rows decide the types of a sheet.
const prefixRows = 1000

// Workbook is an .xlsx sheet opened for reading, row by row. Memory use
// doesn't depend on the number of rows, except for the texts that cells share.
//
// Rows without any value are left out, and the columns are those in use in
// the first 1,000 rows. Formulas count as the value that was saved with them;
// a cell with an error such as #N/A is NULL.
type Workbook struct {
	file    string
	sheet   string
	parts   *workbookParts
	part    io.ReadCloser
	reader  *sheetReader
	columns []Column
	pending []sheetRow // read ahead to find header and types
	spare   []rawCell
	header  int // sheet row of the header, 0 if none
	meter   *Meter
}

// sheetRow is a row with values.
type sheetRow struct {
	number int
	cells  []rawCell
}

// OpenWorkbook opens a sheet of an .xlsx file. The error of a file that is no
// such workbook says what it is instead, where that can be told.
func OpenWorkbook(path string, opts WorkbookOptions) (*Workbook, error) {
	if err := checkWorkbook(path); err != nil {
		return nil, err
	}
	parts, err := openParts(path)
	if err != nil {
		return nil, &Error{File: path, Err: err}
	}
	w := &Workbook{file: path, parts: parts}
	if err := w.open(opts); err != nil {
		_ = parts.zip.Close()
		return nil, &Error{File: path, Sheet: w.sheet, Err: err}
	}
	return w, nil
}

// checkWorkbook refuses what can't be a workbook before the zip reader gives
// a less helpful answer.
func checkWorkbook(path string) error {
	head, err := readHead(path, 8)
	if err != nil {
		return err
	}
	switch {
	case len(head) == 0:
		return fileError(path, "the file is empty")
	case isOLE(head):
		return fileError(path, "this is an old .xls workbook (or one locked by a password); save it as .xlsx without a password")
	case !isZip(head):
		return fileError(path, "%w; save it as .xlsx, or read it as what it is", errNotWorkbook)
	}
	return nil
}

// readHead returns the first n bytes of a regular file.
func readHead(path string, n int) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &Error{File: path, Err: reasonOf(err)}
	}
	if info.IsDir() {
		return nil, fileError(path, "is a directory; name the files in it")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{File: path, Err: reasonOf(err)}
	}
	defer f.Close()
	head := make([]byte, n)
	got, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, &Error{File: path, Err: reasonOf(err)}
	}
	return head[:got], nil
}

// reasonOf takes the path out of an error that will name it anyway.
func reasonOf(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func isOLE(head []byte) bool { return strings.HasPrefix(string(head), "\xD0\xCF\x11\xE0") }
func isZip(head []byte) bool { return strings.HasPrefix(string(head), "PK\x03\x04") }

func (w *Workbook) open(opts WorkbookOptions) error {
	sheet, err := w.find(opts.Sheet)
	if err != nil {
		return err
	}
	w.sheet = sheet.name
	if w.part, err = w.parts.part(sheet.part); err != nil {
		return err
	}
	if w.part == nil {
		return fmt.Errorf("its part %s is missing; the workbook is damaged", sheet.part)
	}
	w.part = w.meter.scan(w.part, w.parts.size(sheet.part))
	w.reader = newSheetReader(w.part, w.parts.shared.get)
	if err := w.decide(opts); err != nil {
		_ = w.part.Close()
		return err
	}
	return nil
}

func (w *Workbook) find(name string) (sheetPart, error) {
	for _, s := range w.parts.sheets {
		if name == "" && !s.hidden || name != "" && strings.EqualFold(s.name, name) {
			return s, nil
		}
	}
	if name == "" {
		return w.parts.sheets[0], nil
	}
	return sheetPart{}, fmt.Errorf("there is no sheet %q; the sheets are %s", name, strings.Join(w.Sheets(), ", "))
}

// Sheets returns the names of all sheets with cells, in their order.
func (w *Workbook) Sheets() []string {
	names := make([]string, len(w.parts.sheets))
	for i, s := range w.parts.sheets {
		names[i] = s.name
	}
	return names
}

// Sheet returns the name of the sheet that is read.
func (w *Workbook) Sheet() string { return w.sheet }

// HeaderRow returns the row of the sheet that has the names, from 1; 0 if none.
func (w *Workbook) HeaderRow() int { return w.header }

// Columns returns the columns of the sheet.
func (w *Workbook) Columns() []Column { return w.columns }

// Close closes the file.
func (w *Workbook) Close() error {
	err := w.part.Close()
	if e := w.parts.zip.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("close %s: %w", filepath.Base(w.file), err)
	}
	return nil
}

// read returns the next row with a value.
func (w *Workbook) read() (sheetRow, error) {
	for {
		n, cells, err := w.reader.nextRow(w.spare)
		w.spare = cells
		if err != nil {
			return sheetRow{}, err
		}
		if w.hasValue(cells) {
			return sheetRow{n, cells}, nil
		}
	}
}

func (w *Workbook) hasValue(cells []rawCell) bool {
	for i := range cells {
		if w.valueOf(&cells[i]).kind != valueNull {
			return true
		}
	}
	return false
}
