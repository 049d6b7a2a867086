package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var leadingDigitsFunc = udf.Func{
	Name:   "leading_digits",
	Kernel: udf.Maybe2(LeadingDigits),
	Examples: []udf.Example{
		{SQL: "SELECT leading_digits(0.0374, 1)", Want: "3"},
		{SQL: "SELECT leading_digits(-1995.5, 2)", Want: "19"},
		{SQL: "SELECT leading_digits(5, 3)", Want: "500"},
		{SQL: "SELECT leading_digits(0, 1)", Want: "NULL"},
	},
}

// LeadingDigits returns the first n significant digits of a number, as benford
// counts them: a whole number from 10ⁿ⁻¹ to 10ⁿ − 1. The sign is ignored. A number
// that was written with up to 15 digits has those that were written.
//
// 0, NaN and infinities have none and give NULL, and so does n outside of 1 to 15.
func LeadingDigits(x float64, n int64) (int64, bool) {
	x = math.Abs(x)
	if !isPositive(x) || n < 1 || n > 15 {
		return 0, false
	}
	return int64(leadingDigits(x, int(n))), true
}
