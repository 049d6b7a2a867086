package value

import (
	"fmt"
	"math"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var benford = udf.Func{
	Name:   "benford",
	Kernel: udf.TryOver2(Benford),
	Unit:   "mad, ks and ks_limit: shares of 1",
	Input: "$1, CAST(CASE CAST($2 AS VARCHAR) WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 WHEN 'second' THEN 0 " +
		"ELSE error('benford: digits must be 1, 2, 3 or ''second'', not ' || $2) END AS DOUBLE)",
	Examples: []udf.Example{
		{SQL: "SELECT benford(1.03 ** i, 1).verdict FROM range(2000) t(i)", Want: "close conformity"},
		{SQL: "SELECT benford(1000 + i, 1).verdict FROM range(2000) t(i)", Want: "nonconformity"},
		{SQL: "SELECT round(benford(2 ** i, 'second').mad, 4) FROM range(1000) t(i)", Want: "0.0021"},
		{SQL: "SELECT benford(x, 1).power FROM (VALUES (120), (35)) t(x)", Want: "n = 2: a share must be off by 0.909 to be noticed; mad is 0.166 by chance"},
	},
}

// BenfordTest is the result of [Benford].
type BenfordTest struct {
	N              int64 // values
	Chi2           float64
	Mad            float64 // mean distance of shares
	Ks, KsLimit    float64 // largest distance of cumulated shares, and its 5 % limit
	Z              []float64
	Verdict, Power string
}

// Benford compares the leading digits of the values of a group with Benford's
// law. digits is 1, 2 or 3 for the first one, two or three significant digits,
// or 'second' for the second digit alone. Of d digits with the share o among n
// values and the expected share e, with m different d:
//
//	e     = log₁₀(1 + 1/d), and for 'second' Σ log₁₀(1 + 1/(10k + d)) over k = 1 … 9
//	chi2  = n · Σ (o − e)²/e, with m − 1 degrees of freedom
//	mad   = Σ |o − e| / m
//	ks    = max |Σ o − Σ e| over the shares up to a digit; ks_limit = 1.36/√n
//	z[i]  = (|o − e| − 1/(2n)) / √(e(1 − e)/n), a list in the order of digits
//
// where 1/(2n) is left out if it is the larger. The verdict is by mad, in
// Nigrini's limits: close, acceptable or marginal conformity up to
//
//	1         .006    .012    .015
//	2         .0012   .0018   .0022
//	3         .00036  .00044  .00050
//	'second'  .008    .010    .012
//
// and nonconformity above. It is "too few values" where even values that obey
// the law have a larger mad than the middle limit by chance; power says that
// mad, and how far the share of a digit must be off to be noticed (in four of
// five cases, with a test at 5 %).
//
// The law holds for values that spread over orders of magnitude, and only for
// some traders and goods: a price list, a quota or one kind of goods breaks it
// without fraud. Nonconformity is a reason to look for one, and chi2 alone
// never: with many values it finds any harmless deviation.
//
// The sign is ignored; 5 has the digits 50 and 500. NULL, NaN, infinities and 0
// are left out, no value gives NULL. Another value of digits is an error, and
// so are different ones in a group.
//
// Sources: M. J. Nigrini, Benford's Law, Wiley, 2012, tables 7.1 to 7.4 and
// chapter 7; A. Cerioli et al., “Newcomb–Benford Law and the Detection of Frauds
// in International Trade”, PNAS 116(1), 2019, pp. 106–115.
func Benford(x, digits []float64) (BenfordTest, bool, error) {
	if len(x) == 0 {
		return BenfordTest{}, false, nil
	}
	which := digits[0]
	for _, d := range digits {
		if d != which {
			return BenfordTest{}, false, fmt.Errorf("benford: digits must be the same in all rows of a group, not %s and %s", digitsName(which), digitsName(d))
		}
	}
	law, ok := benfordLaws()[which]
	if !ok {
		return BenfordTest{}, false, fmt.Errorf("benford: digits must be 1, 2, 3 or 'second', not %v", which)
	}
	counts := make([]int, len(law.expected))
	n := 0
	for _, v := range x {
		if v = math.Abs(v); isPositive(v) {
			counts[law.index(v)]++
			n++
		}
	}
	if n == 0 {
		return BenfordTest{}, false, nil
	}
	return law.test(counts, n), true, nil
}

func digitsName(d float64) string {
	if d == 0 {
		return "'second'"
	}
	return fmt.Sprint(d)
}

// benfordLaw is Benford's law for a kind of digits.
type benfordLaw struct {
	length   int // significant digits that are looked at
	first    int // the smallest number they can be
	second   bool
	expected []float64
	limits   [3]float64 // of mad
}

// benfordLaws has the laws by what stands for their digits.
var benfordLaws = sync.OnceValue(func() map[float64]benfordLaw {
	laws := map[float64]benfordLaw{
		1: {length: 1, first: 1, limits: [3]float64{.006, .012, .015}},
		2: {length: 2, first: 10, limits: [3]float64{.0012, .0018, .0022}},
		3: {length: 3, first: 100, limits: [3]float64{.00036, .00044, .00050}},
		0: {length: 2, second: true, limits: [3]float64{.008, .010, .012}},
	}
	for which, law := range laws {
		if law.second {
			law.expected = make([]float64, 10)
			for d := 10; d < 100; d++ {
				law.expected[d%10] += math.Log10(1 + 1/float64(d))
			}
		} else {
			for d := law.first; d < 10*law.first; d++ {
				law.expected = append(law.expected, math.Log10(1+1/float64(d)))
			}
		}
		laws[which] = law
	}
	return laws
})

// index returns which of the expected shares a positive value counts for.
func (l benfordLaw) index(x float64) int {
	d := leadingDigits(x, l.length)
	if l.second {
		return d % 10
	}
	return d - l.first
}

// leadingDigits returns the first significant digits of a positive value. One
// that was written with up to 15 digits has those that were written, though its
// binary form may be a little less.
func leadingDigits(x float64, length int) int {
	if x < 1e-300 {
		x *= 1e50
	}
	exponent := int(math.Floor(math.Log10(x)))
	least := math.Pow10(length - 1)
	m := x / math.Pow10(exponent) * least
	m *= 1 + 5e-16 // what reading and dividing may have rounded off
	if m >= 10*least {
		m /= 10
	}
	if m < least { // the logarithm was rounded up
		m *= 10
	}
	return int(m)
}

// test compares counts of n values with the law.
func (l benfordLaw) test(counts []int, n int) BenfordTest {
	size, m := float64(n), float64(len(counts))
	t := BenfordTest{N: int64(n), KsLimit: 1.36 / math.Sqrt(size)}
	var sum, chance, noticed float64
	for i, e := range l.expected {
		d := float64(counts[i])/size - e
		deviation := math.Sqrt(e * (1 - e) / size)
		t.Chi2 += size * d * d / e
		t.Mad += math.Abs(d) / m
		sum += d
		t.Ks = max(t.Ks, math.Abs(sum))
		z := math.Abs(d)
		if z > 1/(2*size) {
			z -= 1 / (2 * size)
		}
		t.Z = append(t.Z, z/deviation)
		chance += math.Sqrt(2/math.Pi) * deviation / m
		noticed = max(noticed, benfordPower*deviation)
	}
	t.Verdict = l.verdict(t.Mad, chance)
	t.Power = fmt.Sprintf("n = %d: a share must be off by %.3g to be noticed; mad is %.3g by chance", n, noticed, chance)
	return t
}

// benfordPower is how many standard deviations a share must be off for a test
// at 5 % to notice it in four of five cases: Φ⁻¹(0.975) + Φ⁻¹(0.8).
const benfordPower = 1.959963984540054 + 0.8416212335729143

func (l benfordLaw) verdict(mad, chance float64) string {
	switch {
	case chance > l.limits[1]:
		return "too few values"
	case mad <= l.limits[0]:
		return "close conformity"
	case mad <= l.limits[1]:
		return "acceptable conformity"
	case mad <= l.limits[2]:
		return "marginal conformity"
	}
	return "nonconformity"
}
