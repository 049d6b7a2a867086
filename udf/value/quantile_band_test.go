package value

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestQuantileBand compares each value of a group with the quantile of the
// others, sorted.
func TestQuantileBand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-5, 5), 2, 300).Draw(t, "x")
		for i := range x {
			if i%3 == 0 {
				x[i] = math.Round(x[i]) // ties
			}
		}
		tail := rapid.Float64Range(0, 1).Draw(t, "tail")
		b, ok, err := QuantileBand(slices.Clone(x), slices.Repeat([]float64{tail}, len(x)))
		if !ok || err != nil || b.N != int64(len(x)) {
			t.Fatal(b, ok, err)
		}
		for i, own := range x {
			others := slices.Delete(slices.Clone(x), i, i+1)
			slices.Sort(others)
			for _, c := range []struct{ p, got float64 }{
				{tail, without(b.LowA, b.LowB, b.LowC, b.LowPart, own)},
				{1 - tail, without(b.HighA, b.HighB, b.HighC, b.HighPart, own)},
			} {
				if want := quantile(others, c.p); math.Abs(c.got-want) > 1e-12*(1+math.Abs(want)) {
					t.Fatalf("quantile %v of %v without %v is %v, want %v", c.p, x, own, c.got, want)
				}
			}
		}
	})
}

// without is the macro quantile_without.
func without(a, b, c, part, own float64) float64 {
	low, high := b, c
	if a < own {
		low = a
	}
	if b < own {
		high = b
	}
	if part == 0 {
		return low
	}
	return low + part*(high-low)
}

func TestQuantileBandUgly(t *testing.T) {
	nan := math.NaN()
	if b, ok, err := QuantileBand([]float64{nan, 3}, []float64{.1, .1}); !ok || err != nil || b.N != 1 || b.LowA == b.LowA {
		t.Errorf("one value: %+v, %v, %v", b, ok, err)
	}
	if _, ok, _ := QuantileBand([]float64{nan}, []float64{.1}); ok {
		t.Error("no value has a band")
	}
	if b, _, _ := QuantileBand([]float64{math.Inf(1), 1, math.Inf(-1)}, []float64{0, 0, 0}); b.LowB != 1 || b.HighA != 1 {
		t.Errorf("infinities: %+v", b)
	}
	for _, tail := range [][]float64{{.1, .2}, {1.5, 1.5}, {nan, nan}} {
		if _, _, err := QuantileBand([]float64{1, 2}, tail); err == nil || !strings.Contains(err.Error(), "quantile_band: tail") {
			t.Errorf("tail %v: error %v", tail, err)
		}
	}
}
