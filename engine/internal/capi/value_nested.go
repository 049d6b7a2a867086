package capi

import "strings"

// appendInner writes a value inside a list, struct or map: text that could be
// mistaken for the punctuation around it is quoted.
func (v *Vector) appendInner(dst []byte, row int) []byte {
	if v.IsNull(row) {
		return append(dst, "NULL"...)
	}
	from := len(dst)
	dst = v.AppendText(dst, row)
	if v.nested {
		return dst
	}
	return quoteInner(dst, from, false)
}

// quoteInner quotes dst[from:] if that is needed or wanted.
func quoteInner(dst []byte, from int, always bool) []byte {
	if !always && !needsQuotes(dst[from:]) {
		return dst
	}
	text := string(dst[from:])
	dst = append(dst[:from], '\'')
	for i := range len(text) {
		if c := text[i]; c == '\'' || c == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, text[i])
	}
	return append(dst, '\'')
}

// needsQuotes tells text that is empty, begins or ends with a space, reads
// NULL, or has a character that means something in a nested value.
func needsQuotes(text []byte) bool {
	if len(text) == 0 || isSpace(text[0]) || isSpace(text[len(text)-1]) {
		return true
	}
	if len(text) == 4 && strings.EqualFold(string(text), "null") {
		return true
	}
	for _, c := range text {
		switch c {
		case '"', '\'', '(', ')', ',', ':', '=', '[', ']', '{', '}':
			return true
		}
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func (v *Vector) appendList(dst []byte, row int) []byte {
	child := &v.children[0]
	from, to := v.span(row)
	dst = append(dst, '[')
	for i := from; i < to; i++ {
		if i > from {
			dst = append(dst, ", "...)
		}
		if v.unquoted && !child.IsNull(i) {
			dst = child.AppendText(dst, i)
		} else {
			dst = child.appendInner(dst, i)
		}
	}
	return append(dst, ']')
}

func (v *Vector) appendMap(dst []byte, row int) []byte {
	entry := &v.children[0]
	from, to := v.span(row)
	dst = append(dst, '{')
	for i := from; i < to; i++ {
		if i > from {
			dst = append(dst, ", "...)
		}
		dst = entry.children[0].appendInner(dst, i)
		dst = append(dst, '=')
		dst = entry.children[1].appendInner(dst, i)
	}
	return append(dst, '}')
}

func (v *Vector) appendStruct(dst []byte, row int) []byte {
	open, shut := byte('{'), byte('}')
	unnamed := v.typ.unnamed()
	if unnamed {
		open, shut = '(', ')'
	}
	dst = append(dst, open)
	for i := range v.children {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		if !unnamed {
			from := len(dst)
			dst = quoteInner(append(dst, v.typ.names[i]...), from, true)
			dst = append(dst, ": "...)
		}
		dst = v.children[i].appendInner(dst, row)
	}
	return append(dst, shut)
}
