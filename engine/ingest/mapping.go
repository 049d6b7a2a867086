package ingest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/dhowdb/dhow/udf/unit"
)

// Mapped is a column of a file and the column of the model that it fills.
type Mapped struct {
	Source     string  // name in the file
	Column     string  // column of the table
	Confidence float64 // 1 is sure; 1 too where the user says so
	Why        string  // what the choice rests on
	Currency   string  // currency that the name of the column says, if any
	Unit       string  // unit that the name of the column says, UN Rec 20, if any
	Scale      float64 // what numbers are multiplied by, such as 1000 for values in thousands; 0 is 1
	UnitFrom   string  // column of the file that says the unit of each cell, of a mass; empty if there is none
	Read       string  // SQL that reads a cell x, for layouts that are known; empty reads as usual
}

// leastScore is the score below which a name is not taken for a column.
const leastScore = 0.35

// nearly is by how much the scores of two columns of a file may differ for it
// to be in doubt which of them is meant.
const nearly = 0.005

// Doubt is a column of the model for which several columns of a file fit
// equally well, or one that the table needs and no column of the file fills.
type Doubt struct {
	Column     string   // column of the model; of several that are needed, the first
	Candidates []string // columns of the file that it may be, likeliest first
	Needed     []string // columns of the model of which the table needs one; nil if two fit
}

// proposal is what was found for the columns of a file.
type proposal struct {
	target    *target
	layout    string // name of a known layout
	mapped    []Mapped
	constants map[string]string // values of columns that no column of the file fills
	doubts    []Doubt
	notes     []string // on choices that might have been others
	sample    [][]string
}

// candidate is a column of a file that may fill one of the model.
type candidate struct {
	source int
	match
}

// mapHeaders decides which column of a file fills which of the model. sample
// is some rows as text: a column that doesn't look like what its name says
// counts for less, so that of two names for an origin the one with codes wins.
func mapHeaders(t *target, header []string, sample [][]string, given map[string]string) ([]Mapped, error) {
	p, err := propose(t, header, sample, Options{Map: given})
	return p.mapped, err
}

// propose is mapHeaders with what is constant and what is in doubt.
func propose(t *target, header []string, sample [][]string, opts Options) (proposal, error) {
	p := proposal{target: t, constants: maps.Clone(opts.Constants), sample: sample}
	fixed, settled, err := givenMapping(t, header, opts)
	if err != nil {
		return p, err
	}
	if err := checkConstants(t, opts.Constants, fixed); err != nil {
		return p, err
	}
	if l := layoutOf(t, header); l != nil {
		p.layout = l.name
		p.mapped = l.propose(header, sample, fixed, settled)
		p.constants = l.constants(p.mapped, opts.Constants)
		p.doubts = t.lacking(p)
		return p, nil
	}
	p.choose(header, sample, fixed, settled)
	p.mapped = withMassUnits(t, inModelOrder(t, fillGaps(t, p.mapped)), header, sample)
	p.doubts = append(p.doubts, t.lacking(p)...)
	return p, nil
}

// choose gives each column of the model the column of the file that fits best.
func (p *proposal) choose(header []string, sample [][]string, fixed []Mapped, settled map[int]bool) {
	t := p.target
	taken := map[string]bool{}
	for _, m := range fixed {
		taken[m.Column] = true
	}
	for column := range p.constants {
		taken[column] = true
	}
	all := turnSides(header, candidates(t, header, sample, settled))
	all = oneCurrency(t, slices.DeleteFunc(all, func(c candidate) bool { return taken[c.column] }))
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	p.mapped = fixed
	for i, c := range all {
		if taken[c.column] || settled[c.source] {
			continue
		}
		taken[c.column], settled[c.source] = true, true
		p.mapped = append(p.mapped, c.mapped(t, header))
		rivals := rivals(header, sample, all[i:], settled)
		switch {
		case rivals == nil:
		case t.matters(c.column):
			p.doubts = append(p.doubts, Doubt{Column: c.column, Candidates: append([]string{header[c.source]}, rivals...)})
		default:
			p.notes = append(p.notes, fmt.Sprintf("%s may be %s as well as %s, which was taken", strings.Join(rivals, " and "), c.column, header[c.source]))
		}
	}
}

