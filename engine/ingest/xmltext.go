package ingest

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tagName returns the local name of a tag, and whether it is an end tag or an
// element without content.
func tagName(tag []byte) (name string, closing, empty bool) {
	if len(tag) > 0 && tag[0] == '/' {
		closing, tag = true, tag[1:]
	}
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		empty, tag = true, tag[:n-1]
	}
	for i, c := range tag {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			tag = tag[:i]
			break
		}
	}
	if i := bytes.IndexByte(tag, ':'); i >= 0 {
		tag = tag[i+1:]
	}
	switch string(tag) { // the names that matter cost no allocation
	case "c":
		return "c", closing, empty
	case "v":
		return "v", closing, empty
	case "t":
		return "t", closing, empty
	case "row":
		return "row", closing, empty
	case "rPh":
		return "rPh", closing, empty
	case "sheetData":
		return "sheetData", closing, empty
	}
	return "", closing, empty
}

// attribute returns the value of an attribute whose name has one letter.
func attribute(tag []byte, name string) ([]byte, bool) {
	for i := 1; i+2 < len(tag); i++ {
		if tag[i] != name[0] || tag[i+1] != '=' || tag[i-1] > ' ' {
			continue
		}
		quote := tag[i+2]
		if quote != '"' && quote != '\'' {
			return nil, false
		}
		end := bytes.IndexByte(tag[i+3:], quote)
		if end < 0 {
			return nil, false
		}
		return tag[i+3 : i+3+end], true
	}
	return nil, false
}

// unescape replaces XML's entities.
func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(out, b...)
		}
		out, b = append(out, b[:i]...), b[i:]
		end := bytes.IndexByte(b, ';')
		if end < 0 {
			return append(out, b...)
		}
		if r, ok := entity(string(b[1:end])); ok {
			out, b = utf8.AppendRune(out, r), b[end+1:]
		} else {
			out, b = append(out, '&'), b[1:]
		}
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, base := strings.CutPrefix(name, "#")
	if !base {
		return 0, false
	}
	radix := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, radix = hex, 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}

// cellString makes a text of a cell valid UTF-8, which is all DuckDB takes.
func cellString(b []byte) string {
	return strings.ToValidUTF8(decodeEscapes(string(b)), string(utf8.RuneError))
}

// decodeEscapes replaces the _xHHHH_ by which a workbook writes characters
// that XML can't hold; Excel itself writes line ends as _x000D_.
func decodeEscapes(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			b.WriteString(s)
			return b.String()
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(n))
		s = s[i+7:]
	}
}
