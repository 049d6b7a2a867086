package engine_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

// declareGoods makes customs.declaration with the rows of a query that gives some
// of its columns, among good ones.
func declareGoods(t testing.TB, db *engine.DB, rows string) {
	t.Helper()
	if _, err := db.LoadSample(context.Background(), engine.Sample{Rows: 1, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		"DELETE FROM customs.declaration",
		`INSERT INTO customs.declaration BY NAME SELECT 'D' || i AS declaration_id, 1 AS item_no, DATE '2024-05-01' AS declaration_date,
			'Al Noor' AS importer, '61091000' AS hs_code, 'CN' AS origin, 10.0 AS quantity, 'KGM' AS unit, 10.0 AS net_mass, 11.0 AS gross_mass,
			120 AS value, 'AED' AS currency, 5 AS duty_rate, 6 AS duty FROM range(20) t(i)`,
		"INSERT INTO customs.declaration BY NAME " + rows,
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

const goodRow = `(SELECT 'X' AS declaration_id, 1 AS item_no, DATE '2024-05-01' AS declaration_date, 'Al Noor' AS importer, '61091000' AS hs_code,
	'CN' AS origin, 10.0 AS quantity, 'KGM' AS unit, 10.0 AS net_mass, 11.0 AS gross_mass, 120 AS value, 'AED' AS currency, 5 AS duty_rate, 6 AS duty)`

// TestQualityRules gives each rule one row that fails it, and a good set in
// which none fails.
func TestQualityRules(t *testing.T) {
	db := open(t, "")
	declareGoods(t, db, "FROM "+goodRow)
	if got := value(t, db, "SELECT coalesce(string_agg(rule, ' '), 'none') FROM data_quality('customs.declaration') WHERE rows_failing > 0"); got != "none" {
		t.Errorf("rules that fail on good rows: %s", got)
	}
	seen := map[string]bool{}
	for _, c := range []struct{ replace, rules string }{
		{"NULL AS declaration_id", "declaration_id_missing"},
		{"NULL AS declaration_date", "date_missing"},
		{"NULL AS importer", "importer_missing"},
		{"NULL AS hs_code", "hs_code_missing"},
		{"NULL AS origin", "origin_missing"},
		{"NULL AS value", "value_missing"},
		{"NULL AS quantity, NULL AS net_mass", "quantity_missing"},
		{"NULL AS unit", "unit_missing"},
		{"'610999' AS hs_code", "hs_code_unknown"},
		{"'6109' AS hs_code", "hs_code_short"},
		{"'630130' AS hs_code", ""},            // in HS2022
		{"'010111' AS hs_code", "hs_code_old"}, // HS1992 to HS2007
		{"'Atlantis' AS origin", "origin_unknown"},
		{"'XQX' AS currency", "currency_unknown"},
		{"'furlongs of' AS unit", "unit_unknown"},
		{"12.0 AS net_mass", "net_above_gross"},
		{"60 AS duty", "duty_differs"},
		{"1000.0 AS quantity", "mass_differs"},
		{"'D3' AS declaration_id", "line_repeated"},
		{"current_date + 2 AS declaration_date", "date_in_future"},
		{"DATE '1970-01-01' AS declaration_date", "date_old"},
		{"0 AS value, 0 AS duty", "value_not_positive"},
		{"-1.0 AS net_mass", "mass_not_positive"},
		{"500 AS duty_rate, 600 AS duty", "rate_above_300"},
	} {
		declareGoods(t, db, "SELECT * REPLACE ("+c.replace+") FROM "+goodRow)
		got := value(t, db, "SELECT coalesce(string_agg(rule || ' ' || rows_failing, ' '), '') FROM data_quality('customs.declaration') WHERE rows_failing > 0")
		want := c.rules
		if want != "" {
			want += " 1"
		}
		if got != want {
			t.Errorf("%s: %q fail, want %q", c.replace, got, want)
		}
		seen[c.rules] = true
	}
	if got := value(t, db, "SELECT count(*) FROM quality.rule"); got != strconv.Itoa(len(seen)-1) {
		t.Errorf("%s rules, of which %d are tested", got, len(seen)-1)
	}
}

// TestQualityOfUsers holds that users' own rules and tables work, and that
// mistakes in them are named.
func TestQualityOfUsers(t *testing.T) {
	db := open(t, "")
	declareGoods(t, db, "FROM "+goodRow)
	if _, err := db.Exec(`INSERT INTO quality.rule VALUES ('late_week', 'timeliness', 'low', 'row', 'true', 'declaration_id = ''D5''',
		'declaration_id', 'It''s mine.')`); err != nil {
		t.Fatal(err)
	}
	got := value(t, db, "SELECT rows_tested || ' ' || rows_failing || ' ' || examples::VARCHAR || ' ' || advice FROM data_quality('customs.declaration') WHERE rule = 'late_week'")
	if got != "21 1 [D5] It's mine." {
		t.Errorf("a rule of the user: %s", got)
	}
	if _, err := db.Exec("CREATE VIEW first_three AS FROM customs.declaration LIMIT 3"); err != nil {
		t.Fatal(err)
	}
	if got := value(t, db, "SELECT rows_tested FROM data_quality('first_three') WHERE rule = 'date_missing'"); got != "3" {
		t.Errorf("a view: %s rows", got)
	}
	for _, c := range []struct{ query, want string }{
		{"FROM data_quality('no_table')", "no_table"},
		{"FROM data_quality('quality.rule')", "declaration_id"},
		{"FROM data_quality('first_three; DROP TABLE quality.rule')", "DROP"},
		{"INSERT INTO quality.rule (name) VALUES ('x'); FROM data_quality('first_three')", "syntax error"},
	} {
		if _, err := db.Exec(c.query); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.query, err, c.want)
		}
	}
}

// BenchmarkQuality compares the report with reading and hashing the columns
// that it reads.
//
//	x_of_reading   time of the report as a multiple of that
func BenchmarkQuality(b *testing.B) {
	db := openForBench(b)
	if _, err := db.LoadSample(context.Background(), engine.Sample{Rows: *benchRows / 50, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	const read = `SELECT bit_xor(hash(declaration_id, item_no, declaration_date, importer, hs_code, origin, quantity, unit, net_mass,
		gross_mass, value, currency, duty_rate, duty)) FROM customs.declaration`
	var best []float64
	for b.Loop() {
		best = fastest(b, db, best, read, "SELECT sum(rows_failing) FROM data_quality('customs.declaration')")
	}
	b.ReportMetric(best[1]/best[0], "x_of_reading")
	b.ReportMetric(float64(*benchRows/50)/best[1], "rows/s")
}

// TestPartyClusters holds that spellings of one firm meet, and that the names
// of a column are all there once.
func TestPartyClusters(t *testing.T) {
	db := open(t, "")
	if _, err := db.Exec(`CREATE TABLE trader AS SELECT * FROM (VALUES ('Al Noor Trading LLC', 1), ('AL-NOOR TRADING L.L.C.', 2),
		('AL-NOOR TRADING L.L.C.', 3), ('شركة النور للتجارة ذ.م.م', 4), ('Gulf Steel Works', 5), (NULL, 6)) t("the name", id)`); err != nil {
		t.Fatal(err)
	}
	const clusters = "FROM party_clusters('trader', 'the name')"
	if got := value(t, db, "SELECT count(*) || ' ' || sum(lines) || ' ' || count(DISTINCT cluster) "+clusters); got != "4 5 2" {
		t.Errorf("names, lines and clusters: %s", got)
	}
	if got := value(t, db, "SELECT string_agg(DISTINCT cluster_name, ';') "+clusters+" WHERE name LIKE '%النور%'"); got != "AL-NOOR TRADING L.L.C." {
		t.Errorf("the Arabic name is in the cluster of %s", got)
	}
	for query, want := range map[string]string{
		"FROM party_clusters('none', 'name')":   "none",
		"FROM party_clusters('trader', 'name')": "\"name\"",
	} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", query, err, want)
		}
	}
}
