package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
)

// source is a file made ready for one INSERT … SELECT.
type source struct {
	file    recognised
	target  *target
	report  *FileReport
	from    string // what stands behind FROM
	row     string // its column with the number of each row in the file, from 1
	line    string // expression for the line; NULL where the file has none
	columns []sourceColumn
	rows    int64       // rows that FROM must give; -1 if that isn't known
	faults  []lineFault // rows that FROM gives as blank ones, and why
	sample  [][]string
	style   Written // what the user says of its cells

	encoding string            // of JSON that isn't UTF-8
	lines    []lineRun         // the line of each object of JSON
	print    map[string]string // how a column of the model is printed to give the text of its source

	meter  *Meter
	staged int64 // bytes of the copy of its rows, if one was made
	close  []func() error
}

// sourceColumn is a column of a file and how SQL reads it.
type sourceColumn struct {
	name string
	typ  string // DuckDB's name

	plain bool // its numbers have a point and its dates are ISO, whatever other columns do
}

// lineFault is a row that can't be read at all.
type lineFault struct {
	row, line   int64
	raw, reason string
}

func (s *source) header() []string {
	names := make([]string, len(s.columns))
	for i, c := range s.columns {
		names[i] = c.name
	}
	return names
}

func (s *source) column(name string) sourceColumn {
	for _, c := range s.columns {
		if c.name == name {
			return c
		}
	}
	return sourceColumn{}
}

// done removes what was made for the source.
func (s *source) done() error {
	var errs []error
	for i := len(s.close) - 1; i >= 0; i-- {
		errs = append(errs, s.close[i]())
	}
	s.close = nil
	return errors.Join(errs...)
}

// temporary opens a file that done removes.
func (s *source) temporary(pattern string) (*os.File, error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return nil, fmt.Errorf("make a temporary copy: %w", err)
	}
	s.close = append(s.close, func() error { return os.Remove(f.Name()) })
	return f, nil
}

// sampleSize is how many rows decide the mapping.
const sampleSize = 1000

// readSample reads the first rows as text.
func (s *source) readSample(ctx context.Context, conn *sql.Conn) error {
	list := make([]string, len(s.columns))
	for i, c := range s.columns {
		list[i] = c.text()
	}
	rows, err := conn.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s LIMIT %d", strings.Join(list, ", "), s.from, sampleSize))
	if err != nil {
		return fmt.Errorf("read the first rows: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		cells := make([]sql.NullString, len(list))
		into := make([]any, len(list))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("read the first rows: %w", err)
		}
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = c.String
		}
		s.sample = append(s.sample, row)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the first rows: %w", err)
	}
	return nil
}

// describe asks DuckDB for the columns of a source.
func (s *source) describe(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM "+s.from+")")
	if err != nil {
		return fmt.Errorf("read the columns: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c sourceColumn
		if err := rows.Scan(&c.name, &c.typ); err != nil {
			return fmt.Errorf("read the columns: %w", err)
		}
		s.columns = append(s.columns, c)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the columns: %w", err)
	}
	return nil
}

// text returns the column as SQL text.
func (c sourceColumn) text() string {
	switch {
	case c.typ == TypeVarchar:
		return quoteName(c.name)
	case c.isFloat():
		return "ingest_plain(" + quoteName(c.name) + ")"
	}
	return "CAST(" + quoteName(c.name) + " AS VARCHAR)"
}

func (c sourceColumn) isFloat() bool {
	return c.typ == "DOUBLE" || c.typ == "FLOAT" || strings.HasPrefix(c.typ, "DECIMAL")
}

func (c sourceColumn) isNumber() bool {
	return c.isFloat() || strings.HasSuffix(c.typ, "INT") || strings.HasSuffix(c.typ, "INTEGER")
}

func (c sourceColumn) isDate() bool {
	return c.typ == "DATE" || strings.HasPrefix(c.typ, "TIMESTAMP")
}

// quoteName makes an SQL identifier of any text.
func quoteName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// quoteText makes an SQL string of any text.
func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
