package engine

import (
	"strings"
	"unicode"
)

// span is a part of a text, in bytes.
type span struct{ from, to int }

// splitStatements splits SQL text at the semicolons between statements, which
// belong to none of them. Those in strings, quoted names and comments don't
// count. The comments before a statement belong to it; a part that has nothing
// but spaces is left out.
func splitStatements(text string) []span {
	var spans []span
	from := 0
	add := func(to int) {
		if strings.TrimSpace(text[from:to]) != "" {
			spans = append(spans, span{from, to})
		}
	}
	for i := 0; i < len(text); {
		if text[i] == ';' {
			add(i)
			i++
			from = i
			continue
		}
		i += tokenLength(text[i:])
	}
	add(len(text))
	return spans
}

// tokenLength returns the length of the string, quoted name, comment or word
// that s begins with, or 1. What isn't closed reaches to the end.
func tokenLength(s string) int {
	switch c := s[0]; {
	case c == '\'' || c == '"':
		return quotedLength(s, false)
	case strings.HasPrefix(s, "--"):
		if i := strings.IndexAny(s, "\r\n"); i >= 0 {
			return i
		}
		return len(s)
	case strings.HasPrefix(s, "/*"):
		return commentLength(s)
	case c == '$':
		return dollarLength(s)
	case (c == 'e' || c == 'E') && strings.HasPrefix(s[1:], "'"):
		return 1 + quotedLength(s[1:], true)
	case isWord(c):
		// A $ inside a word begins no string.
		n := 1
		for n < len(s) && (isWord(s[n]) || s[n] == '$') {
			n++
		}
		return n
	}
	return 1
}

// quotedLength returns the length of text between quotes, in which a doubled
// quote stands for one and, if escapes, a backslash takes the next byte along.
func quotedLength(s string, escapes bool) int {
	for i := 1; i < len(s); i++ {
		switch {
		case escapes && s[i] == '\\':
			i++
		case s[i] != s[0]:
		case i+1 < len(s) && s[i+1] == s[0]:
			i++
		default:
			return i + 1
		}
	}
	return len(s)
}

// commentLength returns the length of a comment, which may have others inside.
func commentLength(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// dollarLength returns the length of a string like $$text$$ or $tag$text$tag$,
// or 1 for a parameter.
func dollarLength(s string) int {
	n := 1
	for n < len(s) && isWord(s[n]) && (n > 1 || s[n] < '0' || s[n] > '9') {
		n++
	}
	if n == len(s) || s[n] != '$' {
		return 1
	}
	tag := s[:n+1]
	if i := strings.Index(s[len(tag):], tag); i >= 0 {
		return i + 2*len(tag)
	}
	return len(s)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

// leadingSpace returns how many bytes of spaces and comments s begins with.
func leadingSpace(s string) int {
	i := 0
	for i < len(s) {
		switch rest := s[i:]; {
		case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "/*"):
			i += tokenLength(rest)
		case unicode.IsSpace(rune(rest[0])):
			i++
		default:
			return i
		}
	}
	return i
}
