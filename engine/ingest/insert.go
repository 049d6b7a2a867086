package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// insert loads the rows of a source and sorts out those that can't be read.
func (l *loader) insert(ctx context.Context, s *source) error {
	styles, err := decideStyles(ctx, l.conn, s.target, s, s.report.Mapping, false)
	if err != nil {
		return l.doubt(s, err)
	}
	st := statement{
		target: s.target, constants: s.report.Constants, source: s, mapped: s.report.Mapping, styles: styles,
		extra: l.opts.KeepExtra, raw: l.opts.KeepRaw, id: s.report.SourceID,
	}
	s.print = decidePrintings(s, styles)
	n, base, bad, err := l.run(ctx, &st)
	if err != nil {
		return err
	}
	if bad > int64(len(s.faults)) {
		// Some cell can't be read: the first rows may have said the wrong style.
		whole, err := decideStyles(ctx, l.conn, s.target, s, st.mapped, true)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(whole, styles) {
			if _, err := l.conn.ExecContext(ctx, "DELETE FROM "+s.target.name+" WHERE rowid >= ?", base); err != nil {
				return fmt.Errorf("take the rows back: %w", err)
			}
			st.styles = whole
			s.print = decidePrintings(s, whole)
			if n, base, bad, err = l.run(ctx, &st); err != nil {
				return err
			}
		}
	}
	overlapping, err := l.overlap(ctx, s, base)
	if err != nil {
		return fmt.Errorf("look for rows that are there already: %w", err)
	}
	if bad+overlapping > 0 {
		if err := l.reject(ctx, s, base, bad, overlapping); err != nil {
			return err
		}
	}
	if n > bad+overlapping {
		if err := l.number(ctx, s, base, n-bad-overlapping); err != nil {
			return err
		}
	}
	if err := l.repeats(ctx, s, base); err != nil {
		return fmt.Errorf("look for repeated items: %w", err)
	}
	s.report.Read, s.report.Loaded, s.report.Rejected, s.report.Overlapping = n, n-bad-overlapping, bad+overlapping, overlapping
	return l.tidy(ctx)
}

// run inserts all rows of a source. It returns their number, the identifier of
// the first (they are consecutive), and how many have a fault.
func (l *loader) run(ctx context.Context, st *statement) (n, base, bad int64, err error) {
	l.opts.Meter.load(st.source.rows)
	insert := st.sql()
	restore, err := l.inOrder(ctx, insert)
	if err != nil {
		return 0, 0, 0, l.doubt(st.source, fmt.Errorf("load: %w", err))
	}
	result, err := l.conn.ExecContext(ctx, insert)
	if err := restore(); err != nil {
		return 0, 0, 0, err
	}
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
	row := l.conn.QueryRowContext(ctx, "SELECT max(rowid) FROM "+st.target.name)
	if err := row.Scan(&base); err != nil {
		return 0, 0, 0, fmt.Errorf("find the rows just loaded: %w", err)
	}
	base -= n - 1
	row = l.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+st.target.name+" WHERE rowid >= ? AND source_row = 0", base)
	if err := row.Scan(&bad); err != nil {
		return 0, 0, 0, fmt.Errorf("find the rows to reject: %w", err)
	}
	return n, base, bad, nil
}

// inOrder makes sure that an INSERT keeps the order of rows, on which their
// numbers rest, until restore is called. With one thread it always does, with
// more only where DuckDB inserts by batches: it doesn't where the plan has a join.
func (l *loader) inOrder(ctx context.Context, insert string) (restore func() error, err error) {
	var key, plan string
	if err := l.conn.QueryRowContext(ctx, "EXPLAIN "+insert).Scan(&key, &plan); err != nil {
		return nil, err
	}
	if strings.Contains(plan, "BATCH_INSERT") {
		return func() error { return nil }, nil
	}
	return l.set(ctx, "threads", "1")
}

// number writes the number of each row in its file, and its line: rows keep the
// order of the file, and so do their identifiers.
func (l *loader) number(ctx context.Context, s *source, base, want int64) error {
	set := "source_row = rowid - $1 + 1"
	from, where := "", "rowid >= $1"
	switch {
	case s.line != "": // it came with the rows
	case len(s.lines) > 1:
		if err := l.stageLines(ctx, s); err != nil {
			return fmt.Errorf("number the rows: %w", err)
		}
		set += ", source_line = t.n + t.shift"
		from = fmt.Sprintf(" FROM (SELECT d.id, d.n, l.shift FROM (SELECT rowid AS id, rowid - $1 + 1 AS n FROM %s WHERE rowid >= $1) d ASOF JOIN temp.%s l ON d.n >= l.first_row) t",
			s.target.name, lineTable)
		where = s.target.name + ".rowid = t.id"
		set = strings.Replace(set, "rowid", s.target.name+".rowid", 1)
	default:
		set += ", source_line = " + s.lineOf("rowid - $1 + 1")
	}
	result, err := l.conn.ExecContext(ctx, "UPDATE "+s.target.name+" SET "+set+from+" WHERE "+where, base)
	if err == nil {
		err = affected(result, want)
	}
	if err != nil {
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
