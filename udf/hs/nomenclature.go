package hs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

// editionSet is a set of editions, a bit for each, the oldest in the lowest.
type editionSet uint8

const maxEditions = 8

// nomenclature holds which codes are in which editions. A code is looked up by
// its number: 010121 stands at 10121 among the subheadings. That takes more
// memory than a map and a tenth of its time.
type nomenclature struct {
	editions    []string // names, from the oldest
	own         int      // the first edition that the user has loaded
	known       string   // the names as a message lists them
	chapters    []editionSet
	headings    []editionSet
	subheadings []editionSet
	sections    []udf.Str // by chapter; empty for none
	units       []udf.Str
	unitOf      []uint8     // for each subheading, a place in units; 0 for none
	lists       [][]udf.Str // for each set of editions, their names from the oldest
}

// loadNomenclature reads the table of codes once.
var loadNomenclature = sync.OnceValues(func() (*nomenclature, error) {
	facts, err := udf.FactsSource("hs")
	if err != nil {
		return nil, fmt.Errorf("load the codes of the Harmonized System: %w", err)
	}
	n, err := newNomenclature(facts)
	if err != nil {
		return nil, fmt.Errorf("load the codes of the Harmonized System: %w", err)
	}
	return n, nil
})

func newNomenclature(facts *udf.Facts) (*nomenclature, error) {
	columns, err := facts.Select("edition", "code", "section", "unit")
	if err != nil {
		return nil, err
	}
	editions := slices.Compact(slices.Sorted(slices.Values(columns[0])))
	if len(editions) > maxEditions {
		return nil, fmt.Errorf("%d editions, at most %d are possible", len(editions), maxEditions)
	}
	n := &nomenclature{
		editions:    editions,
		own:         len(editions),
		chapters:    make([]editionSet, 100),
		headings:    make([]editionSet, 10_000),
		subheadings: make([]editionSet, 1_000_000),
		sections:    make([]udf.Str, 100),
		units:       []udf.Str{{}},
		unitOf:      make([]uint8, 1_000_000),
	}
	n.name()
	for i, code := range columns[1] {
		edition := slices.Index(editions, columns[0][i])
		if err := n.add(code, edition, columns[2][i], columns[3][i]); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// name makes the lists of names of editions.
func (n *nomenclature) name() {
	var known []string
	for i, name := range n.editions {
		known = append(known, fmt.Sprintf("%s (H%d)", name, i))
	}
	n.known = strings.Join(known, ", ")
	for set := range 1 << len(n.editions) {
		var list []udf.Str
		for _, name := range n.namesOf(editionSet(set)) {
			list = append(list, udf.InlineStr([]byte(name)))
		}
		n.lists = append(n.lists, list)
	}
}

// namesOf returns the names of the editions of a set, from the oldest.
func (n *nomenclature) namesOf(set editionSet) []string {
	var names []string
	for i, name := range n.editions {
		if set>>i&1 == 1 {
			names = append(names, name)
		}
	}
	return names
}

// add puts a code of an edition into the tables.
func (n *nomenclature) add(code string, edition int, section, unit string) error {
	number, err := strconv.ParseUint(code, 10, 32)
	if err != nil {
		return fmt.Errorf("the code %q is no number", code)
	}
	if len(section) > udf.InlineLen || len(unit) > udf.InlineLen {
		return fmt.Errorf("the section or unit of %s is longer than %d bytes", code, udf.InlineLen)
	}
	this := editionSet(1) << edition
	switch len(code) {
	case 2:
		n.chapters[number] |= this
		if section != "" {
			n.sections[number] = udf.InlineStr([]byte(section))
		}
	case 4:
		n.headings[number] |= this
	case 6:
		n.subheadings[number] |= this
		if unit != "" {
			n.unitOf[number] = n.unit(unit)
		}
	default:
		return fmt.Errorf("the code %q has %d digits, not 2, 4 or 6", code, len(code))
	}
	return nil
}

// unit returns the place of a unit; there are about ten.
func (n *nomenclature) unit(name string) uint8 {
	s := udf.InlineStr([]byte(name))
	at := slices.Index(n.units, s)
	if at < 0 {
		at = len(n.units)
		n.units = append(n.units, s)
	}
	return uint8(at)
}

// in returns the editions that a code is in. Of a national code the first six
// digits count.
func (n *nomenclature) in(code udf.Str) editionSet {
	switch code.Len() {
	case 2:
		return n.chapters[number(code, 2)]
	case 4:
		return n.headings[number(code, 4)]
	}
	return n.subheadings[number(code, 6)]
}
