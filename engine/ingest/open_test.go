package ingest_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/engine/ingest"
	sqltext "github.com/dhowdb/dhow/sql"
)

// repository returns a path under the root of the repository.
func repository(t testing.TB, parts ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(append([]string{dir}, parts...)...)
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// realData returns a path of the real files that lie beside the repository.
func realData(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{repository(t), "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real files are not beside the repository: %v", err)
	}
	return path
}

// connect opens a database with the tables of the schema.
func connect(t testing.TB, path string) *sql.Conn {
	t.Helper()
	db, err := engine.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	tables, err := sqltext.Schema()
	if err != nil {
		t.Fatal(err)
	}
	views, err := sqltext.Views()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range append(tables, views...) {
		run(t, conn, o.SQL)
	}
	run(t, conn, "SET threads = 2")
	return conn
}

func run(t testing.TB, conn *sql.Conn, query string, args ...any) {
	t.Helper()
	if _, err := conn.ExecContext(context.Background(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// one returns the single text that a query gives; NULL is "NULL".
func one(t testing.TB, conn *sql.Conn, query string, args ...any) string {
	t.Helper()
	var s sql.NullString
	if err := conn.QueryRowContext(context.Background(), "SELECT CAST(("+query+") AS VARCHAR)", args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if !s.Valid {
		return "NULL"
	}
	return s.String
}

// file writes a file for one test.
func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// load loads one file of declarations and checks that no row is lost.
func load(t testing.TB, conn *sql.Conn, path string, opts ingest.Options) ingest.FileReport {
	t.Helper()
	opts.Into = ingest.DefaultTarget
	return loadInto(t, conn, path, opts)
}

// loadInto loads one file and checks that no row is lost.
func loadInto(t testing.TB, conn *sql.Conn, path string, opts ingest.Options) ingest.FileReport {
	t.Helper()
	total := "(SELECT 0"
	for _, name := range ingest.Targets() {
		total += " + (SELECT count(*) FROM " + name + ")"
	}
	total += ")"
	before := one(t, conn, total)
	report, err := ingest.Load(context.Background(), conn, []string{path}, opts)
	if err != nil {
		t.Fatal(err)
	}
	f := report.Files[0]
	if f.Read != f.Loaded+f.Rejected {
		t.Errorf("read %d ≠ loaded %d + rejected %d", f.Read, f.Loaded, f.Rejected)
	}
	got := one(t, conn, "SELECT "+total+" - $1::BIGINT || ' ' || (SELECT count(*) FROM customs.reject WHERE source_file = $2)", before, filepath.Base(path))
	if want := one(t, conn, "SELECT $1::BIGINT || ' ' || $2::BIGINT", f.Loaded, f.Rejected); got != want {
		t.Errorf("the tables have %s rows, the report says %s", got, want)
	}
	return f
}

// mapping returns model column → source column.
func mapping(f ingest.FileReport) map[string]string {
	m := map[string]string{}
	for _, c := range f.Mapping {
		m[c.Column] = c.Source
	}
	return m
}
