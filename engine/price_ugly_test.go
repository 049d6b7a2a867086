package engine_test

import (
	"strings"
	"testing"
)

// priceMacros are calls of the macros on prices, of the table goods.
var priceMacros = []string{
	"priced_lines('goods')",
	"price_filter('goods', least := 2)",
	"price_filter('goods', least := 2, quarters := 0)",
	"price_drift('goods', least := 1, traders := 1)",
	"related_prices('goods', traders := 1)",
	"misclassification('goods', least := 2, traders := 2, evidence_from := -100)",
	"split_consignments('goods')",
	"benford_by('goods', 'importer', least := 1)",
	"benford_by('goods', 'importer', least := 1, digits := 'second')",
}

// uglyGoods are sets of lines by what is odd about them.
var uglyGoods = map[string]string{
	"no line":        "SELECT * FROM (%s) WHERE false",
	"one line":       "SELECT * FROM (%s) LIMIT 1",
	"two lines":      "SELECT * FROM (%s) LIMIT 2",
	"all equal":      "SELECT * REPLACE (100 AS value, 10 AS net_mass, '610910' AS hs_code, 'CN' AS origin) FROM (%s)",
	"NULL keys":      "SELECT * REPLACE (NULL AS importer, NULL AS hs_code, NULL AS origin, NULL AS declaration_date, NULL AS declaration_id) FROM (%s)",
	"some NULL keys": "SELECT * REPLACE (nullif(importer, 'T1') AS importer, nullif(hs_code, '610910') AS hs_code, CASE WHEN item_no = 1 THEN declaration_date END AS declaration_date, CASE WHEN item_no = 1 THEN declaration_id END AS declaration_id) FROM (%s)",
	"bad masses":     "SELECT * REPLACE (([0, -1, 'nan', 'inf', 1e300, 1e-300, 10]::DOUBLE[])[(1 + hash(declaration_id) % 7)::BIGINT] AS net_mass) FROM (%s)",
	"bad values":     "SELECT * REPLACE (([0, -1, 'nan', 'inf', 1e300, 1e-300, 10]::DOUBLE[])[(1 + hash(declaration_id) % 7)::BIGINT] AS value) FROM (%s)",
	"texts":          "SELECT * REPLACE (value::VARCHAR AS value, 'x' || net_mass AS net_mass, declaration_date::VARCHAR AS declaration_date, hs_code::INTEGER AS hs_code, '5 percent' AS duty_rate) FROM (%s)",
	"mixed units":    "SELECT * EXCLUDE (net_mass), net_mass AS quantity, ['KGM', 'GRM', 'PCS', 'xyz', NULL][(1 + hash(declaration_id) % 5)::BIGINT] AS unit FROM (%s)",
	"currencies":     "SELECT * REPLACE ([NULL, 'AED', 'USD'][(1 + hash(declaration_id) % 3)::BIGINT] AS currency) FROM (%s)",
}

// TestPricesUgly holds that no lines end a query with an error, or give a
// number that is none.
func TestPricesUgly(t *testing.T) {
	db := open(t, "")
	lines := priceQuery(t, "lines")
	for name, ugly := range uglyGoods {
		must(t, db, "CREATE OR REPLACE TABLE goods AS "+strings.Replace(ugly, "%s", lines, 1))
		for _, macro := range priceMacros {
			got := value(t, db, "SELECT count(*) FROM (SELECT COLUMNS(c -> c <> 'value')::VARCHAR FROM "+macro+") AS m WHERE m::VARCHAR ILIKE '%: nan%' OR m::VARCHAR LIKE '%: inf%' OR m::VARCHAR LIKE '%: -inf%'")
			if got != "0" {
				t.Errorf("%s, %s: %s rows with numbers that are none", name, macro, got)
			}
		}
		if got := value(t, db, "SELECT count(*) = (SELECT count(*) FROM goods) FROM price_filter('goods')"); got != "true" {
			t.Errorf("%s: price_filter doesn't keep the lines", name)
		}
	}
}

// TestPricesOfUgly holds what becomes of a few lines.
func TestPricesOfUgly(t *testing.T) {
	db := open(t, "")
	must(t, db, `CREATE TABLE goods AS SELECT * FROM (VALUES
		('1', '610910', 100::DOUBLE, 10::DOUBLE, NULL, NULL), ('2', '6109.10', 0, 10, NULL, NULL), ('3', '610910', 100, -1, NULL, NULL), ('4', NULL, 100, 10, NULL, NULL),
		('5', '610910', 100, 1e300, NULL, NULL), ('6', '610910', 100, 'nan', NULL, NULL), ('7', '610910', 100, NULL, 2000, 'GRM'),
		('8', '610910', 100, 10, 4, 'dozen'), ('9', '610910', 100, 10, 0, 'PCS'), ('10', '610910', 100, NULL, 5, 'furlongs of'), ('11', '610910', 'inf', 10, NULL, NULL)
	) t(declaration_id, hs_code, value, net_mass, quantity, unit), (SELECT 'A' AS importer)`)
	const list = "SELECT string_agg(declaration_id || ' ' || coalesce(unit_value || ' ' || basis, '-'), ', ' ORDER BY declaration_id::INTEGER) FROM priced_lines('goods'"
	// By hand; unit_normalize reads dozen as DZN.
	if got := value(t, db, list+")"); got != "1 10.0 KGM, 2 -, 3 -, 4 -, 5 -, 6 -, 7 50.0 KGM, 8 25.0 DZN, 9 10.0 KGM, 10 20.0 furlongs of, 11 -" {
		t.Errorf("per unit: %s", got)
	}
	if got := value(t, db, list+", per := 'mass')"); got != "1 10.0 KGM, 2 -, 3 -, 4 -, 5 -, 6 -, 7 50.0 KGM, 8 10.0 KGM, 9 10.0 KGM, 10 -, 11 -" {
		t.Errorf("per mass: %s", got)
	}
}

// TestPricesMissingColumns holds that a missing column is named, together with the macro.
func TestPricesMissingColumns(t *testing.T) {
	db := open(t, "")
	must(t, db, "CREATE TABLE goods AS SELECT '610910' AS hs_code, 5 AS value, 'A' AS importer", `CREATE TABLE "no columns" (x INTEGER)`)
	for call, want := range map[string]string{
		"price_filter('goods', trader := 'seller')":                 "price_filter: goods has no column seller",
		"price_filter('\"no columns\"')":                            "price_filter: \"no columns\" has no column hs_code, value, importer",
		"price_drift('goods')":                                      "price_drift: goods has no column declaration_date",
		"related_prices('\"no columns\"')":                          "related_prices: \"no columns\" has no column hs_code, value, importer",
		"misclassification('goods')":                                "misclassification: goods has no column duty_rate",
		"split_consignments('goods', trader := 'declarant')":        "split_consignments: goods has no column declarant",
		"benford_by('goods', 'office')":                             "benford_by: goods has no column office",
		"benford_by('goods', 'importer', of := 'duty')":             "benford_by: goods has no column duty",
		"benford_by('goods', 'importer', digits := 5)":              "benford: digits must be 1, 2, 3 or 'second', not 5",
		"benford_by('none', 'importer')":                            "none does not exist",
		"price_filter('goods; DROP TABLE goods')":                   "does not exist",
		"price_filter('goods', trader := 'x\" FROM goods; DROP--')": "has no column",
	} {
		if _, err := db.Exec("FROM " + call); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", call, err, want)
		}
	}
	if got := value(t, db, "SELECT count(*) FROM goods"); got != "1" {
		t.Errorf("%s rows are left", got)
	}
}
