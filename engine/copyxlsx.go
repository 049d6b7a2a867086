package engine

import (
	"strconv"
	"time"

	"github.com/dhowdb/dhow/engine/export"
	"github.com/dhowdb/dhow/engine/internal/capi"
)

// workbookFormat returns COPY … TO 'file.xlsx' (FORMAT xlsx).
func workbookFormat() *capi.CopyFormat {
	return &capi.CopyFormat{
		Name:    "xlsx",
		Options: []string{"sheet", "header"},
		Open: func(path string, columns []capi.Column, options map[string]string) (capi.CopyWriter, error) {
			cols := make([]export.Column, len(columns))
			for i, c := range columns {
				cols[i] = export.Column{Name: c.Name, Kind: cellKind(c.Type)}
			}
			book, err := export.NewWorkbook(path, cols, export.WorkbookOptions{
				Sheet:    options["sheet"],
				NoHeader: options["header"] == "false" || options["header"] == "0",
			})
			if err != nil {
				return nil, err
			}
			return &workbookWriter{book: book}, nil
		},
	}
}

// cellKind returns how values of a type are written into cells.
func cellKind(t *capi.Type) export.Kind {
	switch t.Kind {
	case capi.KindBool:
		return export.Boolean
	case capi.KindInt, capi.KindUint:
		if t.Name == "BIGINT" || t.Name == "INTEGER" || t.Name == "SMALLINT" || t.Name == "TINYINT" {
			return export.Integer
		}
		return export.Decimal // wider, or without sign
	case capi.KindFloat:
		return export.Float
	case capi.KindDecimal:
		return export.Decimal
	case capi.KindDate:
		return export.Date
	case capi.KindTimestamp:
		return export.Timestamp
	}
	return export.Text
}

// workbookWriter writes chunks into a workbook.
type workbookWriter struct {
	book *export.Workbook
	done bool
}

// Write writes the rows of a chunk.
func (w *workbookWriter) Write(chunk *capi.Chunk) error { return w.book.Write(sheetRows{chunk}) }

// Finish puts the workbook in its place.
func (w *workbookWriter) Finish() error {
	w.done = true
	return w.book.Close()
}

// Close gives the workbook up, unless it is finished.
func (w *workbookWriter) Close() error {
	if w.done {
		return nil
	}
	w.done = true
	return w.book.Abort()
}

// sheetRows are the rows of a chunk as the workbook reads them.
type sheetRows struct{ *capi.Chunk }

// IsNull also holds for dates that lie at infinity, which no cell can hold.
func (r sheetRows) IsNull(col, row int) bool {
	v := r.Column(col)
	if v.IsNull(row) {
		return true
	}
	if k := v.Kind(); k == capi.KindDate || k == capi.KindTimestamp {
		_, finite := v.Time(row)
		return !finite
	}
	return false
}

func (r sheetRows) Bool(col, row int) bool { return r.Column(col).Bool(row) }
func (r sheetRows) Int(col, row int) int64 { return r.Column(col).Int64(row) }

// Float returns a REAL as the double with the same digits: 83.8, not
// 83.80000305175781.
func (r sheetRows) Float(col, row int) float64 {
	v := r.Column(col)
	f := v.Float64(row)
	if v.Type().Name != "FLOAT" {
		return f
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', -1, 32), 64)
	if err != nil {
		return f
	}
	return short
}

func (r sheetRows) Time(col, row int) time.Time {
	t, _ := r.Column(col).Time(row)
	return t
}

func (r sheetRows) Text(col, row int) string {
	return string(r.Column(col).AppendText(nil, row))
}
