package engine

import "github.com/dhowdb/dhow/udf"

// texts is a small table of texts in memory, read by one worker.
type texts struct {
	columns []udf.Column
	rows    [][]string
	next    int
}

// textTable returns a scan of rows; an empty text is NULL.
func textTable(names []string, rows [][]string) udf.Scan {
	t := &texts{rows: rows}
	for _, name := range names {
		t.columns = append(t.columns, udf.Column{Name: name, Type: udf.Varchar})
	}
	return t
}

func (t *texts) Columns() []udf.Column       { return t.columns }
func (t *texts) Rows() int64                 { return int64(len(t.rows)) }
func (t *texts) Workers() int                { return 1 }
func (t *texts) Worker() (udf.Worker, error) { return t, nil }
func (t *texts) Close() error                { return nil }

// Next fills the batch with the next rows.
func (t *texts) Next(b *udf.Batch) error {
	b.Len = min(len(t.rows)-t.next, udf.ChunkSize)
	for i := range b.Len {
		for c, text := range t.rows[t.next+i] {
			switch o := b.Cols[c]; {
			case o == nil:
			case text == "":
				o.SetNull(i)
			default:
				o.SetText(i, text)
			}
		}
	}
	t.next += b.Len
	return nil
}
