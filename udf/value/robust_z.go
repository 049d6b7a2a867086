package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var robustZ = udf.Func{
	Name:   "robust_z",
	Kernel: udf.Maybe3(RobustZ),
	Unit:   "scales",
	Examples: []udf.Example{
		{SQL: "SELECT robust_z(9, 5, 2)", Want: "2.0"},
		{SQL: "SELECT robust_z(1, 5, 2)", Want: "-2.0"},
		{SQL: "SELECT robust_z(9, 5, 0)", Want: "NULL"},
	},
}

// RobustZ returns how many scales x lies above its centre, negative below:
//
//	z = (x − center) / scale
//
// It is robust if centre and scale are: the median and mad_scale of the
// logarithms of unit values, say. Values with |z| above 3.5 are commonly looked
// at as outliers.
//
// A scale that is zero, negative, NaN or infinite gives NULL: where half of a
// group has one price, mad_scale is 0 and says nothing about the rest, and
// another scale is needed. An x or centre that is NaN or infinite gives NULL
// too, as NaN would pass every test for a large z. A quotient too large for a
// DOUBLE is an infinity with its sign.
//
// Source: B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers,
// ASQC Quality Press, 1993, pp. 11–13, whose modified z-score is this one with
// 0.6745/MAD as 1/scale.
func RobustZ(x, center, scale float64) (float64, bool) {
	// Halves can't overflow before the division.
	d := x - center
	z := d / scale
	if math.IsInf(d, 0) {
		z = (x/2 - center/2) / (scale / 2)
	}
	return z, isPositive(scale) && isFinite(x) && isFinite(center)
}

func isFinite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }
