package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

// priceQuery reads a query of the tests of prices.
func priceQuery(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "price", name+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// must runs statements.
func must(t testing.TB, db *engine.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// TestPricesAgainstTwins compares macros with slow queries that say the same,
// row by row.
func TestPricesAgainstTwins(t *testing.T) {
	db := open(t, "")
	must(t, db, "CREATE TABLE goods AS "+priceQuery(t, "lines"))
	for _, c := range []struct{ name, macro, key, same string }{
		{
			"filter", "price_filter('goods', share := 0.2)", "declaration_id, item_no",
			`m.others IS NOT DISTINCT FROM w.n AND (w.low IS NULL AND m.low IS NULL OR abs(m.low - w.low) < 1e-9 AND abs(m.high - w.high) < 1e-9
				AND abs(m.under_invoiced - w.under) < 1e-6)`,
		},
		{
			"drift", "(SELECT *, trader AS importer, year(period_began) AS y FROM price_drift('goods'))", "importer, hs_code, origin_key, y",
			"abs(m.ratio - w.ratio) < 1e-9 AND (w.market IS NULL AND m.market_ratio IS NULL OR abs(m.market_ratio - w.market) < 1e-9 AND (m.compared_with = 'goods') = w.by_goods)",
		},
		{
			"related", "(SELECT *, trader AS importer FROM related_prices('goods', period := 'year'))", "importer",
			"abs(m.discount - w.discount) < 1e-9 AND m.goods = w.goods AND m.goods_below = w.goods_below AND m.periods_below = w.years_below",
		},
	} {
		twin := "(" + priceQuery(t, c.name+"_twin") + ")"
		macro := c.macro
		if c.name == "drift" {
			twin = "(SELECT *, coalesce(origin, '-') AS origin_key FROM " + twin + ")"
			macro = "(SELECT *, coalesce(origin, '-') AS origin_key FROM " + macro + ")"
		}
		query := fmt.Sprintf("SELECT count(*) FILTER (%s) || ' of ' || count(*) FROM %s AS m FULL JOIN %s AS w USING (%s) WHERE %s", c.same, macro, twin, c.key,
			map[bool]string{true: "m.verdict <> 'no price'", false: "true"}[c.name == "filter"])
		rows := value(t, db, "SELECT count(*) FROM "+twin)
		if got := value(t, db, query); got != rows+" of "+rows || rows == "0" {
			t.Errorf("%s: %s rows are as those of the twin, which has %s", c.name, got, rows)
		}
	}
	// T1 was made cheaper in 2024.
	if got := value(t, db, "SELECT string_agg(DISTINCT trader || ' ' || verdict || ' ' || year(period_began), ', ') FROM price_drift('goods') WHERE verdict IN ('up', 'down')"); got != "T1 down 2024" {
		t.Errorf("drift: %s", got)
	}
}
