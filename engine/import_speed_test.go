package engine_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/dhowdb/dhow/engine"
)

// BenchmarkImport compares an import of the sample from CSV into a database
// file, with all cells cleaned and texts kept, with DuckDB's own CREATE TABLE
// AS FROM read_csv into a file. Both have 1 GB of memory. With -rows 500000000
// the file has 10 million lines.
//
//	x_of_create   time of the import as a multiple of that
//	x_bare        the same without raw and extra
//	x_size        size of the database as a multiple of that
func BenchmarkImport(b *testing.B) {
	dir := b.TempDir()
	file := filepath.Join(dir, "sample.csv")
	ctx := context.Background()
	rows := *benchRows / 50
	if err := open(b, "").WriteSample(ctx, file, engine.Sample{Rows: rows, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	var create, whole, bare float64
	var plainSize, size int64
	for b.Loop() {
		start := time.Now()
		plainSize = createPlain(b, filepath.Join(dir, "plain.db"), file)
		create += time.Since(start).Seconds()
		start = time.Now()
		size = importFresh(b, filepath.Join(dir, "whole.db"), file, rows)
		whole += time.Since(start).Seconds()
		start = time.Now()
		importFresh(b, filepath.Join(dir, "bare.db"), file, rows, engine.BareImport())
		bare += time.Since(start).Seconds()
	}
	b.ReportMetric(whole/create, "x_of_create")
	b.ReportMetric(bare/create, "x_bare")
	b.ReportMetric(float64(size)/float64(plainSize), "x_size")
	b.ReportMetric(create/float64(b.N), "create_s")
	b.ReportMetric(float64(rows)*float64(b.N)/whole, "rows/s")
}

// createPlain makes a table of a file with DuckDB alone, and returns the size
// of its database.
func createPlain(b *testing.B, path, file string) int64 {
	b.Helper()
	defer os.Remove(path)
	db, err := sql.Open("duckdb", path+"?memory_limit=1GB")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := db.Exec(fmt.Sprintf("CREATE TABLE t AS FROM read_csv('%s')", file)); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return sizeOf(b, path)
}

// importFresh imports a file into a new database, and returns its size.
func importFresh(b *testing.B, path, file string, rows int64, opts ...engine.ImportOption) int64 {
	b.Helper()
	defer os.Remove(path)
	db, err := engine.Open(context.Background(), path, engine.MemoryLimit("1GB"))
	if err != nil {
		b.Fatal(err)
	}
	report, err := db.Import(context.Background(), []string{file}, opts...)
	if err != nil {
		b.Fatal(err)
	}
	if read, loaded, _ := report.Totals(); read != rows || loaded != rows {
		b.Fatalf("read %d, loaded %d of %d", read, loaded, rows)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return sizeOf(b, path)
}

func sizeOf(b *testing.B, path string) int64 {
	b.Helper()
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}
