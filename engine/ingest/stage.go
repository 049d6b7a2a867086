package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// rowReader gives the rows of a file that DuckDB can't read itself.
type rowReader interface {
	columns() []sourceColumn   // known before the first row
	next() (*stagedRow, error) // valid until the next call; io.EOF after the last
}

// stagedRow is a row on its way into the copy that DuckDB reads.
type stagedRow struct {
	cells []string // an empty one is NULL
	line  int64    // line, sheet row or record of the file
	fault string   // why it can't be a row; empty if it can
	raw   string   // as it came, if it can't
}

func (r *stagedRow) reset(width int, line int64) {
	if len(r.cells) != width {
		r.cells = make([]string, width)
	}
	clear(r.cells)
	r.line, r.fault, r.raw = line, "", ""
}

// stage packs all rows into a temporary file. On disk it costs no memory,
// however long the file is. A blank row stands for an unsound one.
func (s *source) stage(rows rowReader) (err error) {
	s.columns = rows.columns()
	f, err := s.temporary("rows-*")
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	p := packer{out: w}
	err = s.stageRows(rows, &p)
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		return err
	}
	if s.rows == 0 {
		return errors.New("has a header and no rows")
	}
	s.staged = p.size
	s.readRows(f.Name(), 0, p.parts)
	return nil
}

func (s *source) stageRows(rows rowReader, p *packer) error {
	s.rows, s.faults = 0, nil
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		s.rows++
		if s.rows%countEvery == 0 {
			s.meter.count(s.rows)
		}
		if row.fault == "" {
			row.check()
		}
		if row.fault != "" {
			s.faults = append(s.faults, lineFault{s.rows, row.line, cleanText(row.raw), row.fault})
			clear(row.cells)
		}
		if err := p.pack(row.line, len(row.cells), row.cells); err != nil {
			return fmt.Errorf("make a temporary copy: %w", err)
		}
	}
}

// check finds what no text column can hold.
func (r *stagedRow) check() {
	size := 0
	for _, c := range r.cells {
		size += len(c)
		if strings.IndexByte(c, 0) >= 0 {
			r.fault = "the row has a zero byte"
		}
	}
	if size > maxRecord {
		r.fault = fmt.Sprintf("the row is longer than %d bytes", maxRecord)
	}
	if r.fault != "" {
		r.raw = strings.Join(r.cells, "\t")
	}
}

// cleanText makes any bytes a text that a column can hold.
func cleanText(s string) string {
	return strings.ToValidUTF8(s, string(utf8.RuneError))
}
