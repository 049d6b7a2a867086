package engine

import (
	"fmt"
	"strconv"
	"time"

	"github.com/dhowdb/dhow/udf"
)

// textScan reads a table whose rows are made as texts, with one worker.
type textScan struct {
	columns []udf.Column
	rows    int64
	load    func() ([][]string, error)
}

func (s *textScan) Columns() []udf.Column { return s.columns }
func (s *textScan) Rows() int64           { return s.rows }
func (s *textScan) Workers() int          { return 1 }
func (s *textScan) Close() error          { return nil }

// Worker makes the rows.
func (s *textScan) Worker() (udf.Worker, error) {
	rows, err := s.load()
	return &textWorker{columns: s.columns, rows: rows}, err
}

// textWorker hands out the rows of an unpacked table.
type textWorker struct {
	columns []udf.Column
	rows    [][]string
}

// Next fills the batch with the next rows.
func (w *textWorker) Next(b *udf.Batch) error {
	b.Len = min(len(w.rows), udf.ChunkSize)
	for c, o := range b.Cols {
		if o == nil {
			continue
		}
		for i, row := range w.rows[:b.Len] {
			if err := setCell(o, i, row[c], w.columns[c].Type); err != nil {
				return fmt.Errorf("column %s: %w", w.columns[c].Name, err)
			}
		}
	}
	w.rows = w.rows[b.Len:]
	return nil
}

func (w *textWorker) Close() error { return nil }

// setCell sets a value from its text; an empty one is NULL.
func setCell(o *udf.Output, i int, text string, typ udf.Type) (err error) {
	if text == "" {
		o.SetNull(i)
		return nil
	}
	switch typ {
	case udf.BigInt:
		udf.Results[int64](o, i+1)[i], err = strconv.ParseInt(text, 10, 64)
	case udf.Integer:
		var n int64
		n, err = strconv.ParseInt(text, 10, 32)
		udf.Results[int32](o, i+1)[i] = int32(n)
	case udf.Double:
		udf.Results[float64](o, i+1)[i], err = strconv.ParseFloat(text, 64)
	case udf.Boolean:
		udf.Results[bool](o, i+1)[i], err = strconv.ParseBool(text)
	case udf.Date:
		var day time.Time
		day, err = time.Parse(time.DateOnly, text)
		udf.Results[udf.Day](o, i+1)[i] = udf.Day(day.Unix() / (24 * 60 * 60))
	default:
		o.SetText(i, text)
	}
	return err
}
