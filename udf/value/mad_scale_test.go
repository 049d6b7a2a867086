package value

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
)

// naive is MADScale by sorting.
func naive(x []float64) (float64, bool) {
	x = slices.DeleteFunc(slices.Clone(x), math.IsNaN)
	if len(x) == 0 {
		return 0, false
	}
	median := func(x []float64) float64 {
		slices.Sort(x)
		return mean(x[(len(x)-1)/2], x[len(x)/2])
	}
	center := median(x)
	if math.IsInf(center, 0) || math.IsNaN(center) {
		return 0, false
	}
	for i := range x {
		x[i] = math.Abs(x[i] - center)
	}
	s := 1.482602218505602 * median(x)
	return s, !math.IsInf(s, 0)
}

// check compares MADScale with its twin, and the values afterwards with those
// before.
func check(t interface{ Fatalf(string, ...any) }, x []float64) {
	want, wantOK := naive(x)
	got := slices.Clone(x)
	s, ok := MADScale(got)
	if ok != wantOK || ok && s != want {
		t.Fatalf("mad_scale of %d values = %v, %v, by sorting %v, %v; values %v", len(x), s, ok, want, wantOK, x[:min(len(x), 80)])
	}
	// MADScale may reorder its values, and nothing else.
	before := slices.Clone(x)
	slices.SortFunc(before, byBits)
	slices.SortFunc(got, byBits)
	if slices.CompareFunc(before, got, byBits) != 0 {
		t.Fatalf("mad_scale changed some of %d values", len(x))
	}
}

func byBits(a, b float64) int {
	return cmp.Compare(math.Float64bits(a), math.Float64bits(b))
}

func TestMADScale(t *testing.T) {
	tests := []struct {
		name string
		x    []float64
		want float64
		ok   bool
	}{
		// R 4: mad(c(1.1,2,3.5,4,5.2,6,7.7,8,9,50)) is 3.33585 with its constant
		// 1.4826; the median deviation is (2.1 + 2.4)/2 = 2.25.
		{"reference", []float64{50, 1.1, 2, 9, 3.5, 8, 4, 7.7, 5.2, 6}, 2.25 * 1.482602218505602, true},
		// The other values are by hand, in units of the factor.
		{"none", nil, 0, false},
		{"one", []float64{7}, 0, true},
		{"two", []float64{1, 5}, 2 * 1.482602218505602, true},
		{"three", []float64{9, 1, 3}, 2 * 1.482602218505602, true},
		{"four", []float64{1, 2, 4, 100}, 1.5 * 1.482602218505602, true},
		{"half are equal", []float64{7, 7, 7, 900}, 0, true},
		{"negative", []float64{-1, -2, -3}, 1.482602218505602, true},
		{"NaN is left out", []float64{nan, 9, nan, 1, 3, nan}, 2 * 1.482602218505602, true},
		{"only NaN", []float64{nan, nan}, 0, false},
		{"few infinities", []float64{-inf, 1, 2, 3, inf}, 1.482602218505602, true},
		{"half infinite", []float64{1, 2, inf, inf}, 0, false},
		{"infinities of both signs", []float64{-inf, inf}, 0, false},
		{"one infinite", []float64{inf}, 0, false},
		{"median not infinite, deviation is", []float64{-inf, -inf, 1, inf, inf}, 0, false},
		{"sum overflows", []float64{1.7e308, 1.7e308, 1.7e308, 1.7e308}, 0, true},
		{"deviation overflows", []float64{-1.7e308, 1.7e308, 1.7e308, -1.7e308}, 0, false},
		{"smallest", []float64{0, 5e-324, 1e-323}, 5e-324, true},
		{"zeros of both signs", []float64{0, math.Copysign(0, -1), 0}, 0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := MADScale(slices.Clone(test.x))
			if ok != test.ok || ok && math.Abs(got-test.want) > 1e-15*test.want {
				t.Errorf("MADScale = %v, %v, want %v, %v", got, ok, test.want, test.ok)
			}
			check(t, test.x)
			// The path for many values must agree on few.
			if x := withoutNaN(slices.Clone(test.x)); len(x) > 0 {
				s := madNormal * madOfMany(x)
				if ok := isFinite(s); ok != test.ok || ok && s != got {
					t.Errorf("by selection %v, %v, want %v, %v", s, ok, got, test.ok)
				}
			}
		})
	}
}

