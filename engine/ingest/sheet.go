package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// AllSheets as [Options.Sheet] loads every sheet that has declarations,
// whatever its columns.
const AllSheets = "*"

// sheetsOf finds the sheets of a workbook that are loaded: the one that was
// asked for, else the first with declarations and all others with the same
// columns, such as one sheet a month. Sheets with declarations and other
// columns are left to the user, as they most often tell the same again. Where
// somebody can be asked, a single sheet with other columns will do.
func sheetsOf(file recognised, t *target, opts Options) (chosen []recognised, err error) {
	parts, err := openParts(file.disk)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, parts.zip.Close()) }()
	if opts.Sheet != "" && opts.Sheet != AllSheets {
		w := &Workbook{file: file.path, parts: parts}
		found, err := w.find(opts.Sheet)
		if err != nil {
			return nil, err
		}
		file.sheet = found.name
		return []recognised{file}, nil
	}
	var first, others, tried, doubtful []string
	for _, sheet := range parts.sheets {
		header, err := sheetHeader(file, parts, sheet.name, t, opts)
		switch {
		case errors.Is(err, errNoDeclarations):
			tried = append(tried, fmt.Sprintf("%s: %v", sheet.name, err))
			if fault := new(sheetFault); errors.As(err, &fault) {
				doubtful = append(doubtful, sheet.name)
			}
			continue
		case err != nil:
			return nil, &Error{Sheet: sheet.name, Err: err}
		case first == nil:
			first = header
		case opts.Sheet != AllSheets && !slices.EqualFunc(first, header, strings.EqualFold):
			others = append(others, sheet.name)
			continue
		}
		part := file
		part.sheet = sheet.name
		chosen = append(chosen, part)
	}
	if len(chosen) == 0 && len(doubtful) == 1 && opts.Ask != nil {
		file.sheet = doubtful[0] // what its columns are is a question like that of any file
		return []recognised{file}, nil
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no sheet can be loaded into %s: %s", t.name, strings.Join(tried, "; "))
	}
	chosen[0].otherSheets = others
	if len(chosen) > 1 {
		for i := range chosen {
			chosen[i].name += "/" + chosen[i].sheet
		}
	}
	return chosen, nil
}

// errNoDeclarations marks a sheet that has something else.
var errNoDeclarations = errors.New("no declarations")

// sheetHeader returns the columns of a sheet with declarations.
func sheetHeader(file recognised, parts *workbookParts, sheet string, t *target, opts Options) (header []string, err error) {
	w := &Workbook{file: file.path, parts: parts}
	err = w.open(sheetOptions(sheet))
	if errors.Is(err, errNoValues) {
		return nil, fmt.Errorf("%w%w", err, errNoDeclarations)
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.part.Close()) }()
	for _, c := range w.columns {
		header = append(header, c.Name)
	}
	if opts.recall != nil {
		if opts, err = opts.recall(header, opts); err != nil {
			return nil, err
		}
	}
	p, err := proposeFor(header, w.texts(min(len(w.pending), sampleSize)), opts)
	if err == nil && (opts.Ask == nil || p.lacks()) {
		err = p.checked(header)
	}
	if err != nil {
		return nil, &sheetFault{err}
	}
	return header, nil
}

// sheetFault is why a sheet has no declarations.
type sheetFault struct{ err error }

func (f *sheetFault) Error() string   { return f.err.Error() }
func (f *sheetFault) Unwrap() []error { return []error{errNoDeclarations, f.err} }

func sheetOptions(name string) WorkbookOptions {
	return WorkbookOptions{Sheet: name, AllVarchar: true, headerAt: knownHeader}
}

// openSheet makes a sheet of a workbook ready.
func openSheet(s *source) error {
	parts, err := openParts(s.file.disk)
	if err != nil {
		return err
	}
	s.close = append(s.close, parts.zip.Close)
	w := &Workbook{file: s.file.path, parts: parts, meter: s.meter}
	if err := w.open(sheetOptions(s.file.sheet)); err != nil {
		return &Error{Sheet: s.file.sheet, Err: err}
	}
	s.report.Sheet, s.report.OtherSheets = w.sheet, s.file.otherSheets
	return errors.Join(s.stage(&sheetRows{book: w}), w.part.Close())
}

// sheetRows gives the rows of a sheet to be staged.
type sheetRows struct {
	book *Workbook
	out  stagedRow
}

func (r *sheetRows) columns() []sourceColumn {
	columns := make([]sourceColumn, len(r.book.columns))
	for i, c := range r.book.columns {
		columns[i] = sourceColumn{name: c.Name, typ: TypeVarchar, plain: r.book.onlyNumbers(i)}
	}
	return columns
}

func (r *sheetRows) next() (*stagedRow, error) {
	w := r.book
	row, err := w.nextRow()
	if err != nil {
		return nil, err
	}
	r.out.reset(len(w.columns), int64(row.number))
	for i := range row.cells {
		c := &row.cells[i]
		v := w.valueOf(c)
		switch {
		case v.kind == valueNull:
		case c.col < len(w.columns):
			r.out.cells[c.col] = v.String()
		case r.out.fault == "":
			r.out.fault = fmt.Sprintf("cell %s lies right of the last column; give it a name in the header", cellName(c.col, row.number))
		}
	}
	if r.out.fault != "" {
		r.out.raw = w.rawRow(&row)
	}
	return &r.out, nil
}

// rawRow writes a row as text, its cells apart by tabs.
func (w *Workbook) rawRow(row *sheetRow) string {
	var b strings.Builder
	col := 0
	for i := range row.cells {
		for ; col < row.cells[i].col; col++ {
			b.WriteByte('\t')
		}
		v := w.valueOf(&row.cells[i])
		b.WriteString(v.String())
	}
	return b.String()
}

// onlyNumbers tells whether the first rows have nothing but numbers and dates
// in a column, which then are not written in any style.
func (w *Workbook) onlyNumbers(col int) bool {
	kinds := uint(0)
	for _, row := range w.pending {
		for i := range row.cells {
			if c := &row.cells[i]; c.col == col {
				kinds |= 1 << w.valueOf(c).kind
			}
		}
	}
	return kinds&(1<<valueText) == 0
}