// checkConstants makes sure that constants are of columns of the table that no
// column of the file was given for.
func checkConstants(t *target, constants map[string]string, given []Mapped) error {
	for column := range constants {
		if t.index(column) < 0 {
			return fmt.Errorf("constant: %q is no column of %s that a file can fill; say one of %s", column, t.name, strings.Join(t.names(), ", "))
		}
		if i := indexOf(given, column); i >= 0 {
			return fmt.Errorf("constant: %s is both a constant and the column %q", column, given[i].Source)
		}
	}
	return nil
}

// candidates returns what the headers may name, judged by their cells too.
func candidates(t *target, header []string, sample [][]string, settled map[int]bool) []candidate {
	var all []candidate
	for i, name := range header {
		if settled[i] {
			continue
		}
		for _, m := range t.vocabulary().matches(name) {
			c := t.column(m.column)
			factor, seen := looksLike(c, sample, i)
			m.score *= factor
			if c.normalizer != "" && !headerHas(name, "code") {
				m.score -= codeMore
			}
			if seen != "" {
				m.why += "; " + seen
			}
			if m.score >= leastScore {
				all = append(all, candidate{i, m})
			}
		}
	}
	return all
}

// codeMore is how much more a column of codes counts than one of names.
const codeMore = 0.006

func headerHas(header, word string) bool {
	return slices.Contains(headerWords(header), word)
}

// mapped is the choice of the candidate for its column.
func (c candidate) mapped(t *target, header []string) Mapped {
	m := Mapped{Source: header[c.source], Column: c.column, Confidence: c.score, Why: c.why}
	scale := c.scale
	switch column := t.column(c.column); {
	case column.unit == "kg" && c.unit != "":
		if kg, err := unit.Convert(1, c.unit, "KGM"); err == nil {
			m.Unit, scale = c.unit, scale*kg
		}
	case unitColumns[c.column] != "":
		m.Unit = c.unit
	case column.kind != kindNumber:
		scale = 1
	}
	if scale != 1 {
		m.Scale = scale
	}
	if len(c.currency) == 3 {
		m.Currency = c.currency
	}
	return m
}

// rivals returns the columns that fit a column of the model just as well as
// the first of all, and have other cells.
func rivals(header []string, sample [][]string, all []candidate, settled map[int]bool) []string {
	var names []string
	for _, c := range all[1:] {
		if c.score < all[0].score-nearly {
			break
		}
		if c.column == all[0].column && !settled[c.source] && !sameCells(sample, c.source, all[0].source) {
			names = append(names, header[c.source])
		}
	}
	return names
}

// decisive are columns on which judging a row rests, besides what its table
// needs.
var decisive = []string{"origin", "importer", "importer_id"}

// matters tells whether a wrong choice for a column would spoil the rows: it
// is what the table needs, tells its rows apart, or is decisive.
func (t *target) matters(column string) bool {
	has := func(group []string) bool { return slices.Contains(group, column) }
	// A trade flow is told by all it has, in which one column more or less counts little.
	key := t.name != flowTarget && (slices.ContainsFunc(t.key, has) || slices.Contains(decisive, column))
	return key || slices.ContainsFunc(t.needs, has)
}

func sameCells(sample [][]string, a, b int) bool {
	for _, row := range sample {
		if a < len(row) && b < len(row) && row[a] != row[b] {
			return false
		}
	}
	return len(sample) > 0
}

// standIn is a column of the model that another may stand in for where the
// file has nothing better.
type standIn struct {
	column, from string
	worth        float64
	why          string
}

// Why one column stands in for another.
const (
	noOwnName  = "the file has the number only"
	noOwnValue = "the file has no customs value"
)

// standIns are tried in their order.
var standIns = []standIn{
	{"importer", "importer_id", 1, noOwnName},
	{"exporter", "exporter_id", 1, noOwnName},
	{"declarant", "declarant_id", 1, noOwnName},
	{"value", "invoice_value", 0.7, noOwnValue},
	{"value", "fob_value", 0.7, noOwnValue},
}

// fillGaps lets a column of the file fill a second column of the model: files
// that hide names give numbers of parties only, and some give no value but
// that of the invoice, which is then in the currency of the invoice.
func fillGaps(t *target, mapped []Mapped) []Mapped {
	if t.name != DefaultTarget {
		return mapped
	}
	for _, s := range standIns {
		i, from := indexOf(mapped, s.column), indexOf(mapped, s.from)
		if i >= 0 || from < 0 {
			continue
		}
		if s.from == "invoice_value" {
			if indexOf(mapped, "currency") >= 0 || indexOf(mapped, "fob_value") >= 0 {
				continue // amounts in another currency
			}
			if c := indexOf(mapped, "invoice_currency"); c >= 0 {
				mapped = append(mapped, mapped[c].standing("currency", s))
			}
		}
		mapped = append(mapped, mapped[from].standing(s.column, s))
	}
	return mapped
}