// shapes are orders and kinds of values that selections stumble over.
var shapes = map[string]func(rng *rand.Rand, i, n int) float64{
	"prices":      func(rng *rand.Rand, _, _ int) float64 { return 2 + .04*rng.NormFloat64() },
	"heavy tails": func(rng *rand.Rand, _, _ int) float64 { return math.Exp(5 * rng.NormFloat64()) },
	"ascending":   func(_ *rand.Rand, i, _ int) float64 { return float64(i) },
	"descending":  func(_ *rand.Rand, i, _ int) float64 { return float64(-i) },
	"organ pipe":  func(_ *rand.Rand, i, n int) float64 { return float64(min(i, n-i)) },
	"saw":         func(_ *rand.Rand, i, _ int) float64 { return float64(i % 64) },
	"equal":       func(*rand.Rand, int, int) float64 { return 3 },
	"two prices":  func(rng *rand.Rand, _, _ int) float64 { return float64(rng.IntN(2)) },
	"zeros":       func(_ *rand.Rand, i, _ int) float64 { return math.Copysign(0, float64(i%3-1)) },
	"half equal":  func(rng *rand.Rand, _, _ int) float64 { return max(0, rng.NormFloat64()) },
	"cents":       func(rng *rand.Rand, _, _ int) float64 { return math.Round(100*rng.ExpFloat64()) / 100 },
	"infinities": func(rng *rand.Rand, _, _ int) float64 {
		return []float64{math.Inf(-1), math.Inf(1), 1, 2, 3, 4}[rng.IntN(6)]
	},
	"with NaN": func(rng *rand.Rand, i, _ int) float64 {
		if i%3 == 0 {
			return math.NaN()
		}
		return rng.NormFloat64()
	},
}

func TestMADScaleShapes(t *testing.T) {
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			for _, n := range []int{2, 15, 63, 64, 65, 66, 599, 600, 601, 602, 4000, 4001, 100_000, 100_001} {
				x := make([]float64, n)
				for i := range x {
					x[i] = shape(rng, i, n)
				}
				check(t, x)
			}
		})
	}
}

// TestBadSample gives the sampled selection bounds that miss: the values that
// a first sample sees are all large.
func TestBadSample(t *testing.T) {
	const n = 10_000
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i % 97)
	}
	var s selector
	size, _ := sampleOf(n)
	places := make([]float64, n)
	for i := range places {
		places[i] = float64(i)
	}
	for _, i := range s.sample(column{x: places, mask: allBits}, make([]float64, size)) {
		x[int(i)] = 1000
	}
	c := column{x: x, mask: allBits}
	if _, _, ok := new(selector).sampled(c, n/2, n/2, 0); ok {
		t.Fatal("the sample was not bad")
	}
	sorted := slices.Sorted(slices.Values(x))
	if got, want := new(selector).median(c), (sorted[n/2-1]+sorted[n/2])/2; got != want {
		t.Errorf("median = %v, want %v", got, want)
	}
}

// TestNth compares with sorting, on values that make every pivot a bad one too.
func TestNth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.OneOf(rapid.Float64(), rapid.Float64Range(0, 3), rapid.Just(1.)), 1, 700).Draw(t, "x")
		k := rapid.IntRange(0, len(x)-1).Draw(t, "k")
		sorted := slices.Sorted(slices.Values(x))
		if got := nth(x, k); got != sorted[k] || x[k] != got {
			t.Fatalf("nth(%d) = %v, x[k] = %v, want %v", k, got, x[k], sorted[k])
		}
		for i, v := range x {
			if i < k && v > x[k] || i > k && v < x[k] {
				t.Fatalf("x[%d] = %v is on the wrong side of x[%d] = %v", i, v, k, x[k])
			}
		}
	})
}

func TestMADScaleProperties(t *testing.T) {
	values := rapid.OneOf(rapid.Float64(), rapid.Float64Range(1, 2), rapid.SampledFrom([]float64{0, 1, math.NaN(), math.Inf(1), math.Inf(-1)}))
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.SliceOfN(values, 0, 1500).Draw(t, "x"))
	})
	// Scaling by 2 and turning the sign are exact.
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 1500).Draw(t, "x")
		y := slices.Clone(x)
		for i := range y {
			y[i] *= -2
		}
		a, _ := MADScale(x)
		if b, _ := MADScale(y); b != 2*a {
			t.Fatalf("mad_scale(−2x) = %v, want %v", b, 2*a)
		}
	})
}

