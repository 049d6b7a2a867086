package shell

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/engine"
)

// duck is a session on a real database.
type duck struct{ *engine.Session }

func (d duck) Run(ctx context.Context, text string, fn func(render.Rows) error) error {
	return d.Session.Run(ctx, text, func(rows *engine.Rows) error {
		r := duckRows{Rows: rows}
		for _, c := range rows.Columns() {
			r.columns = append(r.columns, render.Column{Name: c.Name, Type: c.Type})
		}
		return fn(r)
	})
}

type duckRows struct {
	*engine.Rows
	columns []render.Column
}

func (r duckRows) Columns() []render.Column { return r.columns }

func openDuck(t *testing.T) duck {
	t.Helper()
	db, err := engine.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	session, err := db.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return duck{session}
}

const catalog = `
CREATE SCHEMA tariff;
CREATE TABLE tariff.hs_line (code VARCHAR PRIMARY KEY, "بلد المنشأ" VARCHAR);
INSERT INTO tariff.hs_line VALUES ('8517130000', 'الصين');
CREATE INDEX by_country ON tariff.hs_line ("بلد المنشأ");
CREATE TABLE hsxline (a INTEGER);
CREATE VIEW trader AS SELECT 1 AS id;
`

func TestCatalogCommands(t *testing.T) {
	db := openDuck(t)
	tests := []struct{ name, command, want, err string }{
		{"all tables", ".tables", "hsxline,table,0,1\ntariff.hs_line,table,1,2\ntrader,view,,1\n", ""},
		{"part of a name, in which _ is no wildcard", ".tables LINE_", "", ""},
		{"part of a name", ".tables HS_L", "tariff.hs_line,table,1,2\n", ""},
		{"reference facts, of which there are too many to list always", ".tables ref.country_a%", "ref.country_alias,view,,2\nref.country_ambiguous,view,,2\nref.country_area,view,,2\n", ""},
		{"pattern", ".tables t%r", "trader,view,,1\n", ""},
		{"a quote in the pattern", ".tables '", "", "the quote ' is never closed"},
		{"a quote inside the pattern", ".tables a'b", "", ""},
		{
			"schema of a table", ".schema tariff.hs_line",
			"CREATE TABLE tariff.hs_line(code VARCHAR PRIMARY KEY, \"بلد المنشأ\" VARCHAR);\n" +
				"CREATE INDEX by_country ON tariff.hs_line(\"بلد المنشأ\");\n", "",
		},
		{"schema of a view", ".schema trader", "CREATE VIEW trader AS SELECT 1 AS id;\n", ""},
		{"schema of nothing", ".schema nothing", "", `no table or view is called "nothing"`},
	}
	var out bytes.Buffer
	sh, err := New(Config{Out: &out, Err: &out, DB: db, Format: "csv", NoHeader: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := sh.Script(t.Context(), "catalog", strings.NewReader(catalog)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out.Reset()
			err := sh.Script(t.Context(), "-c", strings.NewReader(tt.command))
			if err == nil && tt.err != "" || err != nil && (tt.err == "" || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
			// The last column is the comment, of which there is none.
			got := strings.ReplaceAll(out.String(), ",\n", "\n")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestEngineErrorLine(t *testing.T) {
	text := "SELECT 1;\n\n-- names\nSELECT 1,\n  'é', no_such_name\nFROM range(1);\n"
	err := Script(t.Context(), Config{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, DB: openDuck(t)}, "q.sql", strings.NewReader(text))
	if err == nil || !strings.HasPrefix(err.Error(), "q.sql:5: ") {
		t.Errorf("got %v, want the place q.sql:5", err)
	}
}

func TestCompletionFromEngine(t *testing.T) {
	db := openDuck(t)
	if err := db.Run(t.Context(), catalog, drain); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, before, text, want string
	}{
		{"keyword", "", "sel", "ect"},
		{"table", "", "select * from trad", "er"},
		{"table on the next line", "select *", "from trad", "er"},
		{"in a text with a quote", "", "select 'it''s' from trad", "er"},
		{"command", "", ".ti", "mer"},
		{"no command inside a statement", "select", ".ti", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &dialog{sh: &Shell{cfg: Config{DB: db}}}
			if tt.before != "" {
				d.entry = []string{tt.before}
				d.input.feed(tt.before + "\n")
			}
			c := &completer{ctx: t.Context(), dialog: d}
			line := []rune(tt.text)
			endings, _ := c.Do(line, len(line))
			found := slices.ContainsFunc(endings, func(e []rune) bool { return strings.TrimSpace(string(e)) == tt.want })
			if tt.want == "" && len(endings) > 0 || tt.want != "" && !found {
				t.Errorf("endings %q, want %q", endings, tt.want)
			}
		})
	}
}

// drain reads a result that nobody wants to see.
func drain(rows render.Rows) error {
	for rows.Next() {
		continue
	}
	return rows.Err()
}
