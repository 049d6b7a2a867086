package value

import (
	"fmt"
	"math"
	"slices"

	"github.com/dhowdb/dhow/udf"
)

var huberLocation = udf.Func{
	Name:   "huber_location",
	Kernel: udf.TryOver(HuberLocation),
	Unit:   "unit of x",
	Examples: []udf.Example{
		{
			SQL:  "SELECT round(huber_location(x), 8) FROM (VALUES (1.1), (2), (3.5), (4), (5.2), (6), (7.7), (8), (9), (50)) t(x)",
			Want: "5.72264044",
		},
		{SQL: "SELECT huber_location(x) FROM (VALUES (7), (7), (7), (900)) t(x)", Want: "7.0"},
		{SQL: "SELECT huber_location(x) FROM (VALUES (NULL::DOUBLE)) t(x)", Want: "NULL"},
	},
}

const (
	huberK         = 1.5    // scales from which on a value is clipped
	huberScale     = 1.4826 // 1/Φ⁻¹(3/4), with the digits of R's mad
	huberTolerance = 1e-6   // scales of a step that ends the search
	huberSteps     = 200    // far more than any group needs: a step halves the distance at least
)

// HuberLocation returns the centre of the values of a group, which almost half
// of outliers can't carry far: values that lie more than 1.5 scales from the
// centre count as if they lay there. It is the limit of
//
//	μ ← mean of min(max(x, μ − 1.5·s), μ + 1.5·s)   s = 1.4826 · median |x − median(x)|
//
// from the median on. It is 96 % as efficient as the mean with normal values
// (the median 64 %, hodges_lehmann 95 %). Where s is 0, as half of the values
// are equal, it is the median.
//
// The search ends, as that of robustbase's huberM(x), which gives the same, with
// the first step below 10⁻⁶·s, which is not taken: the limit itself is at most
// 10⁻⁶·s or so away.
//
// NULL and NaN are left out. Infinities count as values beyond all others. No
// value gives NULL, and so does an infinite median or scale.
//
// Source: P. J. Huber, Robust Statistics, Wiley, 1981, section 6.4.
func HuberLocation(x []float64) (float64, bool, error) {
	x = withoutNaN(x)
	if len(x) == 0 {
		return 0, false, nil
	}
	slices.Sort(x) // sums in one order, whatever the order of rows
	center := mean(x[(len(x)-1)/2], x[len(x)/2])
	clip := huberK * huberScale * madSorted(x)
	if !isFinite(center) || !isFinite(clip) {
		return 0, false, nil
	}
	if clip == 0 {
		return center, true, nil
	}
	moved := 0. // from the median: that of large values with a small scale is coarse
	for range huberSteps {
		sum := 0.
		for _, v := range x {
			// In units of the clip, as a sum of large values may overflow.
			sum += min(max((v-center-moved)/clip, -1), 1)
		}
		step := clip * (sum / float64(len(x)))
		if math.Abs(step) < huberTolerance*clip/huberK {
			return center + moved, true, nil
		}
		moved += step
	}
	return 0, false, fmt.Errorf("huber_location: no centre of %d values after %d steps", len(x), huberSteps)
}
