package engine_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// BenchmarkValuation judges 1 million lines, or 10 million with -rows 500000000,
// of 5,000 codes and 20 origins, with 2 GB of memory limit, and compares it with
// a plain median by the same keys, and by the code alone. The queries run in
// turn; times are those of the processor, of all threads together.
//
//	x_of_median        time of valuation_anomalies, as a multiple of the median by code, origin, unit and currency
//	x_of_code_median   the same, of the median by code
//	x_of_fair_price    time of fair_price, as a multiple of the first median
//	new_seconds        time for 100,000 new lines against a kept table of fair prices
func BenchmarkValuation(b *testing.B) {
	db := openForBench(b)
	execute(b, db, "SET memory_limit = '2GB'")
	execute(b, db, valuationLines(b, *benchRows/50))
	execute(b, db, "CREATE TABLE fair AS FROM fair_price('line')")
	execute(b, db, "CREATE TABLE new AS FROM line LIMIT 100000")
	const judged = "SELECT count(kind) + sum(value_gap) FROM valuation_anomalies('%s'%s)"
	var best []float64
	for b.Loop() {
		best = fastest(b, db, best,
			"SELECT sum(m) FROM (SELECT median(value / quantity) AS m FROM line GROUP BY hs_code, origin, unit, currency)",
			"SELECT sum(m) FROM (SELECT median(value / quantity) AS m FROM line GROUP BY hs_code)",
			"SELECT sum(n) FROM fair_price('line')",
			fmt.Sprintf(judged, "line", ""),
			fmt.Sprintf(judged, "new", ", fair := 'fair'"))
	}
	b.ReportMetric(best[3]/best[0], "x_of_median")
	b.ReportMetric(best[3]/best[1], "x_of_code_median")
	b.ReportMetric(best[2]/best[0], "x_of_fair_price")
	b.ReportMetric(best[4], "new_seconds")
	b.ReportMetric(float64(*benchRows/50)/best[3], "rows/s")
}

// valuationLines makes declared lines of 5,000 codes in 1,250 headings, with
// prices that differ by code and vary by 30 %.
func valuationLines(b *testing.B, rows int64) string {
	b.Helper()
	text, err := os.ReadFile("testdata/valuation/lines.sql")
	if err != nil {
		b.Fatal(err)
	}
	return "CREATE TABLE line AS " + strings.ReplaceAll(string(text), "ROWS", strconv.FormatInt(rows, 10))
}
