package value

import (
	"math"
	"testing"
	"unsafe"

	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

var nan, inf = math.NaN(), math.Inf(1)

// The expected values are by hand.
func TestUnitValue(t *testing.T) {
	rows := []struct {
		name            string
		value, quantity any
		want            any
	}{
		{"price", 375., 1.5, 250.},
		{"NULL value", nil, 1., nil},
		{"NULL quantity", 1., nil, nil},
		{"zero value", 0., 2., nil},
		{"zero quantity", 2., 0., nil},
		{"both zero", 0., 0., nil},
		{"negative value", -2., 2., nil},
		{"both negative", -4., -2., nil},
		{"NaN value", nan, 2., nil},
		{"NaN quantity", 2., nan, nil},
		{"infinite value", inf, 2., nil},
		{"infinite quantity", 2., inf, nil},
		{"overflow", 1e308, 1e-10, nil},
		{"underflow", 1e-308, 1e300, nil},
		{"smallest price", 5e-324, 1., 5e-324},
	}
	var values, quantities udftest.Column
	for _, r := range rows {
		values, quantities = append(values, r.value), append(quantities, r.quantity)
	}
	got := udftest.Call(t, unitValue, values, quantities)
	for i, r := range rows {
		if got[i] != r.want {
			t.Errorf("%s: unit_value(%v, %v) = %v, want %v", r.name, r.value, r.quantity, got[i], r.want)
		}
	}
}

// The expected values are by hand.
func TestRobustZ(t *testing.T) {
	rows := []struct {
		name             string
		x, center, scale any
		want             any
	}{
		{"above", 9., 5., 2., 2.},
		{"below", 1., 5., 2., -2.},
		{"at the centre", 5., 5., 2., 0.},
		{"NULL x", nil, 5., 2., nil},
		{"NULL center", 9., nil, 2., nil},
		{"NULL scale", 9., 5., nil, nil},
		{"scale zero", 9., 5., 0., nil},
		{"scale negative", 9., 5., -2., nil},
		{"scale NaN", 9., 5., nan, nil},
		{"scale infinite", 9., 5., inf, nil},
		{"x NaN", nan, 5., 2., nil},
		{"x infinite", inf, 5., 2., nil},
		{"center NaN", 9., nan, 2., nil},
		{"center infinite", 9., -inf, 2., nil},
		{"quotient overflows", 1e300, 0., 1e-300, inf},
		{"quotient overflows below", -1e300, 0., 1e-300, -inf},
		{"difference overflows", 1.5e308, -1.5e308, 1.5e308, 2.},
	}
	var x, center, scale udftest.Column
	for _, r := range rows {
		x, center, scale = append(x, r.x), append(center, r.center), append(scale, r.scale)
	}
	got := udftest.Call(t, robustZ, x, center, scale)
	for i, r := range rows {
		if got[i] != r.want {
			t.Errorf("%s: robust_z(%v, %v, %v) = %v, want %v", r.name, r.x, r.center, r.scale, got[i], r.want)
		}
	}
}

func TestPriceProperties(t *testing.T) {
	positive := rapid.Float64Range(1e-100, 1e100)
	rapid.Check(t, func(t *rapid.T) {
		v, q := positive.Draw(t, "value"), positive.Draw(t, "quantity")
		uv, ok := UnitValue(v, q)
		if !ok || math.Abs(uv*q-v) > 1e-15*v {
			t.Fatalf("UnitValue(%v, %v) = %v, %v", v, q, uv, ok)
		}
		x, center := rapid.Float64Range(-1e100, 1e100).Draw(t, "x"), rapid.Float64Range(-1e100, 1e100).Draw(t, "center")
		z, _ := RobustZ(x, center, q)
		if mirrored, _ := RobustZ(center, x, q); mirrored != -z {
			t.Fatalf("RobustZ(%v, %v, %v) = %v, mirrored %v", x, center, q, z, mirrored)
		}
	})
}

// FuzzPrices calls the kernels with NULL rows between.
func FuzzPrices(f *testing.F) {
	f.Add(375., 1.5, 2., uint64(5))
	f.Add(nan, inf, -inf, uint64(1<<63))
	f.Fuzz(func(t *testing.T, a, b, c float64, valid uint64) {
		var x, y, z udftest.Column
		for i := range 70 {
			x, y, z = append(x, a), append(y, b*float64(i)), append(z, c)
			if valid>>(i%64)&1 == 0 {
				[]udftest.Column{x, y, z}[i%3][i] = nil
			}
		}
		prices, scores := udftest.Call(t, unitValue, x, y), udftest.Call(t, robustZ, x, y, z)
		for i := range x {
			if uv, ok := prices[i].(float64); ok && !(uv > 0 && uv <= math.MaxFloat64) {
				t.Fatalf("unit_value(%v, %v) = %v", x[i], y[i], uv)
			}
			if s, ok := scores[i].(float64); ok && s != s {
				t.Fatalf("robust_z(%v, %v, %v) = NaN", x[i], y[i], z[i])
			}
			if x[i] == nil || y[i] == nil {
				if prices[i] != nil || scores[i] != nil {
					t.Fatalf("row %d has a NULL argument: %v, %v", i, prices[i], scores[i])
				}
			} else if want, ok := UnitValue(x[i].(float64), y[i].(float64)); ok != (prices[i] != nil) || ok && prices[i] != want {
				t.Fatalf("unit_value(%v, %v) = %v, want %v, %v", x[i], y[i], prices[i], want, ok)
			}
		}
	})
}

func BenchmarkPrices(b *testing.B) {
	for _, f := range []udf.Func{unitValue, robustZ} {
		b.Run(f.Name, func(b *testing.B) {
			c := chunkOf(len(f.Kernel.Variants[0].Args))
			for b.Loop() {
				if err := f.Kernel.Variants[0].Scalar(c); err != nil {
					b.Fatal(err)
				}
			}
			rows := float64(b.N) * udf.ChunkSize
			b.ReportMetric(rows/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(b.Elapsed().Seconds()*1e9/rows, "ns/row")
		})
	}
}

// chunkOf is a chunk of args columns of positive numbers.
func chunkOf(args int) *udf.Chunk {
	c := &udf.Chunk{Len: udf.ChunkSize}
	for range args {
		x := make([]float64, udf.ChunkSize)
		for i := range x {
			x[i] = float64(i + 1)
		}
		c.Args = append(c.Args, udf.Vector{Data: unsafe.Pointer(&x[0])})
	}
	c.Out = udf.Output{
		Data:  unsafe.Pointer(unsafe.SliceData(make([]float64, udf.ChunkSize))),
		Nulls: new([udf.ChunkSize / 64]uint64),
	}
	return c
}
