package engine_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

// A dry run leaves the file of a database as it was, also where it has more
// rows than DuckDB keeps from the file on its own: five row groups of 122,880
// a thread. The settings that it needs for that are as before.
func TestDryRunLeavesTheFile(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	path, first, many := filepath.Join(dir, "a.db"), filepath.Join(dir, "first.csv"), filepath.Join(dir, "many.csv")
	writeDryRows(t, first, 10)
	const rows = 700_000
	writeDryRows(t, many, rows)
	db, err := engine.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Import(ctx, []string{first}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if db, err = engine.Open(ctx, path); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const settings = "SELECT current_setting('threads')::VARCHAR || ' ' || current_setting('write_buffer_row_group_count')::VARCHAR || ' ' || current_setting('write_buffer_row_group_memory_limit')::VARCHAR"
	var was, is string
	if err := db.QueryRowContext(ctx, settings).Scan(&was); err != nil {
		t.Fatal(err)
	}
	report, err := db.Import(ctx, []string{many}, engine.ImportDryRun())
	if err != nil {
		t.Fatal(err)
	}
	if f := report.Files[0]; f.Loaded != rows-10 || f.Overlapping != 10 || len(f.Preview.Rows) == 0 {
		t.Errorf("%d would be loaded, %d are there already, %d are shown", f.Loaded, f.Overlapping, len(f.Preview.Rows))
	}
	if err := db.QueryRowContext(ctx, settings).Scan(&is); err != nil || is != was {
		t.Errorf("settings %s, were %s: %v", is, was, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil || sha256.Sum256(after) != sha256.Sum256(before) {
		t.Errorf("the file has %d bytes, had %d, and is another: %v", len(after), len(before), err)
	}
	if left, _ := filepath.Glob(path + "?*"); left != nil {
		t.Errorf("left behind: %q", left)
	}
}

// writeDryRows writes declarations of an item each.
func writeDryRows(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "declaration_id,item_no,hs_code,value")
	for i := range n {
		fmt.Fprintf(w, "D%d,1,870323,%d\n", i, i%1000)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
