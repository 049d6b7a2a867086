package value

import (
	"math"
	"slices"
)

const (
	levelsPrices = 400 // prices from which levels come
	valleyMany   = 192 // prices from which on narrower windows tell more
	valleyChance = 3.8
)

// levels returns the price levels of a part where there are several. To look for
// them costs a thousand times as much as to see that there is just one heap, so
// that comes first. A level of which one trader has more than half is none: its
// prices are not the market's.
func (r *ladderRows) levels(p *ladderPart, w weights, scale float64) []RungLevel {
	x := w.x
	if w.cumulated != nil {
		x = w.sample(make([]float64, min(levelsPrices, int(math.Ceil(w.total)))))
	}
	if len(x) < 2*levelRowsLeast || x[0] == x[len(x)-1] {
		return nil
	}
	if !aside(x, scale) && !hasValley(x) {
		return nil
	}
	if len(x) > levelsPrices {
		x = thinned(make([]float64, levelsPrices), x)
	}
	best, _ := chooseLevels(x)
	if len(best.levels) < 2 {
		return nil
	}
	levels := make([]RungLevel, len(best.levels))
	for i, l := range best.levels {
		levels[i] = RungLevel{Centre: l.centre, Share: l.share, Scale: l.scale * best.tails.unit()}
	}
	if levels = r.ofMany(p, levels); len(levels) < 2 {
		return nil
	}
	return levels
}

// sample fills to with prices at evenly spread sums of weights.
func (w weights) sample(to []float64) []float64 {
	for i := range to {
		to[i], _ = w.at((float64(i) + .5) / float64(len(to)) * w.total)
	}
	return to
}

// ofMany returns the levels of which no trader has more than half of the rows.
func (r *ladderRows) ofMany(p *ladderPart, levels []RungLevel) []RungLevel {
	rows, most := make([]int, len(levels)), make([]int, len(levels))
	count := map[[2]int32]int{}
	for i, t := range r.trader[p.from:p.to] {
		k := nearestLevel(levels, r.price[p.from+i])
		rows[k]++
		if t >= 0 {
			key := [2]int32{int32(k), t}
			count[key]++
			most[k] = max(most[k], count[key])
		}
	}
	kept := levels[:0]
	for k, l := range levels {
		if 2*most[k] <= rows[k] {
			kept = append(kept, l)
		}
	}
	return kept
}

// nearestLevel returns the level that a price is the fewest scales from.
func nearestLevel(levels []RungLevel, x float64) int {
	best, least := 0, math.Inf(1)
	for k, l := range levels {
		if d := math.Abs(x-l.Centre) / max(l.Scale, levelFloor); d < least {
			best, least = k, d
		}
	}
	return best
}

// aside reports whether there are enough prices for a level more than three
// scales from the median.
func aside(x []float64, scale float64) bool {
	n := len(x)
	k := max(levelRowsLeast, int(math.Ceil(levelShare*float64(n)))) - 1
	if k >= n/2 {
		return false
	}
	centre := mean(x[(n-1)/2], x[n/2])
	return x[k] < centre-3*scale || x[n-1-k] > centre+3*scale
}

// hasValley reports whether prices lie more thinly somewhere than on both sides
// of it. In one heap that are normal or have long tails it does so by chance once
// in 200 times, as simulated.
func hasValley(x []float64) bool {
	n, windows := len(x), 16
	if n < valleyMany {
		windows = 8
	}
	width := make([]float64, windows)
	for i := range width {
		width[i] = x[(i+1)*(n-1)/windows] - x[i*(n-1)/windows]
	}
	chance := math.Exp(valleyChance / math.Sqrt(float64(n)/float64(windows)))
	left := math.Inf(1)
	for i := 1; i < windows-1; i++ {
		left = min(left, width[i-1])
		right := slices.Min(width[i+1:])
		if width[i] > chance*max(left, right) {
			return true
		}
	}
	return false
}
