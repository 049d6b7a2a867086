package ingest

import (
	"context"
	"errors"
	"fmt"
)

// A workbook is often the largest thing that an import has, and most of the
// work on it is done by one thread before DuckDB sees a row. DuckDB would keep
// several row groups of every thread before it writes one, and pages of the
// database as long as it may: a gigabyte for a million rows. With little memory
// it takes the same processor time.

// What DuckDB gets for the rows of a workbook: its own needs, and several
// vectors of rows, which can be long.
const (
	workbookMemory  = 128 << 20
	vectorRows      = 2048
	vectorsInMemory = 8
)

// spare lets DuckDB load the rows of a workbook with little memory, until
// restore is called. A memory limit that is lower already stays, and so does
// one below which DuckDB couldn't get with what it holds.
func (l *loader) spare(ctx context.Context, s *source) (restore func() error, err error) {
	if s.file.format != FormatXLSX || s.rows <= 0 {
		return func() error { return nil }, nil
	}
	settings := []struct{ name, value string }{{"threads", "1"}, {"write_buffer_row_group_count", "1"}}
	need := int64(workbookMemory) + vectorsInMemory*vectorRows*(s.staged/s.rows)
	var lower bool
	err = l.conn.QueryRowContext(ctx, `SELECT parse_formatted_bytes(current_setting('memory_limit')) > $1
		AND (SELECT sum(memory_usage_bytes) FROM duckdb_memory()) < $1 // 2`, need).Scan(&lower)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	if lower {
		settings = append(settings, struct{ name, value string }{"memory_limit", fmt.Sprintf("%dB", need)})
	}
	var undo []func() error
	for _, set := range settings {
		back, err := l.set(ctx, set.name, set.value)
		if err != nil {
			return nil, err
		}
		undo = append(undo, back)
	}
	return func() (err error) {
		for _, back := range undo {
			err = errors.Join(err, back())
		}
		return err
	}, nil
}
