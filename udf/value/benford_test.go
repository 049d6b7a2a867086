package value

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// digitsOf repeats a kind of digits, 0 for 'second', for each value.
func digitsOf(which float64, x []float64) []float64 { return slices.Repeat([]float64{which}, len(x)) }

// powersOfTwo returns 2⁰ … 2⁹⁹⁹, which obey Benford's law.
func powersOfTwo() []float64 {
	x := make([]float64, 1000)
	for i := range x {
		x[i] = math.Ldexp(1, i)
	}
	return x
}

// TestBenford compares with counts of the digits of whole numbers in Python,
// and SciPy 1.17.1's chisquare.
func TestBenford(t *testing.T) {
	tests := []struct {
		digits         float64
		chi2, mad, ks  float64
		zFirst, zFifth float64
		verdict        string
		chance         string
	}{
		{1, 0.15855057629204383, 0.0006782085123664783, 0.0019019599857431763, 0.0020678751978863655, 0.02122610464664305, "close conformity", "0.00743 by chance"},
		{2, 5.4575754864388175, 0.0006215755623152154, 0.0019319556497243394, 0.17578788930724293, 0.2714077628140542, "too few values", "0.00251 by chance"},
		{3, 422.2196510126449, 0.0005249433698255783, 0.0024113313148561772, 0.08611418445834788, 0.16911335132436459, "too few values", "0.000798 by chance"},
		{0, 0.6581543107279888, 0.00208911901126395, 0.006279568759095244, 0.37223446344908445, 0.19034080663650177, "close conformity", "0.00756 by chance"},
	}
	for _, test := range tests {
		t.Run(digitsName(test.digits), func(t *testing.T) {
			x := powersOfTwo()
			got, ok, err := Benford(x, digitsOf(test.digits, x))
			if !ok || err != nil {
				t.Fatalf("%v, %v", ok, err)
			}
			for _, v := range []struct {
				name      string
				got, want float64
			}{
				{"chi2", got.Chi2, test.chi2},
				{"mad", got.Mad, test.mad},
				{"ks", got.Ks, test.ks},
				{"first z", got.Z[0], test.zFirst},
				{"fifth z", got.Z[4], test.zFifth},
				{"ks_limit", got.KsLimit, 1.36 / math.Sqrt(1000)},
			} {
				if math.Abs(v.got-v.want) > 1e-11*v.want {
					t.Errorf("%s = %v, want %v", v.name, v.got, v.want)
				}
			}
			if got.N != 1000 || got.Verdict != test.verdict || !strings.HasSuffix(got.Power, test.chance) {
				t.Errorf("%d, %q, %q, want %q", got.N, got.Verdict, got.Power, test.verdict)
			}
		})
	}
}

// The published figures are from M. J. Nigrini and from METHODS: p(1) = .30103,
// p(9) = .04576, p(11) = .03778856; the second digit is 0 with .11968, 9 with .08500.
func TestBenfordLaw(t *testing.T) {
	for _, c := range []struct {
		digits float64
		index  int
		want   float64
	}{{1, 0, .30103}, {1, 8, .04576}, {2, 1, .03778856}, {0, 0, .11968}, {0, 9, .08500}} {
		law := benfordLaws()[c.digits]
		if got := law.expected[c.index]; math.Abs(got-c.want) > 5e-6 {
			t.Errorf("digits %v: share %d = %v, want %v", c.digits, c.index, got, c.want)
		}
		sum := 0.
		for _, e := range law.expected {
			sum += e
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("digits %v: the shares add up to %v", c.digits, sum)
		}
	}
}

func TestBenfordVerdicts(t *testing.T) {
	uniform := make([]float64, 5000)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range uniform {
		uniform[i] = 1 + 9*rng.Float64()
	}
	for _, c := range []struct {
		name string
		x    []float64
		want string
	}{
		{"uniform", uniform, "nonconformity"},
		{"few", uniform[:300], "too few values"},
		{"one", []float64{5}, "too few values"},
		{"zeros and others left out", []float64{0, nan, inf, -inf, 5}, "too few values"},
		{"nothing", []float64{0, nan, inf}, ""},
		{"none", nil, ""},
	} {
		got, ok, err := Benford(c.x, digitsOf(1, c.x))
		if err != nil || ok != (c.want != "") || got.Verdict != c.want {
			t.Errorf("%s: %q, %v, %v, want %q", c.name, got.Verdict, ok, err, c.want)
		}
	}
	for _, digits := range [][]float64{{4, 4}, {1, 2}, {.5, .5}} {
		if _, _, err := Benford([]float64{1, 2}, digits); err == nil || !strings.Contains(err.Error(), "benford: digits must be") {
			t.Errorf("digits %v: error %v", digits, err)
		}
	}
}

// TestLeadingDigits compares with the digits of the shortest decimal form.
func TestLeadingDigits(t *testing.T) {
	for x, want := range map[float64]int{1: 100, .3: 300, .57: 570, 1000: 100, 999.99999999: 999, 1e-5: 100, 5e-324: 494, math.MaxFloat64: 179, 1.7: 170, 9.99999999999999: 999, 1e23: 100} {
		if got := leadingDigits(x, 3); got != want {
			t.Errorf("digits of %v = %d, want %d", x, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.Int64Range(1e8, 1e9-1).Draw(t, "digits")
		exponent := rapid.IntRange(-280, 290).Draw(t, "exponent")
		text := strconv.FormatInt(digits, 10)
		x, err := strconv.ParseFloat(text+"e"+strconv.Itoa(exponent), 64)
		if err != nil {
			t.Fatal(err)
		}
		for length := 1; length <= 3; length++ {
			if got := strconv.Itoa(leadingDigits(x, length)); got != text[:length] {
				t.Fatalf("%d digits of %v = %s", length, x, got)
			}
		}
	})
}

func FuzzBenford(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\xf0\x3f\x01\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x := floatsOf(data)
		for _, which := range []float64{0, 1, 2, 3} {
			got, ok, err := Benford(x, digitsOf(which, x))
			if err != nil || ok && !(got.Mad >= 0 && got.Mad < 1 && got.Ks <= 1+1e-9 && isFinite(got.Chi2)) {
				t.Fatalf("%v of %v: %+v, %v", which, x, got, err)
			}
		}
	})
}

func BenchmarkBenford(b *testing.B) {
	benchmarkPairs(b, 2000, func(x, digits []float64) bool {
		for i := range digits {
			digits[i] = 2
		}
		_, ok, err := Benford(x, digits)
		return ok && err == nil
	})
}
