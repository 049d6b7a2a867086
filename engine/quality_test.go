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
			'Al Noor' AS importer, '61091000' AS hs_code, 'CN' AS origin, 10.0 AS quantity, 'PCS' AS unit, 10.0 AS net_mass, 11.0 AS gross_mass,
			120 AS value, 'AED' AS currency, 5 AS duty_rate, 6 AS duty FROM range(20) t(i)`,
		"INSERT INTO customs.declaration BY NAME " + rows,
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

const goodRow = `(SELECT 'X' AS declaration_id, 1 AS item_no, DATE '2024-05-01' AS declaration_date, 'Al Noor' AS importer, '61091000' AS hs_code,
	'CN' AS origin, 'CN' AS departure, 10.0 AS quantity, 'H87' AS unit, 10.0 AS net_mass, 11.0 AS gross_mass, 3 AS unit_price, 4 AS exchange_rate,
	100 AS fob_value, 120 AS value, 'AED' AS currency, 5 AS duty_rate, 6 AS duty, DATE '2024-05-02' AS release_date,
	NULL::INTEGER AS freight, NULL AS invoice_currency)`

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
		{"'98010000' AS hs_code", ""},              // a national chapter
		{"'630130' AS hs_code, 'KGM' AS unit", ""}, // in HS2022
		{"'010111' AS hs_code", "hs_code_old"},     // HS1992 to HS2007
		{"'Atlantis' AS origin, NULL AS departure", "origin_unknown"},
		{"'Atlantis' AS departure, NULL AS origin", "origin_missing departure_unknown"},
		{"'VN' AS departure", "departure_differs"},
		{"'XQX' AS currency", "currency_unknown"},
		{"'furlongs of' AS unit", "unit_unknown"},
		{"12.0 AS net_mass", "net_above_gross"},
		{"119.9 AS fob_value", ""},
		{"121 AS fob_value", "cif_below_fob"},
		{"2.5 AS unit_price", "value_differs"},                                     // 100 against 120
		{"2.5 AS unit_price, 20 AS freight", ""},                                   // the price is FOB
		{"2.5 AS unit_price, 3 AS freight", "value_differs"},                       // 100 against 117 to 120
		{"3 AS unit_price, NULL AS exchange_rate", ""},                             // in which currency?
		{"12 AS unit_price, NULL AS exchange_rate, 'AED' AS invoice_currency", ""}, // in that of the value
		{"60 AS duty", "duty_differs"},
		{"7 AS duty", ""}, // within 1 % of the value and 1
		{"1000.0 AS quantity, 'KGM' AS unit, '100630' AS hs_code, 0.12 AS unit_price, 1 AS exchange_rate", "mass_differs"},
		{"'KGM' AS unit", "unit_differs"}, // shirts are counted
		{"DATE '2024-04-30' AS release_date", "released_too_early"},
		{"'D3' AS declaration_id", "line_repeated"},
		{"current_date + 2 AS declaration_date, NULL AS release_date", "date_in_future"},
		{"DATE '1970-01-01' AS declaration_date", "date_old"},
		{"0 AS value, 0 AS duty", "value_not_positive"},
		{"-1.0 AS net_mass", "mass_not_positive"},
		{"500 AS duty_rate, 600 AS duty", "rate_above_300"},
	} {
		declareGoods(t, db, "SELECT * REPLACE ("+c.replace+") FROM "+goodRow)
		got := value(t, db, "SELECT coalesce(string_agg(rule || ' ' || rows_failing, ' '), '') FROM data_quality('customs.declaration') WHERE rows_failing > 0")
		want := strings.ReplaceAll(c.rules, " ", " 1 ")
		if want != "" {
			want += " 1"
		}
		if got != want {
			t.Errorf("%s: %q fail, want %q", c.replace, got, want)
		}
		for _, rule := range strings.Fields(c.rules) {
			seen[rule] = true
		}
	}
	if got := value(t, db, "SELECT count(*) FROM quality.rule"); got != strconv.Itoa(len(seen)) {
		t.Errorf("%s rules, of which %d are tested", got, len(seen))
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
	if got := value(t, db, "SELECT sum(rows_tested) FROM data_quality('ref.unit')"); got != "0" {
		t.Errorf("%s rows tested in a table without any column that the rules name", got)
	}
	for _, query := range []string{"FROM data_quality('no_table')", "FROM data_quality('first_three; DROP TABLE quality.rule')"} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), "does not exist") {
			t.Errorf("%s: error %v", query, err)
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
