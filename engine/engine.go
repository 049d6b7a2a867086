package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
)

// DB is an open database with every function of dhow on every connection. All
// methods of [sql.DB] work on it.
type DB struct {
	*sql.DB
	path string
}

// config is what options set.
type config struct {
	settings url.Values // of DuckDB
	readOnly bool
}

// Option changes how [Open] opens a database.
type Option func(*config)

// ReadOnly opens the database file without the right to change it.
func ReadOnly() Option {
	return func(c *config) { c.readOnly = true }
}

// MemoryLimit sets how much memory DuckDB may use before it spills to disk, in
// its own notation: "2GB", "500MiB", "80%".
func MemoryLimit(limit string) Option {
	return func(c *config) { c.settings.Set("memory_limit", limit) }
}

// Threads sets how many threads a query may use.
func Threads(n int) Option {
	return func(c *config) { c.settings.Set("threads", strconv.Itoa(n)) }
}

// Open opens the database file at path, and makes it if there is none. An
// empty path or ":memory:" is a database in memory that ends with Close.
//
// A file is open once in a process; to use it from several places, share the
// DB. If another process has it open, the error matches [ErrLocked].
func Open(ctx context.Context, path string, opts ...Option) (*DB, error) {
	conf := config{settings: url.Values{}}
	// dhow never reaches for the network, and each try would cost half a second.
	conf.settings.Set("autoinstall_known_extensions", "false")
	conf.settings.Set("autoload_known_extensions", "false")
	for _, o := range opts {
		o(&conf)
	}
	connector, err := newConnector(path, conf)
	if err != nil {
		return nil, openError(path, err)
	}
	db := &DB{DB: sql.OpenDB(connector), path: path}
	if err := connector.open(ctx); err != nil {
		_ = db.Close()
		return nil, openError(path, err)
	}
	return db, nil
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
