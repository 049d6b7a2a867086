package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var priceLadder = udf.Func{
	Name: "price_ladder",
	Kernel: udf.OverRows(PriceLadder, []udf.Type{udf.BigInt, udf.BigInt, udf.BigInt, udf.BigInt, udf.Double, udf.Double},
		func(words []uint64) (Ladder, bool) { return ladderOf(newLadderRows(words)), true }),
	Unit: "prices, scales and fences: of the logarithm of prices; days: since 1900-01-01",
	Examples: []udf.Example{
		{
			SQL:  "SELECT list_transform(list_filter(price_ladder(code, 0, 0, 0, ln(p), 0).rungs, lambda r: r.level = 2), lambda r: [r.code, r.n, round(exp(r.median), 6)]) FROM (VALUES (161091000, 4), (161091000, 5), (161091000, 9)) t(code, p)",
			Want: "[[161091000.0, 3.0, 5.0]]",
		},
		{
			SQL:  "SELECT list_transform(price_ladder(code, 0, 0, 0, ln(p), 0).rungs, lambda r: [r.level, r.code]) FROM (VALUES (161091000, 4), (161099000, 5)) t(code, p)",
			Want: "[[1, 161091000], [1, 161099000], [2, 161091000], [2, 161099000], [3, 161091000], [3, 161099000], [4, 1610910], [4, 1610990], [5, 16109]]",
		},
		{SQL: "SELECT price_ladder(NULL, 0, 0, 0, 1, 0)", Want: "NULL"},
	},
}

// Ladder is the result of [PriceLadder].
type Ladder struct{ Rungs []Rung }

// The rungs of the ladder, the finest first.
const (
	rungTrader = iota
	rungOrigin
	rungCode
	rungHS8
	rungHS6
	rungHS4
)

// Rung is what is usual in a group of like goods.
type Rung struct {
	Level         int64 // 0 pair, 1 origin, 2 code, 3 HS8, 4 HS6, 5 HS4
	Code          int64 // 1 and the digits
	Origin        int64 // of levels 0 and 1, else 0
	Pair          int64 // of level 0, else 0
	N             int64 // rows
	Traders       int64 // and rows without one
	Weight        float64
	FirstDay      int64
	LastDay       int64
	Min, P05, Q1  float64
	Median        float64
	Q3, P95, Max  float64
	Scale         float64 // 1.4826 MAD, or IQR/1.349 where that is 0
	ScaleFrom     string  // MAD, IQR, or empty where both are 0
	Within        float64 // scale of the prices of a pair around their median
	FenceLower    float64
	FenceUpper    float64
	Elasticity    float64 // of the price to the quantity
	LineIntercept float64 // price at quantity 1
	LineScale     float64
	// For a row of the group: median and scale of the others. Below is for a
	// row below the median, out for one farther from it than the scale.
	BelowMedian, BelowOut, BelowIn float64
	AboveMedian, AboveOut, AboveIn float64
	AtMedian, AtIn                 float64
	Levels                         []RungLevel
}

// RungLevel is one of several price levels of a group.
type RungLevel struct{ Centre, Share, Scale float64 }

// PriceLadder returns what prices are usual in each of the groups of like goods
// that the rows of a heading fall into, in one pass: the rungs of the ladder on
// which valuation_anomalies looks for the narrowest group with enough lines.
//
// code is a number, 1 and then the digits of the commodity code (161091000 for
// 61091000, so that zeros in front count); origin any number for the country of
// origin times 2²⁴, plus the day since 1900-01-01, or 0 for no day; trader any
// number for the trader, 0 for none; pair one for whoever trades with each other,
// as importer and exporter, 0 for none; price the logarithm of a unit value and
// quantity that of its quantity. Rows with NULL are left out, those with NaN or
// an infinite price too. All rows should be of one heading, currency and unit.
//
// The rungs have the levels
//
//	0  the rows of a pair in a group of level 1, where there are at least two
//	1  code and origin
//	2  code
//	3  the first 8 digits, where the code has as many
//	4  the first 6 digits
//	5  the first 4 digits
//
// Each has the number of rows, of traders, the first and the last day, quantiles,
// the median and the scale of the logarithms of prices. No trader counts for
// more than a quarter: in a group where one has more rows, each of them counts
// for less, so that a flood of bad prices doesn't move the median. weight is what
// all rows count together, n where no one has too many. With less than four
// traders that can't be had, and all count alike, 1 each.
//
// below_median, below_out and so on are what a row is to be compared with: the
// median and scale of the other rows. They depend on the row only by its being
// below or above the median, and nearer to it or farther away than the scale.
// They are exact, but for rows that are themselves the middle one of the
// distances, which count as far, and for rows of a trader that counts for less:
// that each counts as a whole row.
//
// elasticity, line_intercept and line_scale are a robust line through the
// logarithms,
//
//	price = line_intercept + elasticity · quantity
//
// the resistant line through the medians of the outer thirds, fitted again by
// least squares to the rows within 2.24 scales; the elasticity is below 0 where
// there is a discount for quantity. It is NULL with less than 15 rows or without
// spread. The fences are those of adjusted_fence. levels are those of price_lines
// where there are two or more, else empty. within is the scale of prices around
// the median of their pair.
//
// Line, fences and levels of large groups come from 512, 128 and 400 of their
// rows, evenly spread.
//
// Sources: those of mad_scale, adjusted_fence and price_lines; J. W. Tukey,
// Exploratory Data Analysis, Addison-Wesley, 1977, chapter 5, for the resistant
// line. Cap and ladder are dhow's.
func PriceLadder(code, origin, trader, pair []int64, price, quantity []float64) Ladder {
	words := make([]uint64, 0, len(code)*ladderColumns)
	for i := range code {
		words = append(words, uint64(code[i]), uint64(origin[i]), uint64(trader[i]), uint64(pair[i]), math.Float64bits(price[i]), math.Float64bits(quantity[i]))
	}
	return ladderOf(newLadderRows(words))
}

// ladderOf climbs the ladder: the rows of each rung are those of some rungs
// below it, which lie side by side, and its sorted prices theirs, merged.
func ladderOf(rows *ladderRows) Ladder {
	defer rows.release()
	var l Ladder
	parts := rows.goods
	for i := range parts {
		sortPrices(rows.sorted[parts[i].from:parts[i].to])
	}
	for level := rungOrigin; level <= rungHS4; level++ {
		if level > rungOrigin {
			parts = rows.climb(parts, level)
		}
		for i := range parts {
			rows.describe(&l, &parts[i], level)
		}
	}
	return l
}
