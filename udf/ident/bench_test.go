package ident

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// held keeps the texts of a benchmark, which a Str hides from the collector.
var held [][]byte

// BenchmarkTexts runs each function over a column of its identifiers, a tenth
// of them with blanks and one in fifty not an identifier.
func BenchmarkTexts(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	ibans := strings.Split(strings.TrimSpace(ibanExamples), "\n")
	column := map[string]func() (tight, loose string){
		"container": func() (string, string) {
			n := rng.IntN(1e7)
			return fmt.Sprintf("MSKU%07d", n), fmt.Sprintf("MSKU %06d-%d", n/10, n%10)
		},
		"imo":  func() (string, string) { n := 9e6 + rng.IntN(1e6); return fmt.Sprint(n), fmt.Sprint("IMO ", n) },
		"mmsi": func() (string, string) { n := 47e7 + rng.IntN(1e7); return fmt.Sprint(n), fmt.Sprint(n) },
		"awb": func() (string, string) {
			n := rng.IntN(1e8)
			return fmt.Sprintf("176-%08d", n), fmt.Sprintf("176 %08d", n)
		},
		"lei":  func() (string, string) { n := fmt.Sprintf("5493001KJTIIGC8Y%04d", rng.IntN(1e4)); return n, n },
		"iban": func() (string, string) { x := ibans[rng.IntN(len(ibans))]; return strings.ReplaceAll(x, " ", ""), x },
		"declaration": func() (string, string) {
			n := rng.IntN(1e6)
			return fmt.Sprintf("2024/IM4/%d", n), fmt.Sprintf("2024 IM4 %d", n)
		},
	}
	for _, f := range Funcs {
		if f.IsAggregate() {
			continue
		}
		family, _, _ := strings.Cut(f.Name, "_")
		data := make([]udf.Str, udf.ChunkSize)
		for i := range data {
			text, loose := column[family]()
			switch {
			case i%50 == 0:
				text = "n/a"
			case i%10 == 0:
				text = loose
			}
			held = append(held, []byte(text))
			data[i] = udf.MakeStr(held[len(held)-1])
		}
		b.Run(f.Name, func(b *testing.B) {
			arena := make([]byte, 1<<16)
			c := &udf.Chunk{Len: udf.ChunkSize, Args: []udf.Vector{{Data: unsafe.Pointer(unsafe.SliceData(data))}}}
			out := udf.Output{
				Data:  unsafe.Pointer(unsafe.SliceData(make([]udf.Str, udf.ChunkSize))),
				Nulls: new([udf.ChunkSize / 64]uint64),
				Alloc: func(int) []byte { return arena },
			}
			b.ReportAllocs()
			for b.Loop() {
				*out.Nulls = [udf.ChunkSize / 64]uint64{}
				c.Out = out
				if err := f.Kernel.Variants[0].Scalar(c); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N*udf.ChunkSize), "ns/row")
		})
	}
}
