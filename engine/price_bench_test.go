package engine_test

import (
	"context"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

// BenchmarkPriceMacros compares the macros on prices, on as many lines of the
// sample as -rows / 50 says, with two queries on the same lines in the same run:
// one that only reads and hashes the columns that the macros read, and a plain
// median per code, origin and unit. Times are those of the processor.
//
//	x_of_reading   time as a multiple of reading the columns
//	x_of_median    time as a multiple of the median group-by
func BenchmarkPriceMacros(b *testing.B) {
	db := openForBench(b)
	rows := *benchRows / 50
	if _, err := db.LoadSample(context.Background(), engine.Sample{Rows: rows, Seed: 3}); err != nil {
		b.Fatal(err)
	}
	const read = `SELECT bit_xor(hash(declaration_id, item_no, declaration_date, importer, hs_code, origin, quantity, unit, net_mass, value, currency, duty_rate))
		FROM sample.declaration`
	const median = "SELECT sum(m) FROM (SELECT median(ln(value / net_mass)) AS m FROM sample.declaration WHERE value > 0 AND net_mass > 0 GROUP BY hs_code, origin, unit, currency)"
	for _, c := range []struct{ name, query string }{
		{"priced_lines", "SELECT bit_xor(hash(m)) FROM priced_lines('sample.declaration') AS m"},
		{"price_filter", "SELECT bit_xor(hash(m)) FROM price_filter('sample.declaration') AS m"},
		{"price_drift", "SELECT bit_xor(hash(m)) FROM price_drift('sample.declaration') AS m"},
		{"related_prices", "SELECT bit_xor(hash(m)) FROM related_prices('sample.declaration') AS m"},
		{"misclassification", "SELECT bit_xor(hash(m)) FROM misclassification('sample.declaration') AS m"},
		{"split_consignments", "SELECT bit_xor(hash(m)) FROM split_consignments('sample.declaration') AS m"},
		{"benford_by", "SELECT bit_xor(hash(m)) FROM benford_by('sample.declaration', 'importer') AS m"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var best []float64
			for b.Loop() {
				best = fastest(b, db, best, read, median, c.query)
			}
			b.ReportMetric(0, "ns/op") // the time of all rounds says nothing
			b.ReportMetric(best[2]/best[0], "x_of_reading")
			b.ReportMetric(best[2]/best[1], "x_of_median")
			b.ReportMetric(float64(rows)/best[2], "rows/s")
		})
	}
}
