package value

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The expected values are by hand.
func TestWeightedMedian(t *testing.T) {
	tests := []struct {
		name string
		x, w []float64
		want any
	}{
		{"none", nil, nil, nil},
		{"one", []float64{7}, []float64{.1}, 7.},
		{"equal weights", []float64{4, 1, 3, 2}, []float64{1, 1, 1, 1}, 2.5},
		{"one is half of all", []float64{1, 2, 3}, []float64{1, 1, 2}, 2.5},
		{"more than half at the end", []float64{3, 1, 2}, []float64{3, 1, 1}, 3.},
		{"more than half at the beginning", []float64{3, 1, 2}, []float64{1, 3, 1}, 1.},
		{"zero and NaN left out", []float64{nan, 5, 9, 6}, []float64{1, 1, 0, nan}, 5.},
		{"all zero", []float64{1, 2}, []float64{0, 0}, nil},
		{"infinite value", []float64{1, 2, inf}, []float64{1, 1, 1}, 2.},
		{"infinite result", []float64{1, inf}, []float64{1, 3}, nil},
		{"infinities of both signs", []float64{-inf, inf}, []float64{1, 1}, nil},
		{"huge values", []float64{1.7e308, 1.7e308}, []float64{1, 1}, 1.7e308},
		{"smallest weights", []float64{1, 2, 3}, []float64{5e-324, 5e-324, 5e-324}, 2.},
		{"negative", []float64{1, 2}, []float64{1, -3}, "the weight -3 of the value 2"},
		{"infinite weight", []float64{1, 2}, []float64{1, inf}, "the weight +Inf of the value 2"},
		{"overflow", []float64{1, 2}, []float64{1e308, 1e308}, "too large"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok, err := WeightedMedian(test.x, test.w)
			if text, isError := test.want.(string); isError {
				if err == nil || !strings.Contains(err.Error(), text) {
					t.Fatalf("error %v, want %q", err, text)
				}
				return
			}
			if err != nil || ok != (test.want != nil) || ok && got != test.want {
				t.Errorf("= %v, %v, %v, want %v", got, ok, err, test.want)
			}
		})
	}
}

// TestWeightedMedianTwin repeats each value as often as its weight says.
func TestWeightedMedianTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-5, 5), 1, 60).Draw(t, "x")
		var repeated, w []float64
		for _, v := range x {
			n := rapid.IntRange(0, 5).Draw(t, "weight")
			w = append(w, float64(n)/4)
			repeated = append(repeated, slices.Repeat([]float64{v}, n)...)
		}
		got, ok, err := WeightedMedian(x, w)
		if err != nil || ok != (len(repeated) > 0) {
			t.Fatalf("= %v, %v, %v", got, ok, err)
		}
		if ok && got != slowMedian(repeated) {
			t.Fatalf("= %v, want %v", got, slowMedian(repeated))
		}
	})
}

// TestWeightedMedianOrder holds that the order of rows doesn't matter, though
// the sums of weights round.
func TestWeightedMedianOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 2 + rng.IntN(30)
		x, w := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i], w[i] = float64(rng.IntN(4)), math.Exp(9*rng.NormFloat64())
		}
		want, _, _ := WeightedMedian(x, w)
		rng.Shuffle(n, func(i, j int) { x[i], x[j], w[i], w[j] = x[j], x[i], w[j], w[i] })
		if got, _, _ := WeightedMedian(x, w); got != want {
			t.Fatalf("= %v, in another order %v", want, got)
		}
	}
}

func BenchmarkWeightedMedian(b *testing.B) {
	for _, n := range []int{10, 2000} {
		benchmarkPairs(b, n, func(x, w []float64) bool {
			_, ok, err := WeightedMedian(x, w)
			return ok && err == nil
		})
	}
}
