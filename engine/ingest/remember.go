package ingest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

//go:embed sql/recall.sql
var recallSQL string

//go:embed sql/remember.sql
var rememberSQL string

//go:embed sql/forget.sql
var forgetSQL string

// Remembered says where a mapping comes from that was used before.
type Remembered struct {
	File string    // file that it was last used for
	At   time.Time // when that was
	User bool      // the user had a say in it
}

// keptMapping is a row of customs.mapping.
type keptMapping struct {
	target    string
	columns   map[string]string
	constants map[string]string
	details   map[string]Detail
	by        string
	file      string
	at        time.Time
}

func (k *keptMapping) origin() *Remembered { return &Remembered{k.file, k.at, k.by == byUser} }

const (
	byUser    = "user"
	byProgram = "program"
)

// headerShape returns the shape of a file: its columns in any order and whatever
// way their names are written. What a file of rejects has besides isn't of it.
func headerShape(header []string) string {
	var keys []string
	for _, h := range header {
		if !strings.HasPrefix(h, MendPrefix) {
			keys = append(keys, headerKey(h))
		}
	}
	slices.Sort(keys)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(keys, "\n"))))
}

// recall returns the options with what is remembered of files of the shape
// added to them. What the user gives goes before it.
func (l *loader) recall(ctx context.Context, header []string, opts Options) (Options, *keptMapping, error) {
	if opts.Fresh {
		return opts, nil, nil
	}
	into := ""
	if opts.Into != "" {
		t, err := targetOf(opts.Into)
		if err != nil {
			return opts, nil, err
		}
		into = t.name
	}
	k, err := l.kept(ctx, headerShape(header), into)
	if err != nil || k == nil {
		return opts, nil, err
	}
	opts.Into = k.target
	k.restore(header, &opts)
	return opts, k, nil
}

func (l *loader) kept(ctx context.Context, shape, into string) (*keptMapping, error) {
	var there bool
	err := l.conn.QueryRowContext(ctx, "SELECT EXISTS (FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'customs' AND table_name = 'mapping')").Scan(&there)
	if err != nil || !there {
		return nil, err
	}
	var k keptMapping
	var columns, constants, details string
	err = l.conn.QueryRowContext(ctx, recallSQL, shape, into).Scan(&k.target, &columns, &constants, &details, &k.by, &k.file, &k.at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("recall the mapping: %w", err)
	}
	if err := errors.Join(json.Unmarshal([]byte(columns), &k.columns), json.Unmarshal([]byte(constants), &k.constants), json.Unmarshal([]byte(details), &k.details)); err != nil {
		return nil, fmt.Errorf("customs.mapping has a row that can't be read; delete it: %w", err)
	}
	if _, err := targetOf(k.target); err != nil {
		return nil, nil
	}
	return &k, nil
}

// restore adds what was remembered to options: the columns and the constants
// that the user didn't settle otherwise.
func (k *keptMapping) restore(header []string, opts *Options) {
	t := tableNamed(k.target)
	given, taken := map[string]bool{}, map[string]bool{}
	for column := range opts.Constants {
		taken[column] = true
	}
	for source, name := range opts.Map {
		given[headerKey(source)] = true
		if column, err := t.columnNamed(name); err == nil && column != "" {
			taken[column] = true
		}
	}
	all, reasons, details := clone(opts.Map), map[string]string{}, clone(opts.details)
	for _, h := range header {
		key := headerKey(h)
		column, ok := k.columns[key]
		if !ok || given[key] || taken[column] || column != "" && t.index(column) < 0 {
			continue
		}
		all[h], reasons[key] = column, "remembered"
		if d, ok := k.details[key]; ok {
			details[key] = d
		}
	}
	constants := clone(opts.Constants)
	for column, value := range k.constants {
		if !taken[column] && t.index(column) >= 0 {
			constants[column] = value
		}
	}
	opts.Map, opts.reasons, opts.details, opts.Constants = all, reasons, details, constants
}

// clone copies a map; of none it makes one.
func clone[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return maps.Clone(m)
}

func headerKey(h string) string { return strings.Join(headerWords(h), " ") }

// remember keeps a mapping for the next file of the shape. A known layout
// needs no memory.
func (l *loader) remember(ctx context.Context, s *source, p proposal, opts Options) error {
	if p.layout != "" || l.opts.Forgetful || hasTwins(s.header()) || slices.Contains(s.header(), MendKey) {
		return nil
	}
	by := byProgram
	if len(l.opts.Map) > 0 || len(l.opts.Constants) > 0 || len(l.opts.lenient) > 0 || opts.answered {
		by = byUser
	}
	shape := headerShape(s.header())
	args := []any{shape, p.target.name, by, baseName(s.file.path)}
	for _, part := range []any{p.byHeader(s.header()), clone(opts.Constants), clone(opts.details)} {
		text, err := json.Marshal(part)
		if err != nil {
			return fmt.Errorf("remember the mapping: %w", err)
		}
		args = append(args, string(text))
	}
	_, err := l.conn.ExecContext(ctx, rememberSQL, args...)
	if err == nil {
		_, err = l.conn.ExecContext(ctx, forgetSQL, shape, p.target.name)
	}
	if err != nil {
		return fmt.Errorf("remember the mapping: %w", err)
	}
	return nil
}

// byHeader returns the column of the table for each header, nothing for one
// that is kept in extra.
func (p *proposal) byHeader(header []string) map[string]string {
	columns := map[string]string{}
	for _, h := range header {
		columns[headerKey(h)] = ""
	}
	for _, m := range p.mapped {
		if !m.standsIn() {
			columns[headerKey(m.Source)] = m.Column
		}
	}
	return columns
}

// hasTwins tells whether two headers are written alike, so that their names
// don't tell them apart.
func hasTwins(header []string) bool {
	seen := map[string]bool{}
	for _, h := range header {
		if seen[headerKey(h)] {
			return true
		}
		seen[headerKey(h)] = true
	}
	return false
}
