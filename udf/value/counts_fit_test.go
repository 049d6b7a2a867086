package value

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestBinomialTail compares with pbinom(k − 1, n, p, lower.tail = FALSE) of R 4.2.2.
func TestBinomialTail(t *testing.T) {
	for _, c := range []struct {
		k, n    int64
		p, want float64
	}{
		{9, 10, 0.5, 11. / 1024},
		{60, 100, 0.5, 0.028443966820490434},
		{1, 1, 0.3, 0.3},
		{10, 10, 0.1, 1e-10},
		{55, 1000, 0.03, 1.9598180761240233e-05},
		{10, 1000, 0.03, 0.99999433993007314},
		{501000, 1000000, 0.5, 0.022804149932691052},
		{3, 100000, 1e-5, 0.080300477364360801},
		{900, 1000, 0.5, 6.7017177900063219e-162},
		{1, 1000000, 1e-7, 0.095162586488227702},
		{-5, 10, .5, 1},
		{11, 10, .5, 0},
		{1, 10, 0, 0},
		{10, 10, 1, 1},
		{0, 0, .5, 1},
	} {
		if got, ok := BinomialTail(c.k, c.n, c.p); !ok || math.Abs(got-c.want) > 1e-11*c.want {
			t.Errorf("BinomialTail(%d, %d, %v) = %v, want %v", c.k, c.n, c.p, got, c.want)
		}
	}
	for _, c := range []struct {
		n int64
		p float64
	}{{-1, .5}, {5, -.1}, {5, 1.1}, {5, math.NaN()}} {
		if _, ok := BinomialTail(1, c.n, c.p); ok {
			t.Errorf("BinomialTail(1, %d, %v) has a value", c.n, c.p)
		}
	}
}

// TestBinomialTailSums compares with the sum of products, term by term.
func TestBinomialTailSums(t *testing.T) {
	for _, p := range []float64{.01, .3, .5, .97} {
		for n := int64(1); n <= 40; n++ {
			sum := 0.
			for k := n; k >= 0; k-- {
				c := 1.
				for i := int64(1); i <= k; i++ {
					c = c * float64(n-k+i) / float64(i)
				}
				sum += c * math.Pow(p, float64(k)) * math.Pow(1-p, float64(n-k))
				if got, _ := BinomialTail(k, n, p); math.Abs(got-sum) > 1e-12*sum {
					t.Fatalf("BinomialTail(%d, %d, %v) = %v, want %v", k, n, p, got, sum)
				}
			}
		}
	}
}

// TestGammaTail compares with pgamma(x, a, lower.tail = FALSE) of R 4.2.2.
func TestGammaTail(t *testing.T) {
	for _, c := range [][3]float64{
		{4, 1, 0.98101184312384615},
		{4, 5.1, 0.25126826457787876},
		{4, 30, 4.6610320007792916e-10},
		{450, 400, 0.99254567251999704},
		{450, 600, 6.5863672977798627e-11},
		{.5, .001, 0.9643294082703201},
		{.5, 3, 0.014305878435429647},
		{3, 0, 1},
	} {
		if got := gammaTail(c[0], c[1]); math.Abs(got-c[2]) > 1e-12*c[2] {
			t.Errorf("gammaTail(%v, %v) = %v, want %v", c[0], c[1], got, c[2])
		}
	}
}

