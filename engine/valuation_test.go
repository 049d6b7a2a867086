package engine_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

func number(t testing.TB, db *engine.DB, query string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(value(t, db, query), 64)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return x
}

// tradePrices loads a set of real trade prices as declared lines: quantity, value.
func tradePrices(t testing.TB, db *engine.DB, name string) {
	t.Helper()
	file := "../../shared/data/fsda/" + name + ".txt"
	if _, err := os.Stat(file); err != nil {
		t.Skip("trade prices are not there: ", err)
	}
	for _, query := range []string{
		"CREATE OR REPLACE TABLE trade AS SELECT row_number() OVER () AS item_no, '030617' AS hs_code, 'KGM' AS unit, column0::DOUBLE AS quantity, column1::DOUBLE AS value FROM read_csv('" +
			file + "', header := false, all_varchar := true, delim := CASE WHEN '" + name + "' = 'inttrade1' THEN ',' ELSE '\t' END)",
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFairPriceOfTrade compares fair prices of real trade with published ones:
// medians and scales by robustbase, and the lines of its LTS fit at the median
// quantity, of which that of tradeH is a local optimum; the true one is
// 451.0857 + 10.23424·q.
func TestFairPriceOfTrade(t *testing.T) {
	db := open(t, "")
	db.SetMaxOpenConns(1)
	for name, want := range map[string]struct{ n, median, scale, intercept, slope float64 }{
		"inttrade1": {3867, 15410.32, .03974042354 / 1.4826 * 1.482602218505602, 174.31, 15160.19},
		"tradeH":    {1100, 10.68700, math.NaN(), 451.0857, 10.23424},
	} {
		t.Run(name, func(t *testing.T) {
			tradePrices(t, db, name)
			rung := func(column string) float64 {
				return number(t, db, "SELECT "+column+" FROM fair_price('trade') WHERE level = 2")
			}
			if n := rung("n"); n != want.n {
				t.Errorf("n %v, want %v", n, want.n)
			}
			if got := rung("price"); math.Abs(got/want.median-1) > 1e-6 {
				t.Errorf("fair price %v, want %v", got, want.median)
			}
			if got := rung("scale"); want.scale == want.scale && math.Abs(got-want.scale) > 1e-10 {
				t.Errorf("scale %v, want %v", got, want.scale)
			}
			q := number(t, db, "SELECT median(quantity) FROM trade")
			line := want.intercept/q + want.slope
			if got := rung(fmt.Sprintf("line_price * %v ** elasticity", q)); math.Abs(got/line-1) > .02 {
				t.Errorf("price at quantity %v on the line %v, on the published one %v", q, got, line)
			}
			if got := rung("price"); math.Abs(got/line-1) > .02 {
				t.Errorf("fair price %v, at the median quantity %v on the published line", got, line)
			}
		})
	}
}

// declare makes a table of lines of shirts: a usual price of 10 a piece, give or
// take 5 %, of different traders, among which those of a query.
func declare(t testing.TB, db *engine.DB, rows string) {
	t.Helper()
	query := `CREATE OR REPLACE TABLE line AS
		SELECT i AS item_no, '61091000' AS hs_code, 'CN' AS origin, 'T' || i AS importer, 100.0 AS quantity, 'H87' AS unit, 20.0 AS net_mass,
			1000 * exp(0.05 * sin(i * i)) AS value, 'AED' AS currency, 5.0 AS duty_rate, DATE '2024-01-01' + i::INTEGER AS declaration_date
		FROM range(40) t(i)`
	if rows != "" {
		query += " UNION ALL BY NAME " + rows
	}
	if _, err := db.Exec(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

const shirt = `(SELECT 99 AS item_no, '61091000' AS hs_code, 'CN' AS origin, 'X' AS importer, 100.0 AS quantity, 'H87' AS unit, 20.0 AS net_mass,
	1000.0 AS value, 'AED' AS currency, 5.0 AS duty_rate, DATE '2024-03-01' AS declaration_date)`

// TestValuationKinds gives one line an error of each kind.
func TestValuationKinds(t *testing.T) {
	db := open(t, "")
	for _, c := range []struct{ replace, kind, factor string }{
		{"1010.0 AS value", "OK", "NULL"},
		{"500.0 AS value", "UNDER", "NULL"},
		{"100.0 AS value", "UNDER", "NULL"}, // the price of a kilogram is off too: it may be fraud
		{"2000.0 AS value", "OVER", "NULL"},
		{"1000000.0 AS value", "UNIT", "1000.0"}, // both prices are off by 1000
		{"100.0 / 12 AS quantity", "UNIT", "12.0"},
		{"1200.0 AS quantity", "UNIT", "0.0833"},
		{"20000.0 AS net_mass", "UNIT", "0.001"},        // grams
		{"20.0 * 2.2046 AS net_mass", "UNIT", "0.4536"}, // pounds
		{"100000.0 AS quantity, NULL AS net_mass", "UNIT", "0.001"},
		{"1000.0 AS quantity, NULL AS net_mass", "UNDER", "NULL"}, // a tenth without anything beside it may be fraud
		{"NULL AS hs_code", "DATA", "NULL"},
		{"'shirts' AS hs_code", "DATA", "NULL"},
		{"0.0 AS value", "DATA", "NULL"},
		{"-5.0 AS value", "DATA", "NULL"},
		{"NULL AS value", "DATA", "NULL"},
		{"'NaN'::DOUBLE AS value", "DATA", "NULL"},
		{"1e300 AS value", "DATA", "NULL"},
		{"'inf'::DOUBLE AS quantity, 'NaN'::DOUBLE AS net_mass", "DATA", "NULL"},
		{"0.0 AS quantity, -1.0 AS net_mass", "DATA", "NULL"},
		{"-1.0 AS quantity", "OK", "NULL"},                 // by its mass
		{"0.0 AS net_mass", "OK", "NULL"},                  // by its pieces
		{"'PR' AS unit, NULL AS net_mass", "NULL", "NULL"}, // nothing is counted in pairs
		{"'USD' AS currency", "NULL", "NULL"},
		{"'8703' AS hs_code", "NULL", "NULL"},
		{"'610910' AS hs_code", "OK", "NULL"},               // by the subheading
		{"'VN' AS origin, 450.0 AS value", "UNDER", "NULL"}, // by the code
		{"'6109.10.00' AS hs_code, 'pieces' AS unit, 450.0 AS value", "UNDER", "NULL"},
	} {
		declare(t, db, "SELECT * REPLACE ("+c.replace+") FROM "+shirt)
		got := value(t, db, `SELECT any_value(coalesce(kind, 'NULL') || ' '
			|| coalesce(CASE WHEN evidence.unit_factor < 0.5 THEN round(evidence.unit_factor, 4) ELSE evidence.unit_factor END::VARCHAR, 'NULL')) FILTER (item_no = 99)
			|| ' ' || (min(length(explanation)) > 20) || ' ' || count(explanation) FROM valuation_anomalies('line')`)
		if want := c.kind + " " + c.factor + " true 41"; got != want {
			t.Errorf("%s: %s, want %s", c.replace, got, want)
		}
	}
}

// TestValuationOfOthers holds that a line's own value is no part of what it is
// compared with.
func TestValuationOfOthers(t *testing.T) {
	db := open(t, "")
	var first string
	for _, v := range []string{"999999.0", "2000.0", "1500.0"} {
		declare(t, db, "SELECT * REPLACE ("+v+" AS value) FROM "+shirt)
		got := value(t, db, "SELECT fair_price || ' ' || evidence.spread || ' ' || like_lines FROM valuation_anomalies('line') WHERE item_no = 99")
		if first == "" {
			first = got
		}
		if got != first || !strings.HasSuffix(got, " 40") {
			t.Errorf("with a value of %s it is compared with %s, before with %s", v, got, first)
		}
	}
	declare(t, db, "")
	// The scale of the others is below the least one, 0.05.
	if others := value(t, db, "SELECT price || ' 0.05 ' || n FROM fair_price('line') WHERE level = 1 AND unit = 'KGM'"); first != others {
		t.Errorf("compared with %s, the others have %s", first, others)
	}
}

// TestValuationFlood holds that a trader's many bad prices don't become the
// fair one.
func TestValuationFlood(t *testing.T) {
	db := open(t, "")
	declare(t, db, "SELECT * REPLACE (400.0 AS value, 100 + i AS item_no) FROM "+shirt+", range(500) t(i)")
	if got := value(t, db, "SELECT count(*) FROM valuation_anomalies('line') WHERE importer = 'X' AND kind = 'UNDER'"); got != "500" {
		t.Errorf("%s of 500 lines of the trader are UNDER", got)
	}
	if got := value(t, db, "SELECT count(*) FROM valuation_anomalies('line') WHERE importer <> 'X' AND kind <> 'OK'"); got != "0" {
		t.Errorf("%s of the others are odd", got)
	}
}

// TestValuationOfNewLines compares lines with a kept table and with earlier lines.
func TestValuationOfNewLines(t *testing.T) {
	db := open(t, "")
	declare(t, db, "SELECT * REPLACE (500.0 AS value) FROM "+shirt)
	for _, query := range []string{
		"CREATE TABLE fair AS FROM fair_price('line', as_of := '2024-02-20')",
		"CREATE TABLE new AS FROM line WHERE declaration_date >= '2024-02-20'",
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	const columns = "SELECT kind || ' ' || fair_price || ' ' || z || ' ' || like_lines FROM "
	kept := value(t, db, columns+"valuation_anomalies('new', fair := 'fair')")
	if asOf := value(t, db, columns+"valuation_anomalies('line', as_of := '2024-02-20')"); kept != asOf || !strings.HasPrefix(kept, "UNDER ") || !strings.HasSuffix(kept, " 40") {
		t.Errorf("with a kept table %s, with earlier lines %s", kept, asOf)
	}
	if got := value(t, db, "SELECT count(*) FROM valuation_anomalies('line', as_of := '2024-01-03') WHERE kind IS NULL"); got != "39" {
		t.Errorf("%s of 39 lines can't be compared with two", got)
	}
}

// TestValuationGap converts the gap into the reporting currency, and gives the
// duty on it.
func TestValuationGap(t *testing.T) {
	db := open(t, "")
	if _, err := db.LoadSample(context.Background(), engine.Sample{Rows: 1, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	declare(t, db, "SELECT * REPLACE (500.0 AS value) FROM "+shirt)
	before := number(t, db, "SELECT value_gap FROM valuation_anomalies('line') WHERE item_no = 99")
	if fair := number(t, db, "SELECT fair_price FROM valuation_anomalies('line') WHERE item_no = 99"); math.Abs(before-(fair*100-500)) > 1e-6 && math.Abs(before-(fair*20-500)) > 1e-6 {
		t.Errorf("gap %v at a fair price of %v", before, fair)
	}
	for _, query := range []string{
		"UPDATE customs.setting SET value = 'USD' WHERE name = 'reporting_currency'",
		"INSERT INTO customs.exchange_rate (currency, rate_date, rate) VALUES ('AED', '2024-01-01', 0.25), ('AED', '2024-05-01', 0.5)",
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	got := value(t, db, "SELECT round(value_gap, 4) || ' ' || gap_currency || ' ' || round(duty_at_stake, 4) FROM valuation_anomalies('line') WHERE item_no = 99")
	if want := fmt.Sprintf("%v USD %v", math.Round(before*2500)/1e4, math.Round(before*.25*500)/1e4); got != want {
		t.Errorf("gap %s, want %s", got, want)
	}
}

// TestValuationNeighbour takes a code of the heading that pays more duty for the
// true one, if the price is usual there.
func TestValuationNeighbour(t *testing.T) {
	db := open(t, "")
	declare(t, db, `SELECT 200 + i AS item_no, '61099090' AS hs_code, 'CN' AS origin, 'U' || i AS importer, 100.0 AS quantity, 'H87' AS unit, 20.0 AS net_mass,
		3000 * exp(0.05 * sin(i * i)) AS value, 'AED' AS currency, 20.0 AS duty_rate, DATE '2024-01-01' AS declaration_date FROM range(40) t(i)
		UNION ALL BY NAME SELECT * REPLACE (2950.0 AS value) FROM `+shirt)
	got := value(t, db, "SELECT kind || ' ' || evidence.neighbour || ' ' || duty_at_stake FROM valuation_anomalies('line') WHERE item_no = 99")
	if got != "MISCLASSIFIED? 61099090 442.5" { // 2950 · (20 − 5) %
		t.Error(got)
	}
}

// TestValuationLanguages reads the explanations.
func TestValuationLanguages(t *testing.T) {
	db := open(t, "")
	declare(t, db, "SELECT * REPLACE (500.0 AS value) FROM "+shirt)
	for lang, want := range map[string]string{"en": "low by", "fr": "inférieure de", "ar": "أقل بمقدار"} {
		got := value(t, db, "SELECT explanation FROM valuation_anomalies('line', lang := '"+lang+"') WHERE item_no = 99")
		if !strings.Contains(got, want) || !strings.Contains(got, "61091000") {
			t.Errorf("%s: %s", lang, got)
		}
	}
	for query, want := range map[string]string{
		"FROM valuation_anomalies('line', lang := 'de')":      "none of en, fr and ar",
		"FROM valuation_anomalies('nothing')":                 "nothing",
		"FROM valuation_anomalies('line', fair := 'nowhere')": "nowhere",
		"FROM valuation_anomalies('line', fair := 'line')":    "level",
	} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", query, err, want)
		}
	}
}

// TestValuationOfAnyTable takes tables without most columns, and names that clash.
func TestValuationOfAnyTable(t *testing.T) {
	db := open(t, "")
	for _, c := range []struct{ table, want string }{
		{"SELECT 61091000 AS hs_code, 5 AS quantity, 50::DECIMAL(9,2) AS value, 'a' AS kind, 1 AS level, 2 AS code, 3 AS n FROM range(30)", "30 OK"},
		{"SELECT 1 AS anything FROM range(3)", "3 DATA"},
		{"SELECT '610910' AS hs_code, 5.0 AS net_mass, 50.0 AS value", "1 NULL"},
	} {
		if _, err := db.Exec("CREATE OR REPLACE VIEW mine AS " + c.table); err != nil {
			t.Fatal(err)
		}
		if got := value(t, db, "SELECT count(*) || ' ' || coalesce(any_value(kind), 'NULL') FROM valuation_anomalies('mine')"); got != c.want {
			t.Errorf("%s: %s, want %s", c.table, got, c.want)
		}
	}
}
