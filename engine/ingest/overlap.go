package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Overlap says what becomes of a row whose like an earlier import has loaded:
// one with the same declaration and item, or what else the key of its table is.
type Overlap string

// What becomes of rows that are there already.
const (
	// OverlapReject sends the new row to customs.reject. It is the default.
	OverlapReject Overlap = "reject"
	// OverlapReplace deletes the row that is there, unless it is of a later
	// version. A later version of a declaration replaces all its items.
	OverlapReplace Overlap = "replace"
	// OverlapKeep keeps both.
	OverlapKeep Overlap = "keep"
)

// Overlaps lists the choices.
var Overlaps = []Overlap{OverlapReject, OverlapReplace, OverlapKeep}

// overlapTable holds the new rows that are there already.
const overlapTable = "ingest_overlap"

// overlap finds new rows that are there already, and deletes those that they
// replace. It returns how many of the new rows remain to be rejected.
func (l *loader) overlap(ctx context.Context, s *source) (overlapping int64, err error) {
	key := s.overlapKey()
	if l.opts.Overlap == OverlapKeep || key == "" {
		return 0, nil
	}
	var others bool
	row := l.conn.QueryRowContext(ctx, "SELECT EXISTS (FROM "+s.target.name+" WHERE source_id IS DISTINCT FROM $1)", s.report.SourceID)
	if err := row.Scan(&others); err != nil || !others {
		return 0, err
	}
	version := "NULL::INTEGER"
	if s.target.index("version") >= 0 {
		version = "version"
	}
	pair := fmt.Sprintf("(SELECT *, rowid AS id, %s AS edition FROM %s WHERE source_id = %d AND source_row > 0) n JOIN (SELECT *, rowid AS id, %[1]s AS edition FROM %[2]s WHERE source_id IS DISTINCT FROM %[3]d) o",
		version, s.target.name, s.report.SourceID)
	query := fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE %s AS
SELECT n.id AS id, n.source_row AS n, min(o.source_id) AS source_id, max(o.edition) AS there, any_value(n.edition) AS edition
FROM %s ON %s GROUP BY n.id, n.source_row`, overlapTable, pair, key)
	if _, err := l.conn.ExecContext(ctx, query); err != nil {
		return 0, err
	}
	if l.opts.Overlap == OverlapReplace {
		if err := l.replace(ctx, s, pair, key); err != nil {
			return 0, err
		}
	}
	row = l.conn.QueryRowContext(ctx, "SELECT count(*) FROM temp."+overlapTable)
	return overlapping, row.Scan(&overlapping)
}

// replace deletes the rows that new ones replace.
func (l *loader) replace(ctx context.Context, s *source, pair, key string) error {
	if s.target.index("version") >= 0 {
		// A later version has all items that are left of a declaration.
		key = "(" + key + " OR n.declaration_id = o.declaration_id AND n.edition > o.edition)"
	}
	result, err := l.conn.ExecContext(ctx, fmt.Sprintf("DELETE FROM %s WHERE rowid IN (SELECT o.id FROM %s ON %s WHERE (n.edition < o.edition) IS NOT TRUE)",
		s.target.name, pair, key))
	if err != nil {
		return err
	}
	if s.report.Replaced, err = result.RowsAffected(); err != nil {
		return err
	}
	_, err = l.conn.ExecContext(ctx, "DELETE FROM temp."+overlapTable+" WHERE (edition < there) IS NOT TRUE")
	return err
}

// repeats notes rows of a file that have the declaration, item and version of
// another row of it. They are loaded: which of them is meant nobody but its
// owner can say.
func (l *loader) repeats(ctx context.Context, s *source) error {
	if s.target.index("version") < 0 || indexOf(s.report.Mapping, "declaration_id") < 0 || indexOf(s.report.Mapping, "item_no") < 0 {
		return nil
	}
	row := l.conn.QueryRowContext(ctx, "SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM "+s.target.name+
		" WHERE source_id = $1 AND declaration_id IS NOT NULL AND item_no IS NOT NULL GROUP BY declaration_id, item_no, version HAVING n > 1)", s.report.SourceID)
	if err := row.Scan(&s.report.Repeated); err != nil {
		return err
	}
	if n := s.report.Repeated; n > 0 {
		s.report.Notes = append(s.report.Notes, fmt.Sprintf("%d rows repeat a declaration and item of the same file; they are loaded: see .quality", n))
	}
	return nil
}

// overlapKey returns the condition under which a new row n is there already as
// o, empty if the file has nothing to tell that by.
func (s *source) overlapKey() string {
	if len(s.target.key) == 0 || !slices.ContainsFunc(s.report.Mapping, func(m Mapped) bool { return slices.Contains(s.target.key[0], m.Column) }) {
		return ""
	}
	var parts, known []string
	for i, group := range s.target.key {
		for _, column := range group {
			switch {
			case column == "item_no":
				// A file without item numbers has all items of its declarations.
				parts = append(parts, "(n.item_no = o.item_no OR n.item_no IS NULL OR o.item_no IS NULL)")
			case i == 0 && len(group) == 1:
				parts = append(parts, fmt.Sprintf("n.%s = o.%[1]s", column))
			default:
				parts = append(parts, fmt.Sprintf("n.%s IS NOT DISTINCT FROM o.%[1]s", column))
			}
			if i == 0 {
				known = append(known, "n."+column+"::VARCHAR")
			}
		}
	}
	if len(known) > 1 {
		parts = append(parts, "coalesce("+strings.Join(known, ", ")+") IS NOT NULL")
	}
	return strings.Join(parts, " AND ")
}

// overlapRejects returns the query for the rows that are there already, as
// reject.sql takes them. Their cells are read from the source once more.
func overlapRejects(s *source) string {
	return fmt.Sprintf(`SELECT o.n, r.line::BIGINT AS line, NULL AS column_name, NULL AS raw,
    'is already there, from import ' || o.source_id || CASE WHEN o.there IS DISTINCT FROM o.edition
        THEN '; version ' || coalesce(o.there::VARCHAR, 'unknown') || ' is there, this is version ' || coalesce(o.edition::VARCHAR, 'unknown') ELSE '' END AS reason,
    r.record
FROM temp.%s o JOIN (SELECT %s AS n, %s AS line, %s AS record FROM %s WHERE %[2]s IN (SELECT n FROM temp.%[1]s)) r ON r.n = o.n`,
		overlapTable, s.row, s.line, s.record(s.columns), s.from)
}

// record returns the expression for all cells of a row as JSON, from columns
// that stand for those of the source.
func (s *source) record(columns []sourceColumn) string {
	pairs := make([]string, len(columns))
	for i, c := range columns {
		pairs[i] = quoteText(s.columns[i].name) + ", " + c.text()
	}
	return "json_object(" + strings.Join(pairs, ", ") + ")"
}
