package value

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var weightedMedian = udf.Func{
	Name:   "weighted_median",
	Kernel: udf.TryOver2(WeightedMedian),
	Unit:   "unit of x",
	Examples: []udf.Example{
		{SQL: "SELECT weighted_median(x, w) FROM (VALUES (1, 1), (2, 1), (3, 5)) t(x, w)", Want: "3.0"},
		{SQL: "SELECT weighted_median(x, w) FROM (VALUES (1, 1), (2, 1), (3, 2)) t(x, w)", Want: "2.5"},
		{SQL: "SELECT weighted_median(x, 0) FROM (VALUES (1), (2)) t(x)", Want: "NULL"},
	},
}

// weighted is a value and its weight.
type weighted struct{ x, w float64 }

// WeightedMedian returns the value of a group that parts it into halves of equal
// weight: the smallest x up to which the weights make more than half of all. If
// they make exactly half up to a value, it is the mean of that value and the
// next. Equal weights give the median; weights that are whole numbers give the
// median of the values repeated so often.
//
// Weight a price with its quantity, say, to have the price of the unit in the
// middle rather than of the line in the middle.
//
// NULL and NaN, of x or w, and weights of 0 are left out. Infinities of x count
// as values beyond all others. No value gives NULL, as does an infinite result.
// A negative or infinite weight is an error, and so are weights too large to be
// added up.
//
// Source: T. H. Cormen et al., Introduction to Algorithms, 3rd edition, MIT
// Press, 2009, problem 9-2, with the mean where both halves are equal.
func WeightedMedian(x, w []float64) (float64, bool, error) {
	rows := make([]weighted, 0, len(x))
	total := 0.
	for i := range x {
		if w[i] < 0 || math.IsInf(w[i], 1) {
			return 0, false, fmt.Errorf("weighted_median: the weight %v of the value %v is not a finite number from 0 on: leave such rows out",
				w[i], x[i])
		}
		if x[i] == x[i] && w[i] > 0 {
			rows = append(rows, weighted{x[i], w[i]})
		}
	}
	// Weights too, so that sums don't depend on the order of rows.
	slices.SortFunc(rows, func(a, b weighted) int {
		if a.x != b.x {
			return cmp.Compare(a.x, b.x)
		}
		return cmp.Compare(a.w, b.w)
	})
	for _, r := range rows {
		total += r.w
	}
	if math.IsInf(total, 1) {
		return 0, false, fmt.Errorf("weighted_median: the weights of %d rows are too large to be added up: divide them", len(rows))
	}
	sum := 0.
	for i, r := range rows {
		sum += r.w
		rest := total - sum
		if sum == rest && i+1 < len(rows) {
			m := mean(r.x, rows[i+1].x)
			return m, isFinite(m), nil
		}
		if sum >= rest {
			return r.x, isFinite(r.x), nil
		}
	}
	return 0, false, nil
}
