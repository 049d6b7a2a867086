package ingest

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"sync"
)

//go:embed layouts.tsv
var layoutsTSV string

// layout is a file layout that a publisher keeps to. It is known by its
// headers, and nothing of it has to be guessed.
type layout struct {
	name   string
	target *target
	keys   []string // headers that a file of the layout has, as keys
	fields []layoutField
	fixed  map[string]string // constants by column of the model
}

// layoutField says which column of the model a header fills. read is the SQL
// that reads a cell x, if it isn't read as others of its column are.
type layoutField struct{ header, column, read string }

var knownLayouts = sync.OnceValue(func() []*layout {
	var all []*layout
	for _, f := range tableRows(layoutsTSV, 6) {
		if len(all) == 0 || all[len(all)-1].name != f[0] {
			into, err := targetOf(f[1])
			if err != nil {
				panic(fmt.Sprintf("layouts.tsv: %v", err))
			}
			all = append(all, &layout{name: f[0], target: into, fixed: map[string]string{}})
		}
		l := all[len(all)-1]
		if l.target.index(f[4]) < 0 {
			panic(fmt.Sprintf("layouts.tsv: %s has no column %q", l.target.name, f[4]))
		}
		if f[2] == "=" {
			l.fixed[f[4]] = f[3]
			continue
		}
		key := exactKey(headerWords(f[3]))
		if f[2] == "key" {
			l.keys = append(l.keys, key)
		}
		l.fields = append(l.fields, layoutField{key, f[4], f[5]})
	}
	return all
})

// layoutOf returns the layout of a file by its headers: of those that fit, the
// one that knows most of them; nil if none fits. It looks only for those of
// table t, if that is given.
func layoutOf(t *target, header []string) *layout {
	at := headerKeys(header)
	var best *layout
	most := 0
	for _, l := range knownLayouts() {
		if t != nil && l.target != t || slices.ContainsFunc(l.keys, func(k string) bool { _, ok := at[k]; return !ok }) {
			continue
		}
		n := 0
		for key := range at {
			if slices.ContainsFunc(l.fields, func(f layoutField) bool { return f.header == key }) {
				n++
			}
		}
		if n > most {
			best, most = l, n
		}
	}
	return best
}

// headerKeys returns where each header stands, the first of equal ones.
func headerKeys(header []string) map[string]int {
	at := map[string]int{}
	for i, h := range header {
		key := exactKey(headerWords(h))
		if _, dup := at[key]; !dup && key != "" {
			at[key] = i
		}
	}
	return at
}

// propose maps the columns of a file of the layout. What the user settled
// stays as it is. A column without a cell in the sample gives way to another
// that the layout has for the same: without descriptions, Comtrade's interface
// leaves reporterISO and its like empty.
func (l *layout) propose(header []string, sample [][]string, fixed []Mapped, settled map[int]bool) []Mapped {
	at := headerKeys(header)
	out := slices.Clone(fixed)
	for n, f := range l.fields {
		i, ok := at[f.header]
		if !ok || settled[i] || indexOf(out, f.column) >= 0 {
			continue
		}
		if isBlank(sample, i) && slices.ContainsFunc(l.fields[n+1:], func(other layoutField) bool {
			j, ok := at[other.header]
			return ok && other.column == f.column && !settled[j] && !isBlank(sample, j)
		}) {
			continue
		}
		out = append(out, Mapped{Source: header[i], Column: f.column, Confidence: 1, Why: "layout " + l.name, Read: f.read})
	}
	return inModelOrder(l.target, out)
}

// isBlank tells whether a column of a sample has no cell that says anything.
func isBlank(sample [][]string, source int) bool {
	return !slices.ContainsFunc(sample, func(row []string) bool {
		_, ok := cellAt(row, source)
		return ok
	})
}

// constants returns the constants of the layout that no column fills and the
// user didn't give.
func (l *layout) constants(mapped []Mapped, given map[string]string) map[string]string {
	out := map[string]string{}
	for column, value := range l.fixed {
		if indexOf(mapped, column) < 0 {
			out[column] = value
		}
	}
	for column, value := range given {
		out[column] = value
	}
	return out
}

// cellInSQL finds the x for a cell in the SQL of layouts.tsv.
var cellInSQL = regexp.MustCompile(`\bx\b`)

// readBy returns the SQL that a layout reads a cell with.
func (m Mapped) readBy(text string) string {
	return cellInSQL.ReplaceAllLiteralString(m.Read, text)
}
