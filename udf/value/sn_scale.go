package value

import (
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var snScale = udf.Func{
	Name:   "sn_scale",
	Kernel: udf.Over(SnScale),
	Unit:   "unit of x",
	Examples: []udf.Example{
		{
			SQL:  "SELECT round(sn_scale(x), 5) FROM (VALUES (1.1), (2), (3.5), (4), (5.2), (6), (7.7), (8), (9), (50)) t(x)",
			Want: "4.41262",
		},
		{SQL: "SELECT sn_scale(x) FROM (VALUES (7), (7), (7), (900)) t(x)", Want: "0.0"},
		{SQL: "SELECT sn_scale(x) FROM (VALUES (NULL::DOUBLE)) t(x)", Want: "NULL"},
	},
}

// snNormal makes the scale of many normal values their standard deviation.
const snNormal = 1.1926

// snFew has the factors for 2 to 9 values, found by simulation.
var snFew = [...]float64{2: .743, 1.851, .954, 1.351, .993, 1.198, 1.005, 1.131}

// SnScale returns the scale of the values of a group by the median of their
// median distances, which almost half of the values can't stretch:
//
//	s = f(n) · 1.1926 · lomedᵢ (himedⱼ |xᵢ − xⱼ|)
//
// where himed is the value of rank ⌊n/2⌋ + 1 of the distances of one value from
// all, itself included, and lomed that of rank ⌊(n + 1)/2⌋. Unlike mad_scale it
// needs no centre, so it suits skewed values; it is 58 % as efficient as the
// standard deviation with normal values (mad_scale 37 %, qn_scale 82 %).
//
// The factor f(n) makes s unbiased with few normal values: a table up to n = 9,
// then n/(n − 0.9) for odd n, and 1 for even n.
//
// NULL and NaN are left out. Infinities count as values beyond all others. No
// value gives NULL, one finite value 0, as do groups of which more than half
// are equal. NULL too where the result is not finite.
//
// It is exact, in O(n log n) steps, and gives what robustbase's Sn gives.
//
// Sources: P. J. Rousseeuw and C. Croux, “Alternatives to the Median Absolute
// Deviation”, Journal of the American Statistical Association 88(424), 1993,
// pp. 1273–1283, equation 2.1; the same, “Time-Efficient Algorithms for Two
// Highly Robust Estimators of Scale”, Computational Statistics 1, 1992,
// pp. 411–428, for the factors.
func SnScale(x []float64) (float64, bool) {
	x = withoutNaN(x)
	slices.Sort(x)
	n := len(x)
	if n < 2 {
		return 0, n == 1 && isFinite(x[0])
	}
	distances, done := scratch(n)
	defer done()
	toNearest(x, n/2, distances)
	s := snFactor(n) * snNormal * nth(distances, (n+1)/2-1)
	return s, isFinite(s)
}

// toNearest sets to[i] to the distance of sorted x[i] from its k-th nearest
// neighbour.
//
// A value and its k nearest neighbours are k + 1 values in a row. Their first
// one moves only upwards when the value does.
func toNearest(x []float64, k int, to []float64) {
	first := 0
	for i, v := range x {
		first = max(first, i-k)
		for first < i && first+k+1 < len(x) && gap(x[first+k+1], v) < gap(v, x[first]) {
			first++
		}
		to[i] = max(gap(v, x[first]), gap(x[first+k], v))
	}
}

func snFactor(n int) float64 {
	switch {
	case n < len(snFew):
		return snFew[n]
	case n%2 == 1:
		return float64(n) / (float64(n) - .9)
	}
	return 1
}
