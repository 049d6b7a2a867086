package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// faultTable holds the rows that the scan of a file found unsound, lineTable
// the lines of the objects of JSON.
const (
	faultTable = "ingest_fault"
	lineTable  = "ingest_line"
)

//go:embed sql/reject.sql
var rejectSQL string

// reject moves the rows with a fault to customs.reject, and those that are
// there already.
func (l *loader) reject(ctx context.Context, s *source, bad, overlapping int64) error {
	if err := l.stageFaults(ctx, s); err != nil {
		return fmt.Errorf("keep the rejected lines: %w", err)
	}
	overlap := ""
	if overlapping > 0 {
		overlap = "UNION ALL BY NAME " + overlapRejects(s)
	}
	query := strings.NewReplacer("{{target}}", s.target.name, "{{overlap}}", overlap).Replace(rejectSQL)
	result, err := l.conn.ExecContext(ctx, query, s.file.name, s.report.SourceID)
	if err == nil {
		err = affected(result, bad+overlapping)
	}
	if err != nil {
		return fmt.Errorf("reject rows: %w", err)
	}
	out := "DELETE FROM " + s.target.name + " WHERE source_id = ? AND (source_row < 0"
	if overlapping > 0 {
		out += " OR rowid IN (SELECT id FROM temp." + overlapTable + ")"
	}
	if _, err := l.conn.ExecContext(ctx, out+")", s.report.SourceID); err != nil {
		return fmt.Errorf("take the rejected rows out: %w", err)
	}
	return nil
}

// stageFaults puts what the scan knows of unsound rows where statements can
// read it.
func (l *loader) stageFaults(ctx context.Context, s *source) error {
	_, err := l.conn.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE "+faultTable+" (n BIGINT, line BIGINT, raw VARCHAR, reason VARCHAR)")
	if err != nil || len(s.faults) == 0 {
		return err
	}
	return appendRows(l.conn, faultTable, len(s.faults), func(i int) []driver.Value {
		f := s.faults[i]
		return []driver.Value{f.row, f.line, f.raw, f.reason}
	})
}

// stageLines puts the lines of rows where statements can read them.
func stageLines(ctx context.Context, conn *sql.Conn, lines []lineRun) error {
	_, err := conn.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE "+lineTable+" (first_row BIGINT, shift BIGINT)")
	if err != nil || len(lines) == 0 {
		return err
	}
	return appendRows(conn, lineTable, len(lines), func(i int) []driver.Value {
		return []driver.Value{lines[i].row, lines[i].shift}
	})
}

// appendRows adds n rows to a temporary table.
func appendRows(conn *sql.Conn, table string, n int, row func(i int) []driver.Value) error {
	return conn.Raw(func(c any) (err error) {
		a, err := duckdb.NewAppender(c.(driver.Conn), "temp", "main", table)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.Close()) }()
		for i := range n {
			if err := a.AppendRow(row(i)...); err != nil {
				return err
			}
		}
		return nil
	})
}

// tidy drops the temporary tables of a file.
func (l *loader) tidy(ctx context.Context) error {
	for _, table := range []string{faultTable, lineTable, overlapTable} {
		if _, err := l.conn.ExecContext(ctx, "DROP TABLE IF EXISTS temp."+table); err != nil {
			return fmt.Errorf("drop a temporary table: %w", err)
		}
	}
	return nil
}
