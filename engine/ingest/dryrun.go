package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Preview is the first rows that an import would load.
type Preview struct {
	Columns []string // of the table
	Rows    [][]string
}

// Fault is why some rows would be rejected.
type Fault struct {
	Column string // of the file; empty for a whole row
	Reason string
	Rows   int64
	Raw    string // the cell of one of them, or the whole line
}

// previewRows is how many rows a dry run shows, and how many kinds of rejects.
const previewRows = 10

// withinMemory are settings under which rows don't reach the database file before
// they are committed: DuckDB writes full row groups early, and those of several
// threads always. What doesn't fit into memory goes to its temporary files.
var withinMemory = []struct {
	setting, value string
	follows        bool // from others, if nobody set it
}{
	{"threads", "1", false},
	{"write_buffer_row_group_count", "1000000000", false},
	{"write_buffer_row_group_memory_limit", "'1 TiB'", true},
}

// inMemory keeps a dry run out of the database file, until restore is called.
// Where the configuration is locked, the file may grow by free space.
func (l *loader) inMemory(ctx context.Context) (restore func()) {
	var before []string
	for _, w := range withinMemory {
		var value string
		if err := l.conn.QueryRowContext(ctx, "SELECT current_setting('"+w.setting+"')::VARCHAR").Scan(&value); err != nil {
			continue
		}
		again := "SET " + w.setting + " = " + quoteText(value)
		if w.follows {
			again = "RESET " + w.setting
		}
		if _, err := l.conn.ExecContext(ctx, "SET "+w.setting+" = "+w.value); err == nil {
			before = append(before, again)
		}
	}
	return func() {
		for _, set := range before {
			_, _ = l.conn.ExecContext(context.WithoutCancel(ctx), set) // it was allowed before
		}
	}
}

// preview reads back what a dry run has loaded and rejected.
func (l *loader) preview(ctx context.Context, s *source) error {
	r := s.report
	r.Preview = &Preview{}
	for _, m := range r.Mapping {
		r.Preview.Columns = append(r.Preview.Columns, m.Column)
	}
	list := make([]string, len(r.Preview.Columns))
	for i, c := range r.Preview.Columns {
		list[i] = quoteName(c) + "::VARCHAR"
	}
	query := fmt.Sprintf("SELECT %s FROM %s WHERE source_id = $1 ORDER BY source_row LIMIT %d", strings.Join(list, ", "), s.target.name, previewRows)
	rows, err := l.conn.QueryContext(ctx, query, r.SourceID)
	if err != nil {
		return fmt.Errorf("show the first rows: %w", err)
	}
	for rows.Next() {
		row, err := scanTexts(rows, len(list))
		if err != nil {
			return errors.Join(err, rows.Close())
		}
		r.Preview.Rows = append(r.Preview.Rows, row)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("show the first rows: %w", err)
	}
	return l.expected(ctx, s)
}

// expected counts the rejects by their reasons.
func (l *loader) expected(ctx context.Context, s *source) (err error) {
	rows, err := l.conn.QueryContext(ctx, fmt.Sprintf(`SELECT coalesce(column_name, ''), reason, count(*), coalesce(min_by(raw, reject_id), '')
FROM customs.reject WHERE source_id = $1 GROUP BY ALL ORDER BY count(*) DESC, 1, 2 LIMIT %d`, previewRows), s.report.SourceID)
	if err != nil {
		return fmt.Errorf("count the rejects: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var f Fault
		if err := rows.Scan(&f.Column, &f.Reason, &f.Rows, &f.Raw); err != nil {
			return fmt.Errorf("count the rejects: %w", err)
		}
		s.report.Faults = append(s.report.Faults, f)
	}
	return rows.Err()
}

// scanTexts reads a row of n texts.
func scanTexts(rows *sql.Rows, n int) ([]string, error) {
	cells := make([]sql.NullString, n)
	into := make([]any, n)
	for i := range cells {
		into[i] = &cells[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	row := make([]string, n)
	for i, c := range cells {
		row[i] = c.String
	}
	return row, nil
}
