package value

import (
	"math"
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var robustSummary = udf.Func{
	Name:   "robust_summary",
	Kernel: udf.Over(RobustSummary),
	Unit:   "unit of x; n and medcouple have none",
	Examples: []udf.Example{
		{
			SQL:  "SELECT robust_summary(x) FROM (VALUES (1), (2), (3), (4), (5)) t(x)",
			Want: "{'n': 5, 'min': 1.0, 'p05': 1.2, 'q1': 2.0, 'median': 3.0, 'q3': 4.0, 'p95': 4.8, 'max': 5.0, 'mad_scale': 1.482602218505602, 'qn_scale': 1.8729763514, 'medcouple': 0.0}",
		},
		{SQL: "SELECT robust_summary(x).median FROM (VALUES (7), (8), (900)) t(x)", Want: "8.0"},
		{SQL: "SELECT robust_summary(NULL::DOUBLE)", Want: "NULL"},
	},
}

// Summary is the result of [RobustSummary].
type Summary struct {
	N                                  int64 // values
	Min, P05, Q1, Median, Q3, P95, Max float64
	MadScale, QnScale, Medcouple       float64
}

// RobustSummary returns what a group of values looks like, in one pass where
// single aggregates would need many: the number n of values, the smallest and
// the largest, the quantiles at 5, 25, 50, 75 and 95 %, two scales that outliers
// can't stretch, mad_scale and qn_scale, and the skewness, medcouple.
//
// Quantiles are interpolated, as by DuckDB's quantile_cont: the one at p is the
// value of rank 1 + (n − 1)·p.
//
// NULL and NaN are left out; no value gives NULL. Infinities count as values
// beyond all others; what isn't determined or finite then is NULL, but for min
// and max.
//
// Sources: those of mad_scale, qn_scale and medcouple; R. J. Hyndman and Y. Fan,
// “Sample Quantiles in Statistical Packages”, The American Statistician 50(4),
// 1996, pp. 361–365, definition 7.
func RobustSummary(x []float64) (Summary, bool) {
	x = withoutNaN(x)
	n := len(x)
	if n == 0 {
		return Summary{}, false
	}
	slices.Sort(x)
	qn, qnOK := qnSorted(x)
	mc, mcOK := medcoupleSorted(x)
	return Summary{
		N: int64(n), Min: x[0], Max: x[n-1],
		P05: quantile(x, .05), Q1: quantile(x, .25), Median: quantile(x, .5), Q3: quantile(x, .75), P95: quantile(x, .95),
		MadScale:  finiteOrNaN(madNormal*madSorted(x), true),
		QnScale:   finiteOrNaN(qn, qnOK),
		Medcouple: finiteOrNaN(mc, mcOK),
	}, true
}

// quantile returns the interpolated quantile of sorted values, NaN if it isn't
// finite.
func quantile(x []float64, p float64) float64 {
	at := p * float64(len(x)-1)
	i := int(at)
	part := at - float64(i)
	if part == 0 || x[i] == x[i+1] {
		return finiteOrNaN(x[i], true)
	}
	q := x[i] + (x[i+1]-x[i])*part
	if !isFinite(q) { // the difference may overflow
		q = x[i]*(1-part) + x[i+1]*part
	}
	return finiteOrNaN(q, true)
}

// finiteOrNaN returns x, or NaN, which becomes NULL.
func finiteOrNaN(x float64, ok bool) float64 {
	if !ok || !isFinite(x) {
		return math.NaN()
	}
	return x
}
