package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// sheetTable holds the rows of a sheet while they are loaded. Reading a sheet
// costs far more than keeping its texts, so it is read only once.
const sheetTable = "ingest_sheet"

// openSheet makes a workbook ready: the sheet that was asked for, else the
// first whose header is enough for the table.
func openSheet(ctx context.Context, conn *sql.Conn, t *target, s *source, opts Options) error {
	parts, err := openParts(s.file.path)
	if err != nil {
		return err
	}
	s.close = append(s.close, parts.zip.Close)
	w, err := chooseSheet(t, s, parts, opts)
	if err != nil {
		return err
	}
	s.report.Sheet = w.sheet
	err = s.stage(ctx, conn, w)
	return errors.Join(err, w.part.Close())
}

// chooseSheet opens the sheet to load. Other sheets that could be loaded too
// are named in the report.
func chooseSheet(t *target, s *source, parts *workbookParts, opts Options) (*Workbook, error) {
	if opts.Sheet != "" {
		w := &Workbook{file: s.file.path, parts: parts}
		return w, w.open(sheetOptions(opts.Sheet))
	}
	var chosen *Workbook
	var tried []string
	for _, sheet := range parts.sheets {
		w := &Workbook{file: s.file.path, parts: parts}
		if err := w.open(sheetOptions(sheet.name)); err != nil {
			tried = append(tried, fmt.Sprintf("%s: %v", sheet.name, err))
			continue
		}
		err := w.check(t, opts)
		switch {
		case err == nil && chosen == nil:
			chosen = w
			continue
		case err == nil:
			s.report.OtherSheets = append(s.report.OtherSheets, w.sheet)
		default:
			tried = append(tried, fmt.Sprintf("%s: %v", sheet.name, err))
		}
		if err := w.part.Close(); err != nil {
			return nil, fmt.Errorf("close sheet %q: %w", sheet.name, err)
		}
	}
	if chosen == nil {
		return nil, fmt.Errorf("no sheet can be loaded into %s: %s", t.name, strings.Join(tried, "; "))
	}
	return chosen, nil
}

func sheetOptions(name string) WorkbookOptions {
	return WorkbookOptions{Sheet: name, AllVarchar: true, headerAt: knownHeader}
}

// check tells whether the rows read ahead can be loaded.
func (w *Workbook) check(t *target, opts Options) error {
	header := make([]string, len(w.columns))
	for i, c := range w.columns {
		header[i] = c.Name
	}
	mapped, err := mapHeaders(t, header, w.texts(min(len(w.pending), sampleSize)), opts.Map)
	if err != nil {
		return err
	}
	return t.checkMapping(mapped, header)
}

// stage copies a sheet into a temporary table, with the number of each row.
func (s *source) stage(ctx context.Context, conn *sql.Conn, w *Workbook) error {
	names := make([]string, 0, len(w.columns)+1)
	for _, c := range w.columns {
		names = append(names, c.Name)
	}
	names = uniqueNames(append(names, "sheet row"))
	defs := make([]string, len(w.columns))
	for i := range w.columns {
		s.columns = append(s.columns, sourceColumn{w.columns[i].Name, TypeVarchar})
		defs[i] = quoteName(w.columns[i].Name) + " VARCHAR"
	}
	s.line = quoteName(names[len(names)-1])
	_, err := conn.ExecContext(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE %s (%s, %s BIGINT)", sheetTable, strings.Join(defs, ", "), s.line))
	if err != nil {
		return fmt.Errorf("prepare for the sheet: %w", err)
	}
	s.close = append(s.close, func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS temp."+sheetTable)
		return err
	})
	s.from = "temp." + sheetTable
	return conn.Raw(func(c any) error {
		return s.appendSheet(ctx, c.(driver.Conn), w)
	})
}

func (s *source) appendSheet(ctx context.Context, conn driver.Conn, w *Workbook) (err error) {
	a, err := duckdb.NewAppender(conn, "temp", "main", sheetTable)
	if err != nil {
		return fmt.Errorf("prepare for the sheet: %w", err)
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	var b Batch
	row := make([]driver.Value, len(w.columns)+1)
	s.rows = 0
	for {
		err := w.Next(&b)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range b.Len {
			for c := range b.Columns {
				row[c] = nil
				if !b.Columns[c].Null[i] {
					row[c] = b.Columns[c].Texts[i]
				}
			}
			row[len(w.columns)] = int64(b.Rows[i])
			if err := a.AppendRow(row...); err != nil {
				return fmt.Errorf("keep row %d of the sheet: %w", b.Rows[i], err)
			}
		}
		s.rows += int64(b.Len)
	}
}