func (m Mapped) standing(column string, s standIn) Mapped {
	m.Column, m.Confidence, m.Why = column, m.Confidence*s.worth, s.why
	return m
}

// standsIn tells whether the column of the file fills another column too, in
// the first place.
func (m Mapped) standsIn() bool { return m.Why == noOwnName || m.Why == noOwnValue }

// primary returns one entry for each column of the file, the one from which
// its text can be told best.
func primary(mapped []Mapped) []Mapped {
	var out []Mapped
	for _, m := range mapped {
		i := slices.IndexFunc(out, func(o Mapped) bool { return o.Source == m.Source })
		switch {
		case i < 0:
			out = append(out, m)
		case out[i].standsIn() || out[i].Read != "" && m.Read == "" && !m.standsIn():
			out[i] = m
		}
	}
	return out
}

func indexOf(mapped []Mapped, column string) int {
	return slices.IndexFunc(mapped, func(m Mapped) bool { return m.Column == column })
}

// givenMapping applies the mapping that the user asked for. A source with no
// column is left to extra.
func givenMapping(t *target, header []string, opts Options) ([]Mapped, map[int]bool, error) {
	var fixed []Mapped
	settled := map[int]bool{}
	taken := map[string]string{}
	for source, name := range opts.Map {
		i := slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, oneLine(source)) })
		if i < 0 {
			return nil, nil, fmt.Errorf("map: there is no column %q; the columns are %s", source, strings.Join(header, ", "))
		}
		settled[i] = true
		column, err := t.columnNamed(name)
		if err != nil {
			return nil, nil, err
		}
		if column == "" {
			continue
		}
		if other, dup := taken[column]; dup {
			return nil, nil, fmt.Errorf("map: both %q and %q are mapped to %s", min(source, other), max(source, other), column)
		}
		taken[column] = source
		q, err := opts.details[headerKey(source)].over(qualifiersOf(header[i], headerWords(header[i])))
		if err != nil {
			return nil, nil, fmt.Errorf("map: column %q: %w", source, err)
		}
		m := candidate{i, match{column: column, score: 1, why: opts.whyGiven(source), currency: q.currency, unit: q.unit, scale: q.scale}}
		fixed = append(fixed, m.mapped(t, header))
	}
	return fixed, settled, nil
}

// whyGiven tells who chose the column of the table for one of the file.
func (o *Options) whyGiven(source string) string {
	if why := o.reasons[headerKey(source)]; why != "" {
		return why
	}
	return "given"
}

// columnNamed finds a column of the table by its name, or by a name that files
// give to it; extra, - and nothing are no column.
func (t *target) columnNamed(name string) (string, error) {
	name = strings.TrimPrefix(strings.TrimSpace(name), t.name+".")
	switch lower := strings.ToLower(name); {
	case lower == "" || lower == none || lower == "extra":
		return "", nil
	case t.index(lower) >= 0:
		return lower, nil
	}
	found := t.vocabulary().lookup(headerWords(name), 1)
	if len(found) == 1 && found[0].column != none {
		return found[0].column, nil
	}
	return "", fmt.Errorf("map: %q is no column of %s that a file can fill; say one of %s", name, t.name, strings.Join(t.names(), ", "))
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

// knownHeader returns the row with the most names of columns of one table, -1
// if none has enough. Names that mean the same column count once.
func knownHeader(rows [][]string) int {
	best, bestCount := -1, leastKnown-1
	for i, row := range rows {
		for _, t := range targets {
			if n := t.namesIn(row); n > bestCount {
				best, bestCount = i, n
			}
		}
	}
	return best
}

// namesIn counts the columns of the table that the cells of a row name.
func (t *target) namesIn(row []string) int {
	columns := map[string]bool{}
	for _, cell := range row {
		if !strings.ContainsFunc(cell, unicode.IsLetter) {
			continue // a number names nothing
		}
		if found := withoutNone(t.vocabulary().strict(cell)); len(found) > 0 {
			columns[found[0].column] = true
		}
	}
	return len(columns)
}
