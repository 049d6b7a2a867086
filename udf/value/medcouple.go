package value

import (
	"math"
	"slices"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var medcouple = udf.Func{
	Name:   "medcouple",
	Kernel: udf.Over(Medcouple),
	Examples: []udf.Example{
		{SQL: "SELECT round(medcouple(x), 6) FROM (VALUES (1), (2), (7), (9), (10)) t(x)", Want: "-0.333333"},
		{SQL: "SELECT medcouple(x) FROM (VALUES (1), (2), (3), (4), (100)) t(x)", Want: "0.0"},
		{SQL: "SELECT medcouple(x) FROM (VALUES (1)) t(x)", Want: "0.0"},
	},
}

// Medcouple returns the skewness of the values of a group, from −1 to 1, which
// up to a quarter of outliers can't carry away: 0 for symmetric values, above 0
// where the long tail is to the right. It is the median over all pairs of a
// value a ≥ m and a value b ≤ m, with m the median of all,
//
//	h(a, b) = ((a − m) − (m − b)) / (a − b)
//
// and, for pairs of values that equal m, as many −1 as 1, and one 0 for each
// such value. Of an even number of pairs the median is the mean of the two in
// the middle, so medcouple(−x) = −medcouple(x). It doesn't depend on the unit
// or the origin of x.
//
// NULL and NaN are left out. Infinities count as values beyond all others, two
// of opposite signs as equally far from m. No value gives NULL, and so does an
// infinite median. One value, or all equal, give 0.
//
// It is exact, in O(n log n) steps. statsmodels' medcouple and robustbase's
// mc(x, doReflect = TRUE), which is its default up to 100 values, give the same;
// with more values robustbase's default takes one of the two in the middle.
//
// Source: G. Brys, M. Hubert and A. Struyf, “A Robust Measure of Skewness”,
// Journal of Computational and Graphical Statistics 13(4), 2004, pp. 996–1017.
func Medcouple(x []float64) (float64, bool) {
	x = withoutNaN(x)
	slices.Sort(x)
	return medcoupleSorted(x)
}

var floatsPool = sync.Pool{New: func() any { return new([]float64) }}

// scratch returns n floats, and what gives them back.
func scratch(n int) ([]float64, func()) {
	p := floatsPool.Get().(*[]float64)
	if cap(*p) < n {
		*p = make([]float64, n+n/4)
	}
	return (*p)[:n], func() { floatsPool.Put(p) }
}

// medcoupleSorted is [Medcouple] for sorted values without NaN.
//
// It looks for the middle of the ratios r = (m − b)/(a − m), of which h is
// (1 − r)/(1 + r): computed ratios are in order where values are, which can't
// be said of a computed h.
func medcoupleSorted(x []float64) (float64, bool) {
	n := len(x)
	if n == 0 {
		return 0, false
	}
	// Differences of quarters can't overflow, and the medcouple has no unit.
	scale := 1.
	if math.IsInf(x[n-1]-x[0], 0) {
		scale = .25
	}
	m := mean(x[(n-1)/2]*scale, x[n/2]*scale)
	if !isFinite(m) {
		return 0, false
	}
	above, _ := slices.BinarySearchFunc(x, m, func(v, m float64) int { return less(v*scale, m) })
	through := above
	for through < n && x[through]*scale == m {
		through++
	}
	distances, done := scratch(n - above + through)
	defer done()
	plus, minus := distances[:n-above], distances[n-above:]
	for i := range plus {
		plus[i] = math.Abs(x[above+i]*scale - m) // never −0
	}
	for i := range minus {
		minus[i] = math.Abs(m - x[through-1-i]*scale)
	}
	a, b := middle(matrix{
		rows: len(plus), cols: len(minus),
		at:   func(i, j int) float64 { return ratio(minus[j], plus[i], j-i) },
		from: func(int) int { return 0 },
	})
	return mean(fromRatio(a), fromRatio(b)), true
}

// ratio returns b/a for distances from the median. For two that are both 0, or
// both infinite, it depends on how many such values lie between them.
func ratio(b, a float64, apart int) float64 {
	switch {
	case a == 0 && b == 0 && apart < 0:
		return 0
	case a == 0 && b == 0 && apart > 0:
		return math.Inf(1)
	case a == b:
		return 1
	}
	return b / a
}

// fromRatio returns the h of a ratio.
func fromRatio(r float64) float64 {
	if math.IsInf(r, 1) {
		return -1
	}
	return (1 - r) / (1 + r)
}

// less is a comparison for a binary search of the first value that is not
// below m.
func less(v, m float64) int {
	if v < m {
		return -1
	}
	return 1
}
