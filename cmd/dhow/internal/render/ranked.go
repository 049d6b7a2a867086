package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// RankedLine is one line of a declaration in the list of suspicious ones.
type RankedLine struct {
	Rank    int
	ID      string
	Date    string
	Trader  string
	HS      string
	Goods   string
	Origin  string
	Value   string
	Score   float64
	Lane    string // red, yellow, blue or green
	Reasons []string
}

// plainWidth is the width of the list where there is no screen.
const plainWidth = 120

// Ranked writes the list: one row a line with its reasons below it. Columns
// that find no room on a narrow screen move below, too, and so does the whole
// text of a cell that had to be cut: nothing is left out. Without lines it
// writes nothing.
func Ranked(w io.Writer, lines []RankedLine, opt Options) error {
	if len(lines) == 0 {
		return nil
	}
	if opt.Width <= 0 {
		opt.Width = plainWidth
	}
	list := newRankedList(lines, opt)
	if _, err := io.WriteString(w, list.draw(lines)); err != nil {
		return fmt.Errorf("write the ranked list: %w", err)
	}
	return nil
}

// rankedColumn is a column of the list.
type rankedColumn struct {
	title string
	text  func(*RankedLine) string
	right bool // right-aligned
	least int  // how far it may be cut; 0: not at all
	// moves is when the column goes below the row for want of room: the
	// highest first, 0 never.
	moves int
}

var rankedColumns = []rankedColumn{
	{title: "#", text: func(l *RankedLine) string { return strconv.Itoa(l.Rank) }, right: true},
	{title: "score", text: func(l *RankedLine) string { return strconv.FormatFloat(l.Score, 'f', 2, 64) }, right: true},
	{title: "lane", text: func(l *RankedLine) string { return l.Lane }},
	{title: "declaration", text: func(l *RankedLine) string { return l.ID }, least: 24},
	{title: "date", text: func(l *RankedLine) string { return l.Date }, moves: 4},
	{title: "trader", text: func(l *RankedLine) string { return l.Trader }, least: 12},
	{title: "HS", text: func(l *RankedLine) string { return l.HS }, moves: 1},
	{title: "goods", text: func(l *RankedLine) string { return l.Goods }, least: 16, moves: 5},
	{title: "origin", text: func(l *RankedLine) string { return l.Origin }, least: 6, moves: 3},
	{title: "value", text: func(l *RankedLine) string { return l.Value }, right: true, moves: 2},
}

// rankedList is the list laid out for a screen.
type rankedList struct {
	columns []rankedColumn
	widths  []int
	layout  layout // for its style and colours
}

func newRankedList(lines []RankedLine, opt Options) *rankedList {
	l := &rankedList{layout: layout{opt: opt}}
	var want, least []int
	for _, c := range rankedColumns {
		width := 0
		for i := range lines {
			cell := Visible(c.text(&lines[i]))
			width = max(width, screenWidth(cell))
			l.layout.rightToLeft = l.layout.rightToLeft || opt.Terminal && hasRightToLeft(cell)
		}
		if width == 0 {
			continue // nobody has it
		}
		width = max(width, screenWidth(c.title))
		l.columns = append(l.columns, c)
		want = append(want, width)
		if c.least > 0 {
			least = append(least, min(width, c.least))
		} else {
			least = append(least, width)
		}
	}
	for tableWidth(least) > opt.Width {
		at := l.nextToMove()
		if at < 0 {
			break
		}
		l.columns = slices.Delete(l.columns, at, at+1)
		want, least = slices.Delete(want, at, at+1), slices.Delete(least, at, at+1)
	}
	l.widths = share(want, least, opt.Width)
	return l
}

// nextToMove returns the column that goes below next, -1 if none may.
func (l *rankedList) nextToMove() int {
	at := -1
	for i, c := range l.columns {
		if c.moves > 0 && (at < 0 || c.moves > l.columns[at].moves) {
			at = i
		}
	}
	return at
}

// draw returns the text of the list. The rows come from go-pretty, one line
// each with a separator between; the reasons are put between those.
func (l *rankedList) draw(lines []RankedLine) string {
	w := table.NewWriter()
	style := l.layout.style()
	style.Options.SeparateRows = true
	w.SetStyle(style)
	configs := make([]table.ColumnConfig, len(l.columns))
	titles := make(table.Row, len(l.columns))
	for i, c := range l.columns {
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMin: l.widths[i]}
		if c.right {
			configs[i].Align = text.AlignRight
		}
		titles[i] = l.layout.paint("1", c.title)
	}
	w.SetColumnConfigs(configs)
	w.AppendHeader(titles)
	for i := range lines {
		w.AppendRow(l.row(&lines[i]))
	}
	rendered := strings.Split(w.Render(), "\n")
	const heading = 3 // border, titles, separator
	var b strings.Builder
	for _, line := range rendered[:heading] {
		b.WriteString(line + "\n")
	}
	for i := range lines {
		b.WriteString(rendered[heading+2*i] + "\n")
		details := l.details(&lines[i])
		rule := rendered[heading+2*i+1]
		if len(details) > 0 {
			// Nothing comes down from the reasons to join the columns.
			rule = strings.NewReplacer("┼", "┬", "┴", "─").Replace(rule)
		}
		for _, d := range details {
			b.WriteString(d + "\n")
		}
		b.WriteString(rule + "\n")
	}
	return b.String()
}

func (l *rankedList) row(line *RankedLine) table.Row {
	row := make(table.Row, len(l.columns))
	for i, c := range l.columns {
		cell := cut(Visible(c.text(line)), l.widths[i])
		if c.title == "lane" {
			if code, ok := laneColors[strings.ToLower(line.Lane)]; ok {
				cell = l.layout.paint(code, cell)
			}
		}
		row[i] = cell
	}
	return row
}

// laneColors are the ANSI codes of the customs lanes.
var laneColors = map[string]string{"red": "31", "yellow": "33", "blue": "34", "green": "32"}

// details returns the lines below a row: what had no room in it, then a bullet
// for each reason, within the borders of the table.
func (l *rankedList) details(line *RankedLine) []string {
	inner := tableWidth(l.widths) - 4 // borders and blanks
	var moved []string
	for _, c := range rankedColumns {
		value := Visible(c.text(line))
		if screenWidth(value) > l.widthOf(c.title) {
			moved = append(moved, c.title+": "+value)
		}
	}
	var details []string
	if len(moved) > 0 {
		details = append(details, l.wrapped(strings.Join(moved, ", "), "  ", inner)...)
	}
	for _, r := range line.Reasons {
		details = append(details, l.wrapped(Visible(r), "• ", inner)...)
	}
	return details
}

// widthOf returns the width of a column, 0 if it is not in the table.
func (l *rankedList) widthOf(title string) int {
	for i, c := range l.columns {
		if c.title == title {
			return l.widths[i]
		}
	}
	return 0
}

// wrapped breaks a text at words and frames its lines, the first with a mark.
func (l *rankedList) wrapped(s, mark string, width int) []string {
	left, right := "│ ", " │"
	if l.layout.rightToLeft {
		left, right = leftToRightMark+left, " "+leftToRightMark+"│"
	}
	lines := strings.Split(text.WrapSoft(s, max(1, width-2)), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " ")
		lines[i] = left + text.Pad(mark+line, width, ' ') + right
		mark = "  "
	}
	return lines
}
