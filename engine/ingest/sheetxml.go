package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// A worksheet part is XML of a few elements only, and far larger than all
// other parts. encoding/xml needs microseconds for each cell, so sheetReader
// cuts the tags itself and knows just those that carry cells.

// maxTag is the longest tag or cell text that a sheet may have. Excel allows
// 32,767 characters in a cell; the rest is room for escapes.
const maxTag = 1 << 20

var errTruncatedSheet = errors.New("the sheet ends in the middle; the file is truncated or damaged, save it again from the spreadsheet program")

type cellKind uint8

const (
	cellEmpty cellKind = iota
	cellNumber
	cellText
	cellBool
	cellError
	cellDate // t="d": an ISO 8601 text
)

// rawCell is a cell as the sheet has it, before its number format is applied.
type rawCell struct {
	col    int // from 0
	kind   cellKind
	style  int
	number float64
	text   string // text, or the digits of a number as they stand
}

type sheetReader struct {
	r      io.Reader
	buf    []byte
	pos    int
	end    int
	eof    bool
	done   bool // the rows have ended
	shared func(int) (string, error)
	row    int // number of the row read last, from 1

	value, inline []byte // kept from cell to cell
}

func newSheetReader(r io.Reader, shared func(int) (string, error)) *sheetReader {
	return &sheetReader{r: r, buf: make([]byte, 64<<10), shared: shared}
}

// nextRow reads the next row into cells and returns its number; io.EOF after
// the last.
func (s *sheetReader) nextRow(cells []rawCell) (row int, out []rawCell, err error) {
	out = cells[:0]
	if s.done {
		return 0, out, io.EOF
	}
	for {
		tag, _, err := s.next()
		if err != nil {
			return 0, out, truncated(err)
		}
		switch name, closing, empty := tagName(tag); {
		case name == "sheetData" && (closing || empty):
			s.done = true
			return 0, out, io.EOF
		case name == "row" && !closing:
			if err := s.startRow(tag); err != nil {
				return 0, out, err
			}
			if empty {
				return s.row, out, nil
			}
			out, err = s.cells(out)
			return s.row, out, err
		}
	}
}

// maxRow is the number of rows of a sheet.
const maxRow = 1 << 20

func (s *sheetReader) startRow(tag []byte) error {
	n := s.row + 1
	if r, ok := attribute(tag, "r"); ok {
		given, err := strconv.Atoi(string(r))
		if err != nil || given < n {
			return fmt.Errorf("row number %q after row %d; the sheet is damaged", r, s.row)
		}
		n = given
	}
	if n > maxRow {
		return fmt.Errorf("row %d lies beyond the %d rows of a sheet; the sheet is damaged", n, maxRow)
	}
	s.row = n
	return nil
}

// cells reads up to the end of the row.
func (s *sheetReader) cells(out []rawCell) ([]rawCell, error) {
	col := -1
	for {
		tag, _, err := s.next()
		if err != nil {
			return out, truncated(err)
		}
		switch name, closing, empty := tagName(tag); {
		case name == "row" && closing:
			return out, nil
		case name == "c" && !closing:
			if col, err = s.column(tag, col); err != nil {
				return out, err
			}
			if empty {
				continue
			}
			c, err := s.cell(tag, col)
			if err != nil {
				return out, err
			}
			if c.kind != cellEmpty {
				out = append(out, c)
			}
		}
	}
}

func (s *sheetReader) column(tag []byte, last int) (int, error) {
	ref, ok := attribute(tag, "r")
	if !ok {
		return last + 1, nil
	}
	col := columnNumber(ref)
	if col <= last || col >= maxColumns {
		return 0, fmt.Errorf("cell %q in row %d is out of order; the sheet is damaged", ref, s.row)
	}
	return col, nil
}

