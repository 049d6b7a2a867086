// Package value has the SQL functions for prices: the unit value of a line, and
// how far it lies from its kind on a scale that outliers can't stretch.
//
// It judges nothing: which group a price is compared with, and from which
// distance on it is remarkable, is said in SQL.
package value

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{unitValue, robustZ, madScale, qnScale, snScale, medcouple, adjustedFence,
	huberLocation, hodgesLehmann, weightedMedian, ltsFit, theilSen,
	priceLines, robustSummary, benford, unitFactor}
