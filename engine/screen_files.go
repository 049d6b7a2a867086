package engine

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/dhowdb/dhow/engine/ingest"
)

// Screen imports files of declarations as [DB.Import] does and ranks the lines
// of customs.declaration by risk. When it fails or ctx ends while files are
// read, everything stays as it was before. In memory, where nothing outlives
// the ranking, it saves the time for columns and texts that have no place in
// customs.declaration.
func (db *DB) Screen(ctx context.Context, files []string, opts ...ScreenOption) (*Screening, error) {
	s := newScreening(opts)
	s.onStep("reading " + strings.Join(baseNames(files), ", "))
	conf := ingest.Options{Into: ingest.DefaultTarget, KeepExtra: db.kept(), KeepRaw: db.kept()}
	for _, o := range s.imports {
		o(&conf)
	}
	report, err := db.load(ctx, files, conf)
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

// kept tells whether the database outlives its DB.
func (db *DB) kept() bool { return db.path != "" && db.path != ":memory:" }

func baseNames(files []string) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = filepath.Base(f)
	}
	return names
}

// ScreenImport says how the files of a screening are imported.
func ScreenImport(opts ...ImportOption) ScreenOption {
	return func(s *screening) { s.imports = append(s.imports, opts...) }
}

// WriteRejects writes the rows that could not be loaded to a file, as
// [DB.WriteRejects] does.
func (s *Screening) WriteRejects(ctx context.Context, path string) error {
	return s.db.WriteRejects(ctx, path)
}
