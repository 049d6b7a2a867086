package value

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// twin is an aggregate of one column beside a slow, obvious form of it, which
// gets the values sorted, at least one, and none of them NaN or infinite.
type twin struct {
	f, slow   func(x []float64) (float64, bool)
	tolerance float64 // relative
	turned    float64 // what f(−x)/f(x) is
	noUnit    bool    // whether f(2x) is f(x)
}

var twins = map[string]twin{
	"medcouple":      {Medcouple, slowMedcouple, 1e-12, -1, true},
	"qn_scale":       {QnScale, slowQn, 1e-14, 1, false},
	"sn_scale":       {SnScale, slowSn, 1e-14, 1, false},
	"hodges_lehmann": {HodgesLehmann, slowHodgesLehmann, 0, -1, false},
	"huber_location": {huberValue, slowHuber, 1e-12, -1, false},
}

func huberValue(x []float64) (float64, bool) {
	m, ok, err := HuberLocation(x)
	return m, ok && err == nil
}

func slowMedian(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return mean(x[(len(x)-1)/2], x[len(x)/2])
}

// slowMedcouple follows the definition in the comment of Medcouple.
func slowMedcouple(x []float64) (float64, bool) {
	m := slowMedian(x)
	var h []float64
	equal := 0
	for _, v := range x {
		if v == m {
			equal++
		}
	}
	for _, a := range x {
		for _, b := range x {
			if a >= m && b <= m && a > b {
				h = append(h, ((a-m)-(m-b))/(a-b))
			}
		}
	}
	for i := range equal {
		for j := range equal {
			h = append(h, float64(sign(i-j)))
		}
	}
	return slowMedian(h), true
}

func sign(i int) int {
	switch {
	case i < 0:
		return -1
	case i > 0:
		return 1
	}
	return 0
}

func slowQn(x []float64) (float64, bool) {
	if len(x) == 1 {
		return 0, true
	}
	var d []float64
	for i := range x {
		for j := range i {
			d = append(d, x[i]-x[j])
		}
	}
	slices.Sort(d)
	h := len(x)/2 + 1
	s := qnFactor(len(x)) * 2.21914 * d[h*(h-1)/2-1]
	return s, isFinite(s)
}

func slowSn(x []float64) (float64, bool) {
	if len(x) == 1 {
		return 0, true
	}
	var medians []float64
	for _, a := range x {
		var d []float64
		for _, b := range x {
			d = append(d, math.Abs(a-b))
		}
		slices.Sort(d)
		medians = append(medians, d[len(d)/2])
	}
	slices.Sort(medians)
	s := snFactor(len(x)) * 1.1926 * medians[(len(x)+1)/2-1]
	return s, isFinite(s)
}

func slowHodgesLehmann(x []float64) (float64, bool) {
	var means []float64
	for i := range x {
		for j := range i + 1 {
			means = append(means, mean(x[i], x[j]))
		}
	}
	return slowMedian(means), true
}

func slowHuber(x []float64) (float64, bool) {
	m := slowMedian(x)
	var d []float64
	for _, v := range x {
		d = append(d, math.Abs(v-m))
	}
	s := 1.4826 * slowMedian(d)
	if !isFinite(s) || !isFinite(1.5*s) {
		return 0, false
	}
	moved := 0.
	for s > 0 {
		sum := 0.
		for _, v := range x {
			sum += min(max(v-m-moved, -1.5*s), 1.5*s) / float64(len(x))
		}
		if math.Abs(sum) < 1e-6*s {
			break
		}
		moved += sum
	}
	return m + moved, true
}

// checkTwin compares an aggregate with its twin, and with itself for the
// values in another order, turned and doubled.
func checkTwin(t interface{ Fatalf(string, ...any) }, name string, x []float64) {
	w := twins[name]
	finite := slices.DeleteFunc(slices.Clone(x), func(v float64) bool { return !isFinite(v) })
	infinite := slices.ContainsFunc(x, func(v float64) bool { return math.IsInf(v, 0) })
	if !infinite {
		x = slices.Clone(x)
	}
	got, ok := w.f(slices.Clone(x))
	unit := 1.
	if !infinite && len(finite) > 0 {
		slices.Sort(finite)
		want, wantOK := w.slow(finite)
		if !w.noUnit {
			unit = max(math.Abs(finite[0]), math.Abs(finite[len(finite)-1]))
		}
		if ok != wantOK || ok && math.Abs(got-want) > w.tolerance*unit {
			t.Fatalf("%s of %d values = %v, %v, by its twin %v, %v; values %v", name, len(x), got, ok, want, wantOK, x[:min(len(x), 80)])
		}
	}
	if ok && !isFinite(got) {
		t.Fatalf("%s of %v = %v", name, x[:min(len(x), 80)], got)
	}
	if !ok && len(finite) == 0 {
		return
	}
	other := slices.Clone(x)
	slices.Reverse(other)
	if again, ok2 := w.f(other); again != got && ok || ok2 != ok {
		t.Fatalf("%s of reversed values = %v, %v, not %v, %v; values %v", name, again, ok2, got, ok, x[:min(len(x), 80)])
	}
	for i := range other {
		other[i] = -other[i]
	}
	if again, ok2 := w.f(other); ok && math.Abs(again-w.turned*got) > max(1e-12, w.tolerance)*unit || ok2 != ok {
		t.Fatalf("%s(−x) = %v, %v, not %v, %v; values %v", name, again, ok2, w.turned*got, ok, x[:min(len(x), 80)])
	}
}

