package engine_test

import (
	"path/filepath"
	"testing"
)

// TestOwnSensitiveGoods holds that the user's list is added to that of reference
// as soon as it is there.
func TestOwnSensitiveGoods(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"))
	db.SetMaxOpenConns(1)
	runSteps(t, db.DB, []step{
		{"len(sensitive_goods('9503.00'))", "0"},
		{"len(sensitive_goods('no code'))", "NULL"},
		{"sensitive_goods(NULL::VARCHAR)", "NULL"},
		{"SELECT count(*) FROM sensitive_list() WHERE own", "0"},
		{"SELECT count(*) = (SELECT count(*) FROM ref.sensitive_goods) FROM sensitive_list()", "true"},
		{"-CREATE SCHEMA customs", ""},
		{"-CREATE TABLE customs.sensitive_goods AS SELECT '9503' AS hs_prefix, 'toy_safety' AS category, 'Decree 12' AS basis", ""},
		{"sensitive_goods('9503.00')", "[{'category': toy_safety, 'hs_prefix': 9503, 'basis': Decree 12, 'verify': ''}]"},
		{"sensitive_goods(95030010)[1].basis", "Decree 12"},
		{"sensitive_goods('9303')[1].category", "arms"},
		{"SELECT string_agg(hs_prefix || ' ' || category) FROM sensitive_list() WHERE own", "9503 toy_safety"},
		{"-INSERT INTO customs.sensitive_goods VALUES ('0106', 'falcons', NULL)", ""},
		{"list_transform(sensitive_goods('010631'), g -> g.category)", "[cites_watch, falcons]"},
		{"-INSERT INTO customs.sensitive_goods VALUES ('toys', 'x', NULL)", ""},
		{"sensitive_goods('9503')", `!customs.sensitive_goods: row 3: the hs_prefix "toys" is no tariff code`},
		{"SELECT count(*) FROM sensitive_list()", `!customs.sensitive_goods: row 3: the hs_prefix "toys" is no tariff code`},
		{"-DROP TABLE customs.sensitive_goods", ""},
		{"-CREATE VIEW customs.sensitive_goods AS SELECT '2710' AS hs_prefix, 'own' AS category", ""},
		{"list_transform(sensitive_goods('2710.19'), g -> g.category)", "[excise_fuel, own]"},
	})
}
