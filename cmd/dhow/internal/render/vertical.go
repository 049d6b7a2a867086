package render

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// writeVertical writes one line a value under a heading for each row. A value
// of several lines keeps them, each under the first.
func writeVertical(out *sink, rows Rows, opt Options) error {
	columns := rows.Columns()
	null := opt.nullText("NULL")
	labels, width := verticalLabels(columns)
	indent, rule := strings.Repeat(" ", width)+" │ ", strings.Repeat("─", max(3, width))
	var value []byte
	for rows.Next() {
		out.text("─── row ")
		out.buf = strconv.AppendInt(out.buf, out.rows+1, 10)
		out.text(" " + rule + "\n")
		for i := range columns {
			out.text(labels[i])
			if rows.IsNull(i) {
				out.text(null)
				out.text("\n")
				continue
			}
			value = rows.AppendText(value[:0], i)
			out.lines(value, indent)
		}
		if err := out.next(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// lines appends a value and puts indent before each of its lines but the first.
func (s *sink) lines(value []byte, indent string) {
	for {
		line, rest, more := bytes.Cut(value, []byte{'\n'})
		if more {
			line = bytes.TrimSuffix(line, []byte{'\r'})
		}
		s.buf = append(appendVisible(s.buf, line), '\n')
		if !more {
			return
		}
		s.text(indent)
		value = rest
	}
}

// verticalLabels returns the names padded to one width, and that width.
func verticalLabels(columns []Column) ([]string, int) {
	labels := make([]string, len(columns))
	width := 0
	for i, c := range columns {
		labels[i] = Visible(c.Name)
		width = max(width, screenWidth(labels[i]))
	}
	for i, l := range labels {
		labels[i] = text.Pad(l, width, ' ') + " │ "
	}
	return labels, width
}
