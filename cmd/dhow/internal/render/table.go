package render

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// blockRows is how many rows a table without a limit holds to find the widths
// of its columns. Results are rarely longer, and 5,000 rows of 20 columns take
// about 10 MB.
const blockRows = 5000

// writeTable writes the table for the screen. With a limit of rows it shows
// the first and the last ones and counts the others; without one it draws
// block after block, each as wide as the one before or wider.
func writeTable(out *sink, rows Rows, opt Options) error {
	columns := rows.Columns()
	if opt.MaxRows > 0 {
		return writeEnds(out, rows, opt, columns)
	}
	var (
		block []record
		frame *layout
	)
	for {
		n := 0
		for n < blockRows && rows.Next() {
			if n == len(block) {
				block = append(block, record{})
			}
			block[n].read(rows, len(columns))
			n++
		}
		last := n < blockRows
		if last && rows.Err() != nil {
			return rows.Err()
		}
		cells := allCells(block[:n], opt)
		part := drawing{first: frame == nil, last: last, header: !opt.NoHeader}
		if frame == nil {
			frame = newLayout(columns, cells, opt)
		} else {
			frame.widen(cells)
		}
		if n > 0 || part.first || last {
			out.text(frame.draw(cells, part))
		}
		out.rows += int64(n)
		if last {
			out.text(frame.footer(out.rows, out.rows))
			return nil
		}
		if err := out.flush(); err != nil {
			return err
		}
	}
}

// writeEnds shows at most opt.MaxRows rows: the first half and the last.
func writeEnds(out *sink, rows Rows, opt Options, columns []Column) error {
	head := make([]record, 0, (opt.MaxRows+1)/2)
	tail := make([]record, opt.MaxRows/2)
	for rows.Next() {
		switch {
		case len(head) < cap(head):
			head = append(head, record{})
			head[len(head)-1].read(rows, len(columns))
		case len(tail) > 0:
			at := (out.rows - int64(len(head))) % int64(len(tail))
			tail[at].read(rows, len(columns))
		}
		out.rows++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	cells := allCells(head, opt)
	behind := int(min(out.rows-int64(len(head)), int64(len(tail))))
	shown := int64(len(head) + behind)
	if shown < out.rows {
		cells = append(cells, strings.Split(strings.Repeat("…\n", len(columns)-1)+"…", "\n"))
	}
	for i := range behind {
		at := (out.rows - int64(len(head)) - int64(behind) + int64(i)) % int64(len(tail))
		cells = append(cells, tail[at].cells(opt))
	}
	frame := newLayout(columns, cells, opt)
	out.text(frame.draw(cells, drawing{first: true, last: true, header: !opt.NoHeader}))
	out.text(frame.footer(shown, out.rows))
	return nil
}

// drawing says which part of a table is drawn.
type drawing struct {
	first, last bool // with the top, with the bottom
	header      bool
}

// draw returns the lines of the table for the given rows.
func (l *layout) draw(cells [][]string, part drawing) string {
	w := table.NewWriter()
	w.SetStyle(l.style())
	configs := make([]table.ColumnConfig, len(l.places))
	names, types := make(table.Row, len(l.places)), make(table.Row, len(l.places))
	for i, p := range l.places {
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMin: p.width, AlignHeader: text.AlignCenter}
		if p.column < 0 {
			names[i], types[i] = "…", ""
			continue
		}
		if l.columns[p.column].Kind == Number {
			configs[i].Align = text.AlignRight
		}
		names[i] = l.paint("1", cut(l.names[p.column], p.width))
		types[i] = l.paint("2", cut(l.types[p.column], p.width))
	}
	w.SetColumnConfigs(configs)
	if part.header {
		w.AppendHeader(names)
		w.AppendHeader(types)
	}
	for _, row := range cells {
		w.AppendRow(l.row(row))
	}
	return part.lines(w.Render())
}

// lines drops the lines of a rendered table that belong to another part.
func (d drawing) lines(rendered string) string {
	lines := strings.Split(rendered, "\n")
	if !d.first {
		above := 1 // the border
		if d.header {
			above += 3 // names, types and the line under them
		}
		lines = lines[min(above, len(lines)):]
	}
	if !d.last {
		lines = lines[:len(lines)-1]
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// row returns the cells that are shown, cut to their columns.
func (l *layout) row(cells []string) table.Row {
	row := make(table.Row, len(l.places))
	for i, p := range l.places {
		if p.column < 0 {
			row[i] = "…"
			continue
		}
		cell := cells[p.column]
		if screenWidth(cell) > p.width {
			l.cut = true
			cell = cut(cell, p.width)
		}
		row[i] = cell
	}
	return row
}

// cut shortens a text to a width and marks that.
func cut(s string, width int) string { return text.Snip(s, width, "…") }

// paint gives s an ANSI style if colour is on.
func (l *layout) paint(style, s string) string {
	if !l.opt.Color {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

func (l *layout) style() table.Style {
	style := table.StyleLight
	style.Format = table.FormatOptions{} // names as they are, not in capitals
	if l.rightToLeft {
		style.Box.Left = leftToRightMark + style.Box.Left
		style.Box.MiddleVertical = leftToRightMark + style.Box.MiddleVertical
		style.Box.Right = leftToRightMark + style.Box.Right
	}
	return style
}

// leftToRightMark takes no room. Between two right-to-left cells it keeps a
// terminal that reorders text from taking both for one and swapping them. It
// stands at the border, so that a copied name doesn't carry it.
const leftToRightMark = "\u200e"

// footer says how much there is and, if not all is shown, how to see it.
func (l *layout) footer(shown, rows int64) string {
	var b strings.Builder
	b.WriteString(counted(rows, "row"))
	if shown < rows {
		fmt.Fprintf(&b, " (%s shown)", grouped(shown))
	}
	fmt.Fprintf(&b, ", %s", counted(int64(len(l.columns)), "column"))
	if l.hidden > 0 {
		fmt.Fprintf(&b, " (%d shown)", len(l.columns)-l.hidden)
	}
	var hints []string
	if shown < rows {
		hints = append(hints, ".maxrows 0 for all rows")
	}
	switch {
	case l.hidden > 0:
		hints = append(hints, ".mode vertical for all columns")
	case l.cut:
		hints = append(hints, ".mode vertical for whole values")
	}
	if len(hints) > 0 {
		b.WriteString("; use " + strings.Join(hints, ", "))
	}
	b.WriteByte('\n')
	return b.String()
}

func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// grouped writes a count with a comma between thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
