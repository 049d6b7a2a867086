package ident

import (
	"testing"

	"pgregory.net/rapid"
)

// Few and many equal values give what a map gives.
func TestRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 20_000).Draw(t, "n")
		distinct := rapid.Uint64Range(1, 30_000).Draw(t, "distinct")
		seed := rapid.Uint64().Draw(t, "seed")
		x, seen := make([]int64, n), map[int64]bool{}
		for i := range x {
			seed = seed*6364136223846793005 + 1442695040888963407
			x[i] = int64((seed >> 33) % distinct * 0x9e3779b97f4a7c15 >> 1)
			seen[x[i]] = true
		}
		if got, ok := Repeats(x); !ok || got != int64(n-len(seen)) {
			t.Fatalf("Repeats of %d values, %d distinct = %d, %v", n, len(seen), got, ok)
		}
	})
}

func BenchmarkRepeats(b *testing.B) {
	x := make([]int64, 1_000_000)
	for i := range x {
		x[i] = int64(uint64(i) * 0x9e3779b97f4a7c15 >> 1)
	}
	for b.Loop() {
		Repeats(x)
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N*len(x)), "ns/row")
}
