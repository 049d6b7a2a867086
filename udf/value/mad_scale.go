package value

import (
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var madScale = udf.Func{
	Name:   "mad_scale",
	Kernel: udf.Over(MADScale),
	Unit:   "unit of x",
	Examples: []udf.Example{
		{
			SQL:  "SELECT round(mad_scale(x), 5) FROM (VALUES (1.1), (2), (3.5), (4), (5.2), (6), (7.7), (8), (9), (50)) t(x)",
			Want: "3.33585",
		},
		{SQL: "SELECT mad_scale(x) FROM (VALUES (7), (7), (7), (900)) t(x)", Want: "0.0"},
		{SQL: "SELECT mad_scale(x) FROM (VALUES (NULL::DOUBLE)) t(x)", Want: "NULL"},
	},
}

// madNormal makes the scale of normal values their standard deviation.
const madNormal = 1.482602218505602 // 1/Φ⁻¹(3/4)

// MADScale returns the scale of the values of a group by their median absolute
// deviation, which up to half of the values can't stretch:
//
//	s = 1.482602218505602 · median |x − median(x)|
//
// The factor is 1/Φ⁻¹(3/4), with which s estimates the standard deviation of
// normal values. The medians are exact; of an even number of values the median
// is the mean of the two in the middle.
//
// NULL and NaN are left out. Infinities count as values beyond all others. No
// value gives NULL, one finite value 0, as do groups of which more than half
// are equal. NULL too where a median or the result is not finite: half of the
// values are infinite then, or too large for a DOUBLE.
//
// Source: P. J. Rousseeuw and C. Croux, “Alternatives to the Median Absolute
// Deviation”, Journal of the American Statistical Association 88(424), 1993,
// pp. 1273–1283, equation 1.1.
func MADScale(x []float64) (float64, bool) {
	x = withoutNaN(x)
	var mad float64
	switch {
	case len(x) == 0:
		return 0, false
	case len(x) <= fewValues:
		mad = madOfFew(x)
	default:
		mad = madOfMany(x)
	}
	s := madNormal * mad
	return s, isFinite(s)
}

// withoutNaN moves NaNs behind the other values and returns those.
func withoutNaN(x []float64) []float64 {
	n := 0
	for n < len(x) && x[n] == x[n] {
		n++
	}
	for i := n; i < len(x); i++ {
		if x[i] == x[i] {
			x[i], x[n] = x[n], x[i]
			n++
		}
	}
	return x[:n]
}

// madOfMany selects in x as it is, and in its deviations, which are never
// stored: see [column].
func madOfMany(x []float64) float64 {
	s := selectors.Get().(*selector)
	defer selectors.Put(s)
	center := s.median(column{x: x, mask: allBits})
	return s.median(column{x: x, center: center, mask: withoutSign})
}

var selectors = sync.Pool{New: func() any { return new(selector) }}
