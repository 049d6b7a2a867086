package engine

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	text "github.com/dhowdb/dhow/sql"
)

// makeTables makes the tables of the model, where they aren't there yet, and
// what stands on them. A database of an older dhow gets the columns it lacks.
func makeTables(ctx context.Context, tx *sql.Tx) error {
	tables, err := text.Tables()
	if err != nil {
		return err
	}
	views, err := text.Views()
	if err != nil {
		return err
	}
	rules, err := text.QualityRules()
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := create(ctx, tx, t.Object, t.SQL); err != nil {
			return err
		}
	}
	if err := completeColumns(ctx, tx, tables); err != nil {
		return err
	}
	for _, object := range append(views, rules) {
		if err := create(ctx, tx, object, object.SQL); err != nil {
			return err
		}
	}
	return nil
}

// completeColumns adds columns that a table of the model lacks, and gives each
// column its comment where it has another.
func completeColumns(ctx context.Context, tx *sql.Tx, tables []text.Table) error {
	comments, err := columnComments(ctx, tx)
	if err != nil {
		return fmt.Errorf("read the columns of the model: %w", classify(err))
	}
	var missing strings.Builder
	for _, t := range tables {
		for _, c := range t.Columns {
			comment, ok := comments[t.Name+"."+c.Name]
			if !ok {
				fmt.Fprintf(&missing, "ALTER TABLE %s ADD COLUMN %s %s;\n", t.Name, quoteName(c.Name), c.Type)
			}
			if comment != c.Comment {
				fmt.Fprintf(&missing, "COMMENT ON COLUMN %s.%s IS %s;\n", t.Name, quoteName(c.Name), quoteText(c.Comment))
			}
		}
	}
	if missing.Len() == 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, missing.String()); err != nil {
		return fmt.Errorf("complete the columns of the model: %w", classify(err))
	}
	return nil
}

// columnComments returns the comments of the columns of the schema customs.
func columnComments(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT schema_name || '.' || table_name || '.' || column_name, coalesce(comment, '')
		FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'customs'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	comments := map[string]string{}
	for rows.Next() {
		var name, comment string
		if err := rows.Scan(&name, &comment); err != nil {
			return nil, err
		}
		comments[name] = comment
	}
	return comments, rows.Err()
}