// cell reads the content of a cell up to its end tag.
func (s *sheetReader) cell(tag []byte, col int) (rawCell, error) {
	c := rawCell{col: col}
	if st, ok := attribute(tag, "s"); ok {
		c.style, _ = strconv.Atoi(string(st)) // a style that isn't a number is no style
	}
	kind, _ := attribute(tag, "t")
	typ := string(kind)
	value, inline := s.value[:0], s.inline[:0]
	var hasValue, hasInline, phonetic bool
	for {
		tag, text, err := s.next()
		if err != nil {
			return c, truncated(err)
		}
		name, closing, empty := tagName(tag)
		switch {
		case name == "v" && closing:
			value, hasValue = append(value, text...), true
		case name == "rPh":
			phonetic = !closing && !empty
		case name == "t" && closing && !phonetic:
			inline, hasInline = append(inline, text...), true
		case name == "c" && closing:
			s.value, s.inline = value, inline
			if typ == "inlineStr" || (!hasValue && hasInline) {
				c.kind, c.text = cellText, cellString(inline)
				return c, nil
			}
			if !hasValue {
				return c, nil
			}
			return c, s.setValue(&c, typ, value)
		}
	}
}

func (s *sheetReader) setValue(c *rawCell, typ string, value []byte) error {
	text := strings.TrimSpace(string(value))
	switch typ {
	case "s":
		n, err := strconv.Atoi(text)
		if err != nil {
			return s.cellFault(c, value, "is no number of a shared text")
		}
		c.kind = cellText
		if c.text, err = s.shared(n); err != nil {
			return fmt.Errorf("cell %s: %w", cellName(c.col, s.row), err)
		}
	case "str":
		c.kind, c.text = cellText, cellString(value)
	case "b":
		c.kind, c.number = cellBool, 0
		if text == "1" || strings.EqualFold(text, "true") {
			c.number = 1
		}
	case "e":
		c.kind, c.text = cellError, text
	case "d":
		c.kind, c.text = cellDate, text
	default:
		if text == "" {
			return nil
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return s.cellFault(c, value, "is no number")
		}
		c.kind, c.number, c.text = cellNumber, n, text
	}
	return nil
}

func (s *sheetReader) cellFault(c *rawCell, value []byte, what string) error {
	return fmt.Errorf("cell %s: %q %s; the sheet is damaged", cellName(c.col, s.row), shorten(string(value)), what)
}

// next returns the next tag without its brackets, and the text before it.
// CDATA sections count as text. Both are valid until the next call.
func (s *sheetReader) next() (tag, text []byte, err error) {
	var gathered []byte
	for {
		open, err := s.find(0, []byte{'<'})
		if err != nil {
			return nil, nil, err
		}
		closer, skip := []byte{'>'}, open+1
		cdata, comment, err := s.special(open)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case cdata:
			closer, skip = []byte("]]>"), open+len("<![CDATA[")
		case comment:
			closer, skip = []byte("-->"), open+len("<!--")
		}
		stop, err := s.find(skip, closer)
		if err != nil {
			return nil, nil, err
		}
		text := unescape(s.buf[s.pos : s.pos+open])
		inside := s.buf[s.pos+skip : s.pos+stop]
		s.pos += stop + len(closer)
		switch {
		case cdata:
			gathered = append(append(gathered, text...), inside...)
		case comment:
			gathered = append(gathered, text...)
		case gathered != nil:
			return inside, append(gathered, text...), nil
		default:
			return inside, text, nil
		}
	}
}

// special tells whether the tag at offset open is a CDATA section or a comment.
func (s *sheetReader) special(open int) (cdata, comment bool, err error) {
	for s.end-s.pos < open+len("<![CDATA[") && !s.eof {
		if err := s.fill(); err != nil {
			return false, false, err
		}
	}
	rest := s.buf[s.pos+open : s.end]
	return bytes.HasPrefix(rest, []byte("<![CDATA[")), bytes.HasPrefix(rest, []byte("<!--")), nil
}

// find returns the offset from the position of what, at or after from.
func (s *sheetReader) find(from int, what []byte) (int, error) {
	for {
		if have := s.end - s.pos; have > from {
			if i := bytes.Index(s.buf[s.pos+from:s.end], what); i >= 0 {
				return from + i, nil
			}
			from = max(from, have-len(what)+1)
		}
		if s.eof {
			return 0, io.ErrUnexpectedEOF
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// fill reads more behind what is still wanted.
func (s *sheetReader) fill() error {
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxTag {
			return fmt.Errorf("more than %d bytes without an end tag after row %d; the sheet is damaged", maxTag, s.row)
		}
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

func truncated(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errTruncatedSheet
	}
	return err
}
