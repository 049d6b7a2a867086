package ingest

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// openJSON makes a file of JSON objects ready. Every value is read as the text
// it is written as, so that numbers and dates meet the same rules as in CSV.
func openJSON(ctx context.Context, conn *sql.Conn, s *source, rewrite bool) error {
	s.report.Encoding = encodingUTF8
	if s.encoding = utf16Of(s.file.head); s.encoding != "" {
		s.report.Encoding = s.encoding
	}
	head, err := decodeHead(s.file.head, s.report.Encoding)
	if err != nil {
		return err
	}
	shape := jsonShape(head)
	if s.file.format == FormatJSON && shape == "[[" {
		return s.stageJSON()
	}
	path, err := s.jsonPath(rewrite, shape)
	if err != nil {
		return err
	}
	from := func(columns string) string {
		return fmt.Sprintf("read_json(%s, format='newline_delimited', maximum_object_size=%d, compression='uncompressed'%s)",
			quoteText(globSafe(path)), 64<<20, columns)
	}
	s.from = from(", maximum_depth=1")
	if err := s.describe(ctx, conn); err != nil {
		return err
	}
	types := make([]string, len(s.columns))
	for i := range s.columns {
		s.columns[i].typ = TypeVarchar
		types[i] = quoteText(s.columns[i].name) + ": 'VARCHAR'"
	}
	if err := stageLines(ctx, conn, s.lines); err != nil {
		return fmt.Errorf("keep the lines: %w", err)
	}
	names := uniqueNames(append(s.header(), "source row", "source line"))
	s.row, s.line = quoteName(names[len(names)-2]), quoteName(names[len(names)-1])
	s.from = fmt.Sprintf("(SELECT r.*, %[1]s + shift AS %[2]s FROM (SELECT *, row_number() OVER () AS %[1]s FROM %[3]s) r ASOF LEFT JOIN temp.%[4]s l ON %[1]s >= first_row)",
		s.row, s.line, from(", columns={"+strings.Join(types, ", ")+"}"), lineTable)
	return nil
}

// jsonShape returns the first two characters that aren't blank.
func jsonShape(head []byte) string {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, utf8BOM))
	if len(head) == 0 {
		return ""
	}
	rest := bytes.TrimSpace(head[1:])
	return string(head[:1]) + string(rest[:min(1, len(rest))])
}

// stageJSON makes an array of arrays ready.
func (s *source) stageJSON() error {
	in, err := s.text()
	if err != nil {
		return err
	}
	rows, err := newJSONTable(in)
	if err == nil {
		err = s.stage(rows)
	}
	return errors.Join(err, in.Close())
}

// text opens the file as UTF-8 without a mark before it.
func (s *source) text() (io.ReadCloser, error) {
	in, err := s.file.open()
	if err != nil {
		return nil, err
	}
	r := io.Reader(in)
	if s.encoding != "" {
		if r, err = decoder(in, s.encoding); err != nil {
			return nil, errors.Join(err, in.Close())
		}
	}
	buffered := bufio.NewReaderSize(r, 1<<18)
	if mark, err := buffered.Peek(len(utf8BOM)); err == nil && bytes.Equal(mark, utf8BOM) {
		_, _ = buffered.Discard(len(utf8BOM)) // they are in the buffer
	}
	return struct {
		io.Reader
		io.Closer
	}{buffered, in}, nil
}

// jsonPath returns what DuckDB is to read: the file, if it has an object a line,
// or a copy in which it is so, and an empty object stands for each row that is none.
func (s *source) jsonPath(rewrite bool, shape string) (path string, err error) {
	switch {
	case s.file.format == FormatJSON && shape[0] == '{':
		path, err = s.unwrap()
		return path, err
	case s.file.format == FormatJSON:
		path, err = s.copyArray()
		return path, err
	case !rewrite && s.file.packing == packedNot && s.encoding == "":
		if sound, err := s.countLines(); sound || err != nil {
			return s.file.disk, err
		}
	}
	path, err = s.copyTo("rows-*.ndjson", s.cleanLines)
	return path, err
}

func (s *source) copyTo(pattern string, write func(io.Reader, *bufio.Writer) error) (path string, err error) {
	in, err := s.text()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := s.temporary(pattern)
	if err != nil {
		return "", err
	}
	w := bufio.NewWriterSize(out, 1<<20)
	return out.Name(), errors.Join(write(in, w), w.Flush(), out.Close())
}

// maxObject is the longest line of JSON that is read.
const maxObject = 16 << 20

func (s *source) eachLine(r io.Reader, f func(line int64, text []byte)) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<20), maxObject)
	line := int64(0)
	for lines.Scan() {
		line++
		text := bytes.TrimSpace(lines.Bytes())
		if line == 1 {
			text = bytes.TrimPrefix(text, utf8BOM)
		}
		if len(text) == 0 {
			continue
		}
		s.rows++
		s.at(s.rows, line)
		f(line, text)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return &Error{File: s.file.path, Row: line + 1, Err: fmt.Errorf("the line is longer than %d MiB", maxObject>>20)}
	}
	return lines.Err()
}

// countLines counts the objects, and tells whether all look like one.
func (s *source) countLines() (sound bool, err error) {
	in, err := s.file.open()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	s.rows, s.lines, sound = 0, nil, true
	err = s.eachLine(in, func(line int64, text []byte) {
		sound = sound && text[0] == '{' && text[len(text)-1] == '}' && utf8.Valid(text)
	})
	return sound, err
}

// cleanLines copies the lines that are objects, and notes the others.
func (s *source) cleanLines(r io.Reader, w *bufio.Writer) error {
	s.rows, s.faults, s.lines = 0, nil, nil
	return s.eachLine(r, func(line int64, text []byte) {
		reason := ""
		switch {
		case !utf8.Valid(text):
			reason = "the line is not valid UTF-8"
		case !json.Valid(text):
			reason = "the line is not JSON"
		case text[0] != '{':
			reason = "the line is not a JSON object"
		}
		if reason != "" {
			s.faults = append(s.faults, lineFault{s.rows, line, strings.ToValidUTF8(string(text), "\uFFFD"), reason})
			text = []byte("{}")
		}
		_, _ = w.Write(text) // an error waits for the flush
		_ = w.WriteByte('\n')
	})
}

// openParquet makes a Parquet file ready.
func openParquet(ctx context.Context, conn *sql.Conn, s *source) error {
	path := quoteText(globSafe(s.file.disk))
	row := conn.QueryRowContext(ctx, "SELECT num_rows FROM parquet_file_metadata("+path+")")
	if err := row.Scan(&s.rows); err != nil {
		return fmt.Errorf("the Parquet file is truncated or damaged; copy it again: %w", err)
	}
	if s.rows == 0 {
		return errors.New("has columns and no rows")
	}
	s.from = "read_parquet(" + path + ")"
	if err := s.describe(ctx, conn); err != nil {
		return err
	}
	names := uniqueNames(append(s.header(), "source row"))
	s.row, s.line = quoteName(names[len(names)-1]), "NULL"
	if slices.Contains(s.header(), "file_row_number") {
		s.from = "(SELECT *, row_number() OVER () AS " + s.row + " FROM " + s.from + ")"
		return nil
	}
	s.from = fmt.Sprintf("(SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS %s FROM read_parquet(%s, file_row_number = true))", s.row, path)
	return nil
}
