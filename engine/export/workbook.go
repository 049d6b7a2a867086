package export

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"
)

// Limits of a sheet, which Excel gives.
const (
	maxSheetRows    = 1 << 20
	maxSheetColumns = 1 << 14
	maxCellUnits    = 32767 // of UTF-16, in a cell
)

// WorkbookOptions says how a workbook is written. The zero value is good.
type WorkbookOptions struct {
	Sheet    string // name of the first sheet; "Sheet1" if empty
	NoHeader bool   // leave out the row of names

	sheetRows int // rows that a sheet holds; tests write smaller ones
}

// Workbook writes an .xlsx file. It is written beside its target and takes its
// place when closed, so that a reader sees a whole file or none.
//
// The header is bold, stays in sight and has filters. Numbers are numbers, but
// integers beyond 2⁵³ and decimals of more than 15 digits are text, as Excel
// would change their digits. Dates and timestamps are dates, those before
// March 1900 text. NULL is an empty cell. Text stays text, whatever it begins
// with; control characters that XML can't hold become U+FFFD.
//
// A result of more than 1,048,575 rows continues on further sheets, each with
// the header. A Workbook is used by one goroutine at a time.
type Workbook struct {
	path    string
	columns []Column
	opts    WorkbookOptions
	file    *excelize.File
	stream  *excelize.StreamWriter
	sheet   string
	sheets  int
	row     int   // of the sheet, the last one written
	written int64 // rows of data
	cells   []any
	styles  styles
	done    bool
}

type styles struct{ header, date, timestamp int }

// NewWorkbook begins a workbook. Nothing is at path before [Workbook.Close].
func NewWorkbook(path string, columns []Column, opts WorkbookOptions) (*Workbook, error) {
	if len(columns) == 0 || len(columns) > maxSheetColumns {
		return nil, fmt.Errorf("write %s: a sheet has 1 to %d columns, not %d", path, maxSheetColumns, len(columns))
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("write %s: %s is no folder", path, filepath.Dir(path))
	}
	if opts.Sheet == "" {
		opts.Sheet = "Sheet1"
	}
	if opts.sheetRows == 0 {
		opts.sheetRows = maxSheetRows
	}
	w := &Workbook{path: path, columns: columns, opts: opts, file: excelize.NewFile(), cells: make([]any, len(columns))}
	if err := w.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("write %s: %w", path, err), w.file.Close())
	}
	return w, nil
}

func (w *Workbook) begin() error {
	if err := w.file.SetSheetName("Sheet1", w.opts.Sheet); err != nil {
		return fmt.Errorf("sheet %q: %w", w.opts.Sheet, err)
	}
	day, clock := "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
	for _, s := range []struct {
		id    *int
		style *excelize.Style
	}{
		{&w.styles.header, &excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&w.styles.date, &excelize.Style{CustomNumFmt: &day}},
		{&w.styles.timestamp, &excelize.Style{CustomNumFmt: &clock}},
	} {
		var err error
		if *s.id, err = w.file.NewStyle(s.style); err != nil {
			return fmt.Errorf("style: %w", err)
		}
	}
	return w.nextSheet()
}

// nextSheet ends the sheet that is written, and begins another.
func (w *Workbook) nextSheet() error {
	if err := w.endSheet(); err != nil {
		return err
	}
	w.sheets++
	w.sheet = w.opts.Sheet
	if w.sheets > 1 {
		suffix := fmt.Sprintf(" (%d)", w.sheets)
		// A name has at most 31 characters.
		base := []rune(w.opts.Sheet)
		w.sheet = string(base[:min(len(base), 31-len(suffix))]) + suffix
		if _, err := w.file.NewSheet(w.sheet); err != nil {
			return fmt.Errorf("sheet %q: %w", w.sheet, err)
		}
	}
	var err error
	if w.stream, err = w.file.NewStreamWriter(w.sheet); err != nil {
		return fmt.Errorf("sheet %q: %w", w.sheet, err)
	}
	w.row = 0
	return w.writeHeader()
}

