package engine_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	sqltext "github.com/dhowdb/dhow/sql"
)

// TestModelPage holds the page of the model against the DDL. Run it with
// -update after a change, then read what it wrote.
func TestModelPage(t *testing.T) {
	tables, err := sqltext.Tables()
	if err != nil {
		t.Fatal(err)
	}
	views, err := sqltext.Views()
	if err != nil {
		t.Fatal(err)
	}
	generated(t, "../sql/README.md", modelPage(tables, views))
}

const modelHead = `# The customs model

This page is made from the statements in [schema](schema) and [view](view) by ` + "`go test ./engine -update`" + `. In a
database the same text stands at each column: ` + "`SELECT column_name, comment FROM duckdb_columns()`" + `.

Tables that files are imported into say what a file must have for it, and which columns tell their rows apart: a row
whose like is there already is rejected, replaces it or stays beside it, as ` + "`dhow import --overlap`" + ` says.

SAD is the box of the single administrative document, WCO the number of the data element in the WCO Data Model, where it
is certain. A unit of ` + "`currency`" + ` is an amount in the currency that this column has.

`

// modelPage writes the page.
func modelPage(tables []sqltext.Table, views []sqltext.Object) string {
	var b strings.Builder
	b.WriteString(modelHead)
	for _, table := range tables {
		fmt.Fprintf(&b, "- [%s](#%s): %s\n", table.Name, strings.ReplaceAll(table.Name, ".", ""), firstLine(table.Doc))
	}
	for _, v := range views {
		fmt.Fprintf(&b, "- [%s](#%s), a view: %s\n", v.Name, strings.ReplaceAll(v.Name, ".", ""), firstLine(v.Doc))
	}
	for _, table := range tables {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| column | type | what it is | reads codes by | SAD | WCO | unit | example |\n|---|---|---|---|---|---|---|---|\n",
			table.Name, codeNames.ReplaceAllString(table.Doc, "`$0`"))
		for _, c := range table.Columns {
			normalizer := ""
			if c.Normalizer != "" {
				normalizer = "`" + c.Normalizer + "`"
			}
			example := c.Example
			if example != "" {
				example = "`" + strings.ReplaceAll(example, "|", "\\|") + "`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", c.Name, c.Type, c.About, normalizer, c.SAD, c.WCO, c.Unit, example)
		}
	}
	for _, v := range views {
		fmt.Fprintf(&b, "\n## %s\n\nA view. %s\n", v.Name, v.Doc)
	}
	return b.String()
}

// codeNames are names of columns in prose.
var codeNames = regexp.MustCompile(`\b[a-z]+_[a-z_]+\b`)

func firstLine(doc string) string {
	line, _, _ := strings.Cut(doc, "\n")
	return line
}
