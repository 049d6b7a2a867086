package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var unitFactor = udf.Func{
	Name: "unit_factor",
	Kernel: udf.Overload(
		udf.Maybe2(UnitFactor),
		udf.Maybe1(func(ratio float64) (float64, bool) { return UnitFactor(ratio, unitScale) }),
	),
	Examples: []udf.Example{
		{SQL: "SELECT unit_factor(12.3, 0.1)", Want: "12.0"},
		{SQL: "SELECT unit_factor(0.00102, 0.04)", Want: "0.001"},
		{SQL: "SELECT unit_factor(1000)", Want: "1000.0"},
		{SQL: "SELECT unit_factor(11, 0.1)", Want: "NULL"},
		{SQL: "SELECT unit_factor(1.3)", Want: "NULL"},
	},
}

const (
	poundsPerKilogram = 1 / .45359237 // by the agreement of 1959
	unitScale         = .05           // of the logarithm of prices, where none is known
	unitFarBefore     = 3.5           // scales from the fair price from which on a price is odd
	unitNearAfter     = 1.5           // scales up to which it is mended
)

// unitFactors are by how much a price is off when a unit was mistaken, or the
// other way round: thousands (grams, litres in cubic metres), hundreds, dozens,
// tens (a slipped point), pairs, and pounds.
var unitFactors = [...]float64{1000, 100, 12, 10, 2, poundsPerKilogram}

// UnitFactor returns the factor by which a price is too high, or below 1 too
// low, because its quantity was given in another unit, or NULL if that doesn't
// explain it. ratio is the unit value divided by the fair price, scale the
// robust scale of the logarithms of unit values in the group. The factors f
// are 1000, 100, 12, 10, 2 and 2.2046 (pounds a kilogram) and their inverses.
// It is the one f for which
//
//	|ln ratio| > 3.5 · scale   and   |ln ratio − ln f| < 1.5 · scale
//
// If several f fit there is no telling, and the result is NULL: 10 and 12 need a
// scale below 0.12, 2 and 2.2046 one below 0.065. Without a scale it is taken as
// 0.05, which means prices that vary by 5 %.
//
// A mistaken unit is an error to be mended rather than fraud: the quantity
// times f gives the ordinary price.
//
// A ratio or scale that is zero, negative, NaN or infinite gives NULL.
//
// Sources: FAO, faoswsTrade, for the comparison of unit values with their median
// within factors of 100; the rule itself is dhow's.
func UnitFactor(ratio, scale float64) (float64, bool) {
	if !isPositive(ratio) || !isPositive(scale) {
		return 0, false
	}
	l := math.Log(ratio)
	if math.Abs(l) <= unitFarBefore*scale {
		return 0, false
	}
	found, factor := 0, 0.
	for _, f := range unitFactors {
		if math.Abs(l-math.Log(f)) < unitNearAfter*scale {
			found, factor = found+1, f
		}
		if math.Abs(l+math.Log(f)) < unitNearAfter*scale {
			found, factor = found+1, 1/f
		}
	}
	return factor, found == 1
}
