package engine_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSessionMacros calls macros, which a session makes when one is called, in
// the ways in which their names don't stand in the text, or are lost again.
func TestSessionMacros(t *testing.T) {
	for _, test := range []struct {
		name, text string
		last       string
	}{
		{"called", "SELECT shrink(1.0, 3, 2.0, 5) AS a", "SELECT 0 a:DOUBLE | 1.625"},
		{"aggregate", "SELECT mad_scale(x) AS a FROM (VALUES (1.0), (2), (4)) t(x)", "SELECT 0 a:DOUBLE | 1.482602218505602"},
		{"lost with a transaction", "BEGIN; SELECT shrink(1.0, 3, 2.0, 5); ROLLBACK; SELECT shrink(1.0, 3, 2.0, 5) AS a", "SELECT 0 a:DOUBLE | 1.625"},
		{"in a text", "SELECT a FROM query('SELECT shrink(1.0, 3, 2.0, 5) AS a')", "SELECT 0 a:DOUBLE | 1.625"},
		{"in a view", "CREATE VIEW v AS SELECT shrink(1.0, 3, 2.0, 5) AS a; FROM v", "SELECT 0 a:DOUBLE | 1.625"},
		{"listed", "SELECT count(*) AS a FROM duckdb_functions() WHERE function_name = 'price_filter'", "SELECT 0 a:BIGINT | 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openSession(t)
			var lines []string
			if err := s.Run(context.Background(), test.text, dump(&lines)); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.last, lines[len(lines)-1]); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestMacrosOfConnections calls a macro on connections of all kinds, the first
// of which was made when the database was opened.
func TestMacrosOfConnections(t *testing.T) {
	ctx := context.Background()
	db := open(t, t.TempDir()+"/x.db")
	for range 3 {
		conn, err := db.Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		var a float64
		if err := conn.QueryRowContext(ctx, "SELECT shrink(1.0, 3, 2.0, 5)").Scan(&a); err != nil || a != 1.625 {
			t.Errorf("%v, error %v", a, err)
		}
	}
}
