package hs

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// chunkOf is a chunk of texts whose kernel writes into rows of 16 bytes.
func chunkOf(texts []string) *udf.Chunk {
	data := make([]udf.Str, udf.ChunkSize)
	held = held[:0]
	for i := range data {
		b := []byte(texts[i%len(texts)])
		held = append(held, b)
		data[i] = udf.MakeStr(b)
	}
	return &udf.Chunk{
		Len:  udf.ChunkSize,
		Args: []udf.Vector{{Data: unsafe.Pointer(&data[0])}},
		Out: udf.Output{
			Data:  unsafe.Pointer(unsafe.SliceData(make([]udf.Str, udf.ChunkSize))),
			Nulls: new([udf.ChunkSize / 64]uint64),
			Alloc: func(size int) []byte { return make([]byte, max(size, 1<<16)) },
		},
	}
}

// held keeps the texts of chunkOf, which a Str hides from the collector.
var held [][]byte

// mix is a column as customs files have it, of the forms that codes makes.
func mix(codes func(form string, n int) []string) []string {
	var parts [][]string
	for _, p := range []struct {
		form     string
		n, share int // of a hundred
	}{
		{"", 6, 35}, {"", 8, 20}, {"", 10, 25}, {"dotted", 6, 10}, {"dotted", 8, 6}, {"lost zero", 6, 1}, {"words", 0, 2}, {"garbage", 0, 1},
	} {
		for range p.share {
			parts = append(parts, codes(p.form, p.n))
		}
	}
	out := make([]string, udf.ChunkSize)
	for i := range out {
		out[i] = parts[rand.IntN(len(parts))][i%997]
	}
	return out
}

func BenchmarkScalars(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	codes := func(form string, n int) []string {
		out := make([]string, 997)
		for i := range out {
			d := fmt.Sprintf("%012d", 10_000_000_000+rng.Int64N(960_000_000_000))
			switch form {
			case "dotted":
				out[i] = strings.TrimSuffix(d[:4]+"."+d[4:6]+"."+d[6:n], ".")
			case "dotted13":
				out[i] = d[:4] + "." + d[4:6] + "." + d[6:8] + "." + d[8:10]
			case "words":
				out[i] = "HS " + d[:4] + "." + d[4:6] + " - live horses"
			case "garbage":
				out[i] = "not a code"[:4+i%6]
			case "lost zero":
				out[i] = "1" + d[:n-1]
			default:
				out[i] = d[:n]
			}
		}
		return out
	}
	mixed := codes("", 6)
	for i := range mixed {
		mixed[i] += "0000"[:i*7%3*2]
	}
	inputs := []struct {
		name  string
		texts []string
	}{
		{"6", codes("", 6)},
		{"8", codes("", 8)},
		{"10", codes("", 10)},
		{"6to10", mixed},
		{"odd9", codes("lost zero", 9)},
		{"dotted7", func() []string {
			t := codes("", 6)
			for i, d := range t {
				t[i] = d[:4] + "." + d[4:]
			}
			return t
		}()},
		{"dotted10", codes("dotted", 8)},
		{"dotted13", codes("dotted13", 0)},
		{"words", codes("words", 6)},
		{"garbage", codes("garbage", 0)},
		{"mix", mix(codes)},
	}
	for _, f := range readers {
		for _, in := range inputs {
			if f.Name != "hs_normalize" && in.name != "10" {
				continue
			}
			b.Run(f.Name+"/"+in.name, func(b *testing.B) {
				c := chunkOf(in.texts)
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
}
