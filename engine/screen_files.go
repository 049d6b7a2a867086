package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/dhowdb/dhow/engine/ingest"
)

// Screen loads files of declarations (CSV, TSV, Parquet, JSON or .xlsx) into
// customs.declaration and ranks the lines of that table by risk. Rows that
// can't be read go to customs.reject. When it fails or ctx ends, everything
// stays as it was before.
func (db *DB) Screen(ctx context.Context, files []string, opts ...ScreenOption) (*Screening, error) {
	report, err := db.Load(ctx, files, opts...)
	if err != nil {
		return nil, err
	}
	result, err := db.ScreenTable(ctx, opts...)
	if err != nil {
		return nil, err
	}
	result.Report = report
	return result, nil
}

// Load loads files of declarations as [DB.Screen] does, without ranking them.
func (db *DB) Load(ctx context.Context, files []string, opts ...ScreenOption) (report ingest.Report, err error) {
	s := newScreening(opts)
	conn, err := db.Conn(ctx)
	if err != nil {
		return report, fmt.Errorf("load: %w", classify(err))
	}
	defer conn.Close()
	if err := makeTables(ctx, conn); err != nil {
		return report, err
	}
	s.onStep("reading " + strings.Join(baseNames(files), ", "))
	return ingest.Load(ctx, conn, files, s.load)
}

func baseNames(files []string) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = filepath.Base(f)
	}
	return names
}

// MapColumn says that a column of the files is a column of customs.declaration,
// instead of what its name suggests.
func MapColumn(source, column string) ScreenOption {
	return func(s *screening) {
		if s.load.Map == nil {
			s.load.Map = map[string]string{}
		}
		s.load.Map[source] = column
	}
}

// KeepExtra keeps the columns of the files that have no place in
// customs.declaration, as JSON in its column extra.
func KeepExtra() ScreenOption {
	return func(s *screening) { s.load.KeepExtra = true }
}

// WriteRejects writes the rows that could not be loaded to a file: CSV,
// Parquet, JSON or a workbook by the ending of path.
func (s *Screening) WriteRejects(ctx context.Context, path string) error {
	return s.db.copyTo(ctx, path, "FROM customs.reject ORDER BY source_file, source_row")
}
