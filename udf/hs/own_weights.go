package hs

import (
	"math"
	"slices"
	"strconv"

	"github.com/dhowdb/dhow/udf"
)

// ownTrade is how much trade a user has in the codes of each edition.
type ownTrade []map[uint32]float64

// readTrade reads customs.hs_weight: code, weight, and the edition in which
// the code has that weight; without one it counts for all editions.
func readTrade(n *nomenclature, o *udf.Own) (ownTrade, error) {
	r, err := ownTable(o, ownWeights, "code", "weight")
	if err != nil {
		return nil, err
	}
	trade := make(ownTrade, len(n.editions))
	for r.next() {
		code, err := r.subheading("code")
		if err != nil {
			return nil, err
		}
		weight, err := strconv.ParseFloat(r.get("weight"), 64)
		if err != nil || weight < 0 || math.IsInf(weight, 0) || math.IsNaN(weight) {
			return nil, r.errorf("weight %q of code %06d is no number from 0 on", r.get("weight"), code)
		}
		first, last := 0, len(n.editions)-1
		if name := r.get("edition"); name != "" {
			if first, err = n.edition(name); err != nil {
				return nil, r.errorf("%w", err)
			}
			last = first
		}
		for e := first; e <= last; e++ {
			if trade[e] == nil {
				trade[e] = map[uint32]float64{}
			}
			trade[e][code] += weight
		}
	}
	return trade, nil
}

// withOwnWeights returns the correlation with weights from the user's trade,
// as [Convert] documents them.
func (c *correlation) withOwnWeights(n *nomenclature, o *udf.Own) (*correlation, error) {
	trade, err := readTrade(n, o)
	if err != nil {
		return nil, err
	}
	weighed := *c
	weighed.directions = slices.Clone(c.directions)
	for i := range weighed.directions {
		if d := &weighed.directions[i]; trade[i%c.editions] != nil && d.first != nil {
			d.links = slices.Clone(d.links)
			c.weighByTrade(*d, trade[i%c.editions])
		}
	}
	return &weighed, nil
}

// weighByTrade weighs the links of a direction by the trade in their targets.
func (c *correlation) weighByTrade(d direction, trade map[uint32]float64) {
	sources := make([]float64, len(c.texts))
	for _, l := range d.links {
		sources[c.place[l.target()]]++
	}
	for place, text := range c.texts {
		links := d.of(place)
		sum := 0.
		shares := make([]float64, len(links))
		for i, l := range links {
			shares[i] = trade[l.target()]
			if c.texts[c.place[l.target()]] != text {
				shares[i] /= sources[c.place[l.target()]]
			}
			sum += shares[i]
		}
		if sum == 0 {
			continue // the trade says nothing of this code
		}
		for i := range links {
			links[i].weight = shares[i] / sum
		}
		slices.SortStableFunc(links, func(a, b link) int {
			switch {
			case a.weight > b.weight:
				return -1
			case a.weight < b.weight:
				return 1
			}
			return 0
		})
	}
}
