package value

import (
	"cmp"
	"math"
	"slices"
)

// slopes finds the middle one of the slopes through all pairs of sorted rows,
// without looking at all.
//
// The slope of a pair lies between s and t where the rows stand in one order by
// their residuals from a line of slope s, and in the other from a line of slope
// t. So the pairs with slopes between are the inversions of one order against
// the other, which sorting by merging counts. Bounds come from a sample of these
// pairs; after two or three rounds the rest is gathered.
type slopes struct {
	rows   []point // of at most 1
	lo, hi cut
	count  int // slopes between the cuts
	random uint64
	inversions
	keys  []residual
	found []float64
}

// cut is the order of the rows by their residuals from a line of a slope. Rows
// with equal ones stand as before the slope, or as behind it, so that pairs
// of just that slope are on the one side or the other.
type cut struct {
	slope float64
	order []int32
}

// residual is v − slope·q of a row, with twice the digits of a float64: orders
// must not depend on rounding where many pairs have one slope.
type residual struct {
	sum, rest, q float64
	row          int32
}

func newSlopes(rows []point) *slopes {
	s := &slopes{rows: rows}
	first, last := make([]int32, len(rows)), make([]int32, len(rows))
	for i := range first {
		first[i], last[i] = int32(i), int32(i)
	}
	slices.SortStableFunc(last, func(a, b int32) int { return cmp.Compare(rows[b].q, rows[a].q) })
	s.lo, s.hi = cut{math.Inf(-1), first}, cut{math.Inf(1), last}
	s.count = s.between(s.lo, s.hi)
	return s
}

// fewSlopes is the number of pairs that are rather gathered than narrowed.
const fewSlopes = 20_000

func (s *slopes) middle() (a, b float64) { return s.pair((s.count-1)/2, s.count/2) }

// pair returns the slopes of rank j and k, of which k is j or j + 1.
func (s *slopes) pair(j, k int) (a, b float64) {
	single := false // whether the bounds are the roundings of one slope
	for round := 0; s.count > max(fewSlopes, 4*len(s.rows)); round++ {
		if round == manyRounds {
			panic("slopes are out of order")
		}
		lo, hi := s.bounds(j, single)
		below, through, n, m := s.lo, s.hi, 0, s.count
		if lo > s.lo.slope {
			below = s.cutAt(lo, false)
			n = s.between(s.lo, below)
		}
		if hi < s.hi.slope {
			through = s.cutAt(hi, true)
			m = s.between(s.lo, through)
		}
		before := s.count
		switch {
		case k < n:
			s.hi, s.count = below, n
		case j >= m:
			s.lo, s.count = through, s.count-m
			j, k = j-m, k-m
		case j < n || k >= m: // a bound is between the two
			other := *s
			a, _ = s.pair(j, j)
			b, _ = other.pair(k, k)
			return a, b
		case single:
			m := mean(lo, hi)
			return m, m
		default:
			s.lo, s.hi, s.count = below, through, m-n
			j, k = j-n, k-n
		}
		// Where many slopes are equal, two bounds can leave them all.
		single = s.count > before/2
	}
	s.found = s.found[:0]
	s.eachInversion(s.lo.order, s.hi.order, func(i []int32, j int32) {
		for _, i := range i {
			s.found = append(s.found, s.slope(i, j))
		}
	})
	return pairOf(s.found, j, k)
}

func (s *slopes) slope(i, j int32) float64 {
	a, b := s.rows[i], s.rows[j]
	return (b.v - a.v) / (b.q - a.q)
}

// cutAt returns the order of the rows before a slope or behind it.
func (s *slopes) cutAt(slope float64, behind bool) cut {
	s.keys = s.keys[:0]
	for i, p := range s.rows {
		q := p.q
		if behind {
			q = -q
		}
		product := slope * p.q
		sum := p.v - product
		back := sum - p.v
		rest := (p.v - (sum - back)) - (product + back) - math.FMA(slope, p.q, -product)
		s.keys = append(s.keys, residual{sum + rest, rest - ((sum + rest) - sum), q, int32(i)})
	}
	slices.SortFunc(s.keys, func(a, b residual) int {
		switch {
		case a.sum < b.sum:
			return -1
		case a.sum > b.sum:
			return 1
		case a.rest != b.rest:
			return cmp.Compare(a.rest, b.rest)
		case a.q != b.q:
			return cmp.Compare(a.q, b.q)
		}
		return cmp.Compare(a.row, b.row)
	})
	order := make([]int32, len(s.keys))
	for i, k := range s.keys {
		order[i] = k.row
	}
	return cut{slope, order}
}

// between returns how many slopes lie between two cuts.
func (s *slopes) between(a, b cut) int {
	n := 0
	s.eachInversion(a.order, b.order, func(i []int32, _ int32) { n += len(i) })
	return n
}

// bounds returns two slopes that most likely enclose that of rank k, or the
// neighbours of a slope near it. As computed slopes are rounded, those which
// are that slope lie up to two units in the last place from it.
func (s *slopes) bounds(k int, single bool) (lo, hi float64) {
	size := min(max(len(s.rows)/4, 1000), 50_000)
	step := s.count / size
	next := func() int {
		s.random = s.random*6364136223846793005 + 1442695040888963407
		return len(s.found)*step + int(float64(s.random>>11)/(1<<53)*float64(step))
	}
	s.found = s.found[:0]
	seen, at := 0, next()
	s.eachInversion(s.lo.order, s.hi.order, func(i []int32, j int32) {
		for len(s.found) < size && at < seen+len(i) {
			s.found = append(s.found, s.slope(i[at-seen], j))
			at = next()
		}
		seen += len(i)
	})
	slack := 0
	if !single {
		slack = slackOf(size)
	}
	rank := min(int(float64(k)/float64(s.count)*float64(size)), size-1)
	low, high := max(rank-slack, 0), min(rank+slack, size-1)
	lo = nth(s.found, low)
	hi = nth(s.found[low:], high-low)
	if single {
		lo = math.Nextafter(math.Nextafter(lo, math.Inf(-1)), math.Inf(-1))
		hi = math.Nextafter(math.Nextafter(hi, math.Inf(1)), math.Inf(1))
	}
	return lo, hi
}
