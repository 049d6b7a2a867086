package value

import (
	"math"
	"math/rand/v2"
	"testing"
)

// heading returns the rows of a heading: goods of some codes and origins, of
// many traders.
func heading(n, codes, origins, traders int) []uint64 {
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]uint64, 0, n*ladderColumns)
	for range n {
		code := r.IntN(codes)
		words = append(words,
			uint64(161091000+10*code), uint64(r.IntN(origins))<<dayBits|uint64(40000+r.IntN(700)), uint64(1+r.IntN(traders)), uint64(1+r.IntN(traders)),
			math.Float64bits(float64(code%7)+.3*r.NormFloat64()), math.Float64bits(2+r.NormFloat64()))
	}
	return words
}

// BenchmarkPriceLadder is 8,000 rows of a heading with 4 codes and 20 origins, as
// 10 million lines of 5,000 codes have.
func BenchmarkPriceLadder(b *testing.B) {
	words := heading(8000, 4, 20, 20000)
	for b.Loop() {
		ladderOf(newLadderRows(words))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/8000, "ns/row")
}
