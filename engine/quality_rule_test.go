package engine_test

import (
	"strings"
	"testing"
)

// TestQualityOfSomeColumns holds that any table with some of the columns is
// tested by the rules of these, be it temporary, not committed or a view, and
// with other types.
func TestQualityOfSomeColumns(t *testing.T) {
	db := open(t, "")
	db.SetMaxOpenConns(1)
	const goods = ` AS SELECT * FROM (VALUES (101210, 5), (999999, -1)) t("HS_Code", value)`
	const report = "SELECT string_agg(rule || ' ' || rows_tested || ' ' || rows_failing, ', ' ORDER BY rule) FROM data_quality('goods') " +
		"WHERE rows_tested > 0 AND (rows_failing > 0 OR dimension = 'completeness')"
	for _, c := range []struct{ begin, end string }{
		{"CREATE TABLE goods", "DROP TABLE goods"},
		{"CREATE TEMP TABLE goods", "DROP TABLE goods"},
		{"CREATE VIEW goods", "DROP VIEW goods"},
		{"BEGIN; CREATE TABLE goods", "ROLLBACK"},
	} {
		if _, err := db.Exec(c.begin + goods); err != nil {
			t.Fatal(err)
		}
		if got := value(t, db, report); got != "hs_code_missing 2 0, hs_code_unknown 2 2, value_missing 2 0, value_not_positive 2 1" {
			t.Errorf("%s: %s", c.begin, got)
		}
		if _, err := db.Exec(c.end); err != nil {
			t.Fatal(err)
		}
	}
}

// TestQualityBrokenRules holds that a mistake in a rule is an error that names
// the rule, and that no rule can be more than an expression.
func TestQualityBrokenRules(t *testing.T) {
	db := open(t, "")
	declareGoods(t, db, "FROM "+goodRow)
	if _, err := db.Exec("UPDATE customs.declaration SET hs_code = 'abc' WHERE declaration_id = 'D5'"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tested, fails, example any
		want                   string
	}{
		{nil, "true", nil, "tested is no SQL expression: it is empty"},
		{"true", nil, nil, "fails is no SQL expression: it is empty"},
		{"true", "value >", nil, "syntax error"},
		{"true", "vlaue > 0", nil, `"vlaue" not found`},
		{"true", "value > 0", "no_such_function(value)", "no_such_function"},
		{"true", "count(*) > 0", nil, "Aggregate"},
		{"true", "hs_code::INTEGER > 5", nil, "Could not convert string 'abc'"},
		{"true", "value > 0; DROP TABLE customs.declaration", nil, "semicolon"},
		{"true", "true) IS TRUE FROM source), (SELECT (true", nil, "closes a bracket that it doesn't open"},
		{"true", "true /* ", nil, "comment"},
		{"true", "value > (0", nil, "doesn't close a bracket"},
		{"true", "hs_code = '0", nil, "within quotes"},
		{"true", "hs_code = $$0$$", nil, "quotes other"},
		{"true", "(SELECT count(*) FROM Data_Quality('customs.declaration')) > 0", nil, "part"},
		{"true", "value > 0 -- above", nil, ""},
		{"hs_code <> 'abc'", "hs_code::INTEGER < 0", nil, ""}, // what isn't tested doesn't matter
		{"true", "hs_code NOT IN (SELECT code FROM ref.hs)", "hs_code", ""},
	} {
		if _, err := db.Exec("DELETE FROM quality.rule WHERE name = 'mine'"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("INSERT INTO quality.rule VALUES ('mine', 'validity', 'low', 'row', ?, ?, ?, 'Ask.')", c.tested, c.fails, c.example); err != nil {
			t.Fatal(err)
		}
		_, err := db.Exec("FROM data_quality('customs.declaration')")
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%v, %v: %v", c.tested, c.fails, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), `rule "mine"`)):
			t.Errorf("%v, %v: error %v, want %q", c.tested, c.fails, err, c.want)
		}
	}
}

// TestQualityUncommittedRules holds that rules which the report can't see yet
// are no silent omission.
func TestQualityUncommittedRules(t *testing.T) {
	db := open(t, "")
	db.SetMaxOpenConns(1)
	declareGoods(t, db, "FROM "+goodRow)
	_, err := db.Exec("BEGIN; DELETE FROM quality.rule WHERE name = 'date_old'; FROM data_quality('customs.declaration')")
	if err == nil || !strings.Contains(err.Error(), "COMMIT") {
		t.Errorf("error %v", err)
	}
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
}
