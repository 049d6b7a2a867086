package value

import (
	"math"
	"sync"
)

// matrix is a table of numbers that are computed when they are looked at. In
// a row no number is smaller than the one left of it, in a column none larger
// than the one above it, and none is NaN.
type matrix struct {
	rows, cols int
	at         func(i, j int) float64
	from       func(i int) int // the first column of row i that counts
}

// cells finds the numbers in the middle of a matrix of n rows and columns in
// O(n) steps, where looking at each takes n². It holds memory that is used
// again.
//
// It keeps a range of columns for each row, in which the wanted number is. A
// sample of the numbers gives two bounds that most likely enclose it; one walk
// along the staircase where a bound parts the matrix counts the numbers below,
// and narrows the ranges. After two or three rounds the rest is gathered. No
// step is approximate: bounds that miss only cost another round.
//
// Sources: D. B. Johnson and T. Mizoguchi, “Selecting the Kth Element in X + Y
// and X1 + X2 + … + Xm”, SIAM Journal on Computing 7(2), 1978, pp. 147–153, for
// the staircase; Floyd and Rivest, as in [selector], for the bounds.
type cells struct {
	matrix
	lo, hi         []int // for each row the range of columns that is left
	below, through []int // for each row the end of what is below the bounds
	count          int   // numbers that are left
	random         uint64
	buf            []float64
}

var cellsPool = sync.Pool{New: func() any { return new(cells) }}

// middle returns the median of a matrix as its two numbers in the middle.
func middle(m matrix) (a, b float64) {
	c := cellsPool.Get().(*cells)
	defer cellsPool.Put(c)
	n := c.reset(m)
	return c.pair((n-1)/2, n/2)
}

// ranked returns the number of rank k of a matrix, counted from 0.
func ranked(m matrix, k int) float64 {
	c := cellsPool.Get().(*cells)
	defer cellsPool.Put(c)
	c.reset(m)
	a, _ := c.pair(k, k)
	return a
}

// reset begins with all numbers of m and returns how many there are.
func (c *cells) reset(m matrix) int {
	if cap(c.lo) < m.rows {
		ints := make([]int, 4*m.rows)
		c.lo, c.hi = ints[:m.rows:m.rows], ints[m.rows:2*m.rows:2*m.rows]
		c.below, c.through = ints[2*m.rows:3*m.rows:3*m.rows], ints[3*m.rows:]
	}
	c.matrix = m
	c.lo, c.hi, c.below, c.through = c.lo[:m.rows], c.hi[:m.rows], c.below[:m.rows], c.through[:m.rows]
	c.count = 0
	for i := range c.lo {
		c.lo[i], c.hi[i] = m.from(i), m.cols
		c.count += m.cols - c.lo[i]
	}
	return c.count
}

// fewCells is the number of cells that are rather gathered than narrowed.
const fewCells = 600

// manyRounds is more than any search takes, unless a program is wrong.
const manyRounds = 1000

// pair returns the numbers of rank j and k, of which k is j or j + 1.
func (c *cells) pair(j, k int) (a, b float64) {
	single := false // whether both bounds are one number of the sample
	for round := 0; c.count > max(fewCells, 4*c.rows); round++ {
		if round == manyRounds {
			panic("the numbers of a matrix are out of order")
		}
		lo, hi := c.bounds(j, single)
		n, m := c.split(lo, c.below, false), c.split(hi, c.through, true)
		before := c.count
		switch {
		case k < n:
			c.hi, c.below = c.below, c.hi
			c.count = n
		case j >= m:
			c.lo, c.through = c.through, c.lo
			c.count -= m
			j, k = j-m, k-m
		case n <= j && k < m && lo == hi:
			return lo, lo
		case n <= j && k < m:
			c.lo, c.below = c.below, c.lo
			c.hi, c.through = c.through, c.hi
			c.count = m - n
			j, k = j-n, k-n
		case k == n: // the bounds are numbers of the matrix
			return c.lastBelow(), lo
		default:
			return hi, c.firstBeyond()
		}
		// Where many numbers are equal, two bounds can leave them all.
		single = c.count > before/2
	}
	return pairOf(c.gather(), j, k)
}

// lastBelow returns the largest number below a bound.
func (c *cells) lastBelow() float64 {
	last := math.Inf(-1)
	for i, end := range c.below {
		if end > c.lo[i] {
			last = max(last, c.at(i, end-1))
		}
	}
	return last
}

// firstBeyond returns the smallest number above a bound.
func (c *cells) firstBeyond() float64 {
	first := math.Inf(1)
	for i, end := range c.through {
		if end < c.hi[i] {
			first = min(first, c.at(i, end))
		}
	}
	return first
}

// bounds returns two numbers of the matrix that most likely enclose that of
// rank k, or twice a number near it.
func (c *cells) bounds(k int, single bool) (lo, hi float64) {
	sample := c.sample()
	slack := 0
	if !single {
		slack = slackOf(len(sample))
	}
	at := min(int(float64(k)/float64(c.count)*float64(len(sample))), len(sample)-1)
	low, high := max(at-slack, 0), min(at+slack, len(sample)-1)
	lo = nth(sample, low)
	return lo, nth(sample[low:], high-low)
}

// sample returns one number from each of many equal stretches of those left.
func (c *cells) sample() []float64 {
	size := min(max(c.rows/4, 200), 50_000)
	step := c.count / size
	sample := c.memory(size)
	row, before := 0, 0 // numbers in the rows before
	for s := range sample {
		c.random = c.random*6364136223846793005 + 1442695040888963407
		at := s*step + int(float64(c.random>>11)/(1<<53)*float64(step))
		for at >= before+c.hi[row]-c.lo[row] {
			before += c.hi[row] - c.lo[row]
			row++
		}
		sample[s] = c.at(row, c.lo[row]+at-before)
	}
	return sample
}

// split notes for each row where its numbers below the bound end, or those up
// to it, and returns how many there are.
func (c *cells) split(bound float64, ends []int, through bool) int {
	n := 0
	reached := 0 // the numbers left of it are below the bound, in later rows too
	for i, hi := range c.hi {
		lo := c.lo[i]
		start := min(max(reached, lo), hi)
		end := start
		for end < hi {
			if x := c.at(i, end); x > bound || x == bound && !through {
				break
			}
			end++
		}
		if end > start {
			reached = end
		}
		ends[i] = end
		n += end - lo
	}
	return n
}

// gather returns the numbers that are left.
func (c *cells) gather() []float64 {
	all := c.memory(c.count)[:0]
	for i, lo := range c.lo {
		for j := lo; j < c.hi[i]; j++ {
			all = append(all, c.at(i, j))
		}
	}
	return all
}

func (c *cells) memory(n int) []float64 {
	if cap(c.buf) < n {
		c.buf = make([]float64, n+n/4)
	}
	return c.buf[:n]
}
