package render

// layout says which columns of a result a table shows, and how wide.
type layout struct {
	columns      []Column
	names, types []string
	places       []place
	opt          Options
	hidden       int  // columns left out
	cut          bool // a value was shortened
	rightToLeft  bool
}

// place is a column on the screen.
type place struct {
	column int // its number in the result; -1 stands for those left out
	width  int
}

const (
	// cellFrame is what a cell takes beside its text: a border and two blanks.
	cellFrame = 3
	// shortest is how far a text may be cut before whole columns are dropped.
	shortest = 12
	// widestType keeps a long STRUCT from widening a column of short values.
	widestType = 20
)

// newLayout lays out a table for these rows.
func newLayout(columns []Column, cells [][]string, opt Options) *layout {
	l := &layout{columns: columns, opt: opt}
	want, least := make([]int, len(columns)), make([]int, len(columns))
	for i, c := range columns {
		l.names = append(l.names, Visible(c.Name))
		l.types = append(l.types, Visible(c.Type))
		data := 0
		for _, row := range cells {
			data = max(data, screenWidth(row[i]))
		}
		want[i] = max(1, data)
		if !opt.NoHeader {
			want[i] = max(want[i], screenWidth(l.names[i]), min(screenWidth(l.types[i]), widestType))
		}
		least[i] = min(want[i], shortest)
		if c.Kind == Number || c.Kind == Bool || c.Kind == Time {
			// Half a number is a wrong number.
			least[i] = max(least[i], data)
		}
	}
	if opt.Width <= 0 {
		l.place(all(len(columns)), want)
	} else {
		shown, widths := fit(want, least, opt.Width)
		l.place(shown, widths)
	}
	if opt.Terminal {
		l.rightToLeft = l.anyRightToLeft(cells)
	}
	return l
}

// place puts the shown columns side by side and marks where some are missing.
func (l *layout) place(shown, widths []int) {
	before := -1
	for i, column := range shown {
		if column > before+1 {
			l.places = append(l.places, place{column: -1, width: 1})
		}
		l.places = append(l.places, place{column: column, width: widths[i]})
		before = column
	}
	if before < len(l.columns)-1 {
		l.places = append(l.places, place{column: -1, width: 1})
	}
	l.hidden = len(l.columns) - len(shown)
}

// widen makes room for further rows. On a screen the widths stay and the
// values are cut.
func (l *layout) widen(cells [][]string) {
	if l.opt.Width > 0 {
		return
	}
	for i, p := range l.places {
		for _, row := range cells {
			l.places[i].width = max(l.places[i].width, screenWidth(row[p.column]))
		}
	}
}

func (l *layout) anyRightToLeft(cells [][]string) bool {
	for _, p := range l.places {
		if p.column < 0 {
			continue
		}
		if hasRightToLeft(l.names[p.column]) {
			return true
		}
		for _, row := range cells {
			if hasRightToLeft(row[p.column]) {
				return true
			}
		}
	}
	return false
}

// fit chooses columns and widths for a screen. First the widest columns are
// shortened, none below its least width. If that is not enough, columns are
// left out from the middle: the first ones say what a row is about, and the
// last ones are often what was computed.
func fit(want, least []int, screen int) (shown, widths []int) {
	if tableWidth(want) <= screen {
		return all(len(want)), want
	}
	if tableWidth(least) <= screen {
		return all(len(want)), share(want, least, screen)
	}
	room := screen - 1 - (1 + cellFrame) // the right border, the mark for the gap
	head, tail := []int{0}, []int{}
	room -= min(least[0], max(1, room-cellFrame)) + cellFrame
	for left, right := 1, len(want)-1; left <= right; {
		column := left
		fromRight := len(tail) < len(head)
		if fromRight {
			column = right
		}
		if room -= least[column] + cellFrame; room < 0 {
			break
		}
		if fromRight {
			tail = append([]int{column}, tail...)
			right--
		} else {
			head = append(head, column)
			left++
		}
	}
	shown = append(head, tail...)
	w, l := pick(want, shown), pick(least, shown)
	rest := screen - (1 + cellFrame)
	if len(shown) == 1 {
		l[0] = max(1, min(l[0], rest-1-cellFrame))
	}
	return shown, share(w, l, rest)
}

// share gives every column its least width and spreads what is left over the
// screen, the narrowest columns first, so that only the widest are cut.
func share(want, least []int, screen int) []int {
	widths := append([]int(nil), least...)
	for tableWidth(widths) < screen {
		narrowest := -1
		for i := range widths {
			if widths[i] < want[i] && (narrowest < 0 || widths[i] < widths[narrowest]) {
				narrowest = i
			}
		}
		if narrowest < 0 {
			break
		}
		widths[narrowest]++
	}
	return widths
}

// tableWidth is how wide a table of these columns is.
func tableWidth(widths []int) int {
	sum := 1
	for _, w := range widths {
		sum += w + cellFrame
	}
	return sum
}

func all(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

func pick(values, at []int) []int {
	picked := make([]int, len(at))
	for i, n := range at {
		picked[i] = values[n]
	}
	return picked
}
