package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// DB is an open database with every function of dhow on every connection. All
// methods of [sql.DB] work on it.
type DB struct {
	*sql.DB
	path string
}

// Option changes how [Open] opens a database.
type Option func(url.Values)

// ReadOnly opens the database file without the right to change it.
func ReadOnly() Option {
	return func(v url.Values) { v.Set("access_mode", "read_only") }
}

// MemoryLimit sets how much memory DuckDB may use before it spills to disk, in
// its own notation: "2GB", "500MiB", "80%".
func MemoryLimit(limit string) Option {
	return func(v url.Values) { v.Set("memory_limit", limit) }
}

// Threads sets how many threads a query may use.
func Threads(n int) Option {
	return func(v url.Values) { v.Set("threads", fmt.Sprint(n)) }
}

// Open opens the database file at path, and makes it if there is none. An
// empty path or ":memory:" is a database in memory that ends with Close.
func Open(ctx context.Context, path string, opts ...Option) (*DB, error) {
	dsn, err := dataSource(path, opts)
	if err != nil {
		return nil, err
	}
	connector, err := newConnector(dsn)
	if err != nil {
		return nil, openError(path, err)
	}
	db := &DB{DB: sql.OpenDB(connector), path: path}
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, openError(path, err)
	}
	return db, nil
}

func dataSource(path string, opts []Option) (string, error) {
	config := url.Values{}
	// dhow never reaches for the network, and each try would cost half a second.
	config.Set("autoinstall_known_extensions", "false")
	config.Set("autoload_known_extensions", "false")
	for _, o := range opts {
		o(config)
	}
	if path == "" || path == ":memory:" {
		return "?" + config.Encode(), nil
	}
	if strings.ContainsAny(path, "?%#") {
		return "", fmt.Errorf("open %s: the name of a database file can't contain ?, %% or #", path)
	}
	// Dictionaries of newer files send far fewer rows to our functions.
	config.Set("storage_compatibility_version", "latest")
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("open %s: %w", path, err)
	}
	return abs + "?" + config.Encode(), nil
}

// openError says what was opened, and marks what callers can tell apart.
func openError(path string, err error) error {
	err = classify(err)
	var known *Error
	if errors.As(err, &known) {
		known.Op, known.Name = "open", path
		return known
	}
	return fmt.Errorf("open %s: %w", path, err)
}
