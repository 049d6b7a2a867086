package ingest

import (
	"context"
	"fmt"
)

// A workbook is often the only large thing that an import has, and DuckDB would
// keep all of its rows in memory until they are committed, as long as it may.
// It loads them as fast with much less.

// What DuckDB gets for the rows of a workbook: its own needs, and several
// vectors of rows, which can be long.
const (
	workbookMemory  = 128 << 20
	vectorRows      = 2048
	vectorsInMemory = 8
)

// spare lowers the memory limit for the rows of a workbook, until restore is
// called. A limit that is lower already stays, and so does one that can't be
// changed.
func (l *loader) spare(ctx context.Context, s *source) (restore func()) {
	none := func() {}
	if s.file.format != FormatXLSX || s.rows <= 0 {
		return none
	}
	need := int64(workbookMemory) + vectorsInMemory*vectorRows*(s.staged/s.rows)
	var limit string
	var higher bool
	err := l.conn.QueryRowContext(ctx, "SELECT current_setting('memory_limit'), parse_formatted_bytes(current_setting('memory_limit')) > $1", need).Scan(&limit, &higher)
	if err != nil || !higher {
		return none
	}
	if _, err := l.conn.ExecContext(ctx, fmt.Sprintf("SET memory_limit = '%dB'", need)); err != nil {
		return none // too much is in use, or the configuration is locked
	}
	return func() { _, _ = l.conn.ExecContext(context.WithoutCancel(ctx), "SET memory_limit = "+quoteText(limit)) }
}
