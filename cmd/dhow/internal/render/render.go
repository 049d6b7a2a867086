// Package render writes the result of a query as text: a table for the
// screen, and CSV, TSV, JSON, Markdown and others for files and programs.
//
// Every format but the table writes each row as it comes and holds one row in
// memory. The table needs the widths of its columns before its first line; it
// holds the rows it shows, or a block of them when it shows all.
//
// The package knows neither DuckDB nor the shell: whoever has rows gives them
// as [Rows]. It does not decide what is a terminal; [Options] says that.
package render

import (
	"fmt"
	"io"
	"strings"
)

// Kind says how the values of a column are shown.
type Kind uint8

// The kinds of column. Text is what nothing is known about.
const (
	Text   Kind = iota
	Number      // integers, decimals and floats: right-aligned, never cut
	Bool        // true and false
	Time        // dates, times, timestamps and intervals
	Binary      // BLOB and BIT
	Nested      // LIST, ARRAY, STRUCT, MAP, UNION and JSON
)

// Column is one column of a result.
type Column struct {
	Name string
	Type string // as SQL writes it: DECIMAL(18,4)
	Kind Kind
}

// Rows is a result that streams. After Next returned false, Err says whether
// that was the end or a failure.
type Rows interface {
	// Columns returns the columns of the result. It has none for a statement
	// that returns nothing.
	Columns() []Column
	// Next goes to the next row.
	Next() bool
	// IsNull reports whether the value in a column of this row is NULL.
	IsNull(col int) bool
	// AppendText appends the value as DuckDB casts it to VARCHAR.
	AppendText(dst []byte, col int) []byte
	// AppendJSON appends the value as one valid JSON value.
	AppendJSON(dst []byte, col int) []byte
	// Err returns the error that ended the rows, if any.
	Err() error
}

// Options says where the text goes. The zero value is right for a file or a
// pipe: nothing is cut, hidden or coloured there, because a program that reads
// a result must not get a part of it without knowing.
type Options struct {
	// Width is how many columns the screen has; 0 is no limit. Only the table
	// and the ranked list heed it.
	Width int
	// MaxRows is how many rows the table shows, half of them from the end of
	// the result; 0 shows all.
	MaxRows int
	// Terminal says that a person looks at the text. The borders of a table
	// with right-to-left text then carry a mark (U+200E) that keeps a terminal
	// which reorders such text from swapping columns.
	Terminal bool
	// Color allows ANSI colours.
	Color bool
	// NoHeader leaves out the line of column names in table, csv, tsv and
	// markdown.
	NoHeader bool
	// Null replaces what a format writes for NULL: nothing in csv, \N in tsv,
	// NULL in table, markdown and vertical. JSON always has null.
	Null string
}

// ScreenRows is how many rows of a result a table on a screen shows unless the
// user asks for more.
const ScreenRows = 40

// Screen returns the options for a terminal of the given width.
func Screen(width int, color bool) Options {
	return Options{Width: width, MaxRows: ScreenRows, Terminal: true, Color: color}
}

// Format is a way to write a result.
type Format struct {
	Name  string
	Help  string
	write func(*sink, Rows, Options) error
}

var formats = []Format{
	{"table", "a table for the screen, long and wide results shortened there", writeTable},
	{"csv", "comma-separated values; NULL is nothing, an empty text is \"\"", writeCSV},
	{"tsv", "tab-separated values, one line a row: \\t \\n \\r \\\\ are escaped, NULL is \\N", writeTSV},
	{"json", "one JSON array of objects", writeJSON},
	{"ndjson", "one JSON object a line", writeNDJSON},
	{"markdown", "a Markdown table", writeMarkdown},
	{"vertical", "one line a value, for rows too wide for a table", writeVertical},
}

// aliases are the names that users of other shells type.
var aliases = map[string]string{
	"duckbox": "table", "box": "table", "jsonl": "ndjson", "jsonlines": "ndjson",
	"md": "markdown", "line": "vertical", "tabs": "tsv",
}

// Formats returns all formats, the default first.
func Formats() []Format { return append([]Format(nil), formats...) }

// Lookup returns the format of the given name.
func Lookup(name string) (Format, error) {
	wanted := strings.ToLower(name)
	if a, ok := aliases[wanted]; ok {
		wanted = a
	}
	names := make([]string, len(formats))
	for i, f := range formats {
		if f.Name == wanted {
			return f, nil
		}
		names[i] = f.Name
	}
	return Format{}, fmt.Errorf("unknown format %q: choose one of %s", name, strings.Join(names, ", "))
}

// Write writes all rows to w and returns how many there were. Output written
// before an error stays written; a JSON array is then left open, so that no
// reader takes the part for the whole.
func (f Format) Write(w io.Writer, rows Rows, opt Options) (int64, error) {
	out := &sink{w: w}
	if len(rows.Columns()) == 0 {
		for rows.Next() {
			out.rows++
		}
		return out.rows, rows.Err()
	}
	if err := f.write(out, rows, opt); err != nil {
		// What came before the failure is the user's, too.
		_ = out.flush()
		return out.rows, err
	}
	return out.rows, out.flush()
}

// flushSize is how much text is gathered before it is written: large enough
// that system calls cost nothing, small enough that a slow query shows life.
const flushSize = 32 << 10

// sink gathers text for a writer and counts rows.
type sink struct {
	w    io.Writer
	buf  []byte
	rows int64
}

// next counts a finished row and writes the gathered text when there is enough.
func (s *sink) next() error {
	s.rows++
	if len(s.buf) < flushSize {
		return nil
	}
	return s.flush()
}

func (s *sink) flush() error {
	if len(s.buf) == 0 {
		return nil
	}
	_, err := s.w.Write(s.buf)
	s.buf = s.buf[:0]
	if err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

func (s *sink) text(t string) { s.buf = append(s.buf, t...) }

// nullText returns the text for NULL: the user's, or that of the format.
func (o Options) nullText(format string) string {
	if o.Null != "" {
		return o.Null
	}
	return format
}
