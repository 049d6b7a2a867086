package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// openCSV makes delimited text ready. DuckDB reads the file itself where every
// record is sound, UTF-8 and written by the standard; else a clean copy, in
// which blank rows stand for the unsound ones, so that rows keep their numbers.
func openCSV(s *source, opts Options, rewrite bool) error {
	encoding := opts.Encoding
	if encoding == "" {
		encoding = encodingOf(s.file.head)
	}
	c := csvFile{source: s, encoding: encoding, delim: opts.Delimiter}
	if err := c.scan(rewrite); err != nil {
		return err
	}
	// Text that was ASCII for long and then isn't UTF-8 anywhere is in an old
	// encoding after all.
	if opts.Encoding == "" && encoding == encodingUTF8 && c.foreign > 0 && c.native == 0 {
		c = csvFile{source: s, encoding: legacyEncoding(c.foreignText), delim: opts.Delimiter}
		if err := c.scan(true); err != nil {
			return err
		}
	}
	return c.finish()
}

// csvFile is a delimited file on its way to a source.
type csvFile struct {
	*source
	encoding string
	delim    byte
	dialect  dialect
	plain    bool   // DuckDB can read the file as it is
	path     string // what DuckDB reads

	foreign     int    // records that aren't UTF-8
	native      int    // records that are, beyond ASCII
	foreignText []byte // some of the former
}

// scan goes through the file once if it is sound, and again with a copy if not.
func (c *csvFile) scan(rewrite bool) error {
	head, err := c.decodedHead()
	if err != nil {
		return err
	}
	if c.dialect, err = dialectOf(head, c.delim, c.file.whole); err != nil {
		return err
	}
	direct := !rewrite && c.file.packing == packedNot && c.encoding == encodingUTF8 && !c.dialect.crOnly && c.dialect.oneLine
	if direct {
		c.path = c.file.disk
		if c.plain, err = c.pass(nil); c.plain || err != nil {
			return err
		}
		if c.foreign > 0 && c.native == 0 {
			return nil // to be read again in another encoding
		}
	}
	copied, err := c.temporary("rows-*.csv")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(copied, 1<<20)
	_, err = c.pass(out)
	c.path = copied.Name()
	return errors.Join(err, out.Flush(), copied.Close())
}

func (c *csvFile) decodedHead() ([]byte, error) {
	return decodeHead(c.file.head, c.encoding)
}

// countEvery is after how many rows the meter is told.
const countEvery = 1024

// pass reads all records, and writes clean ones to out if there is one. It
// tells whether DuckDB could read the file itself.
func (c *csvFile) pass(out *bufio.Writer) (plain bool, err error) {
	file, err := c.file.open()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	r, err := decoder(file, c.encoding)
	if err != nil {
		return false, err
	}
	if c.dialect.crOnly {
		r = lineEnds{r}
	}
	s := newScanner(r, c.dialect.delim)
	c.rows, c.faults, c.lines, c.foreign, c.native = 0, nil, nil, 0, 0
	plain = true
	for skip := c.dialect.skip; ; {
		rec, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return false, err
		}
		if skip > 0 {
			skip--
			continue
		}
		c.rows++
		if c.rows%countEvery == 0 {
			c.meter.count(c.rows)
		}
		c.at(c.rows, rec.line)
		if sound := c.take(&rec); !sound || rec.lenient {
			plain = false
		}
		if out != nil {
			c.write(out, &rec)
		}
	}
	return plain && len(c.faults) == 0 && (s.crlf == 0 || s.crlf >= s.line-1), c.tooManyFaults()
}

// take notes a record that can't be a row, and tells whether it has exactly
// the columns of the header.
func (c *csvFile) take(rec *record) bool {
	width := len(c.dialect.header)
	c.countText(rec)
	if rec.fault == "" && rec.fields > width && !c.trimCells(rec, width) {
		rec.fault = fmt.Sprintf("the line has %d columns, the header %d", rec.fields, width)
	}
	if rec.fault == "" && rec.fields < width {
		rec.fault = fmt.Sprintf("the line has %d columns, the header %d", rec.fields, width)
	}
	if rec.fault != "" {
		c.faults = append(c.faults, lineFault{c.rows, rec.line, strings.ToValidUTF8(string(rec.raw), "\uFFFD"), rec.fault})
		return false
	}
	// DuckDB takes a lone carriage return for the end of a line.
	return rec.fields == width && (rec.quoted || bytes.IndexByte(rec.raw, '\r') < 0)
}

