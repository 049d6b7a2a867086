package value

import (
	"math"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

func TestRobustSummary(t *testing.T) {
	tests := []struct {
		name string
		x    []float64
		want Summary
		ok   bool
	}{
		// R 4: quantile(x, c(0, .05, .25, .5, .75, .95, 1)), mad with its constant
		// as 1/qnorm(.75); robustbase 0.95-0: Qn, mc.
		{"reference", example, Summary{10, 1.1, 1.505, 3.625, 5.6, 7.925, 31.55, 50, 2.25 * madNormal, 3.995228699, mcExample}, true},
		{"one", []float64{7}, Summary{1, 7, 7, 7, 7, 7, 7, 7, 0, 0, 0}, true},
		{"equal and NaN", []float64{7, nan, 7}, Summary{2, 7, 7, 7, 7, 7, 7, 7, 0, 0, 0}, true},
		{"infinite", []float64{1, inf}, Summary{2, 1, nan, nan, nan, nan, nan, inf, nan, nan, nan}, true},
		{"huge", []float64{-1.7e308, 1.7e308}, Summary{2, -1.7e308, -1.53e308, -.85e308, 0, .85e308, 1.53e308, 1.7e308, nan, nan, 0}, true},
		{"none", []float64{nan}, Summary{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := RobustSummary(slices.Clone(test.x))
			near := gocmp.Comparer(func(a, b float64) bool {
				return a == b || a != a && b != b || math.Abs(a-b) <= 1e-12*max(math.Abs(a), math.Abs(b))
			})
			if diff := gocmp.Diff(test.want, got, near); ok != test.ok || diff != "" {
				t.Errorf("ok %v (-want +got):\n%s", ok, diff)
			}
		})
	}
}

// mcExample is mc(x) of robustbase 0.95-0.
const mcExample = .06666666666666682

func BenchmarkRobustSummary(b *testing.B) {
	for _, n := range []int{10, 2000} {
		b.Run("", func(b *testing.B) {
			benchmarkGroups(b, n, func(x []float64) bool {
				_, ok := RobustSummary(x)
				return ok
			})
		})
	}
}

// The expected values are by hand, from the logarithms of the factors.
func TestUnitFactor(t *testing.T) {
	rows := []struct {
		name         string
		ratio, scale any
		want         any
	}{
		{"thousand", 1000., .1, 1000.},
		{"a thousandth", .00098, .1, 1 / 1000.},
		{"hundred", 95., .1, 100.},
		{"dozen", 12.1, .1, 12.},
		{"a twelfth", 1 / 12., .1, 1 / 12.},
		{"ten", 9.9, .1, 10.},
		{"ten or twelve", 11., .1, nil},
		{"two", 2., .05, 2.},
		{"half", .5, .05, .5},
		{"pounds", 2.2046, .05, 1 / .45359237},
		{"two or pounds", 2.1, .05, nil},
		{"two or pounds by a wide scale", 2., .1, nil},
		{"ordinary", 1.01, .05, nil},
		{"three", 3., .05, nil},
		{"within the scale", 2., .3, nil},
		{"between", 5., .1, nil},
		{"zero", 0., .1, nil},
		{"negative", -12., .1, nil},
		{"NaN", nan, .1, nil},
		{"infinite", inf, .1, nil},
		{"zero scale", 12., 0., nil},
		{"infinite scale", 12., inf, nil},
		{"NaN scale", 12., nan, nil},
		{"NULL", nil, .1, nil},
		{"NULL scale", 12., nil, nil},
		{"largest", math.MaxFloat64, .1, nil},
		{"smallest", 5e-324, .1, nil},
	}
	var ratios, scales udftest.Column
	for _, r := range rows {
		ratios, scales = append(ratios, r.ratio), append(scales, r.scale)
	}
	got := udftest.Call(t, unitFactor, ratios, scales)
	for i, r := range rows {
		if got[i] != r.want {
			t.Errorf("%s: unit_factor(%v, %v) = %v, want %v", r.name, r.ratio, r.scale, got[i], r.want)
		}
	}
	alone := udftest.Call(t, unitFactor, udftest.Column{12.2, 2., 1.2, nil})
	if diff := gocmp.Diff([]any{12., 2., nil, nil}, alone); diff != "" {
		t.Errorf("without a scale (-want +got):\n%s", diff)
	}
}

// TestUnitFactorTurns holds that the inverse of a ratio has the inverse factor.
func TestUnitFactorTurns(t *testing.T) {
	for i := 1; i < 3000; i++ {
		ratio := 1 + float64(i)/2
		f, ok := UnitFactor(ratio, .06)
		g, ok2 := UnitFactor(1/ratio, .06)
		if ok != ok2 || ok && math.Abs(f*g-1) > 1e-15 {
			t.Fatalf("ratio %v: %v, %v; inverse %v, %v", ratio, f, ok, g, ok2)
		}
	}
}
