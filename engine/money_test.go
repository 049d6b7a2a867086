package engine_test

import (
	"testing"

	"github.com/dhowdb/dhow/engine"
	text "github.com/dhowdb/dhow/sql"
)

// Amounts are converted by the last rate on or before the day; without one
// they are NULL, and a reason says why. The expected amounts are by hand.
func TestMoney(t *testing.T) {
	db := declared(t, `SELECT * FROM (VALUES
		('A', DATE '2024-02-28', 100.0, 'USD'), ('B', DATE '2024-02-29', 100.0, 'USD'), ('C', DATE '2024-03-05', 0.3333, 'USD'),
		('D', DATE '2024-02-29', 100.0, 'AED'), ('E', NULL, 100.0, 'USD'), ('F', DATE '2024-02-29', 100.0, NULL),
		('G', DATE '2024-02-29', 100.0, 'SAR'), ('H', DATE '2024-02-29', 100.0, 'EUR'), ('I', DATE '2024-02-29', 100.0, 'XAF'),
		('J', NULL, 100.0, 'AED')) AS t(declaration_id, declaration_date, value, currency)`)
	makeViews(t, db)
	reasons := "SELECT string_agg(reason, ' ') FROM (SELECT DISTINCT left(reason, 24) AS reason FROM customs.money)"
	if got := value(t, db, reasons); got != "no reporting currency is" {
		t.Errorf("without a setting: %s", got)
	}
	run(t, db, "UPDATE customs.setting SET value = 'AED' WHERE name = 'reporting_currency'")
	run(t, db, `INSERT INTO customs.exchange_rate (currency, rate_date, rate, base) VALUES
		('USD', '2024-02-29', 3.6725, NULL), ('USD', '2024-03-01', 3.67, 'AED'),
		('AED', '2024-01-01', 1.02, 'SAR'), -- to be turned round
		('EUR', '2024-02-29', 1.08, 'USD'), -- by way of the dollar
		('XAF', '2024-03-01', 0.006, 'AED')`)
	for id, want := range map[string]string{
		"A": "NULL: customs.exchange_rate has no rate from USD to AED on or before 2024-02-28",
		"B": "367.2500: ",
		"C": "1.2232: ", // 0.3333 × 3.67 = 1.223211
		"D": "100.0000: ",
		"E": "NULL: the line has no date to look up a rate by",
		"F": "NULL: the line has no currency",
		"G": "98.0392: ",  // 100 / 1.02
		"H": "396.6300: ", // 100 × 1.08 × 3.6725
		"I": "NULL: customs.exchange_rate has no rate from XAF to AED on or before 2024-02-29",
		"J": "100.0000: ",
	} {
		if got := value(t, db, "SELECT coalesce(value::VARCHAR, 'NULL') || ': ' || coalesce(reason, '') FROM customs.money WHERE declaration_id = '"+id+"'"); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if got := value(t, db, "SELECT typeof(any_value(value)) || ' ' || count(*) FROM customs.money"); got != "DECIMAL(24,4) 10" {
		t.Errorf("customs.money has %s rows", got)
	}
	// 3.67 twelve digits and more: no rounding error of a DOUBLE.
	run(t, db, "INSERT INTO customs.declaration (declaration_id, declaration_date, value, currency) VALUES ('K', '2024-03-01', 99999999999999.9999, 'USD')")
	if got := value(t, db, "SELECT value FROM customs.money WHERE declaration_id = 'K'"); got != "366999999999999.9996" {
		t.Errorf("a large amount becomes %s", got)
	}
}

// makeViews makes the views over the tables of the model.
func makeViews(t testing.TB, db *engine.DB) {
	t.Helper()
	views, err := text.Views()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range views {
		run(t, db, v.SQL)
	}
}
