package ingest

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Formats that [Load] reads, as [FileReport] names them.
const (
	FormatCSV     = "csv" // any one-character delimiter
	FormatParquet = "parquet"
	FormatJSON    = "json"   // an array of objects
	FormatNDJSON  = "ndjson" // an object a line
	FormatXLSX    = "xlsx"
)

// headBytes is how much of a file decides what it is and how it is written.
const headBytes = 256 << 10

// recognised is a file and what its first bytes tell.
type recognised struct {
	path   string
	format string
	gzip   bool
	head   []byte // the beginning, decompressed
}

// recognise tells the format of a file by its content; the name decides only
// where the content can't.
func recognise(path string) (recognised, error) {
	r := recognised{path: path}
	head, err := readHead(path, headBytes)
	if err != nil {
		return r, err
	}
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		r.gzip = true
		if head, err = readGzipHead(path); err != nil {
			return r, err
		}
	}
	r.head = head
	if len(bytes.TrimSpace(bytes.TrimPrefix(head, utf8BOM))) == 0 {
		return r, fileError(path, "the file is empty")
	}
	switch {
	case isOLE(head):
		return r, fileError(path, "this is an old .xls workbook (or one locked by a password); save it as .xlsx or CSV without a password")
	case isZip(head) && r.gzip:
		return r, fileError(path, "this is a workbook or zip inside gzip; unpack it first")
	case isZip(head):
		return r, r.recogniseZip()
	case bytes.HasPrefix(head, []byte("PAR1")) && r.gzip:
		return r, fileError(path, "this is Parquet inside gzip; unpack it first")
	case bytes.HasPrefix(head, []byte("PAR1")):
		r.format = FormatParquet
	case utf16Of(head) != "":
		r.format = FormatCSV
	case isBinary(head):
		return r, fileError(path, "is not a table of text but %s; give a CSV, Excel, Parquet or JSON file", binaryKind(head))
	default:
		return r, r.recogniseText()
	}
	return r, nil
}

func readGzipHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{File: path, Err: reasonOf(err)}
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fileError(path, "the gzip file is damaged (%w); copy it again", err)
	}
	head := make([]byte, headBytes)
	n, err := io.ReadFull(z, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fileError(path, "the gzip file is damaged (%w); copy it again", err)
	}
	return head[:n], nil
}

func (r *recognised) recogniseZip() error {
	z, err := openZip(r.path)
	if err != nil {
		return &Error{File: r.path, Err: err}
	}
	r.format = FormatXLSX
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "xl/workbook.xml" }) {
		err = errors.New("is a zip file but no .xlsx workbook; unpack it, or save an .ods or .xlsb as .xlsx")
	}
	if err = errors.Join(err, z.Close()); err != nil {
		return &Error{File: r.path, Err: err}
	}
	return nil
}

// recogniseText tells JSON from delimited text.
func (r *recognised) recogniseText() error {
	text := bytes.TrimSpace(bytes.TrimPrefix(r.head, utf8BOM))
	lower := bytes.ToLower(text[:min(len(text), 200)])
	switch {
	case bytes.HasPrefix(lower, []byte("<html")), bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<table")):
		return fileError(r.path, "is a web page (some systems name these .xls); open it in a spreadsheet program and save it as .xlsx or CSV")
	case bytes.HasPrefix(lower, []byte("<?xml")), bytes.HasPrefix(lower, []byte("<asycuda")):
		return fileError(r.path, "is XML, which can't be loaded yet; export it as CSV, Excel, Parquet or JSON")
	case text[0] == '[' && looksLikeJSONArray(text):
		r.format = FormatJSON
	case text[0] == '{':
		r.format = FormatNDJSON
		if line, _, _ := bytes.Cut(text, []byte("\n")); !bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) {
			r.format = FormatJSON // an object over many lines
		}
	default:
		r.format = FormatCSV
	}
	return nil
}

// looksLikeJSONArray tells [{… from a CSV header in brackets.
func looksLikeJSONArray(text []byte) bool {
	rest := bytes.TrimSpace(text[1:])
	return len(rest) == 0 || rest[0] == '{' || rest[0] == ']'
}

// isBinary tells whether bytes can't be text of any encoding: text has no NUL
// and hardly any other control characters.
func isBinary(head []byte) bool {
	control := 0
	for _, c := range head {
		if c == 0 {
			control += 10
		} else if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a {
			control++
		}
	}
	return control*100 > len(head)
}

func binaryKind(head []byte) string {
	kinds := []struct{ magic, name string }{
		{"%PDF", "a PDF"},
		{"\x89PNG", "a picture"},
		{"\xff\xd8\xff", "a picture"},
		{"SQLite format 3", "an SQLite database"},
		{"Rar!", "a RAR archive"},
		{"7z\xbc\xaf", "a 7z archive"},
		{"\x28\xb5\x2f\xfd", "a zstd file"},
		{"BZh", "a bzip2 file"},
		{"\x7fELF", "a program"},
	}
	for _, k := range kinds {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return k.name
		}
	}
	if len(head) > 12 && string(head[8:12]) == "DUCK" {
		return "a DuckDB database"
	}
	return "binary data"
}

// open returns the whole content of the file, decompressed.
func (r *recognised) open() (io.ReadCloser, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return nil, &Error{File: r.path, Err: reasonOf(err)}
	}
	if !r.gzip {
		return f, nil
	}
	z, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		_ = f.Close()
		return nil, fileError(r.path, "the gzip file is damaged (%w); copy it again", err)
	}
	return gzipFile{z, f}, nil
}

type gzipFile struct {
	*gzip.Reader
	file *os.File
}

func (g gzipFile) Read(p []byte) (int, error) {
	n, err := g.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("the gzip file is damaged (%w); copy it again", err)
	}
	return n, err
}

func (g gzipFile) Close() error {
	return errors.Join(g.Reader.Close(), g.file.Close())
}

// baseName is the name by which rows remember their file.
func baseName(path string) string { return strings.TrimSpace(filepath.Base(path)) }
