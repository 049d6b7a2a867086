package engine_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/datasets"
)

// TestReferenceFacts holds that every table of reference facts is what its
// description says, in Go and in SQL.
func TestReferenceFacts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path)
	if len(datasets.Sources()) < 5 {
		t.Fatalf("only %d tables are described", len(datasets.Sources()))
	}
	for _, s := range datasets.Sources() {
		table, err := datasets.ReferenceTable(s.Table)
		if err != nil {
			t.Error(err)
			continue
		}
		if int64(len(table.Rows)) != s.Rows || s.Source == "" || s.Licence == "" || s.Date == "" {
			t.Errorf("%s: %d rows, described as %+v", s.Table, len(table.Rows), s)
		}
		// Reading all columns converts each cell to its type.
		if _, err := db.Exec("CREATE OR REPLACE TEMP TABLE t AS FROM ref." + s.Table); err != nil {
			t.Errorf("ref.%s: %v", s.Table, err)
			continue
		}
		if got := value(t, db, "SELECT count(*) = (SELECT rows FROM ref.source WHERE \"table\" = '"+s.Table+"') FROM t"); got != "true" {
			t.Errorf("ref.%s has not as many rows as ref.source says", s.Table)
		}
	}
	if got := value(t, db, "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'x'"); got != "0" {
		t.Errorf("%s tables were written to the user's file", got)
	}
	if _, err := db.Exec("FROM reference_table('none')"); err == nil || !strings.Contains(err.Error(), "there is no table") {
		t.Errorf("an unknown table: %v", err)
	}
}
