package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
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
	n, bad, err := l.run(ctx, &st)
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
			if _, err := l.conn.ExecContext(ctx, "DELETE FROM "+s.target.name+" WHERE source_id = ?", st.id); err != nil {
				return fmt.Errorf("take the rows back: %w", err)
			}
			st.styles = whole
			s.print = decidePrintings(s, whole)
			if n, bad, err = l.run(ctx, &st); err != nil {
				return err
			}
		}
	}
	overlapping, err := l.overlap(ctx, s)
	if err != nil {
		return fmt.Errorf("look for rows that are there already: %w", err)
	}
	if bad+overlapping > 0 {
		if err := l.reject(ctx, s, bad, overlapping); err != nil {
			return err
		}
	}
	if err := l.repeats(ctx, s); err != nil {
		return fmt.Errorf("look for repeated items: %w", err)
	}
	s.report.Read, s.report.Loaded, s.report.Rejected, s.report.Overlapping = n, n-bad-overlapping, bad+overlapping, overlapping
	return l.tidy(ctx)
}

// run inserts all rows of a source. It returns their number, and how many have
// a fault. The rows come in any order, as each brings its number.
func (l *loader) run(ctx context.Context, st *statement) (n, bad int64, err error) {
	l.opts.Meter.load(st.source.rows)
	restore, err := l.set(ctx, "preserve_insertion_order", "false")
	if err != nil {
		return 0, 0, err
	}
	result, err := l.conn.ExecContext(ctx, st.sql())
	if err != nil {
		return 0, 0, l.doubt(st.source, fmt.Errorf("load: %w", err))
	}
	if err := restore(); err != nil {
		return 0, 0, err
	}
	if n, err = result.RowsAffected(); err != nil {
		return 0, 0, fmt.Errorf("load: %w", err)
	}
	if st.source.rows >= 0 && n != st.source.rows {
		return 0, 0, l.doubt(st.source, fmt.Errorf("the file has %d rows, but %d were read", st.source.rows, n))
	}
	if n == 0 {
		return 0, 0, errors.New("has no rows")
	}
	row := l.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+st.target.name+" WHERE source_id = ? AND source_row < 0", st.id)
	if err := row.Scan(&bad); err != nil {
		return 0, 0, fmt.Errorf("find the rows to reject: %w", err)
	}
	return n, bad, nil
}

// affected makes sure that a statement met every row it was meant for.
func affected(result sql.Result, want int64) error {
	n, err := result.RowsAffected()
	if err == nil && n != want {
		err = fmt.Errorf("%d rows were met instead of %d", n, want)
	}
	return err
}
