package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dhowdb/dhow/udf/hs"
)

// DoubtError says that the columns of a file leave something open which the
// user has to decide. It names the columns that it may be.
type DoubtError struct {
	Target   string
	Header   []string
	Doubts   []Doubt
	Mapping  []Mapped          // what is decided, or would be if nobody says otherwise
	Examples map[string]string // a cell of each column of the file
}

// Free returns the columns of the file that fill nothing so far, in the order
// of the file.
func (e *DoubtError) Free() []string { return unmapped(e.Header, e.Mapping) }

// Field finds a column of the table by its name, or by a name that files give
// to it; extra, - and nothing are no column.
func (e *DoubtError) Field(name string) (string, error) {
	return tableNamed(e.Target).columnNamed(name)
}

// Error says what is in doubt, and what to say with --map.
func (e *DoubtError) Error() string {
	parts := make([]string, len(e.Doubts))
	for i, d := range e.Doubts {
		parts[i] = d.text(e.Target)
	}
	text := strings.Join(parts, "; ")
	if slices.ContainsFunc(e.Doubts, func(d Doubt) bool { return d.Needed != nil && len(d.Candidates) == 0 }) {
		text += "; its columns are " + shortenList(e.Header)
	}
	return text
}

func (d Doubt) text(target string) string {
	names := make([]string, len(d.Candidates))
	for i, c := range d.Candidates {
		names[i] = fmt.Sprintf("%q", shorten(c))
	}
	if d.Needed == nil {
		return fmt.Sprintf("both %s may be %s: say which with %s", strings.Join(names, " and "), d.Column, d.flags(" or "))
	}
	text := fmt.Sprintf("no column is %s, which %s needs", listOr(d.Needed), target)
	if len(names) == 0 {
		return text + fmt.Sprintf(`: name it with --map "COLUMN=%s"`, d.Column)
	}
	return text + fmt.Sprintf("; it may be %s: say so with %s", listOr(names), d.flags(" or "))
}

// flags are the flags that would decide the doubt.
func (d Doubt) flags(joint string) string {
	flags := make([]string, len(d.Candidates))
	for i, c := range d.Candidates {
		flags[i] = fmt.Sprintf("--map %q", c+"="+d.Column)
	}
	return strings.Join(flags, joint)
}

// mostCandidates is how many columns are offered for one that is needed.
const mostCandidates = 5

// lacking returns what the table needs and no column of the file is.
func (t *target) lacking(p proposal) []Doubt {
	has := map[string]bool{}
	for column := range p.constants {
		has[column] = true
	}
	for _, m := range p.mapped {
		has[m.Column] = true
	}
	var doubts []Doubt
	for _, group := range t.needs {
		if !slices.ContainsFunc(group, func(c string) bool { return has[c] }) {
			doubts = append(doubts, Doubt{Column: group[0], Needed: group})
		}
	}
	return doubts
}

// withCandidates adds to what the table needs the columns that it may be by
// their cells.
func (p *proposal) withCandidates(header []string) []Doubt {
	used := map[string]bool{}
	for _, m := range p.mapped {
		used[m.Source] = true
	}
	doubts := slices.Clone(p.doubts)
	for i := range doubts {
		if d := &doubts[i]; d.Needed != nil {
			for _, c := range byContent(p.target.column(d.Column), header, p.sample) {
				if !used[c] && len(d.Candidates) < mostCandidates {
					d.Candidates = append(d.Candidates, c)
				}
			}
		}
	}
	return doubts
}

// byContent returns the columns of which the cells look like a column of the
// model, likeliest first.
func byContent(column targetColumn, header []string, sample [][]string) []string {
	type scored struct {
		name  string
		share float64
	}
	test := contentOf(column)
	if column.kind == kindHS {
		test = contentTest{"known HS codes", knownCode, 0.5}
	}
	var all []scored
	for i, name := range header {
		if test.cell == nil {
			break
		}
		filled, sure := 0, 0.0
		for _, row := range sample {
			if cell, ok := cellAt(row, i); ok {
				filled++
				sure += test.cell(cell)
			}
		}
		if filled > 0 && sure/float64(filled) >= max(test.least, 0.5) {
			all = append(all, scored{name, sure / float64(filled)})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.share, a.share) })
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.name
	}
	return names
}

// knownCode accepts codes that an edition of the Harmonized System has.
func knownCode(s string) float64 {
	if len(s) < 4 || strings.ContainsAny(s, "/:") {
		return 0
	}
	status, err := hs.Status(s)
	return sureIf(err == nil && (status == "ok" || status == "padded"))
}

// checkMapping tells whether what was found is enough for a row of the table.
func (t *target) checkMapping(mapped []Mapped, header []string) error {
	p := proposal{target: t, mapped: mapped}
	p.doubts = t.lacking(p)
	return p.checked(header)
}

// checked returns the error over what a proposal leaves open.
func (p *proposal) checked(header []string) error {
	if p.doubts == nil {
		return nil
	}
	return &DoubtError{Target: p.target.name, Header: header, Doubts: p.withCandidates(header), Mapping: p.mapped}
}

// IsDoubt tells whether an error, or one that it wraps, leaves the columns of
// a file to the user.
func IsDoubt(err error) (*DoubtError, bool) {
	var d *DoubtError
	ok := errors.As(err, &d)
	return d, ok
}
