package engine_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/engine/ingest"
	text "github.com/dhowdb/dhow/sql"
)

// A database of an older dhow gets the columns it lacks, and every column of
// the model has its comment from the DDL.
func TestModelInDatabase(t *testing.T) {
	db := open(t, "")
	run(t, db, "CREATE SCHEMA customs; CREATE TABLE customs.declaration (declaration_id VARCHAR, hs_code VARCHAR, value DECIMAL(18, 4)); INSERT INTO customs.declaration VALUES ('old', '0101', 1)")
	path := filepath.Join(t.TempDir(), "new.csv")
	if err := os.WriteFile(path, []byte("declaration_id,hs_code,value,brand\nnew,0102,2,Ox\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := db.Import(context.Background(), []string{path}, engine.ImportAgain(), engine.ImportOverlap(ingest.OverlapKeep)); err != nil {
			t.Fatal(err)
		}
		tables, err := text.Tables()
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			for _, c := range table.Columns {
				got := value(t, db, "SELECT data_type || ' ' || comment FROM duckdb_columns() WHERE schema_name || '.' || table_name || '.' || column_name = '"+table.Name+"."+c.Name+"'")
				typ := strings.ReplaceAll(c.Type, ", ", ",")
				if got != typ+" "+c.Comment {
					t.Errorf("%s.%s is %q, want %s %q", table.Name, c.Name, got, typ, c.Comment)
				}
			}
		}
	}
	if got := value(t, db, "SELECT string_agg(declaration_id || coalesce(brand, ''), ' ' ORDER BY rowid) FROM customs.declaration"); got != "old newOx newOx" {
		t.Errorf("rows: %s", got)
	}
}
