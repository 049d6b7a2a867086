package value

import "math"

const (
	ladderFence = 128 // prices from which the fence comes
	scaleLeast  = 1e-9
	iqrNormal   = 1.3489795003921634 // 2·Φ⁻¹(3/4)
)

// describe adds the rung of a part to the ladder. A part that is the same as on
// the rung below has the same description.
func (r *ladderRows) describe(l *Ladder, p *ladderPart, level int) {
	if p.skip {
		return
	}
	if p.rung >= 0 {
		g := l.Rungs[p.rung]
		g.Level, g.Code, g.Origin = int64(level), p.code, p.origin
		l.Rungs = append(l.Rungs, g)
		return
	}
	g := Rung{Level: int64(level), Code: p.code, Origin: p.origin, N: int64(p.to - p.from), Within: math.NaN()}
	g.FirstDay, g.LastDay = span(r.day[p.from:p.to])
	most := r.countTraders(p)
	g.Traders = int64(len(r.first)) + int64(p.to-p.from) - r.known
	if level == rungOrigin {
		p.habits = r.habitsOf(l, p)
	}
	if len(p.habits) >= habitRows {
		g.Within = madNormal * middleNth(p.habits)
	}
	x := r.sorted[p.from:p.to]
	w := r.weigh(p, most)
	g.Weight = w.total
	g.quantiles(x, w)
	g.others(w)
	g.Elasticity, g.LineIntercept, g.LineScale = r.line(p)
	g.fence(x)
	if level <= rungCode { // above, codes have prices of their own
		g.Levels = r.levels(p, w, g.Scale)
	}
	r.forget()
	p.rung = len(l.Rungs)
	l.Rungs = append(l.Rungs, g)
}

// span returns the first and the last day, 0 where there is none.
func span(days []int32) (first, last int64) {
	for _, d := range days {
		switch day := int64(d); {
		case day == 0:
		case first == 0:
			first, last = day, day
		default:
			first, last = min(first, day), max(last, day)
		}
	}
	return first, last
}

// quantiles fills what follows from the order of prices.
func (g *Rung) quantiles(x []float64, w weights) {
	g.Min, g.Max = x[0], x[len(x)-1]
	for _, q := range []struct {
		to *float64
		p  float64
	}{{&g.P05, .05}, {&g.Q1, .25}, {&g.Q3, .75}, {&g.P95, .95}} {
		if w.cumulated == nil {
			*q.to = quantile(x, q.p)
		} else {
			*q.to, _ = w.at(q.p * w.total)
		}
	}
	var at int
	g.Median, at = w.at(w.total / 2)
	mad, _ := w.distances(g.Median, at, w.total/2, w.total/2)
	g.Scale, g.ScaleFrom = madNormal*mad, "MAD"
	if g.Scale < scaleLeast {
		g.Scale, g.ScaleFrom = (g.Q3-g.Q1)/iqrNormal, "IQR"
	}
	if g.Scale < scaleLeast {
		g.Scale, g.ScaleFrom = 0, ""
	}
}

// others fills what a row of the group is compared with: the median and scale
// of the group without it. To leave out a row below a place moves the half of
// the rest there up by half a row.
func (g *Rung) others(w weights) {
	up, down := w.total/2+w.half, w.total/2-w.half
	var at int
	g.BelowMedian, at = w.at(up)
	out, in := w.distances(g.BelowMedian, at, down, up)
	g.BelowOut, g.BelowIn = madNormal*out, madNormal*in
	g.AboveMedian, at = w.at(down)
	out, in = w.distances(g.AboveMedian, at, down, up)
	g.AboveOut, g.AboveIn = madNormal*out, madNormal*in

	n := len(w.x)
	g.AtMedian = g.Median
	switch {
	case w.cumulated != nil:
		g.AtMedian = mean(g.BelowMedian, g.AboveMedian)
	case n&1 == 1 && n > 1:
		g.AtMedian = mean(w.x[n/2-1], w.x[n/2+1])
	}
	_, in = w.distances(g.AtMedian, n/2, down, up)
	g.AtIn = madNormal * in
}

// fence fills the bounds of the adjusted boxplot, from some of the prices where
// there are many.
func (g *Rung) fence(x []float64) {
	if len(x) > ladderFence {
		var few [ladderFence]float64
		x = thinned(few[:], x)
	}
	mc, ok := medcoupleSorted(x)
	f, fenced := fenceOf(x, mc)
	g.FenceLower, g.FenceUpper = finiteOrNaN(f.Lower, ok && fenced), finiteOrNaN(f.Upper, ok && fenced)
}

// thinned fills to with values of x, which has more, evenly spread over its
// places.
func thinned(to, x []float64) []float64 {
	step := float64(len(x)) / float64(len(to))
	for i := range to {
		to[i] = x[int((float64(i)+.5)*step)]
	}
	return to
}
