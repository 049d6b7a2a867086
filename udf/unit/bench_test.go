package unit

import (
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// held keeps the texts of columns, which a Str hides from the collector.
var held [][]byte

func column(texts ...string) udf.Vector {
	data := make([]udf.Str, udf.ChunkSize)
	for i := range data {
		b := []byte(texts[i*7%len(texts)])
		held = append(held, b)
		data[i] = udf.MakeStr(b)
	}
	return udf.Vector{Data: unsafe.Pointer(unsafe.SliceData(data))}
}

// mix is how the units of a file with several senders look.
var mix = []string{
	"KGM", "KGM", "KGS", "kg", "Kg.", "NMB", "PCE", "pcs", "U", "كجم", "LTR", "MTQ", "m3", "CTN", "Cartons",
	"DZN", "doz", "PR", "MTK", "sq. meters", "metric tons", "TNE", "طن", "عدد", "???", "", "kilograms", "MTR", "1000 kWh",
}

func BenchmarkNormalize(b *testing.B) { bench(b, normalize.Kernel.Variants[0], column(mix...)) }

func BenchmarkDimension(b *testing.B) {
	bench(b, dimension.Kernel.Variants[0], column("KGM", "kg", "pcs", "LTR", "m2", "DZN", "كجم"))
}

func BenchmarkConvert(b *testing.B) {
	v := make([]float64, udf.ChunkSize)
	bench(b, convert.Kernel.Variants[0], udf.Vector{Data: unsafe.Pointer(unsafe.SliceData(v))}, column("KGM", "t", "lb", "g"), column("kg"))
}

func bench(b *testing.B, v udf.Variant, args ...udf.Vector) {
	c := &udf.Chunk{Len: udf.ChunkSize, Args: args, Out: udf.Output{
		Data:  unsafe.Pointer(unsafe.SliceData(make([]udf.Str, udf.ChunkSize))),
		Nulls: new([udf.ChunkSize / 64]uint64),
	}}
	b.ReportAllocs()
	for b.Loop() {
		*c.Out.Nulls = [udf.ChunkSize / 64]uint64{}
		if err := v.Scalar(c); err != nil {
			b.Fatal(err)
		}
	}
	rows := float64(b.N) * udf.ChunkSize
	b.ReportMetric(b.Elapsed().Seconds()*1e9/rows, "ns/row")
}
