package value

import (
	"fmt"
	"math"

	"github.com/dhowdb/dhow/udf"
)

var densityJump = udf.Func{
	Name:   "density_jump",
	Kernel: udf.TryOver2(DensityJump),
	Unit:   "theta and se: of the logarithm of the density; bin and bandwidth: that of x",
	Examples: []udf.Example{
		{SQL: "SELECT round(density_jump(x, 0).theta, 6) FROM (SELECT sin(i * i) + CASE WHEN i % 3 = 0 THEN .2 ELSE 0 END AS x FROM range(1, 2001) t(i))", Want: "0.174643"},
		{SQL: "SELECT density_jump(i, 500).p > 0.5 FROM range(1000) t(i)", Want: "true"},
		{SQL: "SELECT density_jump(x, 3).theta FROM (VALUES (1), (2)) t(x)", Want: "NULL"},
	},
}

// Jump is the result of [DensityJump].
type Jump struct {
	N, Below       int64 // values, and those below the place
	Bin, Bandwidth float64
	Left, Right    float64 // densities at the place
	Theta, Se, Z   float64
	P              float64
}

// DensityJump returns whether the density of the values of a group jumps at a
// place, as it does where values are kept just below a threshold: McCrary's
// test. place is the same in all rows; a value that is equal to it counts as above.
//
// The values are counted in bins of width b = 2·sd·n^(−1/2), of which the place is
// a border. On each side of it a line is fitted to the densities of the bins by
// their distance d, with the weights 1 − |d|/h; its height at the place is left
// or right. Then
//
//	theta = ln right − ln left         below 0 if values bunch below the place
//	se    = √(24/5 · (1/right + 1/left) / (n·h))
//	z     = theta / se
//
// and p is that of z, on both sides of the normal distribution. The
// bandwidth h is the mean of those of both sides, each 3.348·(s²·w/Σf″²)^(1/5)
// from a polynomial of degree 4 through its bins, s² being its variance of
// residuals, w the width of the side, and f″ its second derivative at each bin.
//
// z is normal for some hundred values near the place; there are more false
// alarms with fewer, with round numbers that many values have, and where the
// density bends within h. Take the logarithm of values and threshold if their
// distribution has a long tail, which makes bins too wide.
//
// NULL, NaN and infinities are left out; no value gives NULL. What can't be
// computed is NULL: all but n and below if the place is beyond the values, if they
// are all equal, or if fewer than six bins lie on a side; theta, se, z and p if a
// density isn't above 0. A place that isn't finite is an error, and so are
// different ones in a group.
//
// Source: J. McCrary, “Manipulation of the Running Variable in the Regression
// Discontinuity Design: A Density Test”, Journal of Econometrics 142(2), 2008,
// pp. 698–714, with the choice of b and h on pp. 705–706.
func DensityJump(x, place []float64) (Jump, bool, error) {
	if len(x) == 0 {
		return Jump{}, false, nil
	}
	for _, p := range place {
		if p != place[0] || !isFinite(p) {
			return Jump{}, false, fmt.Errorf("density_jump: place must be one finite number in all rows of a group, not %v and %v", place[0], p)
		}
	}
	finite := make([]float64, 0, len(x))
	for _, v := range x {
		if isFinite(v) {
			finite = append(finite, v)
		}
	}
	if len(finite) == 0 {
		return Jump{}, false, nil
	}
	return jumpAt(finite, place[0]), true, nil
}

// jumpAt is [DensityJump] for finite values.
func jumpAt(x []float64, place float64) Jump {
	nan := math.NaN()
	j := Jump{N: int64(len(x)), Bin: nan, Bandwidth: nan, Left: nan, Right: nan, Theta: nan, Se: nan, Z: nan, P: nan}
	for _, v := range x {
		if v < place {
			j.Below++
		}
	}
	h, ok := binned(x, place)
	if !ok {
		return j
	}
	width, ok := h.bandwidth()
	if !ok {
		return j
	}
	j.Bin, j.Bandwidth = h.bin, width
	j.Left, j.Right = h.height(width, -1), h.height(width, 1)
	if !isPositive(j.Left) || !isPositive(j.Right) {
		return j
	}
	j.Theta = math.Log(j.Right) - math.Log(j.Left)
	j.Se = math.Sqrt(24. / 5 * (1/j.Right + 1/j.Left) / (float64(len(x)) * width))
	j.Z = j.Theta / j.Se
	j.P = math.Erfc(math.Abs(j.Z) / math.Sqrt2)
	return j
}
