package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var theilSen = udf.Func{
	Name:   "theil_sen",
	Kernel: udf.Over2(TheilSen),
	Unit:   "slope: value per unit of quantity; intercept: value",
	Examples: []udf.Example{
		{SQL: "SELECT theil_sen(q, v) FROM (VALUES (1, 12), (2, 22), (3, 33), (4, 42), (5, 900)) t(q, v)", Want: "{'slope': 10.75, 'intercept': 0.75, 'n': 5}"},
		{SQL: "SELECT theil_sen(q, v).slope FROM (VALUES (1, 10), (2, 20), (3, 30)) t(q, v)", Want: "10.0"},
		{SQL: "SELECT theil_sen(q, v) FROM (VALUES (1, 12), (1, 22)) t(q, v)", Want: "NULL"},
	},
}

// MedianLine is the result of [TheilSen].
type MedianLine struct {
	Slope, Intercept float64
	N                int64 // rows
}

// TheilSen fits a line to the rows of a group that 29 % of outliers can't carry
// away:
//
//	slope = median of (vⱼ − vᵢ)/(qⱼ − qᵢ) over all pairs with qᵢ ≠ qⱼ
//	intercept = median(v) − slope · median(q)
//
// Of an even number of pairs the median is the mean of the two in the middle.
// With v a value and q a quantity, the slope is the price of a unit. Unlike
// lts_fit it needs no starts and tells no outliers, and gives way sooner.
//
// Rows with NULL, NaN or an infinity are left out. NULL where no two quantities
// differ, and where the line is too steep for a DOUBLE.
//
// It is exact but for rounding, in O(n log n) steps. SciPy's theilslopes gives
// the same.
//
// Sources: P. K. Sen, “Estimates of the Regression Coefficient Based on
// Kendall's Tau”, Journal of the American Statistical Association 63(324), 1968,
// pp. 1379–1389; J. Matoušek, “Randomized Optimal Algorithm for Slope
// Selection”, Information Processing Letters 39(4), 1991, pp. 183–187.
func TheilSen(q, v []float64) (MedianLine, bool) {
	rows := finiteRows(q, v)
	n := len(rows)
	if n < 2 || rows[0].q == rows[n-1].q {
		return MedianLine{}, false
	}
	quantity := mean(rows[(n-1)/2].q, rows[n/2].q)
	values, done := scratch(n)
	defer done()
	for i, p := range rows {
		values[i] = p.v
	}
	value := mean(pairOf(values, (n-1)/2, n/2))
	exponent := shrinkRows(rows)
	a, b := newSlopes(rows).middle()
	slope := math.Ldexp(mean(a, b), exponent)
	line := MedianLine{Slope: slope, Intercept: value - slope*quantity, N: int64(n)}
	return line, isFinite(line.Slope) && isFinite(line.Intercept)
}

// shrinkRows divides quantities and values by powers of two, which is exact, so
// that none is above 1, and returns the power by which slopes become larger.
func shrinkRows(rows []point) int {
	var q, v float64
	for _, p := range rows {
		q, v = max(q, math.Abs(p.q)), max(v, math.Abs(p.v))
	}
	_, qPower := math.Frexp(q)
	_, vPower := math.Frexp(v)
	for i, p := range rows {
		rows[i] = point{math.Ldexp(p.q, -qPower), math.Ldexp(p.v, -vPower)}
	}
	return vPower - qPower
}
