package value

import (
	"cmp"
	"math"
	"slices"
)

// point is a row with a quantity and a value.
type point struct{ q, v float64 }

// line is v = intercept + slope · q, and the sum of the squared residuals that
// it was fitted to.
type line struct{ slope, intercept, squares float64 }

func (l line) residual(p point) float64 { return math.FMA(-l.slope, p.q, p.v-l.intercept) }

// finiteRows returns the rows without NaN and infinities, sorted, so that no
// result depends on their order.
func finiteRows(q, v []float64) []point {
	rows := make([]point, 0, len(q))
	for i := range q {
		if isFinite(q[i]) && isFinite(v[i]) {
			rows = append(rows, point{q[i], v[i]})
		}
	}
	slices.SortFunc(rows, comparePoints)
	return rows
}

func comparePoints(a, b point) int {
	switch {
	case a.q < b.q:
		return -1
	case a.q > b.q:
		return 1
	}
	return cmp.Compare(a.v, b.v)
}

// frame is where rows were before [normalize].
type frame struct{ q, v, qUnit, vUnit float64 }

// normalize moves the medians of sorted rows to the origin and divides by the
// median distance from them, so that sums neither overflow nor cancel.
func normalize(rows []point) frame {
	n := len(rows)
	values, done := scratch(n)
	defer done()
	for i, p := range rows {
		values[i] = p.v
	}
	f := frame{q: rows[n/2].q, v: nth(values, n/2)}
	f.qUnit = halfDistance(values, func(i int) float64 { return rows[i].q/2 - f.q/2 })
	f.vUnit = halfDistance(values, func(i int) float64 { return rows[i].v/2 - f.v/2 })
	for i, p := range rows {
		rows[i] = point{(p.q/2 - f.q/2) / f.qUnit, (p.v/2 - f.v/2) / f.vUnit}
	}
	return f
}

// halfDistance returns the median of the distances that aren't 0, or 1.
func halfDistance(buf []float64, at func(i int) float64) float64 {
	n := 0
	for i := range buf {
		if d := math.Abs(at(i)); d > 0 {
			buf[n] = d
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return nth(buf[:n], n/2)
}

// restore returns the fit in the units that the rows had.
func (f frame) restore(l RobustLine) RobustLine {
	intercept := f.v + 2*f.vUnit*l.Intercept
	l.Slope *= f.vUnit / f.qUnit
	l.Intercept = intercept - l.Slope*f.q
	l.Scale *= 2 * f.vUnit
	return l
}

// leastSquares fits a line to rows; there is none if all have one quantity.
func leastSquares(rows []point) (line, bool) {
	if len(rows) == 0 {
		return line{}, false
	}
	n := float64(len(rows))
	var q, v float64
	for _, p := range rows {
		q += p.q
		v += p.v
	}
	q, v = q/n, v/n
	var qq, qv float64
	for _, p := range rows {
		qq += (p.q - q) * (p.q - q)
		qv += (p.q - q) * (p.v - v)
	}
	if qq == 0 || !slices.ContainsFunc(rows, func(p point) bool { return p.q != rows[0].q }) {
		return line{}, false
	}
	l := line{slope: qv / qq}
	l.intercept = v - l.slope*q
	for _, p := range rows {
		r := p.v - v - l.slope*(p.q-q)
		l.squares += r * r
	}
	return l, isFinite(l.slope) && isFinite(l.intercept) && isFinite(l.squares)
}
