package engine_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

// numbers returns the row of numbers that a query gives.
func numbers(t *testing.T, db *engine.DB, query string, n int) []float64 {
	t.Helper()
	got := make([]float64, n)
	to := make([]any, n)
	for i := range to {
		to[i] = &got[i]
	}
	if err := db.QueryRow(query).Scan(to...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return got
}

// sameNumbers compares with a relative tolerance of 1e-9.
func sameNumbers(t *testing.T, name string, got, want []float64) {
	t.Helper()
	for i, w := range want {
		if math.Abs(got[i]-w) > 1e-9*math.Max(1e-3, math.Abs(w)) {
			t.Errorf("%s: number %d is %v, want %v", name, i, got[i], w)
		}
	}
}

// TestPriceEvidence compares with R 4.2.2: the difference of dt(d·q/s, 4, log =
// TRUE) + log(q/s), with q = qt(.75, 4)/qnorm(.75).
func TestPriceEvidence(t *testing.T) {
	db := open(t, "")
	got := numbers(t, db, "SELECT price_evidence(ln(20), ln(5), .3, ln(20), .3), price_evidence(1.7, 1, .2, 2.5, .5), price_evidence(0, 0, .1, 3, 2)", 3)
	sameNumbers(t, "evidence", got, []float64{5.01644520614, 1.51900886355, -4.29025846866})
}

// TestBenfordBy compares two traders of two goods with R 4.2.2: the expected
// digits as the comment of the macro has them, and pgamma with the moments of
// chi2.
func TestBenfordBy(t *testing.T) {
	db := open(t, "")
	must(t, db, `CREATE TABLE counts (importer VARCHAR, hs_code VARCHAR, n INTEGER[]); INSERT INTO counts VALUES
		('A', '1', [10, 8, 6, 5, 4, 3, 2, 1, 1]), ('A', '2', [0, 0, 5, 5, 0, 0, 0, 0, 0]),
		('B', '1', [30, 17, 12, 10, 8, 7, 6, 5, 5]), ('B', '2', [2, 2, 20, 20, 2, 1, 1, 1, 1])`,
		`CREATE TABLE goods AS SELECT importer, hs_code, digit * 10 ** (i % 4) * -1 AS value
			FROM (SELECT importer, hs_code, unnest(range(1, 10)) AS digit, unnest(n) AS n FROM counts), range(30) r(i) WHERE i < n`)
	for key, want := range map[string][]float64{
		"A": {50, 8.06398542873, .0363223708843, .426620277131, 0},
		"B": {150, 20.68667353, .0350622655787, .00823029043914, 0},
	} {
		got := numbers(t, db, fmt.Sprintf("SELECT n, mix_chi2, mix_mad, p_value, rho FROM benford_by('goods', 'importer') WHERE key = '%s'", key), 5)
		sameNumbers(t, key, got, want)
	}
	// Where there are no others, it is the fit to the law itself.
	must(t, db, "CREATE TABLE one AS SELECT *, 'all' AS everyone FROM goods")
	got := numbers(t, db, `SELECT p_value - f.p, n, f.n FROM benford_by('one', 'everyone'),
		(SELECT counts_fit(n, log10(1 + 1 / d)) AS f FROM (SELECT leading_digits(value, 1) AS d, count(*) AS n FROM goods GROUP BY 1))`, 3)
	sameNumbers(t, "one key", got, []float64{0, 200, 200})
}

// TestSplitConsignmentsMacro compares with counts by hand, pbinom of R 4.2.2, and
// density_jump.
func TestSplitConsignmentsMacro(t *testing.T) {
	db := open(t, "")
	// S splits two shipments, of 3 and 5 parts; H has 6 consignments below and 9 above; a declaration of two lines is one consignment.
	must(t, db, `CREATE TABLE goods AS
		SELECT 'S' AS importer, 'S' || i AS declaration_id, 950 AS value, CASE WHEN i < 3 THEN DATE '2024-01-05' ELSE DATE '2024-02-05' END AS declaration_date FROM range(8) t(i)
		UNION ALL SELECT 'S', 'S8', 1100, DATE '2024-03-01'
		UNION ALL SELECT 'H', 'H' || i // 2, CASE WHEN i < 12 THEN 400 ELSE 600 END, DATE '2024-01-01' + i::INTEGER FROM range(30) t(i)
		UNION ALL SELECT NULL, NULL, 999.99, NULL UNION ALL SELECT NULL, NULL, 1000, NULL UNION ALL SELECT NULL, NULL, -5, NULL`)
	for trader, want := range map[string][]float64{
		// below, above, usual_share = max(.5, (6 + 1 + 1)/(15 + 2 + 2)), P(Bin(9, .5) ≥ 8), days, declarations
		"= 'S'":   {8, 1, .5, .01953125, 2, 8},
		"= 'H'":   {6, 9, .5, .849121093750, 0, 0},
		"IS NULL": {1, 1, .5, .75, 0, 0},
	} {
		got := numbers(t, db, "SELECT below, above, usual_share, p_value, days, coalesce(len(declarations), 0) FROM split_consignments('goods') WHERE trader "+trader, 6)
		sameNumbers(t, trader, got, want)
	}
	must(t, db, "CREATE TABLE many AS SELECT 'office' AS office, exp(6.5 + sin(i * i)) AS value FROM range(1, 2001) t(i)")
	got := value(t, db, `SELECT theta = jump.theta AND z = jump.z AND p_jump = jump.p AND consignments = 2000 FROM split_consignments('many', trader := 'office', threshold := 700),
		(SELECT density_jump(ln(value), ln(700)) AS jump FROM many)`)
	if got != "true" {
		t.Errorf("McCrary's test of an office: %s", got)
	}
}

// TestPricesOfSample holds that the macros find what is planted in a sample, as
// their comments say.
func TestPricesOfSample(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	db := open(t, "")
	if _, err := db.LoadSample(context.Background(), engine.Sample{Rows: 100_000, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	must(t, db, `CREATE TABLE share AS SELECT importer AS trader, avg((kind IS NOT DISTINCT FROM 'under_valuation')::INTEGER) AS share
		FROM sample.declaration LEFT JOIN sample.truth USING (declaration_id, item_no) GROUP BY importer`)
	const truth = " LEFT JOIN sample.truth AS w USING (declaration_id, item_no)"
	for name, c := range map[string]struct {
		query     string
		low, high float64
	}{
		"share of under-valued lines that are under": {"SELECT avg((verdict = 'under')::INTEGER) FROM price_filter('sample.declaration')" + truth + " WHERE w.kind = 'under_valuation'", .45, .95},
		"share of other lines that are under":        {"SELECT avg((verdict = 'under')::INTEGER) FROM price_filter('sample.declaration')" + truth + " WHERE w.kind IS NULL", .15, .25},
		"precision of both codes":                    {"SELECT avg((w.kind = 'misclassification' AND w.kind IS NOT NULL)::INTEGER) FROM misclassification('sample.declaration')" + truth + " WHERE strength = 'both codes'", .2, 1},
		"precision of declarations on one day":       {"SELECT avg((w.kind = 'split_consignment' AND w.kind IS NOT NULL)::INTEGER) FROM (SELECT unnest(declarations) AS declaration_id, 1 AS item_no FROM split_consignments('sample.declaration'))" + truth, .98, 1},
		"planted parts that are listed":              {"SELECT count(*) / (SELECT count(*) FROM sample.truth WHERE kind = 'split_consignment') FROM (SELECT unnest(declarations) AS declaration_id, 1 AS item_no FROM split_consignments('sample.declaration')) JOIN sample.truth USING (declaration_id, item_no) WHERE kind = 'split_consignment'", .98, 1},
		"share with drift, though nobody drifts":     {"SELECT avg((verdict IN ('up', 'down'))::INTEGER) FROM price_drift('sample.declaration')", 0, .06},
		"median z of under-valuers":                  {"SELECT median(z) FROM related_prices('sample.declaration', period := 'year') JOIN share USING (trader) WHERE share > 0.3", 1, 5},
		"median z of other traders":                  {"SELECT median(z) FROM related_prices('sample.declaration', period := 'year') JOIN share USING (trader) WHERE share = 0", -.3, .3},
		"share of others with large z":               {"SELECT avg((z > 2.5)::INTEGER) FROM related_prices('sample.declaration', period := 'year') JOIN share USING (trader) WHERE share = 0", 0, .03},
	} {
		if got := numbers(t, db, c.query, 1)[0]; !(got >= c.low && got <= c.high) {
			t.Errorf("%s: %v, not from %v to %v", name, got, c.low, c.high)
		}
	}
}
