package value

import (
	"fmt"
	"math"
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var quantileBand = udf.Func{
	Name:   "quantile_band",
	Kernel: udf.TryOver2(QuantileBand),
	Unit:   "unit of x; parts: of 1",
	Examples: []udf.Example{
		{SQL: "SELECT quantile_without(b.low_a, b.low_b, b.low_c, b.low_part, 1) FROM (SELECT quantile_band(i, 0.25) AS b FROM range(1, 6) t(i))", Want: "2.75"},
		{SQL: "SELECT quantile_band(i, 0.25).high_a FROM range(1, 6) t(i)", Want: "3.0"},
		{SQL: "SELECT quantile_band(1, 0.25).low_a", Want: "NULL"},
	},
}

// Band is the result of [QuantileBand].
type Band struct {
	N                             int64
	LowA, LowB, LowC, LowPart     float64
	HighA, HighB, HighC, HighPart float64
}

// QuantileBand returns what is needed to compare each value of a group with the
// quantiles tail and 1 − tail of the others, without looking at the others again:
// quantile_without makes of low_a to low_part, and of high_a to high_part, the
// quantiles of the group without one of its values.
//
// The quantile p of n − 1 values is at the rank 1 + (n − 2)·p, interpolated as by
// quantile_cont: the whole part is k, and part the rest. a, b and c are the values
// of rank k, k + 1 and k + 2 among all n, which is where those of rank k and k + 1 among the
// others are. tail is the same in all rows, from 0 to 1.
//
// NULL and NaN are left out; no value gives NULL, and one value NULL for all but n.
// c is NULL where k + 2 is above n, and not needed then. A tail that is out of range is an error,
// and so are different ones in a group.
func QuantileBand(x, tail []float64) (Band, bool, error) {
	if len(x) == 0 {
		return Band{}, false, nil
	}
	for _, p := range tail {
		if p != tail[0] || !(p >= 0 && p <= 1) {
			return Band{}, false, fmt.Errorf("quantile_band: tail must be one number from 0 to 1 in all rows of a group, not %v and %v", tail[0], p)
		}
	}
	x = withoutNaN(x)
	if len(x) == 0 {
		return Band{}, false, nil
	}
	b := Band{N: int64(len(x))}
	b.LowA, b.LowB, b.LowC, b.LowPart = around(x, tail[0])
	b.HighA, b.HighB, b.HighC, b.HighPart = around(x, 1-tail[0])
	return b, true, nil
}

// around returns the three values around the quantile p of all values but one,
// and its part. It reorders x.
func around(x []float64, p float64) (a, b, c, part float64) {
	nan := math.NaN()
	if len(x) < 2 {
		return nan, nan, nan, nan
	}
	at := float64(len(x)-2) * p
	k := int(at)
	a = nth(x, k)
	b, c = nan, nan
	if rest := x[k+1:]; len(rest) > 0 {
		b = nth(rest, 0)
		if len(rest) > 1 {
			c = slices.Min(rest[1:])
		}
	}
	return a, b, c, at - float64(k)
}
