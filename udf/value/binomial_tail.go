package value

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var binomialTail = udf.Func{
	Name:   "binomial_tail",
	Kernel: udf.Maybe3(BinomialTail),
	Unit:   "probability",
	Examples: []udf.Example{
		{SQL: "SELECT binomial_tail(9, 10, 0.5)", Want: "0.0107421875"},
		{SQL: "SELECT round(binomial_tail(60, 100, 0.5), 6)", Want: "0.028444"},
		{SQL: "SELECT binomial_tail(0, 10, 0.5)", Want: "1.0"},
		{SQL: "SELECT binomial_tail(3, -1, 0.5)", Want: "NULL"},
	},
}

// BinomialTail returns the probability of k or more successes in n trials of
// which each succeeds with probability p:
//
//	P = Σ C(n, i) · pⁱ · (1 − p)ⁿ⁻ⁱ over i = k … n
//
// With p = 0.5 it is the sign test: how likely at least k of n prices lie below
// their middle by chance. It is 1 for k up to 0, and 0 for k above n. The
// relative error is about 1e-13, for a tail of any size.
//
// A negative n, and p that is NaN or not from 0 to 1, give NULL.
//
// Source: C. Loader, “Fast and Accurate Computation of Binomial
// Probabilities”, 2000, for the probability of k, from which the others follow
// one by one.
func BinomialTail(k, n int64, p float64) (float64, bool) {
	switch {
	case n < 0 || !(p >= 0 && p <= 1):
		return 0, false
	case k <= 0:
		return 1, true
	case k > n || p == 0:
		return 0, true
	case p == 1:
		return 1, true
	}
	x, size, odds := float64(k), float64(n), p/(1-p)
	if x > size*p {
		term, sum := binomialProbability(x, size, p), 0.
		for i := x; i <= size && term > sum*1e-17; i++ {
			sum += term
			term *= (size - i) / (i + 1) * odds
		}
		return sum, true
	}
	x--
	term, sum := binomialProbability(x, size, p), 0.
	for i := x; i >= 0 && term > sum*1e-17; i-- {
		sum += term
		term *= i / (size - i + 1) / odds
	}
	return 1 - sum, true
}

// binomialProbability returns the probability of x successes, 0 < p < 1.
func binomialProbability(x, n, p float64) float64 {
	switch x {
	case 0:
		return math.Exp(n * math.Log1p(-p))
	case n:
		return math.Exp(n * math.Log(p))
	}
	l := stirlingError(n) - stirlingError(x) - stirlingError(n-x) - deviance(x, n*p) - deviance(n-x, n*(1-p))
	return math.Exp(l) * math.Sqrt(n/(2*math.Pi*x*(n-x)))
}

// stirlingError returns ln n! less Stirling's formula for it.
func stirlingError(n float64) float64 {
	if n < 16 {
		l, _ := math.Lgamma(n + 1)
		return l - (n+.5)*math.Log(n) + n - math.Log(2*math.Pi)/2
	}
	s := 1 / (n * n)
	return (1./12 - s*(1./360-s*(1./1260-s*(1./1680-s/1188)))) / n
}

// deviance returns x·ln(x/m) + m − x without the loss of digits where x is
// about m.
func deviance(x, m float64) float64 {
	if math.Abs(x-m) >= .1*(x+m) {
		return x*math.Log(x/m) + m - x
	}
	v := (x - m) / (x + m)
	sum, term := (x-m)*v, 2*x*v
	for i := 3.; ; i += 2 {
		term *= v * v
		next := sum + term/i
		if next == sum {
			return sum
		}
		sum = next
	}
}
