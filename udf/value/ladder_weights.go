package value

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// traderMost is the largest share of a group that one trader counts for.
const traderMost = .25

// weights is sorted prices and what each counts. Without sums each counts 1.
type weights struct {
	x         []float64
	cumulated []float64 // sums of the weights up to each price, or nil
	total     float64
	half      float64 // of what a row counts that is left out
}

// countTraders counts the rows of each trader in a part and returns the most.
func (r *ladderRows) countTraders(p *ladderPart) (most int) {
	r.first, r.known = r.first[:0], 0
	for _, t := range r.trader[p.from:p.to] {
		if t < 0 {
			continue
		}
		r.known++
		if r.counts[t] == 0 {
			r.first = append(r.first, t)
		}
		r.counts[t]++
		most = max(most, int(r.counts[t]))
	}
	return most
}

// forget ends the counting of traders.
func (r *ladderRows) forget() {
	for _, t := range r.first {
		r.counts[t] = 0
	}
}

// weigh returns the prices of a part and what they count. Rows of a trader with
// more than its share count for less, so that it has its share of all.
func (r *ladderRows) weigh(p *ladderPart, most int) weights {
	x := r.sorted[p.from:p.to]
	if float64(most) <= traderMost*float64(len(x)) || len(r.first) == 0 {
		return weights{x: x, total: float64(len(x)), half: .5}
	}
	limit, shared := r.limit(len(x))
	r.weighted = r.weighted[:0]
	for i, t := range r.trader[p.from:p.to] {
		w := 1.
		if t >= 0 {
			w = min(1, limit/float64(r.counts[t]))
		}
		r.weighted = append(r.weighted, weighted{r.price[p.from+i], w})
	}
	slices.SortFunc(r.weighted, func(a, b weighted) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.w, b.w)) })
	r.cumulated = r.cumulated[:0]
	total := 0.
	for _, v := range r.weighted {
		total += v.w
		r.cumulated = append(r.cumulated, total)
	}
	half := .5
	if !shared {
		half *= total / float64(len(x))
	}
	return weights{x: x, cumulated: r.cumulated, total: total, half: half}
}

// limit returns how much a trader may count for in a part of n rows: the most
// that is not above its share of all. Where no number is, with too few traders,
// each counts 1, and it reports false.
func (r *ladderRows) limit(n int) (most float64, ok bool) {
	slices.SortFunc(r.first, func(a, b int32) int { return cmp.Compare(r.counts[b], r.counts[a]) })
	rest := float64(n)
	for k, t := range r.first {
		if free := 1 - traderMost*float64(k); free > 0 {
			if limit := traderMost * rest / free; float64(r.counts[t]) <= limit {
				return limit, true
			}
		}
		rest -= float64(r.counts[t])
	}
	if k := float64(len(r.first)); rest > 0 && traderMost*k < 1 {
		return max(1, traderMost*rest/(1-traderMost*k)), true
	}
	return 1, false
}

// weightRounding is how much sums of weights may differ by rounding, as a part
// of their total.
const weightRounding = 1e-9

// at returns the price up to which the prices count more than part, and its
// place; the mean of it and the one before if those before count just part.
func (w weights) at(part float64) (float64, int) {
	rounding := weightRounding * w.total
	i := int(part)
	if w.cumulated != nil {
		i = sort.Search(len(w.cumulated), func(i int) bool { return w.cumulated[i] > part+rounding })
	}
	i = max(0, min(i, len(w.x)-1))
	if i > 0 && w.sum(i-1) >= part-rounding {
		return mean(w.x[i-1], w.x[i]), i
	}
	return w.x[i], i
}

// sum returns what the prices up to place i count.
func (w weights) sum(i int) float64 {
	if w.cumulated == nil {
		return float64(i + 1)
	}
	return w.cumulated[i]
}

// of returns what the price at place i counts.
func (w weights) of(i int) float64 {
	if w.cumulated == nil {
		return 1
	}
	if i == 0 {
		return w.cumulated[0]
	}
	return w.cumulated[i] - w.cumulated[i-1]
}

// distances returns the distances from a centre up to which the prices count
// more than low, and more than high, as at does for prices. The centre is at
// place near or just before it.
func (w weights) distances(centre float64, near int, low, high float64) (atLow, atHigh float64) {
	below, above := near-1, near
	for below >= 0 && w.x[below] > centre {
		below, above = below-1, above-1
	}
	for above < len(w.x) && w.x[above] < centre {
		below, above = below+1, above+1
	}
	rounding := weightRounding * w.total
	var sum, d, last float64
	atLow = math.NaN()
	for below >= 0 || above < len(w.x) {
		last = d
		before := sum
		if above == len(w.x) || below >= 0 && centre-w.x[below] <= w.x[above]-centre {
			d = centre - w.x[below]
			sum += w.of(below)
			below--
		} else {
			d = w.x[above] - centre
			sum += w.of(above)
			above++
		}
		if atLow != atLow && sum > low+rounding {
			atLow = middleOf(last, d, before, low-rounding)
		}
		if sum > high+rounding {
			return atLow, middleOf(last, d, before, high-rounding)
		}
	}
	return orElse(atLow, d), d
}

// middleOf returns d, or the mean of it and the distance before where the ones
// before count just part.
func middleOf(last, d, before, part float64) float64 {
	if before >= part && before > 0 {
		return mean(last, d)
	}
	return d
}

func orElse(x, other float64) float64 {
	if x != x {
		return other
	}
	return x
}
