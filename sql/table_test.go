package sql

import (
	"slices"
	"testing"
)

func TestTables(t *testing.T) {
	tables, err := Tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if len(table.Columns) < 3 {
			t.Errorf("%s has only %d columns", table.Name, len(table.Columns))
		}
		seen := map[string]bool{}
		for _, c := range table.Columns {
			if seen[c.Name] || c.About == "" {
				t.Errorf("%s.%s comes twice or says nothing: %q", table.Name, c.Name, c.Comment)
			}
			seen[c.Name] = true
		}
		for _, name := range []string{"raw", "extra", "source_id", "source_file", "source_row", "source_line"} {
			if table.Needs != nil && !seen[name] {
				t.Errorf("%s can be loaded but has no %s", table.Name, name)
			}
		}
	}
}

func TestParseColumn(t *testing.T) {
	i := slices.IndexFunc(mustTables(t), func(t Table) bool { return t.Name == "customs.declaration" })
	table := mustTables(t)[i]
	// By hand from the file.
	want := Column{
		Name: "net_mass", Type: "DOUBLE", Comment: "net mass; SAD 38; WCO 128; kg; e.g. 1250.5",
		About: "net mass", SAD: "38", WCO: "128", Unit: "kg", Example: "1250.5",
	}
	if got := *table.Column("net_mass"); got != want {
		t.Errorf("%+v", got)
	}
	if got := table.Column("origin").Normalizer; got != "country_normalize" {
		t.Errorf("origin is read by %q", got)
	}
	if got := table.Column("value").Type; got != "DECIMAL(18, 4)" {
		t.Errorf("value is %s", got)
	}
	if len(table.Needs) != 2 || table.Needs[0][0] != "hs_code" || len(table.Needs[1]) != 6 || table.Needs[1][5] != "fob_value" {
		t.Errorf("needs %q", table.Needs)
	}
	if len(table.Key) != 2 || table.Key[0][0] != "declaration_id" || table.Key[1][0] != "item_no" {
		t.Errorf("key %q", table.Key)
	}
}

func mustTables(t *testing.T) []Table {
	t.Helper()
	tables, err := Tables()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestParseTableErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no table":   "-- a.b: x.\nSELECT 1;",
		"no comment": "-- a.b: x.\nCREATE TABLE IF NOT EXISTS a.b (\n    c VARCHAR\n);",
		"no type":    "-- a.b: x.\nCREATE TABLE IF NOT EXISTS a.b (\n    c -- text\n);",
		"no such":    "-- a.b: x.\n--\n-- Needs: d.\nCREATE TABLE IF NOT EXISTS a.b (\n    c VARCHAR -- text\n);",
	} {
		o, err := parseObject(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := parseTable(o); err == nil {
			t.Errorf("%s: no error but %+v", name, got)
		}
	}
}
