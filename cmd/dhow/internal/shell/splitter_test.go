package shell

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// split returns the pieces of a whole text.
func split(text string) (pieces []piece, s *splitter) {
	s = &splitter{}
	for _, line := range strings.SplitAfter(text, "\n") {
		if line != "" {
			pieces = append(pieces, s.feed(line)...)
		}
	}
	return pieces, s
}

func TestSplitter(t *testing.T) {
	// Where statements end follows from PostgreSQL's lexical rules, which
	// DuckDB's scanner has taken over.
	tests := []struct {
		name, text string
		want       []string // bodies of statements and commands
		open       bool     // something is unfinished at the end
	}{
		{"two on a line", "select 1; select 2;", []string{"select 1;", "select 2;"}, false},
		{"over lines", "select\n1\n;\n", []string{"select\n1\n;"}, false},
		{"single quotes", "select ';', 'it''s;';", []string{"select ';', 'it''s;';"}, false},
		{"double quotes", `select 1 as ";""";`, []string{`select 1 as ";""";`}, false},
		{"escape string", `select E'\';', e'\\';`, []string{`select E'\';', e'\\';`}, false},
		{"doubled quote in escape string", `select E'a''\';';`, []string{`select E'a''\';';`}, false},
		{"backslash in plain string", `select '\'; select 2;`, []string{`select '\';`, "select 2;"}, false},
		{"a name ending in e", `select type'\';`, []string{`select type'\';`}, false},
		{"dollar quotes", "select $$;'$$, $a$;$$;$a$;", []string{"select $$;'$$, $a$;$$;$a$;"}, false},
		{"parameter", "select $1; select $2;", []string{"select $1;", "select $2;"}, false},
		{"dollar in a name", "select a$b$; select 1 as b$;", []string{"select a$b$;", "select 1 as b$;"}, false},
		{"arabic tag", "select $وسم$;$وسم$;", []string{"select $وسم$;$وسم$;"}, false},
		{"line comment", "select 1 -- ; '\n;", []string{"select 1 -- ; '\n;"}, false},
		{"nested comment", "select /* ; /* ; */ ; */ 1;", []string{"select /* ; /* ; */ ; */ 1;"}, false},
		{"comment before", "-- a\n/* b */ select 1;", []string{"select 1;"}, false},
		{"empty statements", ";; ;\nselect 1;;", []string{"select 1;"}, false},
		{"command", ".mode csv\nselect 1;\n", []string{".mode csv\n", "select 1;"}, false},
		{"command after a statement", "select 1; .mode csv\n", []string{"select 1;", ".mode csv\n"}, false},
		{"no command inside a statement", "select 1\n.5;", []string{"select 1\n.5;"}, false},
		{"semicolon in command", ".read a;b.sql\n", []string{".read a;b.sql\n"}, false},
		{"unfinished statement", "select 1", nil, true},
		{"unfinished quote", "select ';", nil, true},
		{"unfinished comment", "/* ; */ /* ;", nil, true},
		{"slash star slash", "/*/ ; */ select 1;", []string{"select 1;"}, false},
		{"nothing", " \n-- c\n", nil, false},
		{"windows lines", "select 1;\r\n.mode csv\r\n", []string{"select 1;", ".mode csv\r\n"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pieces, s := split(tt.text)
			var got []string
			for _, p := range pieces {
				if p.kind != blank {
					got = append(got, p.body())
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if s.unfinished() != tt.open {
				t.Errorf("unfinished: %v, want %v", s.unfinished(), tt.open)
			}
		})
	}
}

func TestSplitterLines(t *testing.T) {
	pieces, s := split("\n-- first\nselect 1; select\n2;\n\n  .mode csv\n/* \n */ select '\n")
	var got []int
	for _, p := range pieces {
		if p.kind != blank {
			got = append(got, p.line)
		}
	}
	if diff := cmp.Diff([]int{3, 3, 6}, got); diff != "" {
		t.Errorf("lines (-want +got)\n%s", diff)
	}
	if s.begunOn != 8 || s.openedOn != 8 {
		t.Errorf("the rest begins on %d and its quote on %d, want 8", s.begunOn, s.openedOn)
	}
}

// FuzzSplitter checks that no byte is lost or doubled, that it makes no
// difference how many statements a line has, and that lines are counted.
func FuzzSplitter(f *testing.F) {
	f.Add("select 'a;' ; /* ; */ .mode\n$x$;$x$; E'\\';")
	f.Add("--;\n;.\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		pieces, s := split(text)
		pieces = append(pieces, s.rest()...)
		var joined strings.Builder
		for _, p := range pieces {
			if p.kind != blank {
				at := joined.Len() + p.from
				if want := strings.Count(text[:at], "\n") + 1; p.line != want {
					t.Fatalf("piece %q is on line %d, not %d", p.text, want, p.line)
				}
				if p.body() == "" || isBlank(p.body()[0]) {
					t.Fatalf("piece %q begins with nothing", p.text)
				}
			}
			joined.WriteString(p.text)
		}
		if joined.String() != text {
			t.Fatalf("the pieces give %q instead of %q", joined.String(), text)
		}
	})
}
