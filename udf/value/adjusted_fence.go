package value

import (
	"math"
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var adjustedFence = udf.Func{
	Name:   "adjusted_fence",
	Kernel: udf.Over(AdjustedFence),
	Unit:   "unit of x; medcouple has none",
	Examples: []udf.Example{
		{SQL: "SELECT adjusted_fence(x) FROM (VALUES (1), (2), (3), (4), (5)) t(x)", Want: "{'lower': -1.0, 'upper': 7.0, 'medcouple': 0.0}"},
		{SQL: "SELECT round(adjusted_fence(x).upper, 3) FROM (VALUES (1), (2), (3), (5), (8), (13), (21)) t(x)", Want: "49.624"},
		{SQL: "SELECT adjusted_fence(NULL::DOUBLE)", Want: "NULL"},
	},
}

// Fence is the result of [AdjustedFence].
type Fence struct {
	Lower, Upper float64 // values beyond them are outliers
	Medcouple    float64 // skewness of the values
}

// AdjustedFence returns the bounds beyond which the values of a group are
// outliers, and the medcouple MC, which moves them with the skewness so that
// the long tail isn't taken for outliers:
//
//	MC ≥ 0:  lower = q1 − 1.5·e^(−4·MC)·(q3 − q1)   upper = q3 + 1.5·e^(3·MC)·(q3 − q1)
//	MC < 0:  lower = q1 − 1.5·e^(−3·MC)·(q3 − q1)   upper = q3 + 1.5·e^(4·MC)·(q3 − q1)
//
// q1 and q3 are Tukey's hinges: the medians of the lower and the upper half, the
// middle value being in both. The rule was made for |MC| ≤ 0.6; for more skewed
// values take the logarithm first, and for prices always. About 0.7 % of normal
// values are beyond the bounds. Where the quarters in the middle are equal, so
// are the bounds and the hinges, and any other value is beyond them: look at
// the number of values and their scale too.
//
// NULL and NaN are left out. Infinities count as values beyond all others. No
// value gives NULL, and so do infinite hinges or median, or bounds too large for
// a DOUBLE. One value v gives the bounds v and v.
//
// robustbase's adjboxStats(x, doReflect = TRUE) gives the same.
//
// Source: M. Hubert and E. Vandervieren, “An Adjusted Boxplot for Skewed
// Distributions”, Computational Statistics & Data Analysis 52(12), 2008,
// pp. 5186–5201, equation 5.
func AdjustedFence(x []float64) (Fence, bool) {
	x = withoutNaN(x)
	slices.Sort(x)
	mc, ok := medcoupleSorted(x)
	if !ok {
		return Fence{}, false
	}
	return fenceOf(x, mc)
}

// fenceOf is [AdjustedFence] for sorted values of which the medcouple is known.
func fenceOf(x []float64, mc float64) (Fence, bool) {
	q1, q3 := hinges(x)
	below, above := -4., 3.
	if mc < 0 {
		below, above = -3, 4
	}
	f := Fence{
		Lower:     q1 - 1.5*math.Exp(below*mc)*(q3-q1),
		Upper:     q3 + 1.5*math.Exp(above*mc)*(q3-q1),
		Medcouple: mc,
	}
	return f, isFinite(f.Lower) && isFinite(f.Upper)
}

// hinges returns the medians of the lower and the upper half of sorted values,
// the middle one being in both.
func hinges(x []float64) (q1, q3 float64) {
	half := (len(x) + 1) / 2
	a, b := (half-1)/2, half/2
	n := len(x) - 1
	return mean(x[a], x[b]), mean(x[n-a], x[n-b])
}
