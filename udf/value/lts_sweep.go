package value

import (
	"math"
	"slices"
)

// sweep finds the best line of all for least trimmed squares.
//
// The rows nearest to the best line are h neighbours in the order of residuals
// from a line of its slope through the origin. While the slope grows from −∞ to ∞, that
// order changes only where two rows change places, at the slope of the line
// through both. So it visits all n(n − 1)/2 such slopes and keeps sums for each
// window of h neighbours, two of which change each time.
//
// guess is a good line, from which residuals are taken so that sums don't cancel.
type sweeper struct {
	rows  []point // with residuals from the guess for values
	h     int
	order []int // the rows by residual
	place []int // where each row is in order
	sums  []windowSums
	best  line
	found bool
	near  []point
}

// windowSums are sums over the rows of a window.
type windowSums struct{ q, v, qq, qv, vv precise }

// precise is a sum with twice the digits of a float64: rows enter and leave a
// window so often that rounding would pile up.
type precise struct{ sum, rest float64 }

func (p *precise) add(x float64) {
	s := p.sum + x
	b := s - p.sum
	rest := (p.sum - (s - b)) + (x - b) + p.rest
	p.sum = s + rest
	p.rest = rest - (p.sum - s)
}

func (w *windowSums) add(p point, sign float64) {
	w.q.add(sign * p.q)
	w.v.add(sign * p.v)
	w.qq.add(sign * p.q * p.q)
	w.qv.add(sign * p.q * p.v)
	w.vv.add(sign * p.v * p.v)
}

// crossing is the slope at which two rows change places.
type crossing struct {
	slope float64
	i, j  int32
}

// sweep returns a line that is at least as good as the guess, if there is one
// that is better. The rows are sorted.
func sweep(rows []point, h int, guess line) (line, bool) {
	s := &sweeper{h: h, best: line{squares: guess.squares}}
	for i, p := range rows {
		s.rows = append(s.rows, point{p.q, guess.residual(p)})
		s.order, s.place = append(s.order, i), append(s.place, i)
	}
	s.sums = make([]windowSums, len(rows)-h+1)
	for w := range s.sums {
		for _, p := range s.rows[w : w+h] {
			s.sums[w].add(p, 1)
		}
		s.look(w)
	}
	for _, c := range s.crossings() {
		s.cross(c)
	}
	s.best.slope += guess.slope
	s.best.intercept += guess.intercept
	return s.best, s.found
}

// crossings returns the slopes through all pairs of rows in ascending order.
func (s *sweeper) crossings() []crossing {
	n := len(s.rows)
	all := make([]crossing, 0, n*(n-1)/2)
	for i, a := range s.rows {
		for j, b := range s.rows[i+1:] {
			if a.q != b.q {
				all = append(all, crossing{slopeOf(a, b), int32(i), int32(i + 1 + j)})
			}
		}
	}
	slices.SortFunc(all, func(a, b crossing) int {
		switch {
		case a.slope < b.slope:
			return -1
		case a.slope > b.slope:
			return 1
		case a.i != b.i:
			return int(a.i) - int(b.i)
		}
		return int(a.j) - int(b.j)
	})
	return all
}

func slopeOf(a, b point) float64 { return (b.v - a.v) / (b.q - a.q) }

// cross lets two rows change places. Of several rows on one line, which all do
// at one slope, some may stand between them: those go first, on either side.
func (s *sweeper) cross(c crossing) {
	for at := s.place[c.j]; at > s.place[c.i] && s.due(at-1, c.slope); at-- {
		s.change(at - 1)
	}
	for at := s.place[c.i]; at < s.place[c.j] && s.due(at, c.slope); at++ {
		s.change(at)
	}
}

// due reports whether the rows at a place and the next change places up to a
// slope and haven't yet.
func (s *sweeper) due(at int, slope float64) bool {
	a, b := s.rows[s.order[at]], s.rows[s.order[at+1]]
	return a.q < b.q && slopeOf(a, b) <= slope
}

// change lets the rows at a place and the next change places.
func (s *sweeper) change(at int) {
	first, second := s.order[at], s.order[at+1]
	s.order[at], s.order[at+1] = second, first
	s.place[first], s.place[second] = at+1, at
	if w := at - s.h + 1; w >= 0 {
		s.replace(w, first, second)
	}
	if w := at + 1; w < len(s.sums) {
		s.replace(w, second, first)
	}
}

// replace puts another row into a window.
func (s *sweeper) replace(w, old, new int) {
	s.sums[w].add(s.rows[old], -1)
	s.sums[w].add(s.rows[new], 1)
	s.look(w)
}

// look keeps the line of a window if it is the best so far. What the sums say
// is trusted only as far as rounding allows.
func (s *sweeper) look(w int) {
	n := float64(s.h)
	t := &s.sums[w]
	q, v := t.q.sum/n, t.v.sum/n
	qq, qv := t.qq.sum-q*t.q.sum, t.qv.sum-q*t.v.sum
	slope := qv / qq
	squares := t.vv.sum - v*t.v.sum - slope*qv
	doubt := 1e-14 * (t.vv.sum + slope*slope*t.qq.sum + 2*math.Abs(slope*t.qv.sum))
	if squares-doubt >= s.best.squares {
		return
	}
	s.near = s.near[:0]
	for _, i := range s.order[w : w+s.h] {
		s.near = append(s.near, s.rows[i])
	}
	if l, ok := leastSquares(s.near); ok && l.squares < s.best.squares {
		s.best, s.found = l, true
	}
}
