// Package value has the SQL functions for prices: the unit value of a line, how
// far it lies from its kind, and aggregates that say what is usual in a group
// of prices though some of them are wrong: centres, scales, fences, lines,
// price levels, and the digits of values.
//
// It judges nothing: which group a price is compared with, and from which
// distance on it is remarkable, is said in SQL.
package value

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{
	unitValue, robustZ, madScale, qnScale, snScale, medcouple, adjustedFence,
	huberLocation, hodgesLehmann, weightedMedian, ltsFit, theilSen,
	priceLines, priceLadder, robustSummary, benford, unitFactor,
	densityJump, binomialTail, countsFit, leadingDigitsFunc, quantileBand,
}
