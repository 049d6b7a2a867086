package engine_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/dhowdb/dhow/engine"
)

// BenchmarkScreenFile compares a whole screening, from a CSV file to the ranked
// CSV file, with what DuckDB takes to read the file and to write it sorted by
// one column.
//
//	x_of_sorting   time of the screening as a multiple of that
func BenchmarkScreenFile(b *testing.B) {
	rows := *benchRows / 50
	dir := b.TempDir()
	file := filepath.Join(dir, "sample.csv")
	db := open(b, "")
	ctx := context.Background()
	if err := db.WriteSample(ctx, file, engine.Sample{Rows: rows, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	var sorting, screening, loading, ranking, writing float64
	for b.Loop() {
		start := time.Now()
		plain := openPlain(b)
		_, err := plain.Exec(fmt.Sprintf("COPY (FROM read_csv('%s') ORDER BY value) TO '%s'", file, filepath.Join(dir, "sorted.csv")))
		if err != nil {
			b.Fatal(err)
		}
		sorting += time.Since(start).Seconds()

		start = time.Now()
		fresh := open(b, "")
		result, err := fresh.Screen(ctx, []string{file})
		if err != nil {
			b.Fatal(err)
		}
		loaded := time.Since(start).Seconds() - result.Elapsed.Seconds()
		ranking += result.Elapsed.Seconds()
		written := time.Now()
		if err := result.Write(ctx, filepath.Join(dir, "ranked.csv")); err != nil {
			b.Fatal(err)
		}
		loading += loaded
		writing += time.Since(written).Seconds()
		screening += time.Since(start).Seconds()
	}
	n := float64(b.N)
	b.ReportMetric(screening/sorting, "x_of_sorting")
	b.ReportMetric(sorting/n, "sort_s")
	b.ReportMetric(loading/n, "load_s")
	b.ReportMetric(ranking/n, "screen_s")
	b.ReportMetric(writing/n, "write_s")
}
