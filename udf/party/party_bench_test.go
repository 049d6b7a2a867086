package party

import (
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// names are as files have them: four of five in Latin script.
var benchNames = []string{
	"Al Zafrani International Al Qasoori Foodstuff Trading LLC",
	"AL FUTTAIM MOTORS CO. (L.L.C.)",
	"Khalid & Sons General Trading Est.",
	"شركة الخليج للتجارة العامة ذ.م.م",
	"Société Générale d'Importation S.A.R.L.",
	"EMIRATES FLIGHT CATERING COMPANY",
	"Noor Al Madina F/Stuff Trdg FZE",
	"Mohammed Hussein Trading W.L.L",
	"BIN HAWAREEN BUILDING MATERIALS LLC",
	"Gulf Star Electronics FZCO",
}

// chunkOf is a chunk of texts whose kernel writes into rows of 16 bytes.
func chunkOf(columns ...[]string) *udf.Chunk {
	held = held[:0]
	c := &udf.Chunk{Len: udf.ChunkSize}
	for _, texts := range columns {
		data := make([]udf.Str, udf.ChunkSize)
		for i := range data {
			b := []byte(texts[i%len(texts)])
			held = append(held, b)
			data[i] = udf.MakeStr(b)
		}
		c.Args = append(c.Args, udf.Vector{Data: unsafe.Pointer(&data[0])})
	}
	arena := make([]byte, udf.ChunkSize*128)
	c.Out = udf.Output{
		Data:  unsafe.Pointer(unsafe.SliceData(make([]udf.Str, udf.ChunkSize))),
		Nulls: new([udf.ChunkSize / 64]uint64),
		Alloc: func(size int) []byte { return arena },
	}
	return c
}

// held keeps the texts of chunkOf, which a Str hides from the collector.
var held [][]byte

// BenchmarkCopy reads and copies the names: what nothing can be faster than.
func BenchmarkCopy(b *testing.B) {
	c := chunkOf(benchNames)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	for b.Loop() {
		for i := range in {
			c.Out.SetString(i, in[i].Bytes())
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e9/(float64(b.N)*udf.ChunkSize), "ns/row")
}

func BenchmarkScalars(b *testing.B) {
	other := append(append([]string(nil), benchNames[3:]...), benchNames[:3]...)
	for _, f := range Funcs {
		b.Run(f.Name, func(b *testing.B) {
			c := chunkOf([][]string{benchNames, other}[:len(f.Kernel.Variants[0].Args)]...)
			b.ReportAllocs()
			for b.Loop() {
				c.Out.Dirty = false
				*c.Out.Nulls = [udf.ChunkSize / 64]uint64{}
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