// TestCountsFit compares with R 4.2.2: Σ(o − E)²/E, and pgamma of it with the
// shape and scale of the two moments.
func TestCountsFit(t *testing.T) {
	law := benfordLaws()[1].expected
	same := slices.Repeat([]float64{1}, 6)
	for _, c := range []struct {
		name               string
		observed, expected []float64
		chi2, mad, p       float64
	}{
		{"a die", []float64{22, 18, 20, 15, 25, 20}, same, 2.9, .0194444444444444, .716835256998057},
		{"two", []float64{30, 10}, []float64{1, 3}, 53.3333333333333, .5, 2.2909808593045e-13},
		{"odd digits", []float64{40, 10, 5, 5, 5, 5, 5, 5, 20}, law, 66.9177080918339, .0562694475056319, 2.50607543936187e-11},
		{"Benford", []float64{301, 176, 125, 97, 79, 67, 58, 51, 46}, law, .00236221718912715, .000101116269926344, .999999999999917},
		{"three", []float64{3, 0, 0, 0, 0, 0, 0, 0, 0}, law, 6.96578428466209, .155326667630226, .514658731483181},
	} {
		got, ok, err := CountsFit(slices.Clone(c.observed), slices.Clone(c.expected))
		if !ok || err != nil || math.Abs(got.Chi2-c.chi2) > 1e-12*c.chi2+1e-13 || math.Abs(got.Mad-c.mad) > 1e-13 ||
			math.Abs(got.P-c.p) > 1e-12*c.p || got.Df != float64(len(c.observed)-1) {
			t.Errorf("%s: %+v, want chi2 %v, mad %v, p %v", c.name, got, c.chi2, c.mad, c.p)
		}
	}
}

// TestCountsFitByChance holds that chance gives small probabilities as often as
// they say.
func TestCountsFitByChance(t *testing.T) {
	law := benfordLaws()[1].expected
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{20, 100} {
		const rounds = 20000
		alarms := 0
		for range rounds {
			observed := make([]float64, len(law))
			for range n {
				d := int(math.Pow(10, r.Float64())) // the law itself
				observed[d-1]++
			}
			if f, _, _ := CountsFit(observed, slices.Clone(law)); f.P <= .05 {
				alarms++
			}
		}
		if share := float64(alarms) / rounds; share < .043 || share > .058 {
			t.Errorf("n = %d: a p up to 0.05 in %v of all cases", n, share)
		}
	}
}

func TestCountsFitUgly(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	if f, ok, err := CountsFit([]float64{nan, 3, 4, inf}, []float64{1, 1, 1, 1}); !ok || err != nil || f.N != 7 || f.Df != 1 {
		t.Errorf("%+v, %v, %v", f, ok, err)
	}
	if _, ok, _ := CountsFit([]float64{nan}, []float64{1}); ok {
		t.Error("no row has a value")
	}
	for name, o := range map[string][]float64{"nothing": {0, 0}, "one class": {5}} {
		if f, ok, err := CountsFit(o, slices.Repeat([]float64{1}, len(o))); !ok || err != nil || f.P == f.P || f.Chi2 == f.Chi2 {
			t.Errorf("%s: %+v, %v, %v", name, f, ok, err)
		}
	}
	if f, _, err := CountsFit([]float64{5, 0, 5}, []float64{1, 0, 1}); err != nil || f.Chi2 != 0 || f.Df != 1 {
		t.Errorf("a class that isn't expected: %+v, %v", f, err)
	}
	for want, rows := range map[string][2][]float64{
		"negative":            {{-1, 2}, {1, 1}},
		"nothing is expected": {{1, 2}, {0, 1}},
	} {
		if _, _, err := CountsFit(rows[0], rows[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestLeadingDigitsFunction(t *testing.T) {
	for _, c := range []struct {
		x    float64
		n    int64
		want int64
	}{{.0374, 1, 3}, {-1995.5, 2, 19}, {5, 3, 500}, {9.99e299, 3, 999}, {2.5e-310, 1, 2}, {.3, 15, 300000000000000}} {
		if got, ok := LeadingDigits(c.x, c.n); !ok || got != c.want {
			t.Errorf("LeadingDigits(%v, %d) = %v, %v, want %d", c.x, c.n, got, ok, c.want)
		}
	}
	for _, x := range []float64{0, math.NaN(), math.Inf(-1)} {
		if got, ok := LeadingDigits(x, 1); ok {
			t.Errorf("LeadingDigits(%v, 1) = %v", x, got)
		}
	}
	if got, ok := LeadingDigits(5, 0); ok {
		t.Errorf("LeadingDigits(5, 0) = %v", got)
	}
}
