package engine_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImports holds the direction of imports: udf, sql and datasets know
// neither DuckDB nor the engine nor each other.
func TestImports(t *testing.T) {
	const module = "github.com/dhowdb/dhow/"
	for _, area := range []string{"udf", "sql", "datasets"} {
		out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+area+"/...").CombinedOutput()
		if err != nil {
			t.Fatalf("go list: %v\n%s", err, out)
		}
		for line := range strings.Lines(string(out)) {
			pkg, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
			for _, path := range strings.Fields(imports) {
				own := path == module+area || strings.HasPrefix(path, module+area+"/")
				if strings.Contains(path, "duckdb") || path == "database/sql" || strings.HasPrefix(path, module) && !own {
					t.Errorf("%s imports %s", pkg, path)
				}
			}
		}
	}
}
