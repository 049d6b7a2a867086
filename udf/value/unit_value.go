package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var unitValue = udf.Func{
	Name:   "unit_value",
	Kernel: udf.Maybe2(UnitValue),
	Unit:   "value per unit of quantity",
	Examples: []udf.Example{
		{SQL: "SELECT unit_value(375, 1.5)", Want: "250.0"},
		{SQL: "SELECT unit_value(375, 0)", Want: "NULL"},
		{SQL: "SELECT unit_value(-375, 2)", Want: "NULL"},
	},
}

// UnitValue returns the price of one unit of quantity, in the currency of the
// value:
//
//	uv = value / quantity
//
// The result is a positive, finite number or NULL. A value or quantity that is
// zero, negative, NaN or infinite is a finding about the data and never a
// price, so it gives NULL, and so does a quotient too large or too small for a
// DOUBLE. Compare unit values by their logarithm: ln(uv), not ln(value) / ln(quantity).
//
// Source: United Nations, International Merchandise Trade Statistics: Compilers
// Manual, Revision 1, 2013, on unit values.
func UnitValue(value, quantity float64) (float64, bool) {
	uv := value / quantity
	ok := isPositive(value) && isPositive(quantity) && isPositive(uv)
	return uv, ok
}

// isPositive reports whether x is above zero and finite; NaN is not.
func isPositive(x float64) bool { return x > 0 && x <= math.MaxFloat64 }
