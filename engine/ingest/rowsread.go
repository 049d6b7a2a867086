package ingest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync/atomic"

	"github.com/dhowdb/dhow/udf"
)

// orderedRows is up to how many rows one thread reads a file alone: then the
// table has them in the order of the file, and more threads would gain nothing.
const orderedRows = 2 * 122_880

// rowsScan is a [rowFile] that a query reads.
type rowsScan struct {
	*rowFile
	next atomic.Int64 // segment
}

func (s *rowsScan) Columns() []udf.Column { return s.columns }
func (s *rowsScan) Rows() int64           { return s.segments.rows() }
func (s *rowsScan) Close() error          { return nil }

func (s *rowsScan) Workers() int {
	if s.Rows() <= orderedRows {
		return 1
	}
	return runtime.GOMAXPROCS(0)
}

func (s *rowsScan) Worker() (udf.Worker, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, reasonOf(err)
	}
	w := &rowsWorker{scan: s, file: f}
	w.read = w.delimited
	if s.delim == 0 {
		w.read = w.packed
	}
	return w, nil
}

// rowsWorker reads segments of a file.
type rowsWorker struct {
	scan *rowsScan
	file *os.File
	read func(i int, cells []*udf.Output) error

	segment []byte
	rest    []byte // what is left of it
	left    int    // rows of it
	taken   int    // rows of it that the meter isn't told of
	row     int64  // of the next one
	line    int64  // of the row just read
	at      int64  // line at the rest of delimited text
	scratch []byte
}

// errChanged is for a file that isn't what the scan saw.
var errChanged = errors.New("the file was changed while it was read; load it again")

func (w *rowsWorker) Close() error { return w.file.Close() }

// Next reads rows up to the end of a segment or of the batch.
func (w *rowsWorker) Next(b *udf.Batch) error {
	if w.left == 0 {
		w.scan.meter.took(w.taken)
		w.taken = 0
		if more, err := w.load(); !more || err != nil {
			return err
		}
	}
	n := min(w.left, udf.ChunkSize)
	width := len(b.Cols) - 2
	numbers, lines := b.Cols[width], b.Cols[width+1]
	for i := range n {
		if err := w.read(i, b.Cols[:width]); err != nil {
			return err
		}
		if numbers != nil {
			udf.Results[int64](numbers, n)[i] = w.row
		}
		if lines != nil {
			udf.Results[int64](lines, n)[i] = w.line
		}
		w.row++
	}
	w.left -= n
	b.Len = n
	return nil
}

// load takes the next segment, and tells whether there is one.
func (w *rowsWorker) load() (more bool, err error) {
	i := int(w.scan.next.Add(1)) - 1
	if i >= len(w.scan.segments) {
		return false, nil
	}
	s := w.scan.segments[i]
	if int64(cap(w.segment)) < s.size {
		w.segment = make([]byte, s.size)
	}
	w.segment = w.segment[:s.size]
	if _, err := w.file.ReadAt(w.segment, s.offset); err != nil {
		if errors.Is(err, io.EOF) {
			err = errChanged
		}
		return false, fmt.Errorf("row %d: %w", s.row, err)
	}
	w.rest, w.left, w.row, w.at, w.taken = w.segment, s.rows, s.row, s.line, s.rows
	if s.offset == 0 {
		w.rest = bytes.TrimPrefix(w.rest, utf8BOM)
	}
	return true, nil
}

// packed reads a row of a [packer].
func (w *rowsWorker) packed(i int, cells []*udf.Output) error {
	line, n := binary.Uvarint(w.rest)
	if n <= 0 {
		return errChanged
	}
	w.line, w.rest = int64(line), w.rest[n:]
	for _, out := range cells {
		size, n := binary.Uvarint(w.rest)
		if n <= 0 || size > uint64(len(w.rest)-n) {
			return errChanged
		}
		writeCell(out, i, w.rest[n:n+int(size)])
		w.rest = w.rest[n+int(size):]
	}
	return nil
}

// writeCell writes a cell; an empty one is NULL.
func writeCell(out *udf.Output, i int, cell []byte) {
	switch {
	case out == nil:
	case len(cell) == 0:
		out.SetNull(i)
	default:
		out.SetString(i, cell)
	}
}
