package value

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// slowTheilSen takes the median of all slopes.
func slowTheilSen(q, v []float64) (float64, bool) {
	var all []float64
	for i := range q {
		for j := range i {
			if q[i] != q[j] {
				all = append(all, (v[i]-v[j])/(q[i]-q[j]))
			}
		}
	}
	if len(all) == 0 {
		return 0, false
	}
	return slowMedian(all), true
}

func checkTheilSen(t interface{ Fatalf(string, ...any) }, q, v []float64) {
	want, wantOK := slowTheilSen(q, v)
	got, ok := TheilSen(slices.Clone(q), slices.Clone(v))
	if ok != wantOK || ok && math.Abs(got.Slope-want) > 1e-14*max(math.Abs(want), 1e-300) {
		t.Fatalf("theil_sen of %d rows = %v, %v, all pairs %v, %v", len(q), got.Slope, ok, want, wantOK)
	}
	if ok && got.N != int64(len(q)) {
		t.Fatalf("n = %d, want %d", got.N, len(q))
	}
}

func TestTheilSen(t *testing.T) {
	tests := []struct {
		name             string
		q, v             []float64
		slope, intercept float64
		ok               bool
	}{
		// SciPy 1.17.1: scipy.stats.theilslopes(v, q).
		{"cars", cars[0], cars[1], 3.6666666666666665, -19, true},
		{"stackloss", stackAir[0], stackAir[1], 1, -43, true},
		// By hand.
		{"none", nil, nil, 0, 0, false},
		{"one", []float64{1}, []float64{2}, 0, 0, false},
		{"two", []float64{1, 3}, []float64{2, 8}, 3, -1, true},
		{"one quantity", []float64{1, 1, 1}, []float64{2, 8, 9}, 0, 0, false},
		{"all equal", []float64{1, 1, 1}, []float64{2, 2, 2}, 0, 0, false},
		{"left out", []float64{1, nan, 3, inf, 4}, []float64{2, 8, 8, 1, nan}, 3, -1, true},
		{"huge", []float64{-1e308, 1e308}, []float64{-1.5e308, 1.5e308}, 1.5, 0, true},
		{"tiny", []float64{0, 1e-308}, []float64{0, 3e-308}, 3, 0, true},
		{"too steep", []float64{0, 1e-308}, []float64{0, 3e+300}, 0, 0, false},
		{"negative", []float64{-1, -2, -3}, []float64{2, 4, 6}, -2, 0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := TheilSen(slices.Clone(test.q), slices.Clone(test.v))
			near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-13*max(1, math.Abs(b)) }
			if ok != test.ok || ok && (!near(got.Slope, test.slope) || !near(got.Intercept, test.intercept)) {
				t.Errorf("= %+v, %v, want %+v", got, ok, test)
			}
		})
	}
}

func TestTheilSenTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		coordinate := rapid.OneOf(rapid.Float64Range(-10, 10), rapid.Map(rapid.IntRange(0, 4), func(i int) float64 { return float64(i) }))
		q, v := make([]float64, n), make([]float64, n)
		for i := range q {
			q[i], v[i] = coordinate.Draw(t, "q"), coordinate.Draw(t, "v")
		}
		checkTheilSen(t, q, v)
	})
	// Enough rows to be narrowed: 400 and more.
	kinds := map[string]func(rng *rand.Rand, i int) (q, v float64){
		"prices": func(rng *rand.Rand, i int) (float64, float64) {
			q := math.Exp(rng.NormFloat64())
			return q, q * math.Exp(2+.1*rng.NormFloat64())
		},
		"one price": func(rng *rand.Rand, i int) (float64, float64) { q := float64(rng.IntN(50)) / 10; return q, 3 * q },
		"two prices": func(rng *rand.Rand, i int) (float64, float64) {
			q := float64(rng.IntN(50))
			return q, float64(i%2+2) * q
		},
		"few quantities": func(rng *rand.Rand, i int) (float64, float64) { return float64(rng.IntN(3)), rng.NormFloat64() },
		"whole numbers":  func(rng *rand.Rand, i int) (float64, float64) { return float64(rng.IntN(9)), float64(rng.IntN(9)) },
		"cents":          func(rng *rand.Rand, i int) (float64, float64) { q := .1 * float64(i); return q, math.Round(30*q) / 100 },
		"heavy tails": func(rng *rand.Rand, i int) (float64, float64) {
			return math.Tan(rng.Float64() * 1.57), math.Tan(rng.Float64() * 1.57)
		},
		"far from nothing": func(rng *rand.Rand, i int) (float64, float64) { return 1e6 + rng.Float64(), 1e9 + rng.Float64() },
	}
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			for _, n := range []int{400, 401, 900} {
				q, v := make([]float64, n), make([]float64, n)
				for i := range q {
					q[i], v[i] = kind(rng, i)
				}
				checkTheilSen(t, q, v)
			}
		})
	}
}

func BenchmarkTheilSen(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 100_000} {
		benchmarkPairs(b, n, func(q, v []float64) bool {
			_, ok := TheilSen(q, v)
			return ok
		})
	}
}
