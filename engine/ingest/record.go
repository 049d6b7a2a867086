package ingest

import "bytes"

// quoteState follows RFC 4180 through a record, line by line.
type quoteState struct {
	delim   byte
	state   byte
	fields  int  // delimiters so far
	garbage bool // text after a closing quote
	lenient bool // a quote inside an unquoted cell, or a space before one
	spaced  bool // spaces began the cell
}

const (
	atCellStart byte = iota
	inPlainCell
	inQuotedCell
	afterQuote
)

func (q *quoteState) open() bool { return q.state == inQuotedCell }

func (q *quoteState) feed(b []byte) {
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch q.state {
		case inQuotedCell:
			k := bytes.IndexByte(b[i:], '"')
			if k < 0 {
				return
			}
			i += k
			q.state = afterQuote
		case afterQuote:
			switch c {
			case '"':
				q.state = inQuotedCell
			case q.delim:
				q.fields++
				q.state = atCellStart
			case '\r', '\n', ' ':
			default:
				q.garbage = true
				return
			}
		default:
			if q.state == inPlainCell {
				k := bytes.IndexByte(b[i:], q.delim)
				if k < 0 {
					k = len(b) - i
				}
				q.lenient = q.lenient || bytes.IndexByte(b[i:i+k], '"') >= 0
				if i += k; i == len(b) {
					return
				}
				c = b[i]
			}
			switch {
			case c == q.delim:
				q.fields++
				q.state = atCellStart
			case c == ' ' && q.state == atCellStart:
				q.spaced = true
			case c != '"':
				q.state, q.spaced = inPlainCell, false
			case q.state == atCellStart:
				q.lenient = q.lenient || q.spaced
				q.state, q.spaced = inQuotedCell, false
			default:
				q.lenient = true
			}
		}
	}
}

// splitRecord returns the cells of a sound record, unquoted.
func splitRecord(raw []byte, delim byte) []string {
	var cells []string
	for {
		cell, rest, more := cutCell(raw, delim)
		cells = append(cells, cell)
		if !more {
			return cells
		}
		raw = rest
	}
}

func cutCell(b []byte, delim byte) (cell string, rest []byte, more bool) {
	if t := bytes.TrimLeft(b, " "); len(t) > 0 && t[0] == '"' {
		b = t
	}
	if len(b) == 0 || b[0] != '"' {
		plain, rest, more := bytes.Cut(b, []byte{delim})
		return string(plain), rest, more
	}
	var text []byte
	b = b[1:]
	for {
		i := bytes.IndexByte(b, '"')
		if i < 0 {
			return string(append(text, b...)), nil, false
		}
		text, b = append(text, b[:i]...), b[i+1:]
		if len(b) == 0 || b[0] != '"' {
			break
		}
		text, b = append(text, '"'), b[1:]
	}
	_, rest, more = bytes.Cut(b, []byte{delim})
	return string(text), rest, more
}
