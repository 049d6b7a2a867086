package ingest

import "strings"

// A header may take two rows, as spreadsheets merge cells: a name that belongs
// to several columns stands over the first of them, and one with nothing below it
// in either row:
//
//	HS code │ Imports          │ Exports
//	        │ Quantity │ Value │ Quantity │ Value
//
// Nothing is asked of the file but its texts, as delimited text keeps the form of
// the sheet that it came from.

// joinHeader returns the names of the columns, and the last row of the header,
// where row at is a row of it.
func joinHeader(rows [][]string, at int) (names []string, last int) {
	if at+1 < len(rows) && isSubheader(rows[at], rows[at+1]) {
		return joinRows(rows[at], rows[at+1]), at + 1
	}
	if at > 0 && isSubheader(rows[at-1], rows[at]) {
		return joinRows(rows[at-1], rows[at]), at
	}
	return rows[at], at
}

// isSubheader tells whether a row has the parts of what the row above it names.
// It stands only where that row has nothing, or begins what has parts; one of
// its names at least lies under nothing.
func isSubheader(upper, lower []string) bool {
	filled, parts, under := 0, 0, 0
	for col, cell := range lower {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		if numberCell(cell) == 1 || dateCell(cell) == 1 {
			return false
		}
		filled++
		above, next := headerCell(upper, col), headerCell(upper, col+1)
		switch {
		case above == "" && groupOf(upper, col) != "":
			parts++
		case above != "" && next == "" && headerCell(lower, col+1) != "":
			under++
		default:
			return false
		}
	}
	// A title is one cell over a whole header; it has no parts.
	return filled >= 2 && parts >= 1 && under >= 1 && countFilled(upper) >= 2
}

func headerCell(row []string, col int) string {
	if col >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[col])
}

// groupOf returns the name at or to the left of a column.
func groupOf(row []string, col int) string {
	for ; col >= 0; col-- {
		if name := headerCell(row, col); name != "" {
			return name
		}
	}
	return ""
}

func joinRows(upper, lower []string) []string {
	count := map[string]int{}
	for _, cell := range lower {
		count[strings.ToLower(oneLine(cell))]++
	}
	names := make([]string, max(len(upper), len(lower)))
	for col := range names {
		part := oneLine(headerCell(lower, col))
		if part == "" {
			names[col] = headerCell(upper, col)
			continue
		}
		names[col] = joinNames(oneLine(groupOf(upper, col)), part, count[strings.ToLower(part)] == 1)
	}
	return names
}

// joinNames makes one name of a group and a part, in the order that is the
// better name of a column; the part alone where that is enough.
func joinNames(group, part string, unique bool) string {
	name, best := group+" "+part, knownAs(group+" "+part)
	if score := knownAs(part + " " + group); score > best {
		name, best = part+" "+group, score
	}
	if unique && knownAs(part) > best {
		return part
	}
	return name
}

// knownAs tells how sure a header names a column of a table of the model; 0 if
// it names none.
func knownAs(name string) float64 {
	best := 0.0
	for _, t := range targets {
		for _, m := range withoutNone(t.vocabulary().strict(name)) {
			best = max(best, m.score)
		}
	}
	return best
}
