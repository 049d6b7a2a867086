package value

import (
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var qnScale = udf.Func{
	Name:   "qn_scale",
	Kernel: udf.Over(QnScale),
	Unit:   "unit of x",
	Examples: []udf.Example{
		{
			SQL:  "SELECT round(qn_scale(x), 6) FROM (VALUES (1.1), (2), (3.5), (4), (5.2), (6), (7.7), (8), (9), (50)) t(x)",
			Want: "3.995229",
		},
		{SQL: "SELECT round(qn_scale(x), 6) FROM (VALUES (7), (7), (7), (8), (9), (900)) t(x)", Want: "1.358558"},
		{SQL: "SELECT qn_scale(x) FROM (VALUES (NULL::DOUBLE)) t(x)", Want: "NULL"},
	},
}

// qnNormal makes the scale of many normal values their standard deviation.
const qnNormal = 2.21914 // 1/(√2·Φ⁻¹(5/8)) = 2.2191445, with the digits of robustbase

// qnFew has the factors for 2 to 12 values, found by simulation.
var qnFew = [...]float64{
	2: .399356, .99365, .51321, .84401, .61220, .85877, .66993, .87344, .72014, .88906, .75743,
}

// QnScale returns the scale of the values of a group by a quantile of the
// distances between all pairs, which almost half of the values can't stretch:
//
//	s = f(n) · 2.21914 · d₍k₎   k = h(h − 1)/2, h = ⌊n/2⌋ + 1
//
// where d₍k₎ is the k-th smallest of the n(n − 1)/2 distances |xᵢ − xⱼ|. Unlike
// mad_scale it needs no centre, so it suits skewed values, is 82 % as efficient
// as the standard deviation with normal values (mad_scale 37 %), and is 0 only
// where more than half of the values are equal, as seldom as any robust scale.
//
// The factor f(n) makes s unbiased with few normal values: a table up to n = 12,
// then 1/(1 + 1.60188/n − 2.1284/n² − 5.172/n³) for odd n, and for even n
// 1/(1 + 3.67561/n + 1.9654/n² + 6.987/n³ − 77/n⁴).
//
// NULL and NaN are left out. Infinities count as values beyond all others. No
// value gives NULL, one finite value 0. NULL too where the result is not
// finite.
//
// It is exact, in O(n log n) steps, and gives what robustbase's Qn gives.
//
// Sources: P. J. Rousseeuw and C. Croux, “Alternatives to the Median Absolute
// Deviation”, Journal of the American Statistical Association 88(424), 1993,
// pp. 1273–1283, equation 3.7; M. Maechler et al., robustbase 0.95, for the
// factors.
func QnScale(x []float64) (float64, bool) {
	x = withoutNaN(x)
	slices.Sort(x)
	return qnSorted(x)
}

// qnSorted is [QnScale] for sorted values without NaN.
func qnSorted(x []float64) (float64, bool) {
	n := len(x)
	if n < 2 {
		return 0, n == 1 && isFinite(x[0])
	}
	h := n/2 + 1
	d := ranked(matrix{
		rows: n, cols: n,
		at:   func(i, j int) float64 { return gap(x[j], x[i]) },
		from: func(i int) int { return i + 1 },
	}, h*(h-1)/2-1)
	s := qnFactor(n) * qnNormal * d
	return s, isFinite(s)
}

func qnFactor(n int) float64 {
	m := 1 / float64(n)
	switch {
	case n < len(qnFew):
		return qnFew[n]
	case n%2 == 1:
		return 1 / (1 + m*(1.60188+m*(-2.1284-5.172*m)))
	}
	return 1 / (1 + m*(3.67561+m*(1.9654+m*(6.987-77*m))))
}

// gap returns a − b; equal infinities have none.
func gap(a, b float64) float64 {
	if a == b {
		return 0
	}
	return a - b
}
