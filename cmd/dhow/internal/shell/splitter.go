package shell

import "strings"

// pieceKind says what a piece of input is.
type pieceKind uint8

const (
	blank     pieceKind = iota // white space, comments, a lone semicolon
	statement                  // SQL
	command                    // a dot-command
)

// piece is a part of the input. The texts of all pieces, one after the other,
// are the input.
type piece struct {
	kind pieceKind
	text string
	from int // where the statement or command begins in text, after blanks
	line int // the line of the input on which it begins, the first being 1
}

// body returns the statement or command without the blanks before it.
func (p piece) body() string { return p.text[p.from:] }

// splitter finds the ends of statements in lines of SQL as DuckDB's scanner
// would: a semicolon counts only outside of quotes and comments. It is fed
// line by line and keeps what is unfinished, so a script may come through a
// pipe and each statement run as soon as it is complete.
type splitter struct {
	pending  strings.Builder
	from     int // where the statement begins in pending
	begun    bool
	line     int  // lines seen before the current one
	begunOn  int  // the line on which the statement began
	open     byte // the quote or comment that is open: ' " $ *, or e for E''
	openedOn int
	depth    int    // of nested comments
	tag      string // of a dollar quote, $ and $ included
}

// feed takes one line with its line feed, or the last one without, and returns
// the pieces that end in it.
func (s *splitter) feed(line string) []piece {
	var pieces []piece
	rest := line
	for {
		n, ended := s.scan(rest)
		s.pending.WriteString(rest[:n])
		rest = rest[n:]
		if ended != blank {
			pieces = append(pieces, s.take(ended))
		}
		if rest == "" {
			break
		}
	}
	s.line++
	return pieces
}

// rest returns what is left at the end of the input.
func (s *splitter) rest() []piece {
	if s.pending.Len() == 0 {
		return nil
	}
	return []piece{s.take(statement)}
}

// reset forgets what is unfinished.
func (s *splitter) reset() {
	s.pending.Reset()
	s.begun, s.open, s.depth = false, 0, 0
}

// unfinished reports whether a statement, a quote or a comment is open.
func (s *splitter) unfinished() bool { return s.begun || s.open != 0 }

// take ends the pending piece.
func (s *splitter) take(kind pieceKind) piece {
	p := piece{kind: kind, text: s.pending.String(), from: s.from, line: s.begunOn}
	if !s.begun {
		p.kind, p.from, p.line = blank, 0, s.line+1
	}
	s.pending.Reset()
	s.begun = false
	return p
}

// scan goes through text up to the end of a statement, of a dot-command or of
// the text, and returns how far it came and what ended there, if anything.
func (s *splitter) scan(text string) (n int, ended pieceKind) {
	for i := 0; i < len(text); {
		if s.open != 0 {
			i = s.skipOpen(text, i)
			continue
		}
		c := text[i]
		switch {
		case c == ';':
			return i + 1, statement
		case isBlank(c):
			i++
		case strings.HasPrefix(text[i:], "--"):
			i = endOfLine(text, i)
		case strings.HasPrefix(text[i:], "/*"):
			s.enter('*', "")
			s.depth = 1
			i += 2
		case c == '.' && !s.begun:
			s.begin(i)
			return endOfLine(text, i), command
		default:
			s.begin(i)
			i = s.word(text, i)
		}
	}
	return len(text), blank
}

// begin notes that the statement begins at text[i], if it hasn't yet.
func (s *splitter) begin(i int) {
	if !s.begun {
		s.begun, s.from, s.begunOn = true, s.pending.Len()+i, s.line+1
	}
}

// enter notes the beginning of a quote or comment.
func (s *splitter) enter(open byte, tag string) {
	s.open, s.tag, s.openedOn = open, tag, s.line+1
}

// word goes over one token outside of quotes, or into a quote.
func (s *splitter) word(text string, i int) int {
	switch c := text[i]; {
	case c == '\'' || c == '"':
		s.enter(c, "")
		return i + 1
	case c == '$':
		if tag := dollarTag(text[i:]); tag != "" {
			s.enter('$', tag)
			return i + len(tag)
		}
		return i + 1
	case isName(c):
		start := i
		// A $ inside a name does not begin a quote.
		for i < len(text) && (isName(text[i]) || text[i] == '$') {
			i++
		}
		if i == start+1 && c|0x20 == 'e' && i < len(text) && text[i] == '\'' {
			s.enter('e', "")
			return i + 1
		}
		return i
	}
	return i + 1
}

// skipOpen goes on inside a quote or comment, to its end if that is in text.
func (s *splitter) skipOpen(text string, i int) int {
	switch s.open {
	case '*':
		return s.skipComment(text, i)
	case '$':
		end := strings.Index(text[i:], s.tag)
		if end < 0 {
			return len(text)
		}
		s.open = 0
		return i + end + len(s.tag)
	case 'e':
		return s.skipEscaped(text, i)
	}
	// A doubled quote ends the quote and begins it again.
	end := strings.IndexByte(text[i:], s.open)
	if end < 0 {
		return len(text)
	}
	s.open = 0
	return i + end + 1
}

// skipEscaped goes on inside E'…', where a backslash takes the next character.
func (s *splitter) skipEscaped(text string, i int) int {
	for ; i < len(text); i++ {
		switch {
		case text[i] == '\\', text[i] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == '\'':
			s.open = 0
			return i + 1
		}
	}
	return len(text)
}

func (s *splitter) skipComment(text string, i int) int {
	for ; i+1 < len(text); i++ {
		switch text[i : i+2] {
		case "/*":
			s.depth++
			i++
		case "*/":
			i++
			if s.depth--; s.depth == 0 {
				s.open = 0
				return i + 1
			}
		}
	}
	return len(text)
}

// dollarTag returns the $tag$ that text begins with, "" if it does not.
func dollarTag(text string) string {
	for i := 1; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '$':
			return text[:i+1]
		case !isName(c), i == 1 && '0' <= c && c <= '9':
			return ""
		}
	}
	return ""
}

func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isName(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80
}

// endOfLine returns where the line that text[i] is on ends.
func endOfLine(text string, i int) int {
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(text)
}
