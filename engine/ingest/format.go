package ingest

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
)

// Formats that [Load] reads, as [FileReport] names them.
const (
	FormatCSV     = "csv" // any one-character delimiter
	FormatParquet = "parquet"
	FormatJSON    = "json"   // an array of objects or of rows, or an object with one
	FormatNDJSON  = "ndjson" // an object a line
	FormatXLSX    = "xlsx"
	FormatDBF     = "dbf"     // dBASE, FoxPro
	FormatASYCUDA = "asycuda" // XML of ASYCUDA World

	formatZip = "zip" // of other files, each of which is loaded
)

// headBytes is how much of a file decides what it is and how it is written.
const headBytes = 256 << 10

// recognised is a file, or a part of one, and what its first bytes tell.
type recognised struct {
	path    string // as reports and errors name it; a member of an archive has the archive's path before it
	name    string // as rows remember it
	disk    string // the file to read, which may be a copy
	format  string
	packing string
	head    []byte // the beginning, decompressed
	whole   bool   // head is all there is

	memo        string   // of a .dbf table in an archive
	sheet       string   // of a workbook
	otherSheets []string // that have declarations too and aren't loaded

	meter *Meter // follows what is read of it
}

// recognise tells the format of a file by its content; the name decides only
// where the content can't.
func recognise(path, disk string) (recognised, error) {
	r := recognised{path: path, disk: disk}
	err := r.readHead()
	if err == nil && len(bytes.TrimSpace(bytes.TrimPrefix(r.head, utf8BOM))) == 0 {
		err = errors.New("the file is empty")
	}
	if err == nil {
		err = r.decide()
	}
	if err != nil {
		return r, located(path, err)
	}
	return r, nil
}

// readHead reads the beginning of the file, decompressed.
func (r *recognised) readHead() error {
	first, err := readHead(r.disk, 8)
	if err != nil {
		var e *Error
		if errors.As(err, &e) {
			err = e.Err // the copy's name means nothing to the user
		}
		return err
	}
	r.packing = packingOf(first)
	in, err := r.open()
	if err != nil {
		return err
	}
	head := make([]byte, headBytes)
	n, err := io.ReadFull(in, head)
	r.head = head[:n]
	r.whole = n < headBytes
	if err == io.EOF || err == io.ErrUnexpectedEOF { // the file is shorter, not cut off
		err = nil
	}
	return errors.Join(err, in.Close())
}

func (r *recognised) decide() error {
	head := r.head
	if inside := r.packing != packedNot; inside {
		if what := unreadableInside(head); what != "" {
			return errors.New("this is " + what + " inside " + r.packing + "; unpack it first")
		}
	}
	if err := kindOfFile(head); err != nil {
		return err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return errors.New("the zip is empty")
	case bytes.HasPrefix(head, []byte("PK\x07\x08")):
		return errors.New("this is one part of a zip in several parts; join and unpack it first")
	case isZip(head):
		return r.decideZip()
	case bytes.HasPrefix(head, []byte("PAR1")):
		r.format = FormatParquet
		return nil
	case isDBF(head):
		r.format = FormatDBF
		return nil
	case strings.EqualFold(filepath.Ext(r.path), ".dbf"):
		return errors.New("the name ends in .dbf, but the header is none of dBASE or FoxPro; the file is damaged, copy it again")
	}
	if encoding := utf16Of(head); encoding != "" {
		text, err := decodeHead(head, encoding)
		if err != nil {
			return err
		}
		return r.decideText(text)
	}
	if isBinary(head) {
		return &noTableError{"binary data of a kind that isn't known", "export it as CSV, Excel, Parquet or JSON from the program that wrote it"}
	}
	return r.decideText(head)
}

// unreadableInside names what can be read as a file but not from within a
// compressed one, as it isn't read from front to back.
func unreadableInside(head []byte) string {
	switch {
	case isZip(head):
		return "a workbook or zip"
	case bytes.HasPrefix(head, []byte("PAR1")):
		return "Parquet"
	case packingOf(head) != packedNot:
		return "a compressed file"
	}
	return ""
}

// decideText tells JSON and XML from delimited text.
func (r *recognised) decideText(text []byte) error {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, utf8BOM))
	if err := kindOfText(text); err != nil {
		return err
	}
	switch {
	case len(text) == 0:
		return errors.New("the file is empty")
	case text[0] == '<':
		r.format = FormatASYCUDA
		return checkASYCUDA(text)
	case text[0] == '[' && looksLikeJSONArray(text):
		r.format = FormatJSON
	case text[0] == '{':
		r.format = FormatNDJSON
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		if !bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) || len(bytes.TrimSpace(rest)) == 0 && wrapsRows(line) {
			r.format = FormatJSON // an object over many lines, or one that holds the rows
		}
	default:
		r.format = FormatCSV
	}
	return nil
}

// looksLikeJSONArray tells [{… and [[… from a CSV header in brackets.
func looksLikeJSONArray(text []byte) bool {
	rest := bytes.TrimSpace(text[1:])
	return len(rest) == 0 || rest[0] == '{' || rest[0] == '[' || rest[0] == ']'
}

// isBinary tells whether bytes can't be text of any encoding, which has hardly
// any control characters. Damaged text has some; what is no text has many.
func isBinary(head []byte) bool {
	control := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a {
			control++
		}
	}
	return control*100 > 3*len(head)
}

// baseName is the name by which rows remember their file.
func baseName(path string) string { return strings.TrimSpace(filepath.Base(path)) }
