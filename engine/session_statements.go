package engine

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/dhowdb/dhow/engine/internal/capi"
)

// statement is one statement of an SQL text. Each is parsed for itself, since
// DuckDB points at the wrong place in messages about the later ones of a text
// that was parsed as a whole.
type statement struct {
	parsed *capi.Statements
	index  int    // within parsed: a PIVOT, say, is several statements
	text   string // that was parsed
	offset int    // of text in the whole
	line   int    // of the begin of text in the whole, from 0
}

// parse parses all statements of a text, and fails if one of them is wrong.
func parse(conn capi.Conn, text string) ([]statement, error) {
	list, err := parsePieces(conn, text)
	if err == nil {
		return list, nil
	}
	closeStatements(list)
	whole, err := conn.Extract(text)
	if err != nil {
		msg := err.Error()
		e := &Error{Op: "parse", Name: "SQL", Msg: msg, cause: err}
		if offset, ok := pointedAt(text, msg); ok {
			e.Offset = offset
		}
		return nil, e
	}
	// DuckDB understands the whole but not the pieces, so that it splits
	// otherwise than we do. Only the offsets of errors are lost then.
	return statementsOf(whole, text, 0, 0, nil), nil
}

func parsePieces(conn capi.Conn, text string) ([]statement, error) {
	var list []statement
	line := 0
	for _, p := range splitStatements(text) {
		piece := text[p.from:p.to]
		parsed, err := conn.Extract(piece)
		if err != nil {
			return list, err
		}
		list = statementsOf(parsed, piece, p.from, line, list)
		line += strings.Count(piece, "\n")
	}
	return list, nil
}

func statementsOf(parsed *capi.Statements, text string, offset, line int, list []statement) []statement {
	for i := range parsed.Len() {
		list = append(list, statement{parsed, i, text, offset, line})
	}
	if parsed.Len() == 0 {
		parsed.Close()
	}
	return list
}

func closeStatements(list []statement) {
	for _, s := range list {
		s.parsed.Close()
	}
}

// begin returns where the statement begins in the whole text.
func (s statement) begin() int { return s.offset + leadingSpace(s.text) }

// failed makes an error that tells the place in the whole text.
func (s statement) failed(ctx context.Context, name string, err error) error {
	e := &Error{Op: "run", Name: name, Offset: s.begin(), Msg: err.Error(), cause: causeOf(err.Error(), err)}
	if ctx.Err() != nil && strings.HasPrefix(e.Msg, interruptMessage) {
		e.Msg, e.cause = ctx.Err().Error(), ctx.Err()
		return e
	}
	if offset, ok := pointedAt(s.text, e.Msg); ok {
		e.Offset = s.offset + offset
		e.Msg = moveLine(e.Msg, s.line)
	}
	return e
}

// interruptMessage begins DuckDB's message about an interrupted query.
const interruptMessage = "INTERRUPT Error"

// linePattern is how DuckDB points at a place: the number and text of a line,
// cut at both sides with dots if it is long, and a caret in the next one.
var linePattern = regexp.MustCompile(`\nLINE (\d+): (.*)\n( *)\^\s*$`)

// pointedAt returns the offset of the place in text that a message points at.
func pointedAt(text, msg string) (int, bool) {
	m := linePattern.FindStringSubmatch(msg)
	if m == nil {
		return 0, false
	}
	number, err := strconv.Atoi(m[1])
	if err != nil {
		return 0, false
	}
	begin, line := nthLine(text, number)
	shown := strings.TrimPrefix(m[2], "...")
	cells := len(m[3]) - len("LINE : ") - len(m[1]) - (len(m[2]) - len(shown))
	from := strings.Index(line, strings.TrimSuffix(shown, "..."))
	if from < 0 || cells < 0 {
		return begin + leadingSpace(line), line != ""
	}
	return begin + from + bytesInCells(line[from:], cells), true
}

// moveLine adds to the line number of a message, and keeps the caret in place.
func moveLine(msg string, lines int) string {
	m := linePattern.FindStringSubmatchIndex(msg)
	if m == nil || lines == 0 {
		return msg
	}
	number, err := strconv.Atoi(msg[m[2]:m[3]])
	if err != nil {
		return msg
	}
	moved := strconv.Itoa(number + lines)
	shift := strings.Repeat(" ", len(moved)-(m[3]-m[2]))
	return msg[:m[2]] + moved + msg[m[3]:m[6]] + shift + msg[m[6]:]
}

// nthLine returns line n of text, counted from 1, and where it begins.
func nthLine(text string, n int) (begin int, line string) {
	for ; n > 1; n-- {
		i := strings.IndexByte(text[begin:], '\n')
		if i < 0 {
			break
		}
		begin += i + 1
	}
	line, _, _ = strings.Cut(text[begin:], "\n")
	return begin, line
}

// bytesInCells returns how many bytes of s fill so many cells of a terminal,
// in which DuckDB measures where to put its caret.
func bytesInCells(s string, cells int) int {
	for i, r := range s {
		if cells <= 0 && !unicode.In(r, unicode.Mn, unicode.Me) {
			return i
		}
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide || width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			cells -= 2
		default:
			cells--
		}
	}
	return len(s)
}
