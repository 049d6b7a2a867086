package datasets

import "testing"

func BenchmarkSample(b *testing.B) {
	g := Sample{Rows: 10_000_000, Seed: 1}.Generator()
	n := g.sample.Batches()
	var batch Batch
	rows, i := 0, 0
	for b.Loop() {
		g.Batch(i, &batch)
		rows += batch.Len
		i = (i + 1) % n
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkSampleTruth(b *testing.B) {
	g := Sample{Rows: 10_000_000, Seed: 1}.Generator()
	n := g.sample.Batches()
	var truth Batch
	rows, i := 0, 0
	for b.Loop() {
		g.Truth(i, &truth)
		rows += BatchRows
		i = (i + 1) % n
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkSampleSetUp builds the traders of the largest kind of sample.
func BenchmarkSampleSetUp(b *testing.B) {
	theMarket()
	for b.Loop() {
		newWorld(Sample{Rows: 10_000_000, Seed: 1})
	}
}

func BenchmarkSampleMarket(b *testing.B) {
	for b.Loop() {
		if _, err := readMarket(); err != nil {
			b.Fatal(err)
		}
	}
}
