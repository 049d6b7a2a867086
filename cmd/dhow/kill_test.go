package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dhowdb/dhow/engine"
)

// An import that is killed at any moment leaves the database as it was, or
// complete: rows, rejects and its line in customs.source_file together. Fifty
// imports are killed.
func TestKilledImport(t *testing.T) {
	if underRace {
		t.Skip("imports that are processes of their own, ten times as slow: nothing for the race detector")
	}
	dir := t.TempDir()
	first, before := filepath.Join(dir, "first.csv"), filepath.Join(dir, "before.db")
	writeGoods(t, first, "A", 1000)
	if out, err := exec.Command("dhow", "import", first, "--db", before).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, c := range []struct {
		name        string
		rows, kills int
	}{
		{"small", 4000, 40},
		// More than a row group (122,880 rows): DuckDB writes those to the file
		// before the transaction ends.
		{"large", 130_000, 10},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(dir, c.name+".csv")
			writeGoods(t, file, c.name, c.rows)
			killImports(t, before, file, c.rows, c.kills)
		})
	}
}

// killImports imports a file of n rows until that many imports were killed.
func killImports(t *testing.T, before, file string, n, kills int) {
	t.Helper()
	db := filepath.Join(t.TempDir(), "killed.db")
	start := time.Now()
	importKilledAfter(t, before, db, file, time.Hour)
	whole := time.Since(start)
	as, done := "999 1 1", fmt.Sprintf("%d 2 2", 999+n-1) // a reject in each file
	if got := stateOf(t, db); got != done {
		t.Fatalf("a whole import leaves %s, want %s", got, done)
	}
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for killed, tries := 0, 0; killed < kills; tries++ {
		if tries > 4*kills {
			t.Fatalf("only %d imports of %d could be killed while they ran", killed, tries)
		}
		// Half of them die in the last part, in which the transaction ends.
		after := time.Duration(random.Float64() * float64(whole))
		if killed%2 == 1 {
			after = time.Duration((0.6 + 0.4*random.Float64()) * float64(whole))
		}
		// The machine may be busier or idler than when the whole was timed.
		if importKilledAfter(t, before, db, file, after) {
			killed++
			whole += whole / 50
		} else {
			whole -= whole / 10
		}
		got := stateOf(t, db)
		if got != as && got != done {
			t.Fatalf("killed after %v of %v: rows, rejects and imports are %s, want %s or %s", after, whole, got, as, done)
		}
		seen[got]++
	}
	t.Logf("%d were killed; of all, %d left the database as it was, %d complete", kills, seen[as], seen[done])
}

// writeGoods writes a file of n declared lines, of which one can't be read.
func writeGoods(t *testing.T, path, prefix string, n int) {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("declaration_id,hs_code,origin,value\n")
	for i := range n {
		value := fmt.Sprint(i)
		if i == n/2 {
			value = "much"
		}
		fmt.Fprintf(&b, "%s%d,870323,de,%s\n", prefix, i, value)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// importKilledAfter imports a file into a copy of a database in a process of
// its own, and kills it. It reports whether the process was still running.
func importKilledAfter(t *testing.T, before, db, file string, after time.Duration) bool {
	t.Helper()
	for _, path := range []string{db, db + ".wal"} {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(before)
	if err == nil {
		err = os.WriteFile(db, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("dhow", "import", file, "--db", db)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatalf("import: %v", err)
		}
		return false
	case <-time.After(after):
	}
	if err := cmd.Process.Kill(); err != nil && !strings.Contains(err.Error(), "finished") {
		t.Fatal(err)
	}
	return <-ended != nil
}

// stateOf counts what a database has: lines, rejects and imports.
func stateOf(t *testing.T, path string) (state string) {
	t.Helper()
	db, err := engine.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.QueryRow(`SELECT concat_ws(' ', (SELECT count(*) FROM customs.declaration), (SELECT count(*) FROM customs.reject),
		(SELECT count(*) FROM customs.source_file))`).Scan(&state)
	if err != nil {
		t.Fatal(err)
	}
	return state
}
