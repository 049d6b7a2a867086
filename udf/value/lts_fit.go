package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var ltsFit = udf.Func{
	Name:   "lts_fit",
	Kernel: udf.Over2(LTSFit),
	Unit:   "slope: value per unit of quantity; intercept and scale: value",
	Examples: []udf.Example{
		{
			SQL:  "SELECT round(lts_fit(q, v).slope, 6) FROM (SELECT i AS q, CASE i WHEN 7 THEN 900 ELSE 12.5 * i + 3 + i % 2 END AS v FROM range(1, 21) t(i))",
			Want: "12.495157",
		},
		{
			SQL:  "SELECT lts_fit(q, v) FROM (SELECT i AS q, CASE i WHEN 7 THEN 900 ELSE 12.5 * i END AS v FROM range(1, 21) t(i))",
			Want: "{'slope': 12.5, 'intercept': 0.0, 'scale': 0.0, 'n': 20, 'outliers': 1, 'r2': 1.0}",
		},
		{SQL: "SELECT lts_fit(q, 5 * q) FROM (VALUES (1), (2)) t(q)", Want: "NULL"},
	},
}

// RobustLine is the result of [LTSFit].
type RobustLine struct {
	Slope, Intercept float64
	Scale            float64 // standard deviation of what is no outlier
	N                int64   // rows
	Outliers         int64   // rows far from the line
	R2               float64 // share of the variance that the line explains, outliers left out
}

const (
	ltsRowsLeast = 5     // more than twice the parameters, as robustbase has it
	ltsWeight    = .9875 // quantile of the normal distribution up to which a row counts
	ltsLevel     = .01   // chance that a clean group has an outlier
	ltsExactFit  = 1e-11 // scale, as a part of the size of values, that is rounding only
	ltsRawA      = .630869217886906
	ltsRawB      = .650789250442946
	ltsFinalA    = 1.58609654199605
	ltsFinalB    = 1.46340162526468
)

// LTSFit fits the line
//
//	v = intercept + slope · q + error
//
// to the rows of a group by least trimmed squares, so that almost half of the
// rows can't move it: it has the least sum of the h smallest squared
// residuals, h = ⌊(n + 3)/2⌋. With v a value and q a quantity, the slope is the
// fair price of a unit.
//
// Then the line is fitted again by least squares to the rows of which the
// residual is at most Φ⁻¹(0.9875) = 2.24 raw scales; that line is the result,
// with the standard deviation of its residuals as scale. Both scales are made
// consistent for normal errors, and unbiased with few rows by
//
//	1/(1 − e^0.6309/n^0.6508) for the raw, 1/(1 − e^1.5861/n^1.4634) for the final one.
//
// Outliers are the rows more than Φ⁻¹(1 − 0.005/n) scales from the line: of
// clean groups with normal errors one in a hundred has any. R² is that of the second
// fit. Where more than half of the rows lie on one line, the scale is 0 and the
// other rows are outliers.
//
// Rows with NULL, NaN or an infinity are left out; zero and negative quantities
// and values are taken as they are. NULL with fewer than 5 rows, or where more than half of
// the rows have one quantity, as no line is determined then.
//
// Up to 150 rows the line is the best one there is, found by turning a line
// through all orders of the residuals in O(n² log n). With more rows it is the
// best one that FAST-LTS finds from 200 starts of a fixed seed; the same rows in
// any order give the same line. robustbase's ltsReg with its defaults gives the
// same line and scale, to about 1 % where both depend on random starts.
//
// Sources: P. J. Rousseeuw and K. Van Driessen, “Computing LTS Regression for
// Large Data Sets”, Data Mining and Knowledge Discovery 12, 2006, pp. 29–45; G.
// Pison, S. Van Aelst and G. Willems, “Small Sample Corrections for LTS and
// MCD”, Metrika 55, 2002, pp. 111–123; D. Perrotta, M. Riani and F. Torti, “New
// Robust Dynamic Plots for Regression Mixture Detection”, Advances in Data
// Analysis and Classification 3, 2009, pp. 263–279, for lines through trade data.
func LTSFit(q, v []float64) (RobustLine, bool) {
	rows := finiteRows(q, v)
	n := len(rows)
	if n < ltsRowsLeast {
		return RobustLine{}, false
	}
	unit := normalize(rows)
	raw, ok := bestLine(rows)
	if !ok {
		return RobustLine{}, false
	}
	result, ok := reweighted(rows, raw)
	result = unit.restore(result)
	return result, ok && isFinite(result.Slope) && isFinite(result.Intercept) && isFinite(result.Scale)
}

// reweighted fits a line to the rows near the raw one.
func reweighted(rows []point, raw line) (RobustLine, bool) {
	n := float64(len(rows))
	h := trimmed(len(rows))
	scale := math.Sqrt(raw.squares/float64(h)) * consistency(float64(h)/n) / (1 - math.Exp(ltsRawA)/math.Pow(n, ltsRawB))
	limit := max(normalQuantile(ltsWeight)*scale, ltsExactFit)
	var near []point
	for _, p := range rows {
		if math.Abs(raw.residual(p)) <= limit {
			near = append(near, p)
		}
	}
	final, ok := leastSquares(near)
	if !ok {
		return RobustLine{}, false
	}
	m := float64(len(near))
	scale = math.Sqrt(final.squares / (m - 1))
	if m < n {
		scale *= consistency(m/n) / (1 - math.Exp(ltsFinalA)/math.Pow(n, ltsFinalB))
	}
	if scale < ltsExactFit {
		scale = 0
	}
	result := RobustLine{Slope: final.slope, Intercept: final.intercept, Scale: scale, N: int64(n), R2: explained(near, final)}
	limit = max(normalQuantile(1-ltsLevel/2/n)*scale, ltsExactFit)
	for _, p := range rows {
		if math.Abs(final.residual(p)) > limit {
			result.Outliers++
		}
	}
	return result, true
}

// trimmed returns how many residuals of n count.
func trimmed(n int) int { return (n + 3) / 2 }

// consistency returns the factor that makes the standard deviation of the
// smallest part of normal residuals that of all.
func consistency(part float64) float64 {
	z := normalQuantile((1 + part) / 2)
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	return 1 / math.Sqrt(1-2*z*density/part)
}

// normalQuantile returns Φ⁻¹(p).
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// explained returns R² of the line through the rows.
func explained(rows []point, l line) float64 {
	mean, total := 0., 0.
	for _, p := range rows {
		mean += p.v / float64(len(rows))
	}
	for _, p := range rows {
		total += (p.v - mean) * (p.v - mean)
	}
	if total == 0 {
		return math.NaN()
	}
	return max(0, 1-l.squares/total)
}
