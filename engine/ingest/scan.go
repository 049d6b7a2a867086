package ingest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf8"
)

// DuckDB stops, or skips a line without a word that can be relied on, where a
// CSV file is damaged, and doesn't say which row of a file it reads. So each
// file is first scanned here, at about a gigabyte a second, and then cut into
// cells: see [RowsTable].

// maxRecord is the longest record that is a row.
const maxRecord = 1 << 20

// maxCellLines bounds how far a quoted cell may run before its quote counts
// as one that somebody forgot to close.
const maxCellLines = 1000

// record is one row of delimited text as it stands.
type record struct {
	raw     []byte // without its line end; valid until the next one
	line    int64  // its first line in the file, from 1
	fields  int
	quoted  bool // has a quote somewhere
	lenient bool // has a quote where the standard has none, though it can be read
	ascii   bool
	fault   string // why it can't be a row; empty if it can
}

// scanner cuts delimited text into records.
type scanner struct {
	r        io.Reader
	delim    byte
	buf      []byte
	pos, end int
	offset   int64 // of the buffer in the text
	eof      bool
	line     int64 // lines read so far
}

func newScanner(r io.Reader, delim byte) *scanner {
	return &scanner{r: r, delim: delim, buf: make([]byte, 1<<20)}
}

// next returns the next record that isn't blank, io.EOF after the last.
func (s *scanner) next() (record, error) {
	for {
		length, over, err := s.lineLength(s.pos)
		if err != nil {
			return record{}, err
		}
		s.line++
		if over {
			return s.overlong()
		}
		raw := trimLineEnd(s.buf[s.pos : s.pos+length])
		if s.line == 1 {
			raw = bytes.TrimPrefix(raw, utf8BOM)
		}
		if isBlankLine(raw, s.delim) {
			s.pos += length
			continue
		}
		if bytes.IndexByte(raw, '"') < 0 {
			s.pos += length
			rec := record{raw: raw, line: s.line, fields: bytes.Count(raw, []byte{s.delim}) + 1}
			rec.checkText()
			return rec, nil
		}
		return s.quotedRecord(length)
	}
}

// place is the offset behind the last record.
func (s *scanner) place() int64 { return s.offset + int64(s.pos) }

// lineLength returns the length of the line at offset from, with its end. The
// offset is one into the buffer, which may move: then s.pos moves with it.
func (s *scanner) lineLength(from int) (n int, over bool, err error) {
	seen := 0
	for {
		if i := bytes.IndexByte(s.buf[from+seen:s.end], '\n'); i >= 0 {
			return seen + i + 1, false, nil
		}
		seen = s.end - from
		if s.eof {
			if seen == 0 {
				return 0, false, io.EOF
			}
			return seen, false, nil
		}
		if seen > maxRecord {
			return seen, true, nil
		}
		moved := s.pos
		if err := s.fill(); err != nil {
			return 0, false, err
		}
		from -= moved - s.pos
	}
}

// fill moves what is left to the front and reads behind it.
func (s *scanner) fill() error {
	copy(s.buf, s.buf[s.pos:s.end])
	s.offset += int64(s.pos)
	s.end -= s.pos
	s.pos = 0
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.eof = true
		return nil
	}
	return err
}

// maxKept is the longest line that is kept as a reject. A file with a longer one
// is none of lines.
const maxKept = 64 << 20

// overlong takes a line that can't be a row, all of which is kept.
func (s *scanner) overlong() (record, error) {
	rec := record{line: s.line, fault: fmt.Sprintf("the line is longer than %d bytes", maxRecord)}
	for {
		i := bytes.IndexByte(s.buf[s.pos:s.end], '\n')
		if i >= 0 {
			rec.raw = append(rec.raw, s.buf[s.pos:s.pos+i]...)
			s.pos += i + 1
			return rec, nil
		}
		rec.raw = append(rec.raw, s.buf[s.pos:s.end]...)
		if len(rec.raw) > maxKept {
			return rec, &Error{Row: s.line, Err: fmt.Errorf("the line is longer than %d MiB; is this a table of text?", maxKept>>20)}
		}
		s.pos = s.end
		if s.eof {
			return rec, nil
		}
		if err := s.fill(); err != nil {
			return rec, err
		}
	}
}

// quotedRecord reads a record with quotes, whose cells may hold line ends.
// Where it turns out to be damaged, only its first line is given up: the fault
// most often is a quote that was never closed, and the lines after it are good.
func (s *scanner) quotedRecord(first int) (record, error) {
	q := quoteState{delim: s.delim}
	total, lines := 0, 0
	for length := first; ; {
		q.feed(s.buf[s.pos+total : s.pos+total+length])
		total += length
		lines++
		if q.garbage || !q.open() {
			break
		}
		if lines == maxCellLines || total > maxRecord {
			break
		}
		n, over, err := s.lineLength(s.pos + total)
		if err == io.EOF || over {
			break
		}
		if err != nil {
			return record{}, err
		}
		length = n
	}
	rec := record{line: s.line, quoted: true, lenient: q.lenient, fields: q.fields + 1}
	switch {
	case q.garbage:
		rec.fault = "text follows a closing quote"
	case q.open():
		rec.fault = "a quote is not closed"
	}
	if rec.fault != "" {
		total, lines = first, 1
	}
	rec.raw = trimLineEnd(s.buf[s.pos : s.pos+total])
	if s.line == 1 {
		rec.raw = bytes.TrimPrefix(rec.raw, utf8BOM)
	}
	s.pos += total
	s.line += int64(lines - 1)
	rec.checkText()
	return rec, nil
}

// checkText finds bytes that no text column can hold.
func (r *record) checkText() {
	r.ascii = isASCII(r.raw)
	switch {
	case r.fault != "":
	case !r.ascii && !utf8.Valid(r.raw):
		r.fault = "the line is not valid UTF-8"
	case bytes.IndexByte(r.raw, 0) >= 0:
		r.fault = "the line has a zero byte"
	}
}

// isASCII looks at eight bytes at a time.
func isASCII(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func trimLineEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte{'\n'})
	return bytes.TrimSuffix(b, []byte{'\r'})
}

// isBlankLine tells whether a line has nothing at all, not even a delimiter.
func isBlankLine(b []byte, delim byte) bool {
	for _, c := range b {
		if c == delim || (c != ' ' && c != '\t' && c != '\r' && c != 0x1a) {
			return false
		}
	}
	return true
}
