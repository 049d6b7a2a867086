package country

import (
	"math/rand/v2"
	"runtime"
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// held keeps texts that a Str hides from the collector.
var held [][]byte

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

// BenchmarkNormalize reads clean codes, the names of the table of countries,
// all spellings that are known, the same spoilt, and texts that aren't known.
func BenchmarkNormalize(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var alpha2, alpha3, names, aliases, dirty, garbage []string
	for _, c := range table(b, "country") {
		alpha2, alpha3 = append(alpha2, c["alpha2"]), append(alpha3, c["alpha3"])
		names = append(names, c["name_en"], c["name_fr"], c["name_ar"])
	}
	for _, a := range table(b, "country_alias") {
		aliases = append(aliases, a["alias"])
		dirty = append(dirty, spoil(rng, a["alias"]))
		garbage = append(garbage, a["alias"]+" North Harbour, "+a["alpha2"])
	}
	for _, list := range [][]string{alpha2, alpha3, names, aliases, dirty, garbage} {
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	for _, in := range []struct {
		name  string
		texts []string
	}{{"alpha2", alpha2}, {"alpha3", alpha3}, {"names", names}, {"aliases", aliases}, {"dirty", dirty}, {"unknown", garbage}} {
		b.Run(in.name, func(b *testing.B) {
			c := chunkOf(in.texts)
			b.ReportAllocs()
			for b.Loop() {
				c.Out.Dirty = false
				*c.Out.Nulls = [udf.ChunkSize / 64]uint64{}
				if err := normalize.Kernel.Variants[0].Scalar(c); err != nil {
					b.Fatal(err)
				}
			}
			rows := float64(b.N) * udf.ChunkSize
			b.ReportMetric(rows/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(b.Elapsed().Seconds()*1e9/rows, "ns/row")
			runtime.KeepAlive(held)
		})
	}
}

// spoil changes a name as files do: case, blanks, points, vowel signs and
// tatweel, none of which change what is meant.
func spoil(rng *rand.Rand, name string) string {
	var out []rune
	for i, r := range name {
		switch {
		case r >= 'a' && r <= 'z' && rng.IntN(3) == 0:
			r -= 'a' - 'A'
		case r == 'أ' || r == 'إ':
			r = 'ا'
		case r == 'ة':
			r = 'ه'
		}
		out = append(out, r)
		switch {
		case r == ' ' && rng.IntN(4) == 0:
			out = append(out, ' ')
		case r >= 'ب' && r <= 'و' && i+2 < len(name) && rng.IntN(6) == 0:
			out = append(out, []rune{'ـ', 'َ', 'ّ'}[rng.IntN(3)])
		}
	}
	return []string{"", " ", "  "}[rng.IntN(3)] + string(out) + []string{"", " ", ".", " *"}[rng.IntN(4)]
}
