package engine

import (
	"context"
	"strings"
	"testing"
)

func TestSplitStatements(t *testing.T) {
	// Expected pieces by hand, from the lexical rules of PostgreSQL that DuckDB
	// follows.
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", " ;; \n", nil},
		{"two", "SELECT 1;SELECT 2;", []string{"SELECT 1", "SELECT 2"}},
		{"string", "SELECT 'a;''b;';x", []string{"SELECT 'a;''b;'", "x"}},
		{"backslash in a plain string", `SELECT '\';x`, []string{`SELECT '\'`, "x"}},
		{"backslash in an escape string", `SELECT e'\';''\\;';x`, []string{`SELECT e'\';''\\;'`, "x"}},
		{"name", `SELECT ";""";x`, []string{`SELECT ";"""`, "x"}},
		{"line comment", "a -- ; '\n;x", []string{"a -- ; '\n", "x"}},
		{"nested comment", "a /* ; /* ; */ ; */;x", []string{"a /* ; /* ; */ ; */", "x"}},
		{"dollar string", "a $t$ ; $$ ; $t$;x $$;$$", []string{"a $t$ ; $$ ; $t$", "x $$;$$"}},
		{"parameters", "a $1;b $name;c", []string{"a $1", "b $name", "c"}},
		{"dollar inside a name", "a$b;c$b", []string{"a$b", "c$b"}},
		{"unclosed", "a 'b;c", []string{"a 'b;c"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range splitStatements(tt.text) {
				got = append(got, tt.text[s.from:s.to])
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// FuzzSplitStatements holds that DuckDB finds in the pieces of a text what it
// finds in the whole, and that places in its messages are within the text.
func FuzzSplitStatements(f *testing.F) {
	for _, text := range []string{
		"SELECT 1; SELECT 'a;''b'; -- x ;\nSELECT 2", `SELECT E'\';'; SELECT "a;"`, "SELECT $$;$$; SELECT $a$;$$;$a$",
		"/* ; /* */ ; */ SELECT 1;;", "SELECT $1; SELECT a$b$c; SELECT x'00'; SELECT e'a''b\\''", "SELECT 1;\u00a0SELECT 2", "SELEC 1; '",
	} {
		f.Add(text)
	}
	db, err := Open(context.Background(), "")
	if err != nil {
		f.Fatal(err)
	}
	defer db.Close()
	s, err := db.Session(context.Background())
	if err != nil {
		f.Fatal(err)
	}
	defer s.Close()
	f.Fuzz(func(t *testing.T, text string) {
		if upper := strings.ToUpper(text); strings.Contains(upper, "PIVOT") || strings.Contains(upper, "IMPORT") {
			t.Skip("one statement becomes several")
		}
		whole, err := s.conn.Extract(text)
		if err != nil {
			if offset, ok := pointedAt(text, err.Error()); ok && offset > len(text) {
				t.Errorf("%q: offset %d", text, offset)
			}
			return
		}
		defer whole.Close()
		pieces, err := parsePieces(s.conn, text)
		defer closeStatements(pieces)
		if err != nil || len(pieces) != whole.Len() {
			t.Errorf("%q: %d statements in pieces, %d in the whole, %v", text, len(pieces), whole.Len(), err)
		}
	})
}
