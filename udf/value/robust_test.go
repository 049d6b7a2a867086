package value

import (
	"math"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// example is the sample of the reference values in R's documentation of the
// robust scales.
var example = []float64{50, 1.1, 2, 9, 3.5, 8, 4, 7.7, 5.2, 6}

// cushny is the difference of sleep after two drugs, as in R's data set sleep.
var cushny = []float64{0, .8, 1, 1.2, 1.3, 1.3, 1.4, 1.8, 2.4, 4.6}

// logNormal is qlnorm(ppoints(101)) in R.
func logNormal() []float64 {
	x := make([]float64, 101)
	for i := range x {
		p := (float64(i) + .5) / 101
		x[i] = math.Exp(math.Sqrt2 * math.Erfinv(2*p-1))
	}
	return x
}

// wave is sin((1:n)^2)*10 + (1:n) %% 7 in R.
func wave(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		k := float64(i + 1)
		x[i] = math.Sin(k*k)*10 + float64((i+1)%7)
	}
	return x
}

func TestReferenceValues(t *testing.T) {
	tests := []struct {
		name string
		f    func([]float64) (float64, bool)
		x    []float64
		want float64
	}{
		// G. Brys et al.: by hand, h of (1, 2, 7) and (7, 9, 10).
		{"medcouple by hand", Medcouple, []float64{1, 2, 7, 9, 10}, -1. / 3},
		// robustbase 0.95-0, mc(x, doReflect = TRUE); statsmodels 0.15 agrees.
		{"medcouple cushny", Medcouple, cushny, .125},
		{"medcouple log-normal", Medcouple, logNormal(), .39728148082354814},
		{"medcouple 10", Medcouple, wave(10), 0.19669069353754},
		{"medcouple 50", Medcouple, wave(50), 0.182329929486433},
		{"medcouple 200", Medcouple, wave(200), 0.0390015067181633},
		{"medcouple 201", Medcouple, wave(201), 0.0298364110170073},
		// robustbase 0.95-0, Qn(x).
		{"Qn", QnScale, example, 3.995228699},
		{"Qn 2", QnScale, wave(2), 13.2781022244042},
		{"Qn 9", QnScale, wave(9), 9.76654718090388},
		// R: 2.21914 * .75743 * sort(dist(x))[21]. Its Qn is off by 10⁻⁸ here.
		{"Qn 12", QnScale, wave(12), 2.21914 * .75743 * 5.038755367780504},
		{"Qn 13", QnScale, wave(13), 7.80470042982826},
		{"Qn 50", QnScale, wave(50), 7.48446646748215},
		{"Qn 201", QnScale, wave(201), 7.19039325980129},
		// robustbase 0.95-0, Sn(x).
		{"Sn", SnScale, example, 4.41262},
		{"Sn 2", SnScale, wave(2), 13.276228276229},
		{"Sn 9", SnScale, wave(9), 8.79947123612029},
		{"Sn 13", SnScale, wave(13), 7.24938342088593},
		{"Sn 50", SnScale, wave(50), 8.08115906713299},
		{"Sn 201", SnScale, wave(201), 8.00250685546842},
		// robustbase 0.95-0, huberM(x)$mu.
		{"huberM", huberValue, example, 5.72264044025},
		{"huberM 2", huberValue, wave(2), 1.92334244749984},
		{"huberM 16", huberValue, wave(16), 0.831746069496704},
		{"huberM 201", huberValue, wave(201), 3.09384411525652},
		// NumPy 2.4: median of the means of pairs.
		{"Hodges-Lehmann", HodgesLehmann, example, 5.75},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := test.f(slices.Clone(test.x))
			if !ok || math.Abs(got-test.want) > 1e-12*max(1, math.Abs(test.want)) {
				t.Errorf("= %.15g, %v, want %.15g", got, ok, test.want)
			}
		})
	}
}

// The values at the edges are by hand.
func TestRobustEdges(t *testing.T) {
	type results struct{ Medcouple, Qn, Sn, HodgesLehmann, Huber any }
	tests := []struct {
		name string
		x    []float64
		want results
	}{
		{"none", nil, results{}},
		{"only NaN", []float64{nan}, results{}},
		{"one", []float64{7}, results{0., 0., 0., 7., 7.}},
		{"one and NaN", []float64{nan, 7, nan}, results{0., 0., 0., 7., 7.}},
		{"one infinite", []float64{inf}, results{}},
		{"all equal", []float64{7, 7, 7, 7, 7}, results{0., 0., 0., 7., 7.}},
		{"both infinite", []float64{-inf, inf}, results{}},
		{"an infinite one of many", []float64{1, 2, 3, 4, inf}, results{0., 2.21914 * .84401, 1.1926 * 1.351 * 2, 3., 3.05597428352}},
		{"huge", []float64{-1.7e308, 1.7e308, 0}, results{0., nil, nil, 0., nil}},
		{"huge and equal", []float64{1.7e308, 1.7e308, 1.7e308}, results{0., 0., 0., 1.7e308, 1.7e308}},
		{"two zeros", []float64{0, math.Copysign(0, -1)}, results{0., 0., 0., 0., 0.}},
	}
	result := func(f func([]float64) (float64, bool), x []float64) any {
		if got, ok := f(slices.Clone(x)); ok {
			return got
		}
		return nil
	}
	near := gocmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= 1e-3*math.Abs(b) })
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := results{
				result(Medcouple, test.x), result(QnScale, test.x), result(SnScale, test.x),
				result(HodgesLehmann, test.x), result(huberValue, test.x),
			}
			if diff := gocmp.Diff(test.want, got, near); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAdjustedFence(t *testing.T) {
	tests := []struct {
		name string
		x    []float64
		want Fence
		ok   bool
	}{
		// robustbase 0.95-0, adjboxStats(x, doReflect = TRUE)$fence.
		{"log-normal", logNormal(), Fence{0.07422395213870675, 9.03362787523298927, .39728148082354814}, true},
		{"seven", []float64{1, 2, 3, 5, 8, 13, 21}, Fence{0.017790542012773969, 49.623559551448799709, 13. / 33}, true},
		// By hand.
		{"one", []float64{5}, Fence{5, 5, 0}, true},
		{"equal", []float64{5, 5, 5, 5, 9}, Fence{5, 5, .5}, true},
		{"none", nil, Fence{}, false},
		{"half infinite", []float64{1, inf}, Fence{}, false},
		{"huge", []float64{-1.7e308, 0, 1.7e308}, Fence{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := AdjustedFence(slices.Clone(test.x))
			if ok != test.ok {
				t.Fatalf("= %v, %v", got, ok)
			}
			near := gocmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= 1e-12 })
			if diff := gocmp.Diff(test.want, got, near); ok && diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
