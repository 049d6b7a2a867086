package value

import (
	"math"
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var priceLines = udf.Func{
	Name:   "price_lines",
	Kernel: udf.Over2(PriceLines),
	Unit:   "centre: value per unit of quantity; scale: of ln(v/q); share and noise: of 1",
	Examples: []udf.Example{
		{
			SQL:  "SELECT list_transform(price_lines(q, v).levels, lambda l: round(l.centre)) FROM (SELECT 1 + i % 9 AS q, (1 + i % 9) * CASE WHEN i % 3 = 0 THEN 10 ELSE 25 END * (1 + .03 * (sin(i) + sin(2.7 * i) + sin(5.3 * i))) AS v FROM range(300) t(i))",
			Want: "[10.0, 25.0]",
		},
		{SQL: "SELECT price_lines(q, v).lines FROM (SELECT 1 + i % 9 AS q, (1 + i % 9) * 10 * (1 + .03 * (sin(i) + sin(2.7 * i) + sin(5.3 * i))) AS v FROM range(300) t(i))", Want: "1"},
		{SQL: "SELECT price_lines(0, 5)", Want: "NULL"},
	},
}

// Lines is the result of [PriceLines].
type Lines struct {
	N      int64   // rows with a price
	Lines  int64   // price levels, 1 to 4
	Noise  float64 // share of rows on no level
	Bic    []float64
	Levels []Level
}

// Level is a price level.
type Level struct {
	Centre float64 // price
	Share  float64 // of the rows
	Scale  float64 // of the logarithms of prices
}

// PriceLines returns how many price levels the rows of a group have, as two
// grades of goods under one code do, and each level's centre, share of the
// rows and scale, the cheapest first. v is a value and q a quantity.
//
// The logarithms of the unit values v/q are taken for a mixture of K levels and
// noise,
//
//	f(l) = Σ share · g((l − ln centre)/s)/s + noise/max(max l − min l, ln 100)
//
// where g is the normal density, or that of Student's t with 4 degrees of
// freedom, whichever is likelier: prices often have longer tails. With the
// latter scale is 1.098·s, the standard deviation of normal values with the same
// quartiles. K is the number from 1 to 4 with the least
//
//	bic = −2 · ln likelihood + 3K · ln n
//
// of those for which each level has 5 % of the rows, 8 rows and a peak of its
// own: between neighbours the density falls to three quarters of the lower
// peak. So a long tail is no level. bic lists the values of all K that were
// tried, up to the first that is no better, NULL where levels have no such peaks. A scale is 0.005 at least, as closer
// prices are no different ones, unless all are equal, and noise 0.25 at most.
//
// The search is by expectation and maximisation, on prices gathered in steps of
// 0.0025, from starts that are always the same; a level is added where it raises
// the likelihood most. It ends when the logarithm of the
// likelihood rises by less than 10⁻⁵ in four rounds, or after 400.
//
// Rows with NULL, NaN or an infinity, or where v or q is not above zero, have no price
// and are left out; no price gives NULL. Fewer than 16 prices are
// one level.
//
// Sources: G. J. McLachlan and D. Peel, Finite Mixture Models, Wiley, 2000,
// chapter 7, for mixtures of t; J. D. Banfield and A. E. Raftery, “Model-Based
// Gaussian and Non-Gaussian Clustering”, Biometrics 49(3), 1993, pp. 803–821, for
// noise; the rule of the peaks is dhow's.
func PriceLines(q, v []float64) (Lines, bool) {
	prices := make([]float64, 0, len(q))
	for i := range q {
		if uv, ok := UnitValue(v[i], q[i]); ok {
			prices = append(prices, math.Log(uv))
		}
	}
	n := len(prices)
	if n == 0 {
		return Lines{}, false
	}
	slices.Sort(prices)
	if prices[0] == prices[n-1] {
		return Lines{N: int64(n), Lines: 1, Levels: []Level{{Centre: math.Exp(prices[0]), Share: 1}}}, true
	}
	best, bic := chooseLevels(prices)
	result := Lines{N: int64(n), Lines: int64(len(best.levels)), Noise: best.noise, Bic: bic}
	for _, l := range best.levels {
		result.Levels = append(result.Levels, Level{Centre: math.Exp(l.centre), Share: l.share, Scale: l.scale * best.tails.unit()})
	}
	return result, true
}

const (
	levelsMost     = 4
	levelRowsLeast = 8
	levelShare     = .05 // least share of the rows
	levelValley    = .75 // most density between two levels, by that of the lower one
	levelFloor     = .005
	noiseMost      = .25
	t4Quartile     = .7406970841 // of Student's t with 4 degrees of freedom
	t4Normal       = t4Quartile * madNormal
)

// chooseLevels returns the best mixture for sorted logarithms of prices, and
// BIC for each number of levels that was tried.
func chooseLevels(prices []float64) (best mixture, bic []float64) {
	n := float64(len(prices))
	values := newStepped(prices, levelStep)
	coarse := newStepped(prices, max(levelStep, (quantile(prices, .99)-quantile(prices, .01))/levelCoarse))
	kinds := []mixture{{tails: normal}, {tails: student}}
	last := []float64{math.Inf(1), math.Inf(1)}
	least := math.Inf(1)
	for k := 1; k <= min(levelsMost, max(1, len(prices)/levelRowsLeast)); k++ {
		found, better := math.NaN(), false
		for i, m := range kinds {
			m = values.withLevel(m, coarse)
			kinds[i] = m
			b := -2*m.likelihood + 3*float64(k)*math.Log(n)
			better = better || b < last[i]
			last[i] = b
			if (k == 1 || m.apart(n)) && !(b >= found) {
				found = b
			}
			if found == b && b < least {
				best, least = m, b
			}
		}
		bic = append(bic, found)
		if !better {
			break
		}
	}
	return best, bic
}

// apart reports whether each level is a peak of its own, and none too small.
func (m mixture) apart(n float64) bool {
	for i, l := range m.levels {
		if l.share < levelShare || l.share*n < levelRowsLeast {
			return false
		}
		if i > 0 && m.valley(m.levels[i-1].centre, l.centre) > levelValley {
			return false
		}
	}
	return true
}

// valley returns the least density between two places as a part of the smaller
// one at them.
func (m mixture) valley(from, to float64) float64 {
	const steps = 32
	least := math.Inf(1)
	for i := 1; i < steps; i++ {
		least = min(least, m.density(from+(to-from)*float64(i)/steps))
	}
	return least / min(m.density(from), m.density(to))
}

// density returns the density of all levels at a place.
func (m mixture) density(x float64) float64 {
	sum := 0.
	for _, l := range m.levels {
		d, _ := m.tails.density((x - l.centre) / l.scale)
		sum += d * l.share / l.scale
	}
	return sum
}