func (w *Workbook) writeHeader() error {
	for i, c := range w.columns {
		if err := w.stream.SetColWidth(i+1, i+1, columnWidth(c)); err != nil {
			return fmt.Errorf("width of column %q: %w", c.Name, err)
		}
	}
	if w.opts.NoHeader {
		return nil
	}
	err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return fmt.Errorf("freeze the header: %w", err)
	}
	for i, c := range w.columns {
		name, err := textCell(c.Name)
		if err != nil {
			return fmt.Errorf("name of column %d: %w", i+1, err)
		}
		w.cells[i] = excelize.Cell{StyleID: w.styles.header, Value: name}
	}
	w.row = 1
	if err := w.stream.SetRow("A1", w.cells); err != nil {
		return fmt.Errorf("write the header: %w", err)
	}
	return nil
}

// columnWidth guesses a width from the name and the kind; to know the longest
// text, all rows would have to be kept.
func columnWidth(c Column) float64 {
	width := float64(len([]rune(c.Name))) + 3 // room for the button of the filter
	least := 10.0
	switch c.Kind {
	case Timestamp:
		least = 20
	case Date:
		least = 12
	case Text:
		least = 14
	}
	return min(max(width, least), 60)
}

// endSheet puts filters on the header and closes the sheet.
func (w *Workbook) endSheet() error {
	if w.stream == nil {
		return nil
	}
	if !w.opts.NoHeader {
		last, err := excelize.CoordinatesToCellName(len(w.columns), max(w.row, 1))
		if err != nil {
			return fmt.Errorf("filter: %w", err)
		}
		if err := w.file.AutoFilter(w.sheet, "A1:"+last, nil); err != nil {
			return fmt.Errorf("filter: %w", err)
		}
	}
	if err := w.stream.Flush(); err != nil {
		return fmt.Errorf("write sheet %q: %w", w.sheet, err)
	}
	w.stream = nil
	return nil
}

// Write writes rows. After an error only [Workbook.Abort] is left.
func (w *Workbook) Write(rows Rows) error {
	for i := range rows.Len() {
		if w.row == w.opts.sheetRows {
			if err := w.nextSheet(); err != nil {
				return fmt.Errorf("write %s: %w", w.path, err)
			}
		}
		for c := range w.columns {
			cell, err := w.cell(rows, c, i)
			if err != nil {
				return fmt.Errorf("write %s: row %d, column %q: %w", w.path, w.written+1, w.columns[c].Name, err)
			}
			w.cells[c] = cell
		}
		w.row++
		w.written++
		ref, err := excelize.CoordinatesToCellName(1, w.row)
		if err == nil {
			err = w.stream.SetRow(ref, w.cells)
		}
		if err != nil {
			return fmt.Errorf("write %s: row %d: %w", w.path, w.written, err)
		}
	}
	return nil
}

// Close finishes the workbook and puts it in its place. After an error the
// file that was there is still there.
func (w *Workbook) Close() (err error) {
	if w.done {
		return nil
	}
	w.done = true
	defer func() {
		if err = errors.Join(err, w.file.Close()); err != nil {
			err = fmt.Errorf("write %s: %w", w.path, err)
		}
	}()
	if err := w.endSheet(); err != nil {
		return err
	}
	return w.save()
}

func (w *Workbook) save() (err error) {
	f, err := os.CreateTemp(filepath.Dir(w.path), "."+filepath.Base(w.path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := errors.Join(w.file.Write(f), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), w.path)
}

// Abort gives up the workbook. What was at its place stays. After Close it
// does nothing.
func (w *Workbook) Abort() error {
	if w.done {
		return nil
	}
	w.done = true
	if w.stream != nil {
		// A stream that is not flushed would leave its temporary file.
		if err := w.stream.Flush(); err != nil {
			return errors.Join(fmt.Errorf("abort %s: %w", w.path, err), w.file.Close())
		}
	}
	return w.file.Close()
}
