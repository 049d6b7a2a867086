package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/dhowdb/dhow/engine/ingest"
)

// ImportOption changes how files are imported. What has no function of its own
// here is a field of [ingest.Options].
type ImportOption func(*ingest.Options)

// Import loads files into a table of the model: the one that their columns
// speak of, unless [ImportInto] says another. A name may be a file, a folder, a pattern such as
// 2024-*.csv, or a zip of files. The report says what became of every row: it
// is in the table, or in customs.reject with its reason. Columns that fit
// nowhere are kept in extra, and the text of cells that were cleaned in raw.
//
// An import is one transaction: after an error or the end of ctx or of the
// process, the database is as it was before. A file whose bytes were imported
// before is left out, and rows that an earlier import has loaded are rejected,
// unless [ImportAgain] and [ImportOverlap] say otherwise.
func (db *DB) Import(ctx context.Context, files []string, opts ...ImportOption) (ingest.Report, error) {
	conf := ingest.Options{KeepExtra: true, KeepRaw: true}
	for _, o := range opts {
		o(&conf)
	}
	return db.load(ctx, files, conf)
}

// load is the only way of a file into the database.
func (db *DB) load(ctx context.Context, files []string, conf ingest.Options) (report ingest.Report, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return report, fmt.Errorf("import: %w", classify(err))
	}
	defer conn.Close()
	conf.Before = func(ctx context.Context, tx *sql.Tx) error { return makeTables(ctx, tx) }
	report, err = ingest.Load(ctx, conn, files, conf)
	if err = classify(err); errors.Is(err, ErrDiskFull) {
		err = fmt.Errorf("nothing was imported, as the disk is full or the file may not grow; make room and import again: %w", err)
	}
	return report, err
}

// ImportInto says which table to load into; see [ingest.Targets].
func ImportInto(table string) ImportOption {
	return func(o *ingest.Options) { o.Into = table }
}

// MapColumn says that a column of the files is a column of the table, instead
// of what its name suggests. With an empty column the source is kept in extra.
func MapColumn(source, column string) ImportOption {
	return func(o *ingest.Options) {
		if o.Map == nil {
			o.Map = map[string]string{}
		}
		o.Map[source] = column
	}
}

// ImportAgain imports files too whose bytes were imported before.
func ImportAgain() ImportOption {
	return func(o *ingest.Options) { o.Again = true }
}

// ImportOverlap says what becomes of rows that an earlier import has loaded.
func ImportOverlap(choice ingest.Overlap) ImportOption {
	return func(o *ingest.Options) { o.Overlap = choice }
}

// ImportMeter has a meter follow the import, for whoever shows its progress.
func ImportMeter(m *ingest.Meter) ImportOption {
	return func(o *ingest.Options) { o.Meter = m }
}

// ImportConstant gives a column of the table a value in all rows, such as AED
// to currency.
func ImportConstant(column, value string) ImportOption {
	return func(o *ingest.Options) {
		if o.Constants == nil {
			o.Constants = map[string]string{}
		}
		o.Constants[column] = value
	}
}

// ImportMapFile has a file say how the columns are mapped and how they are
// written; see [ingest.MapFile].
func ImportMapFile(path string) ImportOption {
	return func(o *ingest.Options) { o.MapFile = path }
}

// ImportSaveMap writes the mapping to a file for [ImportMapFile].
func ImportSaveMap(path string) ImportOption {
	return func(o *ingest.Options) { o.SaveMap = path }
}

// ImportDryRun does everything and takes it back: the report has the mapping,
// the first rows and the rejects, and the file of the database stays as it is,
// to the byte.
func ImportDryRun() ImportOption {
	return func(o *ingest.Options) { o.DryRun = true }
}

// ImportFresh maps columns without regard to what customs.mapping remembers of
// files of the same shape.
func ImportFresh() ImportOption {
	return func(o *ingest.Options) { o.Fresh = true }
}

// ImportAsk has f decide what is in doubt about the columns of a file. It
// returns columns of the table by columns of the file, or nothing to give up.
// Without it, a doubt is an error: an [ingest.DoubtError].
func ImportAsk(f func(path string, doubt *ingest.DoubtError) (map[string]string, error)) ImportOption {
	return func(o *ingest.Options) { o.Ask = f }
}

// BareImport leaves out what the table has no place for: unmapped columns, and
// the texts of cells that were cleaned. Neither can be had back then.
func BareImport() ImportOption {
	return func(o *ingest.Options) { o.KeepExtra, o.KeepRaw = false, false }
}
