package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
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

// stage writes all rows to a temporary file of delimited text, in the plainest
// form there is, with the line of each row in a column of its own. On disk it
// costs no memory, however long the file is. A blank row stands for an unsound one.
func (s *source) stage(rows rowReader) (err error) {
	s.columns = rows.columns()
	names := make([]string, 0, len(s.columns)+1)
	for _, c := range s.columns {
		names = append(names, c.name)
	}
	names = uniqueNames(append(names, "source line"))
	f, err := s.temporary("rows-*.csv")
	if err != nil {
		return err
	}
	w := stageWriter{out: bufio.NewWriterSize(f, 1<<20)}
	err = s.stageRows(rows, &w)
	if err := errors.Join(err, w.out.Flush(), f.Close()); err != nil {
		return err
	}
	if s.rows == 0 {
		return errors.New("has a header and no rows")
	}
	s.line = quoteName(names[len(names)-1])
	types := make([]string, len(names))
	for i, name := range names {
		types[i] = quoteText(name) + ": 'VARCHAR'"
	}
	types[len(types)-1] = quoteText(names[len(names)-1]) + ": 'BIGINT'"
	// Several threads at once fail on some files whose cells are all quoted
	// ("does not support a full read"), and each builds rows of its own in
	// memory. The buffer, of 32 MB by default, counts as memory too.
	longest := max(w.longest+1<<10, 1<<19)
	s.from = fmt.Sprintf(`read_csv(%s, auto_detect=false, header=false, delim=',', quote='"', escape='"', nullstr='', strict_mode=false, compression='none', parallel=false, max_line_size=%d, buffer_size=%d, columns={%s})`,
		quoteText(globSafe(f.Name())), longest, 2*longest, strings.Join(types, ", "))
	return nil
}

func (s *source) stageRows(rows rowReader, w *stageWriter) error {
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
		if err := w.write(row); err != nil {
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

type stageWriter struct {
	out     *bufio.Writer
	line    []byte
	longest int
}

func (w *stageWriter) write(row *stagedRow) error {
	b := w.line[:0]
	for _, c := range row.cells {
		if c != "" {
			b = appendQuoted(b, c)
		}
		b = append(b, ',')
	}
	b = append(strconv.AppendInt(b, row.line, 10), '\n')
	w.line = b
	w.longest = max(w.longest, len(b))
	_, err := w.out.Write(b)
	return err
}

func appendQuoted(b []byte, cell string) []byte {
	b = append(b, '"')
	for {
		i := strings.IndexByte(cell, '"')
		if i < 0 {
			return append(append(b, cleanText(cell)...), '"')
		}
		b = append(append(b, cleanText(cell[:i])...), '"', '"')
		cell = cell[i+1:]
	}
}
