package sql

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestObjects(t *testing.T) {
	folders := []struct {
		name string
		load func() ([]Object, error)
		has  string
	}{
		{"schema", Schema, "customs.declaration"},
		{"macro", Macros, "face_ratio"},
		{"view", Views, "customs.loaded"},
		{"screen", Screening, "screen.line"},
	}
	for _, f := range folders {
		t.Run(f.name, func(t *testing.T) {
			list, err := f.load()
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, o := range list {
				found = found || o.Name == f.has
				if !strings.Contains(o.SQL, o.Name) {
					t.Errorf("%s does not make what its comment names", o.Name)
				}
				if first, _, _ := strings.Cut(o.Doc, "\n"); !strings.HasSuffix(first, ".") {
					t.Errorf("%s: %q is not a sentence", o.Name, first)
				}
			}
			if !found {
				t.Errorf("no %s", f.has)
			}
		})
	}
}

func TestMacroArguments(t *testing.T) {
	list, err := Macros()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range list {
		if !strings.Contains(o.SQL, "MACRO "+o.Name+o.Args+" AS") {
			t.Errorf("%s%s: the macro has other arguments than its comment", o.Name, o.Args)
		}
		if !strings.Contains(o.SQL, "CREATE OR REPLACE TEMP MACRO") {
			t.Errorf("%s: macros are temporary, so that they leave no trace in a file", o.Name)
		}
	}
}

// Arguments in double braces must be those of the macro, and all of them.
func TestDeferredMacros(t *testing.T) {
	list, err := Macros()
	if err != nil {
		t.Fatal(err)
	}
	deferred := false
	for _, o := range list {
		if deferred && !o.Deferred() {
			t.Errorf("%s comes behind deferred macros", o.Name)
		}
		if deferred = o.Deferred(); !deferred {
			continue
		}
		var args []string
		for _, m := range regexp.MustCompile(`[(,] ?([a-z_]+)`).FindAllStringSubmatch(o.Args, -1) {
			args = append(args, m[1])
		}
		if got := o.bracedNames(); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(args))) {
			t.Errorf("%s has the arguments %v and names %v", o.Name, args, got)
		}
		if _, err := o.Publication(); err != nil {
			t.Error(err)
		}
	}
}

func TestPublication(t *testing.T) {
	o := Object{Name: "f", Args: "(a, b_c := 'x, y')", SQL: "-- f(a): x.\nCREATE MACRO f(a, b_c := 'x, y') AS TABLE\nSELECT 'x' || {{a}} || {{b_c}};\n"}
	got, err := o.Publication()
	if want := "CREATE MACRO f(a, b_c := 'x, y') AS TABLE FROM query(replace(replace('SELECT ''x'' || {{a}} || {{b_c}}', '{{a}}', sql_literal(a)), '{{b_c}}', sql_literal(b_c)));\n"; got != want || err != nil {
		t.Errorf("%s, %v\nwant %s", got, err, want)
	}
	o.SQL = "CREATE MACRO f(a) AS {{a}};"
	if _, err := o.Publication(); err == nil {
		t.Error("a scalar macro can't be deferred")
	}
}

func TestExamplesOfObject(t *testing.T) {
	o, err := parseObject("-- f(x): Says x.\n--\n-- More.\n--\n-- Example: SELECT f(1) → 1\n-- Example: SELECT f(NULL) → NULL\nSELECT 1;")
	if err != nil {
		t.Fatal(err)
	}
	want := []Example{{"SELECT f(1)", "1"}, {"SELECT f(NULL)", "NULL"}}
	if o.Doc != "Says x.\n\nMore." || !slices.Equal(o.Examples, want) {
		t.Errorf("%q, %v", o.Doc, o.Examples)
	}
}

func TestParseObjectErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no comment":    "CREATE TABLE x (a INTEGER);",
		"no name":       "-- a table of things\nCREATE TABLE x (a INTEGER);",
		"no value":      "-- f: x.\n-- Example: SELECT 1\nSELECT 1;",
		"words as name": "-- some table: of things\nCREATE TABLE x (a INTEGER);",
	} {
		if o, err := parseObject(text); err == nil {
			t.Errorf("%s: no error but %+v", name, o)
		}
	}
}

// Every placeholder of a number must be a setting, or the step fails.
func TestPlaceholdersAreSettings(t *testing.T) {
	steps, err := Screening()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"points": true, "line_points": true, "finding_points": true, "reasons": true}
	for _, m := range regexp.MustCompile(`(?m)^    \('([a-z_]+)',`).FindAllStringSubmatch(steps[0].SQL, -1) {
		known[m[1]] = true
	}
	if len(known) < 15 {
		t.Fatalf("found only %d settings", len(known)-4)
	}
	used := map[string]bool{}
	check := func(name, text string) {
		for _, m := range regexp.MustCompile(`{{([a-z_]+)}}`).FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
			if !known[m[1]] {
				t.Errorf("%s: {{%s}} is no setting", name, m[1])
			}
		}
	}
	for _, o := range steps {
		check(o.Name, o.SQL)
	}
	for _, r := range rules {
		check(r.Name, r.Strength)
		if strings.Contains(r.Reason, "{{") {
			t.Errorf("%s: a reason stays as a view and must not depend on settings", r.Name)
		}
	}
	for name := range known {
		if !used[name] {
			t.Errorf("setting %s is used nowhere", name)
		}
	}
}

func TestRules(t *testing.T) {
	rules, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	if len(rules) < 14 {
		t.Errorf("only %d rules", len(rules))
	}
	families := map[string]bool{"valuation": true, "data": true, "origin": true, "classification": true, "trader": true}
	for _, r := range rules {
		if !families[r.Family] {
			t.Errorf("%s: unknown family %q", r.Name, r.Family)
		}
	}
}

const sound = `-- odd: Something is odd.
-- family: data
-- weight: 7.5
-- scope: finding
--
-- Because.

-- strength
x > 1

-- reason
'x is ' || x
`

func TestParseRule(t *testing.T) {
	got, err := ParseRule(sound)
	if err != nil {
		t.Fatal(err)
	}
	want := Rule{
		Name: "odd", Family: "data", Weight: 7.5, Finding: true,
		Doc: "Something is odd.\n\nBecause.", Strength: "x > 1", Reason: "'x is ' || x",
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestParseRuleErrors(t *testing.T) {
	for name, edit := range map[string][2]string{
		"no strength":       {"-- strength\n", ""},
		"no reason":         {"-- reason\n", ""},
		"empty reason":      {"'x is ' || x", ""},
		"no family":         {"-- family: data\n", ""},
		"no weight":         {"-- weight: 7.5\n", ""},
		"weight above 100":  {"7.5", "101"},
		"weight below 0":    {"7.5", "-1"},
		"weight in words":   {"7.5", "much"},
		"weight not finite": {"7.5", "NaN"},
		"other scope":       {"scope: finding", "scope: trader"},
		"name with a quote": {"odd:", "o'dd:"},
		"no name":           {"odd: Something", "Something"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(sound, edit[0], edit[1], 1)
			if text == sound {
				t.Fatal("the edit changes nothing")
			}
			if r, err := ParseRule(text); err == nil {
				t.Errorf("no error but %+v", r)
			}
		})
	}
}

// A rule that is accepted can stand in a statement: its name needs no quotes
// and its weight is a number of points.
func FuzzParseRule(f *testing.F) {
	f.Add(sound)
	f.Add("-- a: b\n-- strength\n1\n-- reason\n2")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ParseRule(text)
		if err != nil {
			if r != (Rule{}) {
				t.Errorf("an error and a rule: %+v", r)
			}
			return
		}
		if !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(r.Name) || !(r.Weight > 0 && r.Weight <= 100) {
			t.Errorf("accepted %+v", r)
		}
	})
}
