package value

import (
	"math"
	"slices"
)

// column is a sequence to select in: the values of x, or their distances from
// a centre. The distances are computed each time they are looked at, which is
// cheaper than to write them to memory and read them.
type column struct {
	x      []float64
	center float64
	mask   uint64 // of the bits of x − center: allBits, or withoutSign
}

const (
	allBits     = math.MaxUint64
	withoutSign = allBits >> 1
)

func (c column) at(i int) float64 {
	return math.Float64frombits(math.Float64bits(c.x[i]-c.center) & c.mask)
}

// selector finds the values in the middle of a column. It holds memory that is
// used again.
//
// Of many values it sorts none: it takes a sample, from which two bounds are
// chosen that most likely enclose the middle; counts, in one pass, the values
// below, and keeps the few between them; and goes on with these. If the middle
// is not between the bounds, which a file may be made for, it falls back on a
// quickselect of all, and that on sorting.
//
// Source: R. W. Floyd and R. L. Rivest, “Expected Time Bounds for Selection”,
// Communications of the ACM 18(3), 1975, pp. 165–172.
type selector struct {
	buf    []float64
	random uint64
}

// median returns the median of c, which has values and none of them NaN. It
// is NaN or infinite if a value in the middle is.
func (s *selector) median(c column) float64 {
	if !isFinite(c.center) {
		return c.center
	}
	n := len(c.x)
	a, b := s.pair(c, (n-1)/2, n/2, 0)
	return mean(a, b)
}

// manyValues is the number of values from which on a sample pays.
const manyValues = 600

// pair returns the values of rank j and k, counted from 0, of which k is j or
// j + 1. Memory before used belongs to the callers.
func (s *selector) pair(c column, j, k, used int) (a, b float64) {
	if len(c.x) >= manyValues {
		if a, b, ok := s.sampled(c, j, k, used); ok {
			return a, b
		}
	}
	all := s.memory(used, len(c.x))
	for i := range all {
		all[i] = c.at(i)
	}
	return pairOf(all, j, k)
}

// pairOf is pair for values that may be reordered.
func pairOf(x []float64, j, k int) (a, b float64) {
	a = nth(x, j)
	if j == k {
		return a, a
	}
	return a, slices.Min(x[k:])
}

// memory returns n values of memory that begin at used.
func (s *selector) memory(used, n int) []float64 {
	if len(s.buf) < used+n {
		// What callers hold stays alive in the old memory.
		s.buf = make([]float64, used+n+n/4)
	}
	return s.buf[used : used+n]
}

// sampled is pair by way of a sample. It reports false if the bounds from the
// sample do not enclose the ranks, or too many values.
func (s *selector) sampled(c column, j, k, used int) (a, b float64, ok bool) {
	n := len(c.x)
	size, slack := sampleOf(n)
	sample := s.sample(c, s.memory(used, size))
	at := int(float64(j) / float64(n) * float64(size))
	low, high := max(at-slack, 0), min(at+slack, size-1)
	lo := nth(sample, low)
	hi := nth(sample[low:], high-low)

	// The sample is done with, so its memory is used for the values between.
	room := s.memory(used, 6*slack*(n/size)+2*blockSize)
	atMost, between, ok := c.between(lo, hi, room)
	if !ok {
		return 0, 0, false
	}
	if atMost <= j && k < atMost+len(between) {
		inner := column{x: between, mask: allBits}
		a, b = s.pair(inner, j-atMost, k-atMost, used+len(between))
		return a, b, true
	}
	return atBounds(c, lo, hi, atMost, between, j, k)
}

// sampleOf returns how many of n values to look at first, and how many ranks
// of the sample to go away from the middle.
func sampleOf(n int) (size, slack int) {
	size = int(math.Pow(float64(n), 2./3))
	return size, slackOf(size)
}

// slackOf returns three standard deviations of the rank of the middle in a
// sample, √size/2 each, which one column in 370 lies beyond.
func slackOf(size int) int { return int(1.5*math.Sqrt(float64(size))) + 1 }

// sample fills to with one value from each of as many equal stretches of c.
// Their places are random, so that no pattern in the order of rows meets them.
func (s *selector) sample(c column, to []float64) []float64 {
	step := uint64(len(c.x) / len(to))
	for i := range to {
		s.random = s.random*6364136223846793005 + 1442695040888963407
		to[i] = c.at(i*int(step) + int((s.random>>32)*step>>32))
	}
	return to
}

// atBounds returns the pair if values of it equal the bounds, of which there
// may be many copies.
func atBounds(c column, lo, hi float64, atMost int, between []float64, j, k int) (a, b float64, ok bool) {
	below, atMostHigh := c.count(lo, hi)
	value := func(rank int) float64 {
		switch inner := rank - atMost; {
		case inner < 0:
			return lo
		case inner < len(between):
			return nth(between, inner)
		default:
			return hi
		}
	}
	if j < below || k >= atMostHigh {
		return 0, 0, false
	}
	return value(j), value(k), true
}
