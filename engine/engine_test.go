package engine_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

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
	for _, path := range []string{"", ":memory:", filepath.Join(t.TempDir(), "customs.db")} {
		db := open(t, path)
		if got := value(t, db, "SELECT 40 + 2"); got != "42" {
			t.Errorf("Open(%q): 40 + 2 = %s", path, got)
		}
	}
}