// TestMADScaleKernel runs the aggregate over groups, one of them empty.
func TestMADScaleKernel(t *testing.T) {
	groups := [][]float64{{1, 5}, nil, {9, 1, 3}, {math.NaN()}, make([]float64, 5000)}
	got := reduce(t, groups)
	want := []any{2 * 1.482602218505602, nil, 2 * 1.482602218505602, nil, 0.}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// reduce calls the aggregate variant of mad_scale.
func reduce(t *testing.T, groups [][]float64) []any {
	out := make([]float64, len(groups))
	g := udf.Groups{Len: len(groups), Cols: 1, Out: udf.Output{Data: unsafe.Pointer(&out[0]), Nulls: new([udf.ChunkSize / 64]uint64)}}
	for _, x := range groups {
		g.Rows, g.N = append(g.Rows, unsafe.Pointer(unsafe.SliceData(x))), append(g.N, len(x))
	}
	if err := madScale.Kernel.Variants[0].Aggregate(&g); err != nil {
		t.Fatal(err)
	}
	got := make([]any, len(groups))
	for i, s := range out {
		if g.Out.Nulls[i>>6]>>(i&63)&1 == 0 {
			got[i] = s
		}
	}
	return got
}

// TestTradePrices takes the unit values of real imports, whose scale is known
// from R's robustbase: 0.03974042354 is the mad of 3867 logarithms.
func TestTradePrices(t *testing.T) {
	data := "../../../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skipf("needs the folder of real files, %s beside the repository", data)
	}
	text, err := os.ReadFile(data + "/fsda/inttrade1.txt")
	if err != nil {
		t.Fatal(err)
	}
	var x []float64
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) < 2 {
			continue
		}
		quantity, err1 := strconv.ParseFloat(f[0], 64)
		value, err2 := strconv.ParseFloat(f[1], 64)
		uv, ok := UnitValue(value, quantity)
		if err1 != nil || err2 != nil || !ok {
			t.Fatalf("line %q: %v, %v", line, err1, err2)
		}
		x = append(x, math.Log(uv))
	}
	s, ok := MADScale(x)
	// robustbase's factor is 1.4826, 1.5e-6 below ours.
	if want := .03974042354 * 1.482602218505602 / 1.4826; !ok || len(x) != 3867 || math.Abs(s-want) > 1e-10 {
		t.Errorf("mad_scale of %d = %.12f, want %.12f of 3867", len(x), s, want)
	}
}

func FuzzMADScale(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\xf0\x3f"), uint16(1))
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\xf8\x7f\x00\x00\x00\x00\x00\x00\xf0\x7f"), uint16(700))
	f.Fuzz(func(t *testing.T, data []byte, n uint16) {
		var some []float64
		for len(data) >= 8 {
			some = append(some, math.Float64frombits(binary.LittleEndian.Uint64(data)))
			data = data[8:]
		}
		check(t, some)
		if len(some) == 0 {
			return
		}
		// Many values, made of few.
		x := make([]float64, n%3000)
		for i := range x {
			x[i] = some[i*i%len(some)] + float64(i/len(some))
		}
		check(t, x)
	})
}

func BenchmarkMADScale(b *testing.B) {
	for _, n := range []int{4, 20, 40, 64, 100, 300, 600, 1000, 4000, 100_000, 10_000_000} {
		for _, name := range []string{"prices", "cents"} {
			b.Run(name+"/"+strconv.Itoa(n), func(b *testing.B) {
				rng := rand.New(rand.NewPCG(1, 2))
				groups := max(1, 1_000_000/n)
				from := make([]float64, groups*n)
				for i := range from {
					from[i] = shapes[name](rng, i, n)
				}
				x := slices.Clone(from)
				b.ResetTimer()
				for range b.N {
					b.StopTimer()
					copy(x, from)
					b.StartTimer()
					for g := range groups {
						if _, ok := MADScale(x[g*n : (g+1)*n]); !ok {
							b.Fatal("no scale")
						}
					}
				}
				rows := float64(b.N) * float64(len(x))
				b.ReportMetric(rows/b.Elapsed().Seconds(), "rows/s")
				b.ReportMetric(b.Elapsed().Seconds()*1e9/rows, "ns/row")
			})
		}
	}
}
