package value

import (
	"fmt"
	"math"

	"github.com/dhowdb/dhow/udf"
)

var countsFit = udf.Func{
	Name:   "counts_fit",
	Kernel: udf.TryOver2(CountsFit),
	Examples: []udf.Example{
		{SQL: "SELECT round(counts_fit(n, 1).p, 4) FROM (VALUES (22), (18), (20), (15), (25), (20)) t(n)", Want: "0.7168"},
		{SQL: "SELECT counts_fit(n, e).chi2 FROM (VALUES (30, 1), (10, 3)) t(n, e)", Want: "53.333333333333336"},
		{SQL: "SELECT counts_fit(5, 1).p", Want: "NULL"},
	},
}

// Fit is the result of [CountsFit].
type Fit struct {
	N, Chi2, Df float64
	Mad, P      float64
}

// CountsFit compares the counts of a group with those expected. Each row has
// the count o of a class, and a number e in proportion to what is expected there:
//
//	chi2 = Σ (o − E)²/E with E = n · e/Σe and n = Σo
//	mad  = Σ |o − E| / (n·m)
//
// df is the number m of classes with e above 0, less one. p is the
// probability of such a chi2 or a larger one by chance. It is calibrated for few
// values: that of a gamma distribution with the mean and variance that chi2 has
// exactly,
//
//	m − 1   and   2(m − 1) + (Σ 1/p − m² − 2m + 2)/n   with p = e/Σe
//
// which becomes that of χ² as n grows. Simulated with the first digits of
// Benford's law, chance gives a p up to 0.05 in 5.0 to 5.3 % of all cases for
// any n from 10 on, and one up to 0.01 in 1.4 % for n = 20, 1.2 % for n = 50 and 1.1 % for
// n = 100.
//
// Rows with NULL, NaN or an infinity are left out; no row gives NULL. With n = 0
// or one class, chi2, mad and p are NULL. A negative count or e is an error,
// and so is a count where e is 0.
//
// Source: J. B. S. Haldane, “The Exact Value of the Moments of the Distribution
// of χ², Used as a Test of Goodness of Fit, When Expectations Are Small”,
// Biometrika 29(1/2), 1937, pp. 133–143, for the moments.
func CountsFit(observed, expected []float64) (Fit, bool, error) {
	var n, total, classes float64
	rows := 0
	for i, o := range observed {
		e := expected[i]
		switch {
		case !isFinite(o) || !isFinite(e):
			continue
		case o < 0 || e < 0:
			return Fit{}, false, fmt.Errorf("counts_fit: the count %v and the number %v expected must not be negative", o, e)
		case e == 0 && o > 0:
			return Fit{}, false, fmt.Errorf("counts_fit: the count is %v where nothing is expected: join such classes with others", o)
		case e > 0:
			classes++
		}
		observed[rows], expected[rows] = o, e
		rows++
		n, total = n+o, total+e
	}
	if rows == 0 {
		return Fit{}, false, nil
	}
	f := Fit{N: n, Df: max(classes-1, 0), Chi2: math.NaN(), Mad: math.NaN(), P: math.NaN()}
	if n > 0 && classes > 1 && isFinite(total) && isFinite(n) {
		f.compare(observed[:rows], expected[:rows], total)
	}
	return f, true, nil
}

// compare computes all but n and df. total is the sum of what is expected.
func (f *Fit) compare(observed, expected []float64, total float64) {
	m := f.Df + 1
	f.Chi2, f.Mad = 0, 0
	inverse := 0.
	for i, o := range observed {
		if expected[i] == 0 {
			continue
		}
		p := expected[i] / total
		d := o - f.N*p
		f.Chi2 += d * d / (f.N * p)
		f.Mad += math.Abs(d) / (f.N * m)
		inverse += 1 / p
	}
	variance := 2*f.Df + (inverse-m*m-2*m+2)/f.N
	if isPositive(variance) {
		f.P = gammaTail(f.Df*f.Df/variance, f.Chi2*f.Df/variance)
	}
}

// gammaTail returns the regularised incomplete gamma function Q(a, x), the
// probability that a gamma variable of shape a is above x.
//
// Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions,
// 1964, 6.5.29 and 6.5.31.
func gammaTail(a, x float64) float64 {
	if !(x > 0) {
		return 1
	}
	l, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - l)
	if x < a+1 {
		term, sum := 1/a, 1/a
		for k := a + 1; term > sum*1e-17; k++ {
			term *= x / k
			sum += term
		}
		return 1 - front*sum
	}
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	fraction := d
	for i := 1.; ; i++ { // Lentz's way; it ends after some √a steps
		k := i * (a - i)
		b += 2
		d = 1 / awayFrom0(k*d+b, tiny)
		c = awayFrom0(b+k/c, tiny)
		step := c * d
		fraction *= step
		if math.Abs(step-1) < 1e-15 || i > manyRounds {
			return front * fraction
		}
	}
}

func awayFrom0(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}
