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
	Column     string  // column of customs.declaration
	Confidence float64 // 1 is sure; 1 too where Options.Map says so
	Currency   string  // currency that the name of the column says, if any
}

// leastScore is the score below which a name is not taken for a column.
const leastScore = 0.35

// mapHeaders decides which column of a file fills which of the model. sample
// is some rows as text: a column that doesn't look like what its name says
// counts for less, so that of two names for an origin the one with codes wins.
func mapHeaders(header []string, sample [][]string, given map[string]string) ([]Mapped, error) {
	fixed, settled, err := givenMapping(header, given)
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
			m.score *= looksLike(m.column, sample, i)
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
	return inModelOrder(out), nil
}

// givenMapping applies the mapping that the user asked for. A source with no
// column is left to extra.
func givenMapping(header []string, given map[string]string) ([]Mapped, map[int]bool, error) {
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
		if !slices.Contains(known.columns, column) {
			return nil, nil, fmt.Errorf("map: %q is no column of customs.declaration; say one of %s", column, strings.Join(known.columns, ", "))
		}
		if other, dup := taken[column]; dup {
			return nil, nil, fmt.Errorf("map: both %q and %q are mapped to %s", min(source, other), max(source, other), column)
		}
		taken[column] = source
		fixed = append(fixed, Mapped{Source: header[i], Column: column, Confidence: 1})
	}
	return fixed, settled, nil
}

func inModelOrder(mapped []Mapped) []Mapped {
	slices.SortFunc(mapped, func(a, b Mapped) int {
		return cmp.Compare(slices.Index(known.columns, a.Column), slices.Index(known.columns, b.Column))
	})
	return mapped
}

// checkMapping tells whether what was found makes a declaration: goods and how
// much of them.
func checkMapping(mapped []Mapped, header []string) error {
	has := map[string]bool{}
	for _, m := range mapped {
		has[m.Column] = true
	}
	var lacks string
	switch {
	case !has["hs_code"] && !hasAmount(has):
		lacks = "no HS code and no value, quantity or mass"
	case !has["hs_code"]:
		lacks = "no HS code"
	case !hasAmount(has):
		lacks = "no value, quantity or mass"
	default:
		return nil
	}
	return fmt.Errorf("%s among its columns (%s); a declaration needs an HS code and a value, quantity or mass: name them with map", lacks, shortenList(header))
}

func hasAmount(has map[string]bool) bool {
	return has["value"] || has["quantity"] || has["net_mass"] || has["gross_mass"]
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
