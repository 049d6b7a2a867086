package value

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	ltsStarts    = 200 // pairs of rows to begin with: one of 10⁻²⁵ such sets has no pair of good rows
	ltsKept      = 10  // starts that are followed on
	ltsSteps     = 200 // more than any search was seen to take; each step improves the line
	ltsExactRows = 150 // rows up to which the best line is found for certain
)

// ltsStages has the numbers of rows that lines are followed on, before all rows
// decide between the two best ones.
var ltsStages = [...]int{300, 3000}

// concentrator fits lines to those rows that lie nearest to a line. It holds
// memory that is used again.
type concentrator struct {
	distances, ranked []float64
	nearest           []point
}

// step fits a line to the rows with the h smallest residuals from l: the sum of
// their squares is at most that of l.
func (c *concentrator) step(rows []point, h int, l line) (line, bool) {
	c.distances, c.ranked, c.nearest = c.distances[:0], c.ranked[:0], c.nearest[:0]
	for _, p := range rows {
		d := math.Abs(l.residual(p))
		if d != d { // of infinities
			return line{}, false
		}
		c.distances = append(c.distances, d)
	}
	c.ranked = append(c.ranked, c.distances...)
	limit := nth(c.ranked, h-1)
	atLimit := h // rows at the limit that are taken
	for _, d := range c.distances {
		atLimit -= one(d < limit)
	}
	for i, d := range c.distances {
		if d < limit || d == limit && atLimit > 0 {
			atLimit -= one(d == limit)
			c.nearest = append(c.nearest, rows[i])
		}
	}
	return leastSquares(c.nearest)
}

// converge takes steps as long as they improve the line.
func (c *concentrator) converge(rows []point, h int, l line) (line, bool) {
	l, ok := c.step(rows, h, l)
	for range ltsSteps {
		if !ok {
			return l, false
		}
		next, better := c.step(rows, h, l)
		if !better || next.squares >= l.squares {
			return l, true
		}
		l = next
	}
	return l, ok
}

// bestLine returns the line with the least sum of the h smallest squared
// residuals. There is none if h rows have one quantity. The rows are sorted.
func bestLine(rows []point) (line, bool) {
	n := len(rows)
	h := trimmed(n)
	for i := 0; i+h <= n; i++ {
		if rows[i].q == rows[i+h-1].q {
			return line{}, false
		}
	}
	var c concentrator
	lines := c.starts(rows)
	if n > ltsStages[1] {
		some := stratified(rows, ltsStages[1])
		lines = c.follow(some, lines)
		lines = lines[:min(2, len(lines))]
	}
	lines = c.follow(rows, lines)
	if len(lines) == 0 {
		return line{}, false
	}
	best := lines[0]
	if ltsExactRows < n && n <= ltsStages[1] {
		best = ranking(append(c.follow(rows, turned(best, n)), best))[0]
	}
	if n <= ltsExactRows {
		if l, ok := sweep(rows, h, best); ok {
			if l, ok = c.converge(rows, h, l); ok && l.squares < best.squares {
				best = l
			}
		}
	}
	return best, true
}

// starts returns the best lines through two rows after two steps, tried on
// some of the rows if there are many.
func (c *concentrator) starts(rows []point) []line {
	rng := rand.New(rand.NewPCG(20, 6)) // any seed, always the same
	count, kept := ltsStarts, ltsKept
	if len(rows) <= ltsExactRows {
		count, kept = 6, 2 // to begin the exact search with
	}
	some := stratified(rows, ltsStages[0])
	h := trimmed(len(some))
	var lines []line
	for range count {
		l, ok := throughTwo(some, rng)
		for range 2 {
			if ok {
				l, ok = c.step(some, h, l)
			}
		}
		if ok {
			lines = append(lines, l)
		}
	}
	lines = ranking(lines)
	return lines[:min(kept, len(lines))]
}

// follow lets each line converge on these rows and returns the distinct ends,
// the best first.
func (c *concentrator) follow(rows []point, lines []line) []line {
	var ends []line
	for _, start := range lines {
		if l, ok := c.converge(rows, trimmed(len(rows)), start); ok {
			ends = append(ends, l)
		}
	}
	return ranking(ends)
}

// turned returns lines through about the same middle as l, up to 8 scales
// divided by √n steeper and flatter, l being one: minima that few rows tell
// apart lie side by side, and steps from one don't lead to the next.
func turned(l line, n int) []line {
	const turns = 8
	scale := math.Sqrt(l.squares / float64(trimmed(n)))
	lines := make([]line, 0, 2*turns+1)
	for k := -turns; k <= turns; k++ {
		slope := l.slope + float64(k)*scale/math.Sqrt(float64(n))
		lines = append(lines, line{slope: slope, intercept: l.intercept})
	}
	return lines
}

// ranking returns the distinct lines, the one with the smallest squares first.
func ranking(lines []line) []line {
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.squares, b.squares), cmp.Compare(a.slope, b.slope), cmp.Compare(a.intercept, b.intercept))
	})
	return slices.Compact(lines)
}

// stratified returns size of the sorted rows, one from each of as many equal
// stretches, or all if there are no more.
func stratified(rows []point, size int) []point {
	n := len(rows)
	if n <= size {
		return rows
	}
	rng := rand.New(rand.NewPCG(20, 7)) // any seed, always the same
	some := make([]point, size)
	for i := range some {
		from, to := i*n/size, (i+1)*n/size
		some[i] = rows[from+rng.IntN(to-from)]
	}
	return some
}

// throughTwo returns the line through two rows of different quantities.
func throughTwo(rows []point, rng *rand.Rand) (line, bool) {
	const tries = 50
	for range tries {
		a, b := rows[rng.IntN(len(rows))], rows[rng.IntN(len(rows))]
		if a.q != b.q {
			l := line{slope: (b.v - a.v) / (b.q - a.q)}
			l.intercept = a.v - l.slope*a.q
			return l, isFinite(l.slope) && isFinite(l.intercept)
		}
	}
	return line{}, false
}
