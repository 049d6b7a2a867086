package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A file of rejects, as it is written to be mended, has the columns of its
// source and some of its own. They are never mapped.
const (
	MendPrefix = "dhow_"
	MendKey    = MendPrefix + "reject" // import and number of the reject: 3/17
	MendReason = MendPrefix + "reason" // what was wrong
	MendLine   = MendPrefix + "line"   // the whole line, where it couldn't be cut into cells
)

// mended returns the options for a source, and whether it is a file of
// rejects. Such a file has the table and the mapping of the import that
// rejected its rows; what the user says goes before that.
func (l *loader) mended(ctx context.Context, s *source) (Options, bool, error) {
	opts := l.opts
	header := s.header()
	key := slices.Index(header, MendKey)
	if key < 0 {
		return opts, false, nil
	}
	opts.Map, opts.Fresh = map[string]string{}, true
	for _, name := range header {
		if strings.HasPrefix(name, MendPrefix) {
			opts.Map[name] = ""
		}
	}
	seen := map[int64]bool{}
	for _, row := range s.sample {
		text, _, _ := strings.Cut(row[key], "/")
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && !seen[id] {
			seen[id] = true
			if err := l.mappingOf(ctx, header, id, &opts); err != nil {
				return opts, true, fmt.Errorf("column %s: %w", MendKey, err)
			}
		}
	}
	maps.Copy(opts.Map, l.opts.Map)
	return opts, true, nil
}

// mappingOf adds the table and the mapping of an earlier import, for columns
// that the header has.
func (l *loader) mappingOf(ctx context.Context, header []string, id int64, opts *Options) error {
	var into, text string
	row := l.conn.QueryRowContext(ctx, "SELECT coalesce(max(target), ''), coalesce(max(mapping), '[]')::VARCHAR FROM customs.source_file WHERE source_id = $1", id)
	if err := row.Scan(&into, &text); err != nil {
		return err
	}
	if into == "" {
		return nil // of another database: its columns are found by their names
	}
	if opts.Into == "" {
		opts.Into = into
	}
	var columns []mappedColumn
	if err := json.Unmarshal([]byte(text), &columns); err != nil {
		return err
	}
	for _, c := range columns {
		if slices.Contains(header, c.Name) {
			opts.Map[c.Name] = c.Column
		}
	}
	return nil
}

// resolve marks the rejects whose mended rows were loaded.
func (l *loader) resolve(ctx context.Context, s *source) error {
	if !slices.Contains(s.header(), MendKey) || s.report.Loaded == 0 {
		return nil
	}
	query := fmt.Sprintf(`UPDATE customs.reject SET resolved_by = $1
FROM (SELECT row_number() OVER () AS n, %s AS key FROM %s) m JOIN %s t ON t.source_row = m.n AND t.source_id = $1
WHERE reject.source_id || '/' || reject.reject_id = m.key`, quoteName(MendKey), s.from, s.target.name)
	result, err := l.conn.ExecContext(ctx, query, s.report.SourceID)
	if err == nil {
		s.report.Resolved, err = result.RowsAffected()
	}
	if err != nil {
		return fmt.Errorf("mark the mended rejects: %w", err)
	}
	return nil
}
