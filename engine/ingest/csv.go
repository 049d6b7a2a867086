package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// openCSV makes delimited text ready. The file itself is read where every
// record is sound, UTF-8 and written by the standard; else a packed copy, in
// which blank rows stand for the unsound ones, so that rows keep their numbers.
func openCSV(s *source, opts Options) error {
	encoding := opts.Encoding
	if encoding == "" {
		encoding = encodingOf(s.file.head)
	}
	c := csvFile{source: s, encoding: encoding, guessed: opts.Encoding == "", delim: opts.Delimiter}
	if err := c.scan(false); err != nil {
		return err
	}
	// Text that was ASCII for long and then isn't UTF-8 anywhere is in an old
	// encoding after all.
	if c.isForeign() {
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
	guessed  bool // the encoding
	delim    byte
	dialect  dialect
	path     string // what is read in the end
	cut      byte   // the delimiter there, 0 if the rows are packed
	parts    segments

	foreign     int    // records that aren't UTF-8
	native      int    // records that are, beyond ASCII
	foreignText []byte // some of the former
}

// scan goes through the file once if it is sound, and again with a copy if not.
func (c *csvFile) scan(copied bool) error {
	head, err := c.decodedHead()
	if err != nil {
		return err
	}
	if c.dialect, err = dialectOf(head, c.delim, c.file.whole); err != nil {
		return err
	}
	if !copied && c.file.packing == packedNot && c.encoding == encodingUTF8 && !c.dialect.crOnly {
		c.path, c.cut = c.file.disk, c.dialect.delim
		plain, err := c.pass(nil)
		if plain || err != nil {
			return err
		}
		if c.isForeign() {
			return nil // to be read again in another encoding
		}
	}
	out, err := c.temporary("rows-*")
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, 1<<20)
	c.path, c.cut = out.Name(), 0
	p := packer{out: w}
	_, err = c.pass(&p)
	c.parts = p.parts
	return errors.Join(err, w.Flush(), out.Close())
}

// isForeign tells that a text taken for UTF-8 is in an old encoding.
func (c *csvFile) isForeign() bool {
	return c.guessed && c.encoding == encodingUTF8 && c.foreign > 0 && c.native == 0
}

func (c *csvFile) decodedHead() ([]byte, error) {
	return decodeHead(c.file.head, c.encoding)
}

// countEvery is after how many rows the meter is told.
const countEvery = 1024

// pass reads all records, and packs them if there is a packer. It tells whether
// the file can be read without a copy.
func (c *csvFile) pass(out *packer) (plain bool, err error) {
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
	c.rows, c.faults, c.parts, c.foreign, c.native = 0, nil, nil, 0, 0
	plain = true
	for skip := c.dialect.skip; ; {
		begin, line := s.place(), s.line+1
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
		if sound := c.take(&rec); !sound || rec.lenient {
			plain = false
		}
		if out == nil {
			c.parts.add(begin, s.place(), line)
			continue
		}
		if err := c.pack(out, &rec); err != nil {
			return false, fmt.Errorf("make a temporary copy: %w", err)
		}
	}
	return plain && len(c.faults) == 0, c.tooManyFaults()
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
	return rec.fields == width
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
	if n := int64(len(c.faults)); n > 10 && n*2 > c.rows && !c.isForeign() {
		f := c.faults[0]
		return &Error{File: c.file.path, Row: f.line, Value: f.raw, Err: fmt.Errorf(
			"%d of %d lines can't be rows, this is the first: %s; is the delimiter %q?", n, c.rows, f.reason, c.dialect.delim)}
	}
	return nil
}

// pack copies a record; a blank row stands for one that isn't sound.
func (c *csvFile) pack(out *packer, rec *record) error {
	width := len(c.dialect.header)
	if rec.fault != "" {
		return out.pack(rec.line, width, nil)
	}
	return out.pack(rec.line, width, splitRecord(rec.raw, c.dialect.delim))
}

// finish says how to read what was scanned.
func (c *csvFile) finish() error {
	c.report.Encoding = c.encoding
	c.report.Delimiter = string(rune(c.dialect.delim))
	for _, name := range c.dialect.header {
		c.columns = append(c.columns, sourceColumn{name: name, typ: TypeVarchar})
	}
	if c.rows == 0 {
		return errors.New("has a header and no rows")
	}
	c.readRows(c.path, c.cut, c.parts)
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
