package value

import (
	"math"
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var hodgesLehmann = udf.Func{
	Name:   "hodges_lehmann",
	Kernel: udf.Over(HodgesLehmann),
	Unit:   "unit of x",
	Examples: []udf.Example{
		{SQL: "SELECT hodges_lehmann(x) FROM (VALUES (1), (2), (4), (8), (900)) t(x)", Want: "5.0"},
		{SQL: "SELECT hodges_lehmann(x) FROM (VALUES (1), (5)) t(x)", Want: "3.0"},
		{SQL: "SELECT hodges_lehmann(x) FROM (VALUES (NULL::DOUBLE)) t(x)", Want: "NULL"},
	},
}

// HodgesLehmann returns the centre of the values of a group, which 29 % of
// outliers can't carry away: the median of the means of all pairs, each value
// paired with itself too:
//
//	median of (xᵢ + xⱼ)/2 over i ≤ j
//
// It is 95 % as efficient as the mean with normal values (the median 64 %). Of
// an even number of pairs the median is the mean of the two in the middle.
//
// NULL and NaN are left out. Infinities count as values beyond all others; both
// in one group give NULL, as does an infinite result. No value gives NULL.
//
// It is exact, in O(n log n) steps.
//
// Source: J. L. Hodges and E. L. Lehmann, “Estimates of Location Based on Rank
// Tests”, Annals of Mathematical Statistics 34(2), 1963, pp. 598–611, equation
// 1.2.
func HodgesLehmann(x []float64) (float64, bool) {
	x = withoutNaN(x)
	slices.Sort(x)
	n := len(x)
	if n == 0 || math.IsInf(x[0], -1) && math.IsInf(x[n-1], 1) {
		return 0, false
	}
	a, b := middle(matrix{
		rows: n, cols: n,
		at:   func(i, j int) float64 { return mean(x[n-1-i], x[j]) },
		from: func(i int) int { return n - 1 - i },
	})
	m := mean(a, b)
	return m, isFinite(m)
}
