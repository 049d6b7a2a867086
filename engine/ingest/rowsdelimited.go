package ingest

import (
	"bytes"

	"github.com/dhowdb/dhow/udf"
)

// delimited reads a record of delimited text. The scan has seen that it is
// sound: it has all cells, and quotes only where the standard has them.
func (w *rowsWorker) delimited(i int, cells []*udf.Output) error {
	w.skipBlank()
	w.line = w.at
	last := len(cells) - 1
	for _, out := range cells[:last] {
		cell, rest := w.cell(w.scan.delim)
		if rest == nil {
			return errChanged
		}
		writeCell(out, i, cell)
		w.rest = rest
	}
	cell, rest := w.cell('\n')
	writeCell(cells[last], i, cell)
	w.rest = rest
	w.at++
	return nil
}

// skipBlank goes on to the next line that isn't blank.
func (w *rowsWorker) skipBlank() {
	for {
		end := bytes.IndexByte(w.rest, '\n')
		if end < 0 || !isBlankLine(trimLineEnd(w.rest[:end+1]), w.scan.delim) {
			return
		}
		w.rest = w.rest[end+1:]
		w.at++
	}
}

// cell returns the cell that the rest begins with, unquoted, and what follows
// the end mark; nil if there is none.
func (w *rowsWorker) cell(end byte) (cell, rest []byte) {
	b := w.rest
	if len(b) > 0 && b[0] == '"' {
		cell, b = w.quoted(b[1:])
		_, rest, found := bytes.Cut(b, []byte{end}) // at most spaces stand between
		if !found {
			rest = nil
		}
		return cell, rest
	}
	k := bytes.IndexByte(b, end)
	switch {
	case k < 0 && end != '\n':
		return nil, nil
	case k < 0:
		return trimLineEnd(b), nil
	case end == '\n':
		return trimLineEnd(b[:k]), b[k+1:]
	}
	return b[:k], b[k+1:]
}

// quoted returns the text up to the closing quote, and what follows that.
func (w *rowsWorker) quoted(b []byte) (text, rest []byte) {
	text = nil
	for {
		k := bytes.IndexByte(b, '"')
		if k < 0 {
			k = len(b)
		}
		w.at += int64(bytes.Count(b[:k], []byte{'\n'}))
		end := k+1 >= len(b) || b[k+1] != '"'
		if end && text == nil {
			return b[:k], b[min(k+1, len(b)):]
		}
		if text == nil {
			text = w.scratch[:0]
		}
		text = append(text, b[:k]...)
		w.scratch = text[:0]
		if end {
			return text, b[min(k+1, len(b)):]
		}
		text, b = append(text, '"'), b[k+2:]
	}
}
