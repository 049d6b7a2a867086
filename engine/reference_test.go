package engine_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/udf"
)

var update = flag.Bool("update", false, "renew the generated files")

// TestReference holds the generated documentation of functions against their
// Go sources. Run it with -update after a change, then read what it wrote.
func TestReference(t *testing.T) {
	docs := map[string]udf.Doc{}
	for _, f := range engine.Functions() {
		docs[f.Name] = docOf(t, f)
	}
	text, err := json.MarshalIndent(docs, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	generated(t, "../udf/reference.json", string(text)+"\n")
	generated(t, "../udf/README.md", page(engine.ReferenceWith(func(name string) (udf.Doc, bool) {
		d, ok := docs[name]
		return d, ok
	})))
}

// generated compares a generated file with what it should be, or renews it.
func generated(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is stale: run go test ./engine -update, then read it (-want +got):\n%s", file, diff)
	}
}

// docOf reads the comment and the parameters of the Go function behind f.
func docOf(t *testing.T, f udf.Func) udf.Doc {
	t.Helper()
	pkg, name := path.Split(f.Kernel.Source)
	family, name, _ := strings.Cut(name, ".")
	dir := filepath.Join("..", strings.TrimPrefix(pkg, "github.com/dhowdb/dhow/"), family)
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == name {
				return docFrom(t, f, fn)
			}
		}
	}
	t.Fatalf("%s: there is no Go function %s in %s", f.Name, f.Kernel.Source, dir)
	return udf.Doc{}
}

func docFrom(t *testing.T, f udf.Func, fn *ast.FuncDecl) udf.Doc {
	t.Helper()
	text := strings.TrimSpace(fn.Doc.Text())
	if !strings.HasPrefix(text, fn.Name.Name+" ") {
		t.Fatalf("%s: the comment of %s must begin with its name", f.Name, fn.Name.Name)
	}
	doc := udf.Doc{Text: f.Name + strings.TrimPrefix(text, fn.Name.Name)}
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			if name.Name == "own" {
				continue // the user's tables, which the database gives
			}
			doc.Params = append(doc.Params, name.Name)
		}
	}
	if want := len(f.Kernel.Variants[0].Args); len(doc.Params) != want {
		t.Fatalf("%s: %s has %d parameters, its kernel %d", f.Name, fn.Name.Name, len(doc.Params), want)
	}
	return doc
}

// page writes the reference as a Markdown page.
func page(entries []engine.Entry) string {
	var b strings.Builder
	b.WriteString("# Functions\n\nGenerated from the sources: `go test ./engine -update`. " +
		"In SQL: `FROM dhow_functions()`; in the shell: `.help NAME`.\n\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "- [%s](#%s): %s\n", e.Name, e.Name, e.Summary)
	}
	for _, e := range entries {
		fmt.Fprintf(&b, "\n## %s\n\n```\n%s\n```\n\n%s\n", e.Name, e.Signature, e.Text)
		if e.Unit != "" {
			fmt.Fprintf(&b, "\nUnit: %s\n", e.Unit)
		}
		if len(e.Examples) > 0 {
			b.WriteString("\n```sql\n")
			for _, x := range e.Examples {
				fmt.Fprintf(&b, "%s; -- %s\n", x.SQL, x.Want)
			}
			b.WriteString("```\n")
		}
	}
	return b.String()
}

// TestExamples runs every example of every function through SQL.
func TestExamples(t *testing.T) {
	db := open(t, "")
	for _, e := range engine.Reference() {
		if len(e.Examples) == 0 && (e.Kind == "scalar" || e.Kind == "aggregate") {
			t.Errorf("%s has no example", e.Name)
		}
		for _, x := range e.Examples {
			if got := value(t, db, x.SQL); got != x.Want {
				t.Errorf("%s = %s, want %s", x.SQL, got, x.Want)
			}
		}
	}
}

// TestNames holds that no function of dhow takes a name that DuckDB has:
// registration would replace it without a word.
func TestNames(t *testing.T) {
	plain := openPlain(t)
	var taken []string
	rows, err := plain.Query("SELECT DISTINCT function_name FROM duckdb_functions()")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		taken = append(taken, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	for _, e := range engine.Reference() {
		if slices.Contains(taken, e.Name) {
			t.Errorf("%s is a function of DuckDB", e.Name)
		}
		if !word.MatchString(e.Name) {
			t.Errorf("%s is not in lower snake case", e.Name)
		}
	}
}
