package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// CheckResultPath reports whether a result can be written to a file of that
// name: whether dhow knows its ending.
func CheckResultPath(path string) error {
	if _, ok := resultFormats[strings.ToLower(filepath.Ext(path))]; !ok {
		return fmt.Errorf("write %s: the ending must be .csv, .parquet, .json or .xlsx", path)
	}
	return nil
}

// copyTo writes the rows of a query to a file in the format of its ending. The
// file appears when it is complete.
func (db *DB) copyTo(ctx context.Context, path, query string) error {
	if err := CheckResultPath(path); err != nil {
		return err
	}
	format := resultFormats[strings.ToLower(filepath.Ext(path))]
	err := replaceFile(path, func(part string) error {
		_, err := db.ExecContext(ctx, fmt.Sprintf("COPY (%s) TO %s (%s)", query, quoteText(part), format.options))
		return err
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// quoteText returns s as an SQL text.
func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
