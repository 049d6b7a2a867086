package engine_test

import (
	"context"
	"flag"
	"path/filepath"
	"testing"
	"time"

	"github.com/dhowdb/dhow/engine"
)

var sampleRows = flag.Int64("sample-rows", 1_000_000, "rows of the sample that is written by BenchmarkSample")

// BenchmarkSample measures how fast a sample is made and written to Parquet.
func BenchmarkSample(b *testing.B) {
	db := open(b, "")
	path := filepath.Join(b.TempDir(), "sample.parquet")
	start := time.Now()
	for b.Loop() {
		if err := db.WriteSample(context.Background(), path, engine.Sample{Rows: *sampleRows, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(*sampleRows)*float64(b.N)/time.Since(start).Seconds(), "rows/s")
}
