package engine_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/engine"
)

// open opens a database that ends with the test.
func open(t testing.TB, path string) *engine.DB {
	t.Helper()
	db, err := engine.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// openPlain opens a DuckDB in memory without dhow.
func openPlain(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// value returns the one value of a query as text.
func value(t testing.TB, db *engine.DB, query string) string {
	t.Helper()
	var got sql.NullString
	if err := db.QueryRow("SELECT CAST((" + query + ") AS VARCHAR)").Scan(&got); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if !got.Valid {
		return "NULL"
	}
	return got.String
}

func TestOpen(t *testing.T) {
	for _, path := range []string{"", ":memory:"} {
		if got := value(t, open(t, path), "SELECT 40 + 2"); got != "42" {
			t.Errorf("Open(%q): 40 + 2 = %s", path, got)
		}
	}
	dir := t.TempDir()
	// Names that DuckDB would find ambiguous, or take for part of its settings.
	for _, name := range []string{"customs.db", "screen.duckdb", "a?b #100%.db", "main", "كشف.db", "o'neil\".db"} {
		path := filepath.Join(dir, name)
		for _, query := range []string{
			"CREATE SCHEMA customs; CREATE TABLE customs.declaration AS SELECT 42 AS n",
			"CREATE SCHEMA screen; CREATE VIEW screen.line AS FROM customs.declaration",
		} {
			db, err := engine.Open(context.Background(), path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(query); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		db, err := engine.Open(context.Background(), path, engine.ReadOnly())
		if err != nil {
			t.Fatal(err)
		}
		if got := value(t, db, "SELECT n FROM screen.line"); got != "42" {
			t.Errorf("%s: n = %s", name, got)
		}
		if _, err := db.Exec("CREATE TABLE t AS SELECT 1"); err == nil {
			t.Errorf("%s: a table can be made read-only", name)
		}
		if _, err := engine.Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), "open already") {
			t.Errorf("%s: opened twice: %v", name, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCloseLeavesNothing holds that Close ends all goroutines, and that a
// database file has no companion afterwards.
func TestCloseLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	before := runtime.NumGoroutine()
	for range 5 {
		db, err := engine.Open(ctx, filepath.Join(dir, "customs.db"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("CREATE OR REPLACE TABLE t AS SELECT mad_scale(i) AS m FROM range(10000) t(i)"); err != nil {
			t.Fatal(err)
		}
		session, err := db.Session(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(session.Run(ctx, "FROM t", nil), session.Close(), db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() != "customs.db" {
		t.Errorf("left %v, %v; want customs.db alone", files, err)
	}
	deadline := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines before, %d after:\n%s", before, n, buf[:runtime.Stack(buf, true)])
	}
}

// TestErrorsOfOpen holds what callers can tell apart.
func TestErrorsOfOpen(t *testing.T) {
	dir := t.TempDir()
	notADatabase := filepath.Join(dir, "text.db")
	if err := os.WriteFile(notADatabase, []byte("just a text, though a long one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, want string }{
		{notADatabase, "not a valid DuckDB database file"},
		{filepath.Join(dir, "none", "x.db"), "x.db"},
	} {
		db, err := engine.Open(context.Background(), c.path)
		if err == nil {
			_ = db.Close()
			t.Errorf("%s opens", c.path)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %q, want %q", c.path, err, c.want)
		}
	}
}

// TestViewsOverAggregates holds that what is stored doesn't name the hidden
// functions, whose names differ in each process.
func TestViewsOverAggregates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "customs.db")
	db := open(t, path)
	for _, query := range []string{
		"CREATE VIEW v AS SELECT mad_scale(i) AS m FROM range(9) t(i)",
		"CREATE MACRO spread(x) AS mad_scale(x)",
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	stored := value(t, db, "SELECT string_agg(sql, ';') FROM duckdb_views() WHERE NOT internal") +
		value(t, db, "SELECT string_agg(macro_definition, ';') FROM duckdb_functions() WHERE NOT internal AND function_name = 'spread'")
	if strings.Contains(stored, "__dhow") || !strings.Contains(stored, "mad_scale") {
		t.Errorf("stored: %s", stored)
	}
}
