package ingest

import (
	"errors"
	"fmt"
	"io"
)

// BatchRows is how many rows [Workbook.Next] gives at most, the length of a
// vector in DuckDB.
const BatchRows = 2048

// Batch is some rows of a sheet, a vector a column. It can be used for the
// next call again.
type Batch struct {
	Len     int
	Rows    []int    // row of the sheet that each row came from
	Columns []Vector // in the order of [Workbook.Columns]
}

// Vector is the values of one column. Only the slice that belongs to the type
// of the column is set; where Null is true, the value means nothing.
type Vector struct {
	Null    []bool
	Doubles []float64 // DOUBLE
	Texts   []string  // VARCHAR
	Days    []int32   // DATE, days since 1970-01-01
	Micros  []int64   // TIMESTAMP, microseconds since 1970-01-01
	Bools   []bool    // BOOLEAN
}

func (b *Batch) prepare(columns []Column) {
	b.Len = 0
	if len(b.Columns) == len(columns) && len(b.Rows) == BatchRows {
		return
	}
	b.Rows = make([]int, BatchRows)
	b.Columns = make([]Vector, len(columns))
	for i, c := range columns {
		v := Vector{Null: make([]bool, BatchRows)}
		switch c.Type {
		case TypeDouble:
			v.Doubles = make([]float64, BatchRows)
		case TypeVarchar:
			v.Texts = make([]string, BatchRows)
		case TypeDate:
			v.Days = make([]int32, BatchRows)
		case TypeTimestamp:
			v.Micros = make([]int64, BatchRows)
		case TypeBoolean:
			v.Bools = make([]bool, BatchRows)
		}
		b.Columns[i] = v
	}
}

// Next reads the next rows into b, up to [BatchRows]; b.Len is 0 and the error
// [io.EOF] after the last. A cell that doesn't fit the type of its column is
// an error that names it.
func (w *Workbook) Next(b *Batch) error {
	b.prepare(w.columns)
	for b.Len < BatchRows {
		row, err := w.nextRow()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return &Error{File: w.file, Sheet: w.sheet, Err: err}
		}
		if err := w.put(b, row); err != nil {
			return err
		}
	}
	if b.Len == 0 {
		return io.EOF
	}
	return nil
}

func (w *Workbook) nextRow() (sheetRow, error) {
	if len(w.pending) > 0 {
		row := w.pending[0]
		w.pending[0] = sheetRow{}
		w.pending = w.pending[1:]
		return row, nil
	}
	return w.read()
}

func (w *Workbook) put(b *Batch, row sheetRow) error {
	i := b.Len
	for c := range b.Columns {
		b.Columns[c].Null[i] = true
	}
	for k := range row.cells {
		c := &row.cells[k]
		v := w.valueOf(c)
		if v.kind == valueNull {
			continue
		}
		if c.col >= len(w.columns) {
			return w.misfit(c.col, row.number, v, errors.New("lies right of the last column; give it a name in the header"))
		}
		if !b.Columns[c.col].set(i, &v, w.columns[c.col].Type) {
			return w.misfit(c.col, row.number, v, fmt.Errorf("doesn't fit column %q, which the rows above made %s; read the sheet with all_varchar",
				w.columns[c.col].Name, w.columns[c.col].Type))
		}
	}
	b.Rows[i] = row.number
	b.Len++
	return nil
}

func (w *Workbook) misfit(col, row int, v value, err error) error {
	return &Error{File: w.file, Sheet: w.sheet, Column: cellName(col, row), Value: v.String(), Err: err}
}

// set stores v in row i, if it is of the type.
func (v *Vector) set(i int, from *value, typ string) bool {
	switch typ {
	case TypeDouble:
		if from.kind != valueNumber && from.kind != valueDigits {
			return false
		}
		v.Doubles[i] = from.number
	case TypeDate:
		if from.kind != valueDate {
			return false
		}
		v.Days[i] = int32(from.when.Unix() / secondsPerDay)
	case TypeTimestamp:
		if from.kind != valueDate && from.kind != valueTimestamp {
			return false
		}
		v.Micros[i] = from.when.UnixMicro()
	case TypeBoolean:
		if from.kind != valueBool {
			return false
		}
		v.Bools[i] = from.number != 0
	default:
		v.Texts[i] = from.String()
	}
	v.Null[i] = false
	return true
}

const secondsPerDay = 24 * 60 * 60
