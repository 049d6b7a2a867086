package hs

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/dhowdb/dhow/udf"
)

// withOwnEditions returns the nomenclature with the editions that a user has
// loaded into customs.hs, which has the columns of ref.hs. Only edition and
// code must be there; chapters and headings follow from the subheadings.
func withOwnEditions(o *udf.Own) (*nomenclature, error) {
	facts, err := udf.FactsSource("hs")
	if err != nil {
		return nil, fmt.Errorf("load the codes of the Harmonized System: %w", err)
	}
	known, err := facts.Select("edition", "code", "section", "unit")
	if err != nil {
		return nil, fmt.Errorf("load the codes of the Harmonized System: %w", err)
	}
	newest := slices.Max(known[0])
	r, err := ownTable(o, ownEditions, "edition", "code")
	if err != nil {
		return nil, err
	}
	all := &udf.Facts{Columns: []string{"edition", "code", "section", "unit"}}
	for i := range known[0] {
		all.Rows = append(all.Rows, []string{known[0][i], known[1][i], known[2][i], known[3][i]})
	}
	for r.next() {
		edition := r.get("edition")
		if !isEditionName(edition) || edition <= newest {
			return nil, r.errorf("edition %q is not one that dhow hasn't: want HS and a year after %s, as in HS2028", edition, newest)
		}
		code, err := r.code("code")
		if err != nil {
			return nil, err
		}
		if code.Len() > 6 {
			return nil, r.errorf("code %q has %d digits, not 2, 4 or 6", r.get("code"), code.Len())
		}
		if n := len(r.get("unit")); n > udf.InlineLen {
			return nil, r.errorf("unit %q is longer than %d bytes", r.get("unit"), udf.InlineLen)
		}
		for n := code.Len(); n >= 2; n -= 2 {
			unit := ""
			if n == 6 {
				unit = r.get("unit")
			}
			all.Rows = append(all.Rows, []string{edition, code.String()[:n], "", unit})
		}
	}
	n, err := newNomenclature(all)
	if err != nil {
		return nil, fmt.Errorf("customs.%s: %w", ownEditions, err)
	}
	n.own = slices.Index(n.editions, newest) + 1
	return n, nil
}

func isEditionName(s string) bool {
	if len(s) != len("HS2028") || s[:2] != "HS" {
		return false
	}
	_, err := strconv.ParseUint(s[2:], 10, 16)
	return err == nil
}

// withOwnLinks returns the correlation with the links of the user's editions,
// from customs.hs_correlation, which has the columns of ref.hs_correlation.
//
// Two rules fill in what such tables leave out. A code that both editions have
// and that stands in no row for them is linked to itself: the World Customs
// Organization lists changes only. And where no column tells which older code
// is preferred, it is the first in the order that [Best] documents.
func withOwnLinks(n *nomenclature, o *udf.Own) (*correlation, error) {
	facts, err := udf.FactsSource("hs_correlation")
	if err != nil {
		return nil, fmt.Errorf("load the correlation of HS editions: %w", err)
	}
	c, edges, err := readLinks(n, facts)
	if err != nil {
		return nil, fmt.Errorf("load the correlation of HS editions: %w", err)
	}
	r, err := ownTable(o, ownLinks, "newer", "older", "newer_code", "older_code")
	if err != nil {
		return nil, err
	}
	for r.next() {
		pair, e, err := r.edge(n)
		if err != nil {
			return nil, err
		}
		c.note(e.newer)
		c.note(e.older)
		edges[pair] = append(edges[pair], e)
	}
	for pair := range edges {
		if pair/c.editions >= n.own && len(edges[pair]) > 0 {
			edges[pair] = c.complete(n, pair, edges[pair], r.Has("preferred"))
		}
	}
	c.link(edges)
	for newer := n.own; newer < c.editions; newer++ {
		c.bridge(newer)
	}
	return c, nil
}

// edge reads a row as a link, and the pair of editions that it joins.
func (r *ownRows) edge(n *nomenclature) (pair int, e edge, err error) {
	newer, err1 := n.edition(r.get("newer"))
	older, err2 := n.edition(r.get("older"))
	for _, err := range []error{err1, err2} {
		if err != nil {
			return 0, e, r.errorf("%w; load the codes of a new edition into customs.%s", err, ownEditions)
		}
	}
	if newer <= older {
		return 0, e, r.errorf("%s is not newer than %s", r.get("newer"), r.get("older"))
	}
	if newer < n.own {
		return 0, e, r.errorf("the links from %s come with dhow", n.editions[newer])
	}
	if e.newer, err = r.subheading("newer_code"); err != nil {
		return 0, e, err
	}
	if e.older, err = r.subheading("older_code"); err != nil {
		return 0, e, err
	}
	for _, end := range []struct {
		code    uint32
		edition int
	}{{e.newer, newer}, {e.older, older}} {
		if n.subheadings[end.code]>>end.edition&1 == 0 {
			return 0, e, r.errorf("%s has no code %06d", n.editions[end.edition], end.code)
		}
	}
	switch r.get("preferred") {
	case "true", "1":
		e.preferred = true
	}
	return newer*len(n.editions) + older, e, nil
}

// complete adds what a user's table leaves out; see [withOwnLinks].
func (c *correlation) complete(n *nomenclature, pair int, edges []edge, preferred bool) []edge {
	newer, older := pair/c.editions, pair%c.editions
	listed := map[[2]uint32]bool{} // by end, 0 for the newer one
	for _, e := range edges {
		listed[[2]uint32{0, e.newer}], listed[[2]uint32{1, e.older}] = true, true
	}
	both := editionSet(1)<<newer | editionSet(1)<<older
	for code, set := range n.subheadings {
		number := uint32(code)
		if set&both == both && !listed[[2]uint32{0, number}] && !listed[[2]uint32{1, number}] {
			c.note(number)
			edges = append(edges, edge{number, number, true})
		}
	}
	if preferred {
		return edges
	}
	toOlder, _ := c.both(edges)
	for i, e := range edges {
		place := c.place[e.newer]
		edges[i].preferred = toOlder.links[toOlder.first[place]].target() == e.older
	}
	return edges
}
