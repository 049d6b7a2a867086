package ingest

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/transform"
)

// A .dbf table, as dBASE III, IV and 5, FoxPro, Visual FoxPro, Clipper and
// their like write it: a header of 32 bytes, 32 bytes a field up to 0x0D, and
// records of one length, each with a byte before it that tells the deleted ones.
// Source: dBASE file structures (dBASE Inc. knowledge base), Table File
// Structure in the help of Visual FoxPro 9.

//go:embed language.tsv
var languageTSV string

// languages gives the encoding for the language driver of a table.
var languages = func() map[byte]string {
	m := map[byte]string{}
	for _, f := range tableRows(languageTSV, 2) {
		n, err := strconv.ParseUint(f[0], 16, 8)
		if err != nil {
			panic(fmt.Sprintf("language.tsv: %q", f[0]))
		}
		m[byte(n)] = f[1]
	}
	return m
}()

const (
	dbfHeader      = 32
	dbfField       = 32
	dbfHeaderEnd   = 0x0d
	dbfEnd         = 0x1a // behind the last record
	dbfDeleted     = '*'
	dbfVersion7    = 4 // in the lower three bits of the version
	maxDBFFields   = 2046
	visualFoxPro   = 0x30 // to 0x32
	nullFlagsField = '0'
)

// dbfTable is what the header of a table says.
type dbfTable struct {
	version  byte
	records  int64
	start    int // of the first record
	width    int // of a record
	language byte
	fields   []dbfColumn
	nulls    *dbfColumn // flags of Visual FoxPro, a bit for each field that can be NULL
}

// dbfColumn is a field. Bits are those of the flags of a record, -1 for none.
type dbfColumn struct {
	name           string
	typ            byte
	at, length     int // in a record
	decimals       int
	binary         bool
	nullBit, short int // NULL, and length in the last byte
}

// isDBF tells a table from other files: the version alone is a character that
// text may begin with, but no text has lengths that fit each other.
func isDBF(head []byte) bool {
	t, err := parseDBF(head)
	return err == nil && len(t.fields) > 0 || errors.Is(err, errDBASE7)
}

var (
	errDBASE7 = errors.New("this is a table of dBASE 7, which can't be read; in dBASE export it as dBASE IV or CSV")
	errNoDBF  = errors.New("the header is none of dBASE or FoxPro; the file is damaged, copy it again")
)

// dbfVersions are the first bytes of the tables that are known.
const dbfVersions = "\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\x8c\x8e\xcb\xe5\xf5\xfb"

func parseDBF(head []byte) (*dbfTable, error) {
	if len(head) < dbfHeader+1 || strings.IndexByte(dbfVersions, head[0]) < 0 || head[2] > 12 || head[3] > 31 {
		return nil, errNoDBF
	}
	le := binary.LittleEndian
	t := &dbfTable{version: head[0], records: int64(le.Uint32(head[4:])), start: int(le.Uint16(head[8:])), width: int(le.Uint16(head[10:])), language: head[29]}
	if t.start < dbfHeader+1 || t.width < 1 {
		return nil, errNoDBF
	}
	if t.version&7 == dbfVersion7 {
		// 48 bytes a field, from 68 on.
		if (t.start-69)%48 == 0 && t.start > 69 && len(head) >= t.start && head[t.start-1] == dbfHeaderEnd {
			return nil, errDBASE7
		}
		return nil, errNoDBF
	}
	if err := t.parseFields(head); err != nil {
		return nil, err
	}
	return t, nil
}

func (t *dbfTable) parseFields(head []byte) error {
	at, bit := 1, 0
	for i := dbfHeader; ; i += dbfField {
		if i < len(head) && head[i] == dbfHeaderEnd {
			break
		}
		if i+dbfField > min(len(head), t.start) || len(t.fields) > maxDBFFields {
			return errNoDBF
		}
		c := t.parseField(head[i:i+dbfField], at)
		if c.name == "" || strings.IndexByte("CNFDLMIBYTGPVQW@+O0", c.typ) < 0 {
			return errNoDBF
		}
		if c.typ == 'V' || c.typ == 'Q' {
			c.short = bit
			bit++
		}
		if t.isVisual() && head[i+18]&2 != 0 {
			c.nullBit = bit
			bit++
		}
		at += c.length
		if c.typ == nullFlagsField {
			t.nulls = &c
			continue
		}
		t.fields = append(t.fields, c)
	}
	if at != t.width || len(t.fields) == 0 {
		return errNoDBF
	}
	return nil
}

func (t *dbfTable) parseField(b []byte, at int) dbfColumn {
	name, _, _ := bytes.Cut(b[:11], []byte{0})
	c := dbfColumn{name: strings.TrimSpace(string(name)), typ: b[11], at: at, length: int(b[16]), decimals: int(b[17]), nullBit: -1, short: -1}
	if c.typ == 'C' {
		// Clipper and FoxPro keep the upper byte of the length where others
		// have zero decimals.
		c.length += c.decimals << 8
	}
	c.binary = t.isVisual() && b[18]&4 != 0 && c.typ == 'C'
	return c
}

func (t *dbfTable) isVisual() bool { return t.version >= visualFoxPro && t.version <= visualFoxPro+2 }

// openDBF makes a table ready.
func openDBF(s *source, opts Options) (err error) {
	t, err := parseDBF(s.file.head)
	if err != nil {
		return err
	}
	rows := &dbfRows{table: t, source: s}
	if err := rows.decide(opts.Encoding); err != nil {
		return err
	}
	in, err := s.file.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close(), rows.closeMemo()) }()
	if _, err := io.CopyN(io.Discard, in, int64(t.start)); err != nil {
		return rows.truncated(err)
	}
	rows.in = newPeeker(in)
	if err := rows.openMemo(); err != nil {
		return err
	}
	if err := s.stage(rows); err != nil {
		return err
	}
	if n := rows.number - t.records; n > 0 {
		s.report.Notes = append(s.report.Notes, fmt.Sprintf("the header counts %d records, the file has %d: all are read", t.records, rows.number))
	}
	return nil
}

// decide finds the encoding: the one that was asked for, else that of the
// language driver, else what the text looks like.
func (r *dbfRows) decide(encoding string) (err error) {
	if encoding == "" {
		encoding = languages[r.table.language]
	}
	if encoding == "" {
		encoding = encodingUTF8
		if sample := r.sample(); !isASCII(sample) {
			encoding = encodingOf(sample)
		}
	}
	r.source.report.Encoding = encoding
	r.text, err = decoderOf(encoding)
	return err
}

// sample returns the text fields of the first records.
func (r *dbfRows) sample() []byte {
	var out []byte
	for head := r.source.file.head[min(r.table.start, len(r.source.file.head)):]; len(head) >= r.table.width; head = head[r.table.width:] {
		for _, c := range r.table.fields {
			if c.typ == 'C' && !c.binary {
				out = append(append(out, bytes.TrimRight(head[c.at:c.at+c.length], " \x00")...), '\n')
			}
		}
	}
	return out
}

// decode turns text of the table into UTF-8.
func (r *dbfRows) decode(b []byte) string {
	if r.text == nil || isASCII(b) {
		return cleanText(string(b))
	}
	out, _, err := transform.Bytes(r.text, b)
	if err != nil {
		return cleanText(string(b))
	}
	return string(out)
}
