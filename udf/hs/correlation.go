package hs

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

// link leads to a code of another edition. From the low bits: the code as a
// number, how many links of each end there are, and the share.
type link uint32

const (
	codeBits         = 20 // 2^20 is above 999999
	codeMask         = 1<<codeBits - 1
	manyTargets link = 1 << codeBits       // the code it starts from has more links
	manySources link = 1 << (codeBits + 1) // the code it leads to has more links
	shareShift       = codeBits + 2
	maxShare         = 1<<(32-shareShift) - 1
)

// target is the code that the link leads to.
func (l link) target() uint32 { return uint32(l) & codeMask }

// sharers is among how many links the weight is shared out, 0 for a link that
// gets none.
func (l link) sharers() int { return int(l >> shareShift) }

// relation is the relation of a code whose links have these bits.
func (l link) relation() string {
	switch l & (manyTargets | manySources) {
	case 0:
		return "1:1"
	case manyTargets:
		return "1:n"
	case manySources:
		return "n:1"
	}
	return "n:n"
}

// direction holds the links from the codes of an edition to those of another.
type direction struct {
	first []uint32 // for each place of a code, that of its first link
	links []link   // of a code behind each other, the best one first
}

// correlation holds the links between all editions, in both directions.
type correlation struct {
	editions   int
	place      []uint16 // for each number of six digits, its place; 0 if no link has it
	places     int
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
	columns, err := facts.Select("newer", "older", "newer_code", "older_code", "preferred")
	if err != nil {
		return nil, err
	}
	c := &correlation{editions: len(n.editions), place: make([]uint16, 1_000_000)}
	c.directions = make([]direction, c.editions*c.editions)
	edges := make([][]edge, len(c.directions))
	for i := range columns[0] {
		newer, older := slices.Index(n.editions, columns[0][i]), slices.Index(n.editions, columns[1][i])
		newerCode, err1 := strconv.ParseUint(columns[2][i], 10, codeBits)
		olderCode, err2 := strconv.ParseUint(columns[3][i], 10, codeBits)
		if older < 0 || newer <= older || err1 != nil || err2 != nil || max(newerCode, olderCode) > 999_999 {
			return nil, fmt.Errorf("row %d: no link from a newer to an older edition", i+1)
		}
		c.note(uint32(newerCode))
		c.note(uint32(olderCode))
		pair := newer*c.editions + older
		edges[pair] = append(edges[pair], edge{uint32(newerCode), uint32(olderCode), columns[4][i] == "true"})
	}
	for pair, e := range edges {
		if len(e) > 0 {
			newer, older := pair/c.editions, pair%c.editions
			c.directions[pair], c.directions[older*c.editions+newer] = c.both(e)
		}
	}
	return c, nil
}

// note gives a code its place.
func (c *correlation) note(code uint32) {
	if c.place[code] == 0 {
		c.places++
		c.place[code] = uint16(c.places)
	}
}

// both makes the directions from the newer to the older edition and back.
func (c *correlation) both(edges []edge) (toOlder, toNewer direction) {
	newer, older := make([]int, c.places+1), make([]int, c.places+1) // links by place
	for _, e := range edges {
		newer[c.place[e.newer]]++
		older[c.place[e.older]]++
	}
	steps := make([]step, len(edges))
	for i, e := range edges {
		steps[i] = step{e.newer, e.older, newer[c.place[e.newer]], older[c.place[e.older]], e.preferred}
	}
	toOlder = c.direct(steps)
	for i, s := range steps {
		steps[i] = step{s.to, s.from, s.sources, s.targets, s.preferred}
	}
	return toOlder, c.direct(steps)
}

// step is a link in one direction.
type step struct {
	from, to  uint32
	targets   int // of the code it starts from
	sources   int // of the code it leads to
	preferred bool
}

// direct makes a direction of steps, which it sorts.
func (c *correlation) direct(steps []step) direction {
	slices.SortFunc(steps, func(a, b step) int {
		return cmp.Or(cmp.Compare(c.place[a.from], c.place[b.from]), better(a, b))
	})
	d := direction{first: make([]uint32, c.places+2), links: make([]link, len(steps))}
	for i := 0; i < len(steps); {
		end, preferred := i, 0
		for ; end < len(steps) && steps[end].from == steps[i].from; end++ {
			if steps[end].preferred {
				preferred++
			}
		}
		preferred = min(max(preferred, 1), maxShare)
		for at := i; at < end; at++ {
			d.links[at] = steps[at].link()
			if at < i+preferred {
				d.links[at] |= link(preferred << shareShift)
			}
		}
		d.first[c.place[steps[i].from]+1] = uint32(end)
		i = end
	}
	for i := range d.first[1:] {
		d.first[i+1] = max(d.first[i], d.first[i+1])
	}
	return d
}

func (s step) link() link {
	l := link(s.to)
	if s.targets > 1 {
		l |= manyTargets
	}
	if s.sources > 1 {
		l |= manySources
	}
	return l
}

// better puts the steps of one code into the order that [Best] documents.
func better(a, b step) int {
	return cmp.Or(
		-compareBool(a.preferred, b.preferred),
		-compareBool(a.to == a.from, b.to == b.from),
		cmp.Compare(a.sources, b.sources),
		-cmp.Compare(common(a.from, a.to), common(b.from, b.to)),
		cmp.Compare(a.to, b.to),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// common returns how many digits two codes have in common at their beginning.
func common(a, b uint32) int {
	n := 6
	for ; a != b; a, b = a/10, b/10 {
		n--
	}
	return n
}

// linksOf returns the links of a code to another edition, none if it has none.
func (c *correlation) linksOf(code uint32, from, to int) []link {
	d := &c.directions[from*c.editions+to]
	if d.first == nil {
		return nil
	}
	place := c.place[code]
	return d.links[d.first[place]:d.first[place+1]]
}
