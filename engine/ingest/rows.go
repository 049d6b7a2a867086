package ingest

import (
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"github.com/dhowdb/dhow/udf"
)

// DuckDB doesn't say which row of a file it reads, and where several threads
// read, their rows come in any order. So the rows of text are cut here, as the
// scan found them, and each carries its number and its line.

// RowsTable is the table function with which DuckDB reads the rows of a file
// that is being loaded. The database must have it.
var RowsTable = &udf.Table{
	Name:   "ingest_rows",
	Params: []udf.Param{{Name: "source", Type: udf.BigInt}},
	Open: func(args udf.Args) (udf.Scan, error) {
		f, ok := rowFiles.Load(udf.Arg(args, "source", int64(0)))
		if !ok {
			return nil, fmt.Errorf("ingest_rows: this file isn't being loaded")
		}
		return &rowsScan{rowFile: f.(*rowFile)}, nil
	},
}

// rowFiles holds the files that are being loaded, by a number.
var (
	rowFiles  sync.Map
	rowNumber atomic.Int64
)

// rowFile is a file of rows: delimited text whose records are all sound and
// have the same number of cells, or packed rows.
type rowFile struct {
	path     string
	delim    byte // of delimited text; 0 for packed rows
	columns  []udf.Column
	segments segments
	meter    *Meter
}

// readRows has FROM read the rows of a file, with a column for the number of
// each and one for its line.
func (s *source) readRows(path string, delim byte, parts segments) {
	names := uniqueNames(append(s.header(), "source row", "source line"))
	f := &rowFile{path: path, delim: delim, segments: parts, meter: s.meter}
	for _, name := range names {
		f.columns = append(f.columns, udf.Column{Name: name, Type: udf.Varchar})
	}
	for i := range 2 {
		f.columns[len(names)-1-i].Type = udf.BigInt
	}
	s.row, s.line = quoteName(names[len(names)-2]), quoteName(names[len(names)-1])
	id := rowNumber.Add(1)
	rowFiles.Store(id, f)
	s.close = append(s.close, func() error { rowFiles.Delete(id); return nil })
	s.from = fmt.Sprintf("ingest_rows(%d)", id)
}

// segment is a run of rows that one thread reads at once.
type segment struct {
	offset, size int64 // in bytes
	row, line    int64 // of the first row; the line is the one at the offset
	rows         int
}

type segments []segment

// The sizes at which a segment is complete: the lesser one where that fills
// chunks of DuckDB, the greater one anywhere. Every thread holds one segment.
const (
	segmentSize = 1 << 20
	segmentMost = 4 << 20
)

// add adds a row that begins where the one before ends. The line is the one of
// that place, in case the row begins a segment.
func (p *segments) add(begin, end, line int64) {
	if n := len(*p); n == 0 || (*p)[n-1].full() {
		next := segment{offset: begin, row: 1, line: line}
		if n > 0 {
			next.row = (*p)[n-1].row + int64((*p)[n-1].rows)
		}
		*p = append(*p, next)
	}
	last := &(*p)[len(*p)-1]
	last.size = end - last.offset
	last.rows++
}

func (s segment) full() bool {
	return s.size >= segmentMost || s.size >= segmentSize && s.rows%udf.ChunkSize == 0
}

func (p segments) rows() int64 {
	if len(p) == 0 {
		return 0
	}
	last := p[len(p)-1]
	return last.row + int64(last.rows) - 1
}

// packer writes rows in a form that is read without a doubt, at the cost of a
// copy: the line, and the length and text of each cell. An empty one is NULL.
type packer struct {
	out   io.Writer
	row   []byte
	size  int64
	parts segments
}

// pack adds a row; no cells stand for a blank one.
func (p *packer) pack(line int64, width int, cells []string) error {
	b := binary.AppendUvarint(p.row[:0], uint64(line))
	for i := range width {
		cell := ""
		if i < len(cells) {
			cell = cleanText(cells[i])
		}
		b = append(binary.AppendUvarint(b, uint64(len(cell))), cell...)
	}
	p.row = b
	p.parts.add(p.size, p.size+int64(len(b)), line)
	p.size += int64(len(b))
	_, err := p.out.Write(b)
	return err
}
