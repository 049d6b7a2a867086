package hs

import (
	"cmp"
	"slices"
)

// bridge links an edition of the user's to the older ones that no table links
// it to, by way of the newest edition that one does.
func (c *correlation) bridge(newer int) {
	via := newer - 1
	for via >= 0 && c.directions[newer*c.editions+via].first == nil {
		via--
	}
	if via < 0 {
		return
	}
	for older := range newer {
		forth, back := newer*c.editions+older, older*c.editions+newer
		if older != via && c.directions[forth].first == nil {
			c.directions[forth] = c.compose(c.directions[newer*c.editions+via], c.directions[via*c.editions+older])
			c.directions[back] = c.compose(c.directions[older*c.editions+via], c.directions[via*c.editions+newer])
		}
	}
}

// compose joins two directions. The weight of a target is the sum, over the
// codes between, of the product of both weights.
func (c *correlation) compose(a, b direction) direction {
	d := direction{first: make([]uint32, len(c.texts)+1)}
	sources := make([]int, len(c.texts))
	for place := range c.texts {
		weights := map[uint32]float64{}
		for _, l := range a.of(place) {
			for _, m := range b.of(int(c.place[l.target()])) {
				weights[m.target()] += l.weight * m.weight
			}
		}
		for code := range weights {
			sources[c.place[code]]++
		}
		d.links = append(d.links, ranked(weights)...)
		d.first[place+1] = uint32(len(d.links))
	}
	for i, l := range d.links {
		if sources[c.place[l.target()]] > 1 {
			d.links[i].bits |= manySources
		}
	}
	d.relate()
	return d
}

// ranked returns links with these weights, which are made to sum to 1, the
// largest first.
func ranked(weights map[uint32]float64) []link {
	var links []link
	sum := 0.
	for code, w := range weights {
		l := link{bits: code, weight: w}
		if len(weights) > 1 {
			l.bits |= manyTargets
		}
		links = append(links, l)
		sum += w
	}
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.target(), b.target()))
	})
	for i := range links {
		switch {
		case sum > 0:
			links[i].weight /= sum
		case i == 0:
			links[i].weight = 1
		}
	}
	return links
}
