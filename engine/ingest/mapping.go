package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mapped is a column of a file and the column of the model that it fills.
type Mapped struct {
	Source     string  // name in the file
	Column     string  // column of the table
	Confidence float64 // 1 is sure; 1 too where Options.Map says so
	Currency   string  // currency that the name of the column says, if any
}

// leastScore is the score below which a name is not taken for a column.
const leastScore = 0.35

// mapHeaders decides which column of a file fills which of the model. sample
// is some rows as text: a column that doesn't look like what its name says
// counts for less, so that of two names for an origin the one with codes wins.
func mapHeaders(t *target, header []string, sample [][]string, given map[string]string) ([]Mapped, error) {
	fixed, settled, err := givenMapping(t, header, given)
	if err != nil {
		return nil, err
	}
	type candidate struct {
		source int
		match
	}
	var all []candidate
	for i, name := range header {
		if settled[i] {
			continue
		}
		for _, m := range known.matches(name) {
			c := t.column(m.column)
			if c.name == "" {
				continue
			}
			m.score *= looksLike(c, sample, i)
			if m.score >= leastScore {
				all = append(all, candidate{i, m})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	taken := map[string]bool{}
	for _, m := range fixed {
		taken[m.Column] = true
	}
	out := fixed
	for _, c := range all {
		if !taken[c.column] && !settled[c.source] {
			taken[c.column], settled[c.source] = true, true
			out = append(out, Mapped{header[c.source], c.column, c.score, c.currency})
		}
	}
	return inModelOrder(t, out), nil
}

// givenMapping applies the mapping that the user asked for. A source with no
// column is left to extra.
func givenMapping(t *target, header []string, given map[string]string) ([]Mapped, map[int]bool, error) {
	var fixed []Mapped
	settled := map[int]bool{}
	taken := map[string]string{}
	for source, column := range given {
		i := slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, oneLine(source)) })
		if i < 0 {
			return nil, nil, fmt.Errorf("map: there is no column %q; the columns are %s", source, strings.Join(header, ", "))
		}
		settled[i] = true
		if column == "" {
			continue
		}
		if t.index(column) < 0 {
			return nil, nil, fmt.Errorf("map: %q is no column of %s that a file can fill; say one of %s", column, t.name, strings.Join(t.names(), ", "))
		}
		if other, dup := taken[column]; dup {
			return nil, nil, fmt.Errorf("map: both %q and %q are mapped to %s", min(source, other), max(source, other), column)
		}
		taken[column] = source
		fixed = append(fixed, Mapped{Source: header[i], Column: column, Confidence: 1})
	}
	return fixed, settled, nil
}

func inModelOrder(t *target, mapped []Mapped) []Mapped {
	slices.SortFunc(mapped, func(a, b Mapped) int {
		return cmp.Compare(t.index(a.Column), t.index(b.Column))
	})
	return mapped
}

// longestList is how many columns an error names.
const longestList = 40

func shortenList(names []string) string {
	short := make([]string, 0, longestList)
	for _, n := range names[:min(len(names), longestList)] {
		short = append(short, shorten(n))
	}
	list := strings.Join(short, ", ")
	if more := len(names) - len(short); more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}

// leastKnown is how many names make a row the header of a customs file.
const leastKnown = 2

// knownHeader returns the row with the most names of columns, -1 if none has
// enough. Names that mean the same column count once.
func knownHeader(rows [][]string) int {
	best, bestCount := -1, leastKnown-1
	for i, row := range rows {
		columns := map[string]bool{}
		for _, cell := range row {
			if found := known.matches(cell); len(found) > 0 {
				columns[found[0].column] = true
			}
		}
		if len(columns) > bestCount {
			best, bestCount = i, len(columns)
		}
	}
	return best
}