func TestTwinsShapes(t *testing.T) {
	for name := range twins {
		for shapeName, shape := range shapes {
			t.Run(name+"/"+shapeName, func(t *testing.T) {
				rng := rand.New(rand.NewPCG(1, 2))
				for _, n := range []int{0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 35, 36, 37, 100, 101, 300, 501} {
					x := make([]float64, n)
					for i := range x {
						x[i] = shape(rng, i, n)
					}
					checkTwin(t, name, x)
				}
			})
		}
	}
}

func TestTwins(t *testing.T) {
	values := rapid.OneOf(rapid.Float64Range(-1e100, 1e100), rapid.Float64Range(1, 2),
		rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, 2, 3, math.NaN()}))
	for name := range twins {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { checkTwin(t, name, rapid.SliceOfN(values, 0, 90).Draw(t, "x")) })
			rapid.Check(t, func(t *rapid.T) {
				// A seed of many values is shrunk to a few.
				few := rapid.SliceOfN(rapid.Float64Range(-3, 3), 1, 8).Draw(t, "few")
				n := rapid.IntRange(90, 180).Draw(t, "n")
				x := make([]float64, n)
				for i := range x {
					x[i] = few[i*i%len(few)] + float64(i%7)*few[i%len(few)]
				}
				checkTwin(t, name, x)
			})
		})
	}
}

func FuzzTwins(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\xf0\x3f"), uint16(1))
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\xf8\x7f\x00\x00\x00\x00\x00\x00\xf0\x7f\x00\x00\x00\x00\x00\x00\xf0\xff"), uint16(300))
	f.Fuzz(func(t *testing.T, data []byte, n uint16) {
		some := floatsOf(data)
		if len(some) == 0 {
			return
		}
		x := make([]float64, n%500)
		for i := range x {
			x[i] = some[i*i%len(some)] + float64(i/len(some))
		}
		for name, w := range twins {
			// Sums of huge values round as they like: only that there is a
			// result, and a finite one, is certain.
			if v, ok := w.f(slices.Clone(some)); ok && !isFinite(v) {
				t.Fatalf("%s of %v = %v", name, some, v)
			}
			if !slices.ContainsFunc(x, func(v float64) bool { return math.Abs(v) > 1e300 }) {
				checkTwin(t, name, x)
			}
		}
	})
}

func floatsOf(data []byte) []float64 {
	var x []float64
	for len(data) >= 8 {
		x = append(x, math.Float64frombits(binary.LittleEndian.Uint64(data)))
		data = data[8:]
	}
	return x
}

// BenchmarkRobust measures the aggregates of one column.
func BenchmarkRobust(b *testing.B) {
	for _, n := range []int{10, 100, 2000, 1_000_000} {
		for name, w := range twins {
			b.Run(name+"/"+strconv.Itoa(n), func(b *testing.B) {
				benchmarkGroups(b, n, func(x []float64) bool {
					_, ok := w.f(x)
					return ok
				})
			})
		}
	}
}

// benchmarkGroups reports how many rows in groups of n are reduced in a second.
func benchmarkGroups(b *testing.B, n int, reduce func(x []float64) bool) {
	rng := rand.New(rand.NewPCG(1, 2))
	groups := max(1, 100_000/n)
	from := make([]float64, groups*n)
	for i := range from {
		from[i] = shapes["prices"](rng, i, n)
	}
	x := slices.Clone(from)
	for b.Loop() {
		copy(x, from)
		for g := range groups {
			if !reduce(x[g*n : (g+1)*n]) {
				b.Fatal("no result")
			}
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(x))/b.Elapsed().Seconds(), "rows/s")
}

// benchmarkPairs reports how many rows of a quantity and a value, in groups of
// n, are reduced in a second.
func benchmarkPairs(b *testing.B, n int, reduce func(q, v []float64) bool) {
	b.Run(strconv.Itoa(n), func(b *testing.B) {
		rng := rand.New(rand.NewPCG(1, 2))
		groups := max(1, 100_000/n)
		q, v := make([]float64, groups*n), make([]float64, groups*n)
		for i := range q {
			q[i] = math.Exp(3 + 1.5*rng.NormFloat64())
			v[i] = q[i] * math.Exp(2+.1*rng.NormFloat64())
			if i%20 == 0 {
				v[i] *= .3
			}
		}
		x, y := slices.Clone(q), slices.Clone(v)
		for b.Loop() {
			copy(x, q)
			copy(y, v)
			for g := range groups {
				if !reduce(x[g*n:(g+1)*n], y[g*n:(g+1)*n]) {
					b.Fatal("no result")
				}
			}
		}
		b.ReportMetric(float64(b.N)*float64(len(x))/b.Elapsed().Seconds(), "rows/s")
	})
}
