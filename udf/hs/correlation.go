package hs

import (
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

// link leads to a code of another edition.
type link struct {
	// bits are, from the low ones, the code as a number, and whether there are
	// many links at each end.
	bits   uint32
	weight float64 // share of the trade in the code that it starts from
}

const (
	codeBits    = 20 // 2^20 is above 999999
	codeMask    = 1<<codeBits - 1
	manyTargets = 1 << codeBits       // the code it starts from has more links
	manySources = 1 << (codeBits + 1) // the code it leads to has more links
)

// target is the code that the link leads to.
func (l link) target() uint32 { return l.bits & codeMask }

// relation is the relation of the codes that the link joins.
func (l link) relation() udf.Str { return relations[l.bits>>codeBits] }

// relations holds the relations by the bits above a link's code.
var relations = [...]udf.Str{
	0: udf.InlineStr([]byte("1:1")),
	1: udf.InlineStr([]byte("1:n")),
	2: udf.InlineStr([]byte("n:1")),
	3: udf.InlineStr([]byte("n:n")),
}

// direction holds the links from the codes of an edition to those of another.
type direction struct {
	first     []uint32 // for each place of a code, that of its first link
	links     []link   // of a code behind each other, the best one first
	relations []uint8  // for each place of a code, the relation of its links
}

// of returns the links of the code at a place.
func (d *direction) of(place int) []link {
	if d.first == nil {
		return nil
	}
	return d.links[d.first[place]:d.first[place+1]]
}

// relate fills in the relations, once there are links.
func (d *direction) relate() {
	d.relations = make([]uint8, len(d.first)-1)
	for place := range d.relations {
		for _, l := range d.of(place) {
			d.relations[place] |= uint8(l.bits >> codeBits)
		}
	}
}

// correlation holds the links between all editions, in both directions.
type correlation struct {
	editions   int
	place      []uint16    // for each number of six digits, its place; 0 if no edition has it
	texts      []udf.Str   // the codes by their place; the first is empty
	directions []direction // from × editions + to
}

// loadCorrelation reads the table of links once.
var loadCorrelation = sync.OnceValues(func() (*correlation, error) {
	n, err := loadNomenclature()
	if err != nil {
		return nil, err
	}
	facts, err := udf.FactsSource("hs_correlation")
	if err != nil {
		return nil, fmt.Errorf("load the correlation of HS editions: %w", err)
	}
	c, err := newCorrelation(n, facts)
	if err != nil {
		return nil, fmt.Errorf("load the correlation of HS editions: %w", err)
	}
	return c, nil
})

// edge is a row of the table: a link as it is published.
type edge struct {
	newer, older uint32 // codes
	preferred    bool   // whether the conversion table has it
}

func newCorrelation(n *nomenclature, facts *udf.Facts) (*correlation, error) {
	c, edges, err := readLinks(n, facts)
	if err != nil {
		return nil, err
	}
	c.link(edges)
	return c, nil
}

// readLinks returns a correlation with the codes of the table of links, and
// the links of each pair of editions, which is newer × editions + older.
func readLinks(n *nomenclature, facts *udf.Facts) (*correlation, [][]edge, error) {
	columns, err := facts.Select("newer", "older", "newer_code", "older_code", "preferred")
	if err != nil {
		return nil, nil, err
	}
	c := &correlation{editions: len(n.editions), place: make([]uint16, 1_000_000), texts: make([]udf.Str, 1)}
	c.directions = make([]direction, c.editions*c.editions)
	for code, editions := range n.subheadings {
		if editions != 0 {
			c.note(uint32(code))
		}
	}
	for e := range c.editions {
		c.directions[e*c.editions+e] = c.same(n, e)
	}
	edges := make([][]edge, len(c.directions))
	for i := range columns[0] {
		newer, older := slices.Index(n.editions, columns[0][i]), slices.Index(n.editions, columns[1][i])
		newerCode, err1 := strconv.ParseUint(columns[2][i], 10, codeBits)
		olderCode, err2 := strconv.ParseUint(columns[3][i], 10, codeBits)
		if older < 0 || newer <= older || err1 != nil || err2 != nil || max(newerCode, olderCode) > 999_999 {
			return nil, nil, fmt.Errorf("row %d: no link from a newer to an older edition", i+1)
		}
		c.note(uint32(newerCode))
		c.note(uint32(olderCode))
		pair := newer*c.editions + older
		edges[pair] = append(edges[pair], edge{uint32(newerCode), uint32(olderCode), columns[4][i] == "true"})
	}
	return c, edges, nil
}

// link makes the directions of links.
func (c *correlation) link(edges [][]edge) {
	for pair, e := range edges {
		if len(e) > 0 {
			newer, older := pair/c.editions, pair%c.editions
			c.directions[pair], c.directions[older*c.editions+newer] = c.both(e)
		}
	}
}

// same is the direction from an edition to itself.
func (c *correlation) same(n *nomenclature, edition int) direction {
	d := direction{first: make([]uint32, len(c.texts)+1)}
	for place, text := range c.texts {
		if place > 0 && n.subheadings[number(text, 6)]>>edition&1 == 1 {
			d.links = append(d.links, link{bits: number(text, 6), weight: 1})
		}
		d.first[place+1] = uint32(len(d.links))
	}
	d.relate()
	return d
}

// note gives a code its place.
func (c *correlation) note(code uint32) {
	if c.place[code] == 0 {
		c.place[code] = uint16(len(c.texts))
		c.texts = append(c.texts, subheadingOf(code))
	}
}

// both makes the directions from the newer to the older edition and back.
func (c *correlation) both(edges []edge) (toOlder, toNewer direction) {
	newer, older := make([]int, len(c.texts)), make([]int, len(c.texts)) // links by place
	for _, e := range edges {
		newer[c.place[e.newer]]++
		older[c.place[e.older]]++
	}
	forth, back := make([]rank, len(edges)), make([]rank, len(edges))
	for i, e := range edges {
		forth[i] = c.rank(e.newer, e.older, older[c.place[e.older]], e.preferred)
		back[i] = c.rank(e.older, e.newer, newer[c.place[e.newer]], e.preferred)
	}
	return c.direct(forth), c.direct(back)
}

// rank is a link in one direction as a number that sorts the links of each
// code behind each other and in the order that [Best] documents.
type rank uint64

// The parts of a rank, from the low bits.
const (
	rankDiffering = codeBits          // behind the target: digits that differ, 0 to 6
	rankSources   = rankDiffering + 3 // links that lead to the target
	sourcesBits   = 17                // an edition has fewer codes than 2^17
	rankRenamed   = rankSources + sourcesBits
	rankOther     = rankRenamed + 1 // whether the conversion table hasn't the link
	rankPlace     = rankOther + 1   // of the code that the link starts from
)

func (c *correlation) rank(from, to uint32, sources int, preferred bool) rank {
	r := rank(to) | rank(differing(from, to))<<rankDiffering | rank(sources)<<rankSources | rank(c.place[from])<<rankPlace
	if from != to {
		r |= 1 << rankRenamed
	}
	if !preferred {
		r |= 1 << rankOther
	}
	return r
}

func (r rank) place() int      { return int(r >> rankPlace) }
func (r rank) preferred() bool { return r>>rankOther&1 == 0 }
func (r rank) renamed() bool   { return r>>rankRenamed&1 == 1 }
func (r rank) sources() int    { return int(r >> rankSources & (1<<sourcesBits - 1)) }

// differing returns how many digits of two codes are behind those that they
// have in common at their beginning.
func differing(a, b uint32) int {
	n := 0
	for ; a != b; a, b = a/10, b/10 {
		n++
	}
	return n
}

// direct makes a direction of links, which it sorts.
func (c *correlation) direct(ranks []rank) direction {
	slices.Sort(ranks)
	d := direction{first: make([]uint32, len(c.texts)+1), links: make([]link, 0, len(ranks))}
	for i := 0; i < len(ranks); {
		place, end := ranks[i].place(), i+1
		for end < len(ranks) && ranks[end].place() == place {
			end++
		}
		for _, r := range ranks[i:end] {
			d.links = append(d.links, r.link(end-i))
		}
		weigh(ranks[i:end], d.links[i:end])
		d.first[place+1] = uint32(end)
		i = end
	}
	for i := range d.first[1:] {
		d.first[i+1] = max(d.first[i], d.first[i+1])
	}
	d.relate()
	return d
}

// link returns the link of a code that has so many.
func (r rank) link(targets int) link {
	l := link{bits: uint32(r & codeMask)}
	if targets > 1 {
		l.bits |= manyTargets
	}
	if r.sources() > 1 {
		l.bits |= manySources
	}
	return l
}

// weigh gives the links of a code their weights, as [Convert] documents them.
func weigh(ranks []rank, links []link) {
	if !ranks[0].preferred() {
		links[0].weight = 1
		return
	}
	sum := 0.
	for i, r := range ranks {
		if !r.preferred() {
			break // they are sorted
		}
		links[i].weight = 1
		if r.renamed() {
			links[i].weight = 1 / float64(r.sources())
		}
		sum += links[i].weight
	}
	for i := range links {
		links[i].weight /= sum
	}
}
