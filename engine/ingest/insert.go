package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	_ "embed"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// insert loads the rows of a source and sorts out those that can't be read.
func (l *loader) insert(ctx context.Context, s *source) error {
	styles, err := decideStyles(ctx, l.conn, l.target, s, s.report.Mapping, false)
	if err != nil {
		return l.doubt(s, err)
	}
	st := statement{target: l.target, constants: s.report.Constants, source: s, mapped: s.report.Mapping, styles: styles, extra: l.opts.KeepExtra}
	n, base, bad, err := l.run(ctx, &st)
	if err != nil {
		return err
	}
	if bad > int64(len(s.faults)) {
		// Some cell can't be read: the first rows may have said the wrong style.
		whole, err := decideStyles(ctx, l.conn, l.target, s, st.mapped, true)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(whole, styles) {
			if _, err := l.conn.ExecContext(ctx, "DELETE FROM "+l.target.name+" WHERE rowid >= ?", base); err != nil {
				return fmt.Errorf("take the rows back: %w", err)
			}
			st.styles = whole
			if n, base, bad, err = l.run(ctx, &st); err != nil {
				return err
			}
		}
	}
	if bad > 0 {
		if err := l.reject(ctx, s, base, bad); err != nil {
			return err
		}
	}
	if n > bad {
		if err := l.number(ctx, base, n-bad); err != nil {
			return err
		}
	}
	s.report.Read, s.report.Loaded, s.report.Rejected = n, n-bad, bad
	return nil
}

// run inserts all rows of a source. It returns their number, the identifier of
// the first (they are consecutive), and how many have a fault.
func (l *loader) run(ctx context.Context, st *statement) (n, base, bad int64, err error) {
	result, err := l.conn.ExecContext(ctx, st.sql())
	if err != nil {
		return 0, 0, 0, l.doubt(st.source, fmt.Errorf("load: %w", err))
	}
	if n, err = result.RowsAffected(); err != nil {
		return 0, 0, 0, fmt.Errorf("load: %w", err)
	}
	if st.source.rows >= 0 && n != st.source.rows {
		return 0, 0, 0, l.doubt(st.source, fmt.Errorf("the file has %d rows, but %d were read", st.source.rows, n))
	}
	if n == 0 {
		return 0, 0, 0, errors.New("has no rows")
	}
	row := l.conn.QueryRowContext(ctx, "SELECT max(rowid) FROM "+l.target.name)
	if err := row.Scan(&base); err != nil {
		return 0, 0, 0, fmt.Errorf("find the rows just loaded: %w", err)
	}
	base -= n - 1
	row = l.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+l.target.name+" WHERE rowid >= ? AND source_row = 0", base)
	if err := row.Scan(&bad); err != nil {
		return 0, 0, 0, fmt.Errorf("find the rows to reject: %w", err)
	}
	return n, base, bad, nil
}

// faultTable holds the rows that the scan of a file found unsound.
const faultTable = "ingest_fault"

//go:embed sql/reject.sql
var rejectSQL string

// reject moves the rows with a fault to customs.reject.
func (l *loader) reject(ctx context.Context, s *source, base, bad int64) error {
	if err := l.stageFaults(ctx, s.faults); err != nil {
		return fmt.Errorf("keep the rejected lines: %w", err)
	}
	var shift any // NULL: the line of a row isn't known
	if s.lineShift >= 0 {
		shift = s.lineShift
	}
	result, err := l.conn.ExecContext(ctx, strings.ReplaceAll(rejectSQL, "{{target}}", l.target.name), shift, base)
	if err != nil {
		return fmt.Errorf("reject rows: %w", err)
	}
	if err := affected(result, bad); err != nil {
		return fmt.Errorf("reject rows: %w", err)
	}
	if _, err := l.conn.ExecContext(ctx, "DELETE FROM "+l.target.name+" WHERE rowid >= ? AND source_row = 0", base); err != nil {
		return fmt.Errorf("take the rejected rows out: %w", err)
	}
	if _, err := l.conn.ExecContext(ctx, "DROP TABLE temp."+faultTable); err != nil {
		return fmt.Errorf("forget the rejected lines: %w", err)
	}
	return nil
}

func (l *loader) stageFaults(ctx context.Context, faults []lineFault) error {
	_, err := l.conn.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE "+faultTable+" (n BIGINT, line BIGINT, raw VARCHAR, reason VARCHAR)")
	if err != nil || len(faults) == 0 {
		return err
	}
	return l.conn.Raw(func(c any) (err error) {
		a, err := duckdb.NewAppender(c.(driver.Conn), "temp", "main", faultTable)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.Close()) }()
		for _, f := range faults {
			if err := a.AppendRow(f.row, f.line, f.raw, f.reason); err != nil {
				return err
			}
		}
		return nil
	})
}

// number writes the number of each row in its file. Counting while reading
// would keep DuckDB to one thread; rows keep the order of the file anyway, and
// so do their identifiers.
func (l *loader) number(ctx context.Context, base, want int64) error {
	result, err := l.conn.ExecContext(ctx, "UPDATE "+l.target.name+" SET source_row = rowid - $1 + 1 WHERE rowid >= $1", base)
	if err != nil {
		return fmt.Errorf("number the rows: %w", err)
	}
	if err := affected(result, want); err != nil {
		return fmt.Errorf("number the rows: %w", err)
	}
	return nil
}

// affected makes sure that a statement met every row it was meant for.
func affected(result sql.Result, want int64) error {
	n, err := result.RowsAffected()
	if err == nil && n != want {
		err = fmt.Errorf("%d rows were met instead of %d", n, want)
	}
	return err
}
