package capi

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/duckdb/duckdb-go/v2"
)

func TestExec(t *testing.T) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer connector.Close()
	conn, err := connector.Connect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	raw, err := ConnOf(conn)
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Exec("CREATE TABLE t(a INTEGER); INSERT INTO t VALUES (1); "); err != nil {
		t.Error(err)
	}
	if err := raw.Exec(""); err != nil {
		t.Errorf("nothing to run: %v", err)
	}
	err = raw.Exec("INSERT INTO t VALUES (2); FROM nowhere; INSERT INTO t VALUES (3)")
	var own Error
	if !errors.As(err, &own) || !strings.Contains(err.Error(), "nowhere does not exist") {
		t.Errorf("error %v", err)
	}
	// DuckDB stops at the statement that fails.
	if err := raw.Exec("SELECT CASE WHEN sum(a) <> 3 THEN error('rows ' || sum(a)) END FROM t"); err != nil {
		t.Error(err)
	}
}