// trimCells tells whether the cells beyond the header are empty.
func (c *csvFile) trimCells(rec *record, width int) bool {
	for _, cell := range splitRecord(rec.raw, c.dialect.delim)[width:] {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// foreignSample is how much text decides which old encoding it is.
const foreignSample = 64 << 10

func (c *csvFile) countText(rec *record) {
	if rec.ascii {
		return
	}
	valid, invalid := utf8Runs(rec.raw)
	if invalid > 0 {
		c.foreign++
		if len(c.foreignText) < foreignSample {
			c.foreignText = append(append(c.foreignText, rec.raw...), '\n')
		}
	}
	if valid > 0 && invalid == 0 {
		c.native++
	}
}

// tooManyFaults refuses a file of which hardly a line is a row: rejecting them
// all would only hide that the file was misunderstood.
func (c *csvFile) tooManyFaults() error {
	if n := int64(len(c.faults)); n > 10 && n*2 > c.rows && !(c.foreign > 0 && c.native == 0) {
		f := c.faults[0]
		return &Error{File: c.file.path, Row: f.line, Value: f.raw, Err: fmt.Errorf(
			"%d of %d lines can't be rows, this is the first: %s; is the delimiter %q?", n, c.rows, f.reason, c.dialect.delim)}
	}
	return nil
}

// write copies a record in the form that DuckDB reads without doubt; a blank
// row stands for one that isn't sound. Errors wait in the writer for its flush.
func (c *csvFile) write(out *bufio.Writer, rec *record) {
	width := len(c.dialect.header)
	switch {
	case rec.fault != "":
		for range width - 1 {
			_ = out.WriteByte(c.dialect.delim)
		}
		if width == 1 {
			_, _ = out.WriteString(`""`)
		}
	case rec.quoted || rec.fields != width || bytes.IndexByte(rec.raw, '\r') >= 0:
		for i, cell := range splitRecord(rec.raw, c.dialect.delim)[:width] {
			if i > 0 {
				_ = out.WriteByte(c.dialect.delim)
			}
			_, _ = out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
	default:
		_, _ = out.Write(rec.raw)
	}
	_ = out.WriteByte('\n')
}

// finish tells DuckDB how to read what was scanned.
func (c *csvFile) finish() error {
	c.report.Encoding = c.encoding
	c.report.Delimiter = string(rune(c.dialect.delim))
	types := make([]string, len(c.dialect.header))
	for i, name := range c.dialect.header {
		c.columns = append(c.columns, sourceColumn{name: name, typ: TypeVarchar})
		types[i] = quoteText(name) + ": 'VARCHAR'"
	}
	skip := int64(0)
	if c.path == c.file.disk {
		skip = c.dialect.lines
	}
	if c.rows == 0 {
		return errors.New("has a header and no rows")
	}
	info, err := os.Stat(c.path)
	if err != nil {
		return fmt.Errorf("read the copy: %w", err)
	}
	c.from = fmt.Sprintf(`read_csv(%s, auto_detect=false, header=false, skip=%d, delim=%s, quote='"', escape='"', strict_mode=false, max_line_size=%d, columns={%s})`,
		quoteText(globSafe(c.path)), skip, quoteText(string(rune(c.dialect.delim))), min(2*maxRecord, max(info.Size(), 1<<16)), strings.Join(types, ", "))
	return nil
}

// globSafe writes a path so that DuckDB doesn't take it for a pattern.
func globSafe(path string) string {
	var b strings.Builder
	for _, r := range path {
		if strings.ContainsRune("*?[", r) {
			b.WriteString("[" + string(r) + "]")
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
