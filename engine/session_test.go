package engine_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine"
)

func openSession(t testing.TB) *engine.Session {
	t.Helper()
	db, err := engine.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := db.Session(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// dump writes each statement as a line: verb, changed rows, columns, rows.
func dump(lines *[]string) func(*engine.Rows) error {
	return func(r *engine.Rows) error {
		line := fmt.Sprintf("%s %d", r.Verb(), r.Changed())
		for _, c := range r.Columns() {
			line += " " + c.Name + ":" + c.Type
		}
		for r.Next() {
			line += " |"
			for i := range r.Columns() {
				if r.IsNull(i) {
					line += " NULL"
					continue
				}
				line += " " + string(r.AppendText(nil, i))
			}
		}
		*lines = append(*lines, line)
		return r.Err()
	}
}

func TestRun(t *testing.T) {
	csv := t.TempDir() + "/out.csv"
	// Expected lines by hand; the verbs and counts are those of DuckDB 1.5.5.
	tests := []struct {
		name, sql string
		want      []string
	}{
		{"empty", "", nil},
		{"comments only", "-- nothing\n/* ; /* ; */ */ ;;\n", nil},
		{"one", "SELECT 1 AS a, 'x' AS b", []string{"SELECT 0 a:INTEGER b:VARCHAR | 1 x"}},
		{"no rows", "SELECT 1 AS a WHERE false", []string{"SELECT 0 a:INTEGER"}},
		{
			"later depends on earlier", "CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (NULL);\nFROM t ORDER BY a; DROP TABLE t;",
			[]string{"CREATE 0", "INSERT 2", "SELECT 0 a:INTEGER | 1 | NULL", "DROP 0"},
		},
		{
			"changes", "CREATE TABLE c AS SELECT i FROM range(5) r(i); UPDATE c SET i = 9 WHERE i > 2; DELETE FROM c WHERE i = 9;" +
				"INSERT INTO c VALUES (7) RETURNING i; COPY c TO '" + csv + "'; COPY c FROM '" + csv + "'",
			[]string{"CREATE 0", "UPDATE 2", "DELETE 2", "INSERT 0 i:BIGINT | 7", "COPY 4", "COPY 4"},
		},
		{
			"transaction", "CREATE TABLE x (a INT); BEGIN; INSERT INTO x VALUES (1); ROLLBACK; SELECT count(*) AS n FROM x",
			[]string{"CREATE 0", "TRANSACTION 0", "INSERT 1", "TRANSACTION 0", "SELECT 0 n:BIGINT | 0"},
		},
		{
			"settings", "SET threads = 2; SELECT current_setting('threads') AS n; PRAGMA threads = 1; RESET threads",
			[]string{"SET 0", "SELECT 0 n:BIGINT | 2", "SET 0", "SET 0"},
		},
		{
			"prepared", "PREPARE p AS SELECT $1::INT + 1 AS n; EXECUTE p(41); DEALLOCATE p",
			[]string{"PREPARE 0", "EXECUTE 0 n:INTEGER | 42", "DROP 0"},
		},
		{
			"one statement that DuckDB makes several of", "CREATE TABLE pv AS SELECT 'a' AS k, 2 AS v; PIVOT pv ON k USING sum(v); SELECT 3 AS z",
			[]string{"CREATE 0", "CREATE 0", "SELECT 0 a:HUGEINT | 2", "SELECT 0 z:INTEGER | 3"},
		},
		{"semicolons elsewhere", `SELECT 'a;b' AS ";", $$;$$ AS d, $q$'";$q$ AS q, E'\';' AS e -- ;
			; SELECT /* ; */ 2 AS n`, []string{`SELECT 0 ;:VARCHAR d:VARCHAR q:VARCHAR e:VARCHAR | a;b ; '"; ';`, "SELECT 0 n:INTEGER | 2"}},
	}
	s := openSession(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			if err := s.Run(context.Background(), tt.sql, dump(&got)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRunShows(t *testing.T) {
	s := openSession(t)
	for _, text := range []string{
		"EXPLAIN SELECT 1", "EXPLAIN ANALYZE SELECT 1", "DESCRIBE SELECT 1 AS a", "SUMMARIZE SELECT 1 AS a", "SHOW ALL TABLES",
		"PRAGMA version", "CALL pragma_version()", "FROM duckdb_settings()",
	} {
		rows := 0
		err := s.Run(context.Background(), "CREATE OR REPLACE TABLE shown (a INT); "+text, func(r *engine.Rows) error {
			for r.Next() {
				rows++
			}
			return r.Err()
		})
		if err != nil || rows == 0 {
			t.Errorf("%s: %d rows, %v", text, rows, err)
		}
	}
}

func TestRunErrors(t *testing.T) {
	long := strings.Repeat("-- a long comment\n", 200)
	// at is the text that Offset points at, by hand.
	tests := []struct {
		name, sql, op, at, msg string
		ran                    int
	}{
		{"syntax, in the last statement", "SELECT 1;\n SELECT 2; SELEC 3", "parse", "SELEC", `syntax error at or near "SELEC"`, 0},
		{"syntax without a place", "SELECT 1; SELECT (1", "parse", "SELECT 1;", "syntax error at end of input", 0},
		{"name in the second of three", "SELECT 1;\nSELECT 'سلام', nope;\nSELECT 3", "run", "nope", "LINE 2:", 1},
		{"no such table", "SELECT 1; SELECT 2;\n\n  SELECT * FROM missing", "run", "missing", "LINE 3:", 2},
		{"while running", "SELECT 1; /* why */ SELECT error('bad ' || i) FROM range(3) r(i)", "run", "SELECT error", "bad 0", 1},
		{"after many lines", long + "SELECT 1;\nSELECT nope", "run", "nope", "LINE 202:", 1},
		{"in a long line", "SELECT 1; SELECT '" + strings.Repeat("é", 300) + "', nope, '" + strings.Repeat("x", 300) + "'", "run", "nope", "nope", 1},
		{"cast", "SELECT 1; SELECT CAST('x' AS INTEGER)", "run", "CAST", "Could not convert string 'x' to INT32", 1},
		{"parameter without value", "SELECT 1; SELECT $1", "run", "SELECT $1", "Values were not provided", 1},
	}
	s := openSession(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ran := 0
			err := s.Run(context.Background(), tt.sql, func(r *engine.Rows) error {
				for r.Next() {
				}
				if r.Err() == nil {
					ran++
				}
				return r.Err()
			})
			var e *engine.Error
			if !errors.As(err, &e) {
				t.Fatalf("no *engine.Error: %v", err)
			}
			if e.Op != tt.op || ran != tt.ran || !strings.Contains(e.Msg, tt.msg) {
				t.Errorf("op %s after %d statements: %s", e.Op, ran, e.Msg)
			}
			if e.Offset < 0 || !strings.HasPrefix(tt.sql[e.Offset:], tt.at) {
				t.Errorf("offset %d doesn't point at %s", e.Offset, tt.at)
			}
		})
	}
}

func TestRunLeavesSessionUsable(t *testing.T) {
	s := openSession(t)
	ctx := context.Background()
	mine := errors.New("mine")
	tests := []struct {
		name string
		fn   func(*engine.Rows) error
		want error
	}{
		{"rows not read", func(*engine.Rows) error { return nil }, nil},
		{"error after some rows", func(r *engine.Rows) error { r.Next(); return mine }, mine},
		{"panic", func(r *engine.Rows) error { r.Next(); panic("oops") }, nil},
		{"run inside run", func(*engine.Rows) error { return s.Run(ctx, "SELECT 1", nil) }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := s.Run(ctx, "SELECT i FROM range(10_000_000) r(i)", tt.fn)
			if tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			if tt.name == "panic" && (err == nil || !strings.Contains(err.Error(), "oops")) {
				t.Errorf("error %v does not tell the panic", err)
			}
			if tt.name == "run inside run" && err == nil {
				t.Error("no error")
			}
			var lines []string
			if err := s.Run(ctx, "SELECT 42 AS n", dump(&lines)); err != nil || lines[0] != "SELECT 0 n:INTEGER | 42" {
				t.Errorf("afterwards: %q, %v", lines, err)
			}
		})
	}
}

func TestRunRefusesNUL(t *testing.T) {
	s := openSession(t)
	err := s.Run(context.Background(), "SELECT 1; \x00 DROP TABLE t", nil)
	if err == nil || !strings.Contains(err.Error(), "NUL") {
		t.Errorf("error %v", err)
	}
}

func TestRunLongStatement(t *testing.T) {
	s := openSession(t)
	text := "SELECT len([" + strings.Repeat("1,", 100000) + "1]) AS n"
	var lines []string
	if err := s.Run(context.Background(), text, dump(&lines)); err != nil || lines[0] != "SELECT 0 n:BIGINT | 100001" {
		t.Errorf("%q, %v", lines, err)
	}
}

func TestSessionState(t *testing.T) {
	ctx := context.Background()
	db, err := engine.Open(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, err := db.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Run(ctx, "SET TimeZone = 'Asia/Riyadh'; CREATE TABLE kept (a INT); CREATE TEMP TABLE gone (a INT); BEGIN; INSERT INTO kept VALUES (1)", nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	if err := s.Run(ctx, "SELECT TIMESTAMPTZ '2020-01-01 00:00:00+00' AS t; FROM kept", dump(&lines)); err != nil {
		t.Fatal(err)
	}
	want := []string{"SELECT 0 t:TIMESTAMP WITH TIME ZONE | 2020-01-01 03:00:00+03", "SELECT 0 a:INTEGER | 1"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := s.Run(ctx, "SELECT 1", nil); err == nil {
		t.Error("a closed session runs")
	}
	// Neither the setting, nor the temporary table, nor the open transaction
	// may reach those who get a connection afterwards.
	var zone string
	var kept, gone int
	err = db.QueryRow(`SELECT current_setting('TimeZone'), (SELECT count(*) FROM kept),
		(SELECT count(*) FROM duckdb_tables() WHERE table_name = 'gone')`).Scan(&zone, &kept, &gone)
	if err != nil || zone == "Asia/Riyadh" || kept != 0 || gone != 0 {
		t.Errorf("afterwards: zone %s, %d rows kept, %d temporary tables, %v", zone, kept, gone, err)
	}
}

func TestSessionUnderLockedConfiguration(t *testing.T) {
	ctx := context.Background()
	db, err := engine.Open(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("SET lock_configuration = true"); err != nil {
		t.Fatal(err)
	}
	s, err := db.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Run(ctx, "SELECT 1", nil); err != nil {
		t.Error(err)
	}
	if err := s.Run(ctx, "SET threads = 1", nil); err == nil {
		t.Error("the lock does not hold")
	}
}

func TestErrLocked(t *testing.T) {
	path := os.Getenv("DHOW_TEST_LOCKED")
	if path != "" {
		// The second process: it must find the file locked.
		err := openSession(t).Run(context.Background(), "ATTACH '"+path+"' AS other", nil)
		fmt.Printf("locked=%v %v\n", errors.Is(err, engine.ErrLocked), err)
		return
	}
	path = t.TempDir() + "/x.db"
	db, err := engine.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	cmd := exec.Command(os.Args[0], "-test.run=^TestErrLocked$")
	cmd.Env = append(os.Environ(), "DHOW_TEST_LOCKED="+path)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "locked=true") {
		t.Errorf("%v: %s", err, out)
	}
}
