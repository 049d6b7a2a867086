package ingest

import (
	"fmt"
	"strings"
)

// Error says what is wrong with a file, and where. Fields that don't apply are
// empty; Err says what to do about it.
type Error struct {
	File   string
	Sheet  string
	Row    int64  // line or sheet row, from 1
	Column string // column as the file names it, or a cell such as C1207
	Value  string // the cell as it came
	Err    error
}

// Error returns everything that is known in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %q", e.Sheet)
	}
	if e.Row > 0 {
		fmt.Fprintf(&b, ", row %d", e.Row)
	}
	if e.Column != "" {
		fmt.Fprintf(&b, ", %s", e.Column)
	}
	if e.Value != "" {
		fmt.Fprintf(&b, " (%q)", shorten(e.Value))
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(firstSentence(e.Err.Error()))
	return b.String()
}

// firstSentence keeps an error on one line. DuckDB adds the place in a
// statement that the user never wrote, and lists of settings.
func firstSentence(s string) string {
	s, _, _ = strings.Cut(s, "\n\nLINE ")
	s, _, _ = strings.Cut(s, "\nPossible ")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// longestShown keeps an error on one line when a cell holds a page.
const longestShown = 80

func shorten(s string) string {
	r := []rune(s)
	if len(r) <= longestShown {
		return s
	}
	return string(r[:longestShown]) + "…"
}

func fileError(path, format string, args ...any) error {
	return &Error{File: path, Err: fmt.Errorf(format, args...)}
}
