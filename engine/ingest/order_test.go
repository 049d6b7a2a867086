package ingest_test

import (
	"path/filepath"
	"testing"

	"github.com/dhowdb/dhow/engine/ingest"
)

// TestRowsKeepTheirNumbers loads more rows than DuckDB inserts at once, which
// two threads would read side by side. Each row says its own number.
func TestRowsKeepTheirNumbers(t *testing.T) {
	dir := t.TempDir()
	made := connect(t, "")
	rows := "(SELECT 'D' || i AS declaration_id, '870323' AS hs_code, i::DOUBLE AS value, repeat('x', 30) AS description FROM range(1, 250001) t(i))"
	for _, name := range []string{"rows.csv", "rows.parquet"} {
		path := filepath.Join(dir, name)
		run(t, made, "COPY "+rows+" TO '"+path+"'")
		for _, database := range []string{"", filepath.Join(dir, name+".db")} {
			conn := connect(t, database)
			load(t, conn, path, ingest.Options{KeepRaw: true})
			got := one(t, conn, "SELECT count(*) FILTER (WHERE source_row <> value) FROM customs.declaration")
			if got != "0" {
				t.Errorf("%s into %q: %s of 250000 rows have the number of another", name, database, got)
			}
			if got := one(t, conn, "SELECT current_setting('threads')"); got != "2" {
				t.Errorf("%s threads after the import, not 2", got)
			}
		}
	}
}
