package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf"
)

// Sample describes a synthetic set of declarations: how many lines, and the
// seed they come from. The same values always give the same lines.
type Sample = datasets.Sample

// WriteSample writes the declarations of a sample to a file: CSV, Parquet, JSON
// or a workbook by the ending of path.
func (db *DB) WriteSample(ctx context.Context, path string, s Sample) error {
	return db.copyTo(ctx, path, sampleQuery("sample_declarations", s))
}

// WriteSampleTruth writes the cases that are planted in a sample, a row for
// each line, to a file as [DB.WriteSample] does.
func (db *DB) WriteSampleTruth(ctx context.Context, path string, s Sample) error {
	return db.copyTo(ctx, path, sampleQuery("sample_truth", s))
}

func sampleQuery(function string, s Sample) string {
	return fmt.Sprintf("FROM %s(rows := %d, seed := %d)", function, s.Rows, int64(s.Seed))
}

// sampleTables returns the table functions of the sample.
func sampleTables() []*udf.Table {
	rows := udf.Param{Name: "rows", Type: udf.BigInt, Named: true, Doc: "number of declared lines, 100000 unless given"}
	seed := udf.Param{Name: "seed", Type: udf.BigInt, Named: true, Doc: "any number, 1 unless given; the same seed gives the same lines"}
	return []*udf.Table{
		{
			Name:   "sample_declarations",
			Params: []udf.Param{rows, seed},
			Doc: "sample_declarations returns synthetic import declarations as a customs administration might export " +
				"them, a row for each item, with cases of fraud and error planted among them.",
			Examples: []udf.Example{{SQL: "SELECT count(*) FROM sample_declarations(rows := 5000)", Want: "5000"}},
			Open:     func(args udf.Args) (udf.Scan, error) { return openSample(args, false) },
		},
		{
			Name:     "sample_truth",
			Params:   []udf.Param{rows, seed},
			Doc:      "sample_truth returns the cases that are planted in sample_declarations of the same rows and seed.",
			Examples: []udf.Example{{SQL: "SELECT count(*) > 100 FROM sample_truth(rows := 5000)", Want: "true"}},
			Open:     func(args udf.Args) (udf.Scan, error) { return openSample(args, true) },
		},
	}
}

// sampleScan reads a sample. It has one worker, so that the order of the rows
// is that of the sample.
type sampleScan struct {
	sample datasets.Sample
	truth  bool
	cols   []datasets.Column
	batch  datasets.Batch
	gen    *datasets.Generator
	next   int
}

func openSample(args udf.Args, truth bool) (udf.Scan, error) {
	s := &sampleScan{truth: truth, sample: datasets.Sample{
		Rows: udf.Arg(args, "rows", int64(100_000)),
		Seed: uint64(udf.Arg(args, "seed", int64(1))),
	}}
	if s.sample.Rows < 0 {
		return nil, errors.New("rows must not be negative")
	}
	s.cols = s.sample.Columns()
	if truth {
		s.cols = s.sample.TruthColumns()
	}
	return s, nil
}

// Columns returns the columns with the types that SQL knows.
func (s *sampleScan) Columns() []udf.Column {
	var out []udf.Column
	for _, c := range s.cols {
		out = append(out, udf.Column{Name: c.Name, Type: sampleTypes[c.Type]})
	}
	return out
}

var sampleTypes = map[string]udf.Type{
	"VARCHAR": udf.Varchar, "DATE": udf.Date, "INTEGER": udf.Integer, "DOUBLE": udf.Double,
}

// Rows returns the number of declared lines; that of planted cases is unknown.
func (s *sampleScan) Rows() int64 {
	if s.truth {
		return -1
	}
	return s.sample.Rows
}

func (s *sampleScan) Workers() int { return 1 }

func (s *sampleScan) Worker() (udf.Worker, error) {
	s.gen = s.sample.Generator()
	return s, nil
}

func (s *sampleScan) Close() error { return nil }

// Next fills the batch with the next batch of the sample that has rows.
func (s *sampleScan) Next(b *udf.Batch) error {
	s.batch.Len = 0
	for s.batch.Len == 0 && s.next < s.sample.Batches() {
		if s.truth {
			s.gen.Truth(s.next, &s.batch)
		} else {
			s.gen.Batch(s.next, &s.batch)
		}
		s.next++
	}
	b.Len = s.batch.Len
	for i, o := range b.Cols {
		if o != nil && b.Len > 0 {
			copyVector(o, &s.batch.Cols[i], b.Len)
		}
	}
	return nil
}

// copyVector copies the n values of a column of a sample.
func copyVector(o *udf.Output, v *datasets.Vector, n int) {
	switch {
	case v.Str != nil:
		for i, text := range v.Str[:n] {
			o.SetText(i, text)
		}
	case v.Real != nil:
		copy(udf.Results[float64](o, n), v.Real)
	default:
		copy(udf.Results[int32](o, n), v.Int)
	}
	o.NullsOf(&udf.Vector{Valid: v.Valid}, n)
}

// LoadSample makes the tables sample.declaration and sample.truth. If there are
// no declarations in customs.declaration yet, it loads the sample there too and
// ranks it, and reports so.
func (db *DB) LoadSample(ctx context.Context, s Sample) (screened bool, err error) {
	for _, statement := range []string{
		"CREATE SCHEMA IF NOT EXISTS sample",
		"CREATE OR REPLACE TABLE sample.declaration AS " + sampleQuery("sample_declarations", s),
		"CREATE OR REPLACE TABLE sample.truth AS " + sampleQuery("sample_truth", s),
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return false, fmt.Errorf("make the sample: %w", classify(err))
		}
	}
	if used, err := db.hasDeclarations(ctx); used || err != nil {
		return false, err
	}
	_, err = db.ScreenSample(ctx, s)
	return err == nil, err
}

func (db *DB) hasDeclarations(ctx context.Context) (bool, error) {
	var tables, rows int
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'customs' AND table_name = 'declaration'").Scan(&tables)
	if err == nil && tables > 0 {
		err = db.QueryRowContext(ctx, "SELECT count(*) FROM (FROM customs.declaration LIMIT 1)").Scan(&rows)
	}
	if err != nil {
		return false, fmt.Errorf("look for declarations: %w", classify(err))
	}
	return rows > 0, nil
}

// ScreenSample ranks a sample as [DB.Screen] ranks a file.
func (db *DB) ScreenSample(ctx context.Context, s Sample, opts ...ScreenOption) (*Screening, error) {
	dir, err := os.MkdirTemp("", "dhow-sample-")
	if err != nil {
		return nil, fmt.Errorf("make the sample: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "sample.parquet")
	if err := db.WriteSample(ctx, file, s); err != nil {
		return nil, err
	}
	return db.Screen(ctx, []string{file}, opts...)
}
