package value

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// normalQuantiles returns qnorm(ppoints(n)) of R, n above 10.
func normalQuantiles(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Sqrt2 * math.Erfinv(2*(float64(i)+.5)/float64(n)-1)
	}
	return x
}

func made(n int, f func(i float64) float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = f(float64(i + 1))
	}
	return x
}

// bunched has 40 values more just below 0.
func bunched() []float64 {
	x := normalQuantiles(500)
	for i := range 20 {
		v := -.2 + .19*float64(i)/19
		x = append(x, v, v)
	}
	return x
}

func jump(x []float64, place float64) (Jump, bool, error) {
	at := slices.Repeat([]float64{place}, len(x))
	return DensityJump(x, at)
}

// TestDensityJump compares with R 4.2.2: the test as McCrary describes it,
// written with tabulate, lm(y ~ poly(x, 4, raw = TRUE)) and lm(y ~ d, weights = w).
func TestDensityJump(t *testing.T) {
	tests := []struct {
		name  string
		x     []float64
		place float64
		want  Jump
	}{
		{
			"normal", normalQuantiles(500), 1,
			Jump{500, 421, .0894164448111445, .668200822924982, .251631565619971, .232986416004248, -.076985825040516, .344614871812277, -.223396699729351, .823226772666949},
		},
		{
			"bunched", bunched(), 0,
			Jump{540, 290, .0828317793380616, .623093264221501, .790450672442486, .38033936657882, -.731539330135272, .235702231334505, -3.10365890892685, .00191143555959187},
		},
		{
			"logarithms", made(1000, math.Log), math.Log(500),
			Jump{1000, 499, .0623261521710562, .408398522231486, .493248555550808, .503021079611304, .0196188605313685, .21724059373888, .0903093671109651, .928041376691842},
		},
		{
			"exponential", made(300, func(i float64) float64 { return -math.Log1p(-(i - .5) / 300) }), 1,
			Jump{300, 190, .114738763493429, .580388004301195, .374573556963102, .357142656201177, -.0476528982931509, .388313685512753, -.122717535000671, .902330777898544},
		},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			got, ok, err := jump(c.x, c.place)
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
			if got.N != c.want.N || got.Below != c.want.Below {
				t.Errorf("n and below are %d and %d, want %d and %d", got.N, got.Below, c.want.N, c.want.Below)
			}
			a, b := got.figures(), c.want.figures()
			for i := range a {
				if math.Abs(a[i]-b[i]) > 1e-9 {
					t.Errorf("figure %d is %v, want %v", i, a[i], b[i])
				}
			}
		})
	}
}

func (j Jump) figures() []float64 {
	return []float64{j.Bin, j.Bandwidth, j.Left, j.Right, j.Theta, j.Se, j.Z, j.P}
}

// TestDensityJumpByChance holds that a smooth density is called a jump at 5 % in
// about 5 % of all cases, as McCrary found (table 1: 4 to 7 %), and that one by
// half as much again is found.
func TestDensityJumpByChance(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const rounds = 400
	falseAlarms, found := 0, 0
	for range rounds {
		smooth, cut := make([]float64, 1000), make([]float64, 1000)
		for i := range smooth {
			smooth[i] = 12 + 3*r.NormFloat64()
			if cut[i] = 12 + 3*r.NormFloat64(); cut[i] > 14 && cut[i] < 16 && r.Float64() < .5 {
				cut[i] -= 2
			}
		}
		if a, _, _ := jump(smooth, 14); a.P < .05 {
			falseAlarms++
		}
		if b, _, _ := jump(cut, 14); b.P < .05 && b.Theta < 0 {
			found++
		}
	}
	if falseAlarms < 8 || falseAlarms > 36 || found < 360 {
		t.Errorf("%d false alarms and %d found of %d", falseAlarms, found, rounds)
	}
}

func TestDensityJumpUgly(t *testing.T) {
	inf := math.Inf(1)
	for name, c := range map[string]struct {
		x     []float64
		n     int64
		below int64
	}{
		"one value":    {[]float64{1}, 1, 1},
		"all equal":    {[]float64{5, 5, 5, 5, 5, 5, 5}, 7, 0},
		"all below":    {made(100, func(i float64) float64 { return i / 1000 }), 100, 100},
		"all above":    {made(100, func(i float64) float64 { return i + 2 }), 100, 0},
		"few":          {[]float64{1, 2, 3, 4}, 4, 1},
		"huge":         {[]float64{-1e308, 1e308, 1, 2, 1e300, 3, 4, 5, 6, 7, 8}, 11, 2},
		"no finite":    {[]float64{inf, -inf, math.NaN()}, 0, 0},
		"some finite":  {[]float64{inf, 1, math.NaN(), 3}, 2, 1},
		"one far away": {append(made(1000, func(i float64) float64 { return i / 1000 }), 1e12), 1001, 1000},
	} {
		got, ok, err := jump(c.x, 2)
		if err != nil || ok != (c.n > 0) || got.N != c.n || got.Below != c.below {
			t.Errorf("%s: %+v, %v, %v", name, got, ok, err)
		}
		if ok && got.Theta == got.Theta && math.IsInf(got.Theta, 0) {
			t.Errorf("%s: theta is %v", name, got.Theta)
		}
	}
	if _, _, err := DensityJump([]float64{1, 2}, []float64{1, 2}); err == nil || !strings.Contains(err.Error(), "not 1 and 2") {
		t.Errorf("two places: error %v", err)
	}
	if _, ok, err := DensityJump(nil, nil); ok || err != nil {
		t.Errorf("no rows: %v, %v", ok, err)
	}
}

// TestDensityJumpProperties holds that units don't matter, and that there is
// no panic for any values.
func TestDensityJumpProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64(), 1, 60).Draw(t, "x")
		if _, _, err := jump(x, rapid.Float64Range(-10, 10).Draw(t, "at")); err != nil {
			t.Fatal(err)
		}
	})
	x := normalQuantiles(300)
	a, _, _ := jump(x, .25)
	for i := range x {
		x[i] *= 1024
	}
	b, _, _ := jump(x, 256)
	if math.Abs(a.Theta-b.Theta) > 1e-9 || math.Abs(a.Se-b.Se) > 1e-9 || math.Abs(a.Bandwidth*1024-b.Bandwidth) > 1e-6 {
		t.Errorf("in another unit: %+v and %+v", a, b)
	}
}
