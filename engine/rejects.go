package engine

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/dhowdb/dhow/engine/ingest"
)

// WriteRejects writes rows that could not be loaded to a file, so that they
// can be mended and imported again: CSV, Parquet, JSON or a workbook by the
// ending of path. Without sources it writes all that no later import resolved,
// else those of these imports.
//
// The file has the columns of the rejected rows' sources with their texts as
// they came, behind three of its own: [ingest.MendKey] tells which reject a row
// is, [ingest.MendReason] what was wrong, and [ingest.MendLine] has the line
// where it could not be cut into cells. A mended file is imported as any other;
// it keeps the mapping of the import that rejected its rows.
//
// A workbook has all cells as text, so none is ever a formula. In CSV they are
// as they came; a spreadsheet program may take one that begins with = for a
// formula, so open those from strangers as a workbook.
func (db *DB) WriteRejects(ctx context.Context, path string, sources ...int64) error {
	where := "resolved_by IS NULL"
	if len(sources) > 0 {
		where = fmt.Sprintf("source_id IN (%s)", strings.Trim(strings.Join(strings.Fields(fmt.Sprint(sources)), ", "), "[]"))
	}
	columns, err := db.rejectColumns(ctx, where)
	if err != nil {
		return fmt.Errorf("write the rejects: %w", classify(err))
	}
	list := []string{
		"source_id || '/' || reject_id AS " + ingest.MendKey,
		"concat_ws(': ', column_name, reason) AS " + ingest.MendReason,
		"CASE WHEN record IS NULL THEN raw END AS " + ingest.MendLine,
	}
	for _, name := range columns {
		pointer := "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
		list = append(list, fmt.Sprintf("record->>%s AS %s", quoteText(pointer), quoteName(name)))
	}
	return db.copyTo(ctx, path, "SELECT "+strings.Join(list, ", ")+" FROM customs.reject WHERE "+where+" ORDER BY source_id, reject_id")
}

// rejectColumns returns the names of the columns of the imports that have
// rejects, in the order of their files.
func (db *DB) rejectColumns(ctx context.Context, where string) ([]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT name FROM (
		SELECT source_id, generate_subscripts(m, 1) AS place, unnest(m) AS name
		FROM (SELECT source_id, mapping->>'$[*].name' AS m FROM customs.source_file WHERE source_id IN (SELECT source_id FROM customs.reject WHERE `+where+`)))
		WHERE name NOT LIKE 'dhow\_%' ESCAPE '\' GROUP BY name ORDER BY min(source_id), min(place)`)
	if err != nil {
		return nil, err
	}
	return texts(rows)
}

// texts reads a result of one text column.
func texts(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var out []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, rows.Err()
}
