package ingest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/transform"
)

// dbfRows gives the records of a table.
type dbfRows struct {
	table  *dbfTable
	source *source
	in     *bufio.Reader
	text   transform.Transformer // nil for UTF-8
	memo   *dbfMemo
	file   *os.File // of the memos
	number int64
	record []byte
	out    stagedRow
}

func newPeeker(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, 1<<18) }

func (r *dbfRows) columns() []sourceColumn {
	names := make([]string, len(r.table.fields))
	for i, c := range r.table.fields {
		names[i] = r.decode([]byte(c.name))
	}
	columns := make([]sourceColumn, len(names))
	for i, name := range uniqueNames(names) {
		typ := r.table.fields[i].typ
		columns[i] = sourceColumn{name: name, typ: TypeVarchar, plain: typ != 'C' && typ != 'M' && typ != 'V'}
	}
	return columns
}

func (r *dbfRows) truncated(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the table is truncated: it has %d of the %d records that its header counts; copy it again", r.number, r.table.records)
	}
	return err
}

func (r *dbfRows) next() (*stagedRow, error) {
	if more, err := r.more(); !more || err != nil {
		return nil, errors.Join(err, endUnless(err))
	}
	if r.record == nil {
		r.record = make([]byte, r.table.width)
	}
	if _, err := io.ReadFull(r.in, r.record); err != nil {
		return nil, r.truncated(err)
	}
	r.number++
	r.out.reset(len(r.table.fields), r.number)
	for i := range r.table.fields {
		c := &r.table.fields[i]
		cell, err := r.value(c)
		if err != nil && r.out.fault == "" {
			r.out.fault = fmt.Sprintf("%s: %v", c.name, err)
		}
		r.out.cells[i] = cell
	}
	switch mark := r.record[0]; mark {
	case ' ':
	case dbfDeleted:
		r.out.fault = "deleted record"
	default:
		r.out.fault = fmt.Sprintf("the record begins with %#02x, not with a space: the table is damaged", mark)
	}
	if r.out.fault != "" {
		r.out.raw = strings.Join(r.out.cells, "\t")
	}
	return &r.out, nil
}

func endUnless(err error) error {
	if err == nil {
		return io.EOF
	}
	return nil
}

// more tells whether there is another record. A program that was cut off may
// have written records that the header doesn't count yet.
func (r *dbfRows) more() (bool, error) {
	mark, err := r.in.Peek(1)
	if r.number < r.table.records {
		if err != nil || mark[0] == dbfEnd {
			return false, r.truncated(err)
		}
		return true, nil
	}
	if err != nil {
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		return false, err
	}
	return mark[0] == ' ' || mark[0] == dbfDeleted, nil
}

// value returns a field as text: numbers with a point, dates by ISO 8601,
// nothing for blank and NULL.
func (r *dbfRows) value(c *dbfColumn) (string, error) {
	b := r.record[c.at : c.at+c.length]
	if r.flag(c.nullBit) {
		return "", nil
	}
	switch c.typ {
	case 'C':
		return strings.Trim(r.decode(b), " \x00"), nil
	case 'V', 'Q':
		if r.flag(c.short) && len(b) > 0 {
			b = b[:min(int(b[len(b)-1]), len(b)-1)]
		}
		return strings.Trim(r.decode(b), " \x00"), nil
	case 'N', 'F':
		return strings.Trim(cleanText(string(b)), " \x00"), nil
	case 'D':
		return dbfDate(b), nil
	case 'L':
		return dbfTruth(b), nil
	case 'M', 'G', 'P', 'W':
		return r.memoOf(c, b)
	}
	return r.binary(c, b)
}

// flag returns a bit of the NULL flags of the record.
func (r *dbfRows) flag(bit int) bool {
	n := r.table.nulls
	if bit < 0 || n == nil || bit/8 >= n.length {
		return false
	}
	return r.record[n.at+bit/8]>>(bit%8)&1 != 0
}

func dbfDate(b []byte) string {
	s := strings.Trim(cleanText(string(b)), " \x00")
	if len(s) != 8 || !onlyDigits(s) {
		return s
	}
	if s == "00000000" {
		return ""
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

func dbfTruth(b []byte) string {
	switch s := strings.Trim(cleanText(string(b)), " \x00?"); s {
	case "T", "t", "Y", "y":
		return "true"
	case "F", "f", "N", "n":
		return "false"
	default:
		return s
	}
}

// binary reads the types that are no text.
func (r *dbfRows) binary(c *dbfColumn, b []byte) (string, error) {
	le := binary.LittleEndian
	switch {
	case c.typ == 'B' && c.length == 10, c.typ == 'B' && !r.table.isVisual() && c.length != 8:
		return r.memoOf(c, b)
	case (c.typ == 'I' || c.typ == '+') && c.length == 4:
		return strconv.Itoa(int(int32(le.Uint32(b)))), nil
	case c.typ == 'B' && c.length == 8, c.typ == 'O' && c.length == 8:
		x := math.Float64frombits(le.Uint64(b))
		return strconv.FormatFloat(x, 'f', -1, 64), nil
	case c.typ == 'Y' && c.length == 8:
		return dbfCurrency(int64(le.Uint64(b))), nil
	case (c.typ == 'T' || c.typ == '@') && c.length == 8:
		return dbfMoment(int32(le.Uint32(b)), int32(le.Uint32(b[4:])))
	}
	return "", fmt.Errorf("a field of type %c with %d bytes isn't known", c.typ, c.length)
}

// dbfCurrency writes an amount in ten-thousandths.
func dbfCurrency(n int64) string {
	sign, u := "", uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	return fmt.Sprintf("%s%d.%04d", sign, u/10_000, u%10_000)
}

// julian1970 is the Julian day of 1970-01-01.
const julian1970 = 2440588

// dbfMoment writes a Julian day and milliseconds since midnight.
func dbfMoment(day, millis int32) (string, error) {
	if day == 0 && millis == 0 {
		return "", nil
	}
	if day < 0 || day > julian1970+2932896 || millis < 0 || millis > 24*60*60*1000 {
		return "", fmt.Errorf("day %d and %d ms are no moment", day, millis)
	}
	t := time.Unix(int64(day-julian1970)*24*60*60, 0).UTC().Add(time.Duration(millis+500) / 1000 * 1000 * time.Millisecond)
	return t.Format("2006-01-02 15:04:05"), nil
}

// memoOf returns the text that a field refers to.
func (r *dbfRows) memoOf(c *dbfColumn, b []byte) (string, error) {
	var block uint64
	if c.length == 4 {
		block = uint64(binary.LittleEndian.Uint32(b))
	} else if s := bytes.Trim(b, " \x00"); len(s) > 0 {
		n, err := strconv.ParseUint(string(s), 10, 32)
		if err != nil {
			return "", fmt.Errorf("%q is no place in the memo file", s)
		}
		block = n
	}
	if block == 0 || r.memo == nil || c.typ != 'M' {
		return "", nil
	}
	text, err := r.memo.at(int64(block))
	if err != nil {
		return "", err
	}
	return strings.Trim(r.decode(text), "\x00"), nil
}
