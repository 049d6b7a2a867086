package engine_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

var functionRows = flag.Int64("function-rows", 300_000, "rows that BenchmarkFunctions reads; 10000000 for figures to quote")

// functionCall is a call whose speed is measured.
type functionCall struct {
	call    string  // an expression of the column x
	column  string  // what x is: testdata/column/NAME.sql
	reading float64 // most time that is promised, as a multiple of reading x; 0 for no promise
	speed   float64 // least million rows/s/core that are promised; 0 for no promise
	use     string  // what the query makes of the results, readResult if empty
}

// readResult makes a query read every value.
const readResult = "bit_xor(hash(%s))"

// readList makes a query read the length of every list, not its elements.
const readList = "sum(len(%s))"

// functionCalls are the calls of each family, with what is promised for them.
var functionCalls = []functionCall{
	{call: "hs_normalize(x)", column: "hs_code", reading: 1.5},
	{call: "hs_normalize(x)", column: "hs_number"},
	{call: "hs_status(x)", column: "hs_code", reading: 3},
	{call: "hs2(x)", column: "hs_code", reading: 3},
	{call: "hs4(x)", column: "hs_code", reading: 3},
	{call: "hs6(x)", column: "hs_code", reading: 3},
	{call: "hs_level(x)", column: "hs_code", reading: 3},
	{call: "hs_format(x)", column: "hs_code", reading: 3},
	{call: "hs_section(x)", column: "hs_code", reading: 3},
	{call: "hs_unit(x)", column: "hs_code", reading: 3},
	{call: "hs_name(x, 'en')", column: "hs_code", reading: 3},
	{call: "hs_name(x, 'ar')", column: "hs_code", reading: 3},
	{call: "hs_valid(x, 'HS2022')", column: "hs_code", reading: 3},
	{call: "hs_editions(x)", column: "hs_code", reading: 3, use: readList},
	{call: "hs_best(x, 'HS2017', 'HS2022')", column: "hs_code", reading: 3, speed: 5},
	{call: "hs_relation(x, 'HS2017', 'HS2022')", column: "hs_code", reading: 3, speed: 5},
	{call: "hs_convert(x, 'HS2017', 'HS2022')", column: "hs_code", speed: 5, use: readList},
	{call: "hs_convert(x, 'HS2017', 'HS2022')", column: "hs_subheading", speed: 5, use: readList},

	{call: "country_normalize(x)", column: "countries", reading: 3},
	{call: "country_normalize(x)", column: "countries_dirty", speed: 3},
	{call: "country_status(x)", column: "countries", reading: 3},
	{call: "country_alpha3(x)", column: "countries_known", reading: 3},
	{call: "country_m49(x)", column: "countries_known", reading: 3},
	{call: "country_comtrade(x)", column: "countries_known", reading: 3},
	{call: "country_name(x, 'en')", column: "countries_known", reading: 3},
	{call: "country_name(x, 'ar')", column: "countries_known", reading: 3},
	{call: "country_in(x, 'GCC')", column: "countries_known", reading: 3},
	{call: "country_distance_km(x, 'AE')", column: "countries_known", reading: 3},
	{call: "currency_normalize(x)", column: "currencies", reading: 3},
	{call: "currency_status(x)", column: "currencies", reading: 3},
	{call: "currency_minor_units(x)", column: "currencies_known", reading: 3},
	{call: "unit_normalize(x)", column: "units", reading: 3},
	{call: "unit_status(x)", column: "units", reading: 3},
	{call: "unit_dimension(x)", column: "masses", reading: 3},
	{call: "unit_convert(2.5, x, 'kg')", column: "masses", reading: 3},
	{call: "incoterm_normalize(x)", column: "terms", reading: 3},
	{call: "incoterm_status(x)", column: "terms", reading: 3},
	{call: "port_normalize(x)", column: "places", reading: 3},
	{call: "port_status(x)", column: "places", reading: 3},
	{call: "port_country(x)", column: "places_known", reading: 3},
	{call: "party_normalize(x)", column: "traders", reading: 3},
	{call: "party_key(x)", column: "traders", reading: 3},
	{call: "party_similarity(x, 'Al Noor Trading LLC')", column: "traders", reading: 3},
	{call: "party_normalize(x)", column: "traders_distinct"},
	{call: "party_key(x)", column: "traders_distinct"},
	{call: "party_similarity(x, 'Al Noor Trading LLC')", column: "traders_distinct"},
	{call: "container_normalize(x)", column: "containers", reading: 3},
	{call: "container_status(x)", column: "containers", reading: 3},
	{call: "container_valid(x)", column: "containers", reading: 3},
	{call: "imo_valid(x)", column: "ships", reading: 3},
	{call: "mmsi_valid(x)", column: "radios", reading: 3},
	{call: "awb_valid(x)", column: "waybills", reading: 3},
	{call: "lei_valid(x)", column: "entities", reading: 3},
	{call: "iban_valid(x)", column: "accounts", reading: 3},
	{call: "declaration_hash(x)", column: "declaration_numbers", reading: 3},
}

// BenchmarkFunctions compares, on one thread and in one run, a query that only
// reads and hashes a column with one that calls a function on it first. The
// column is in memory and not compressed, so that the kernel sees every row:
// a column in a file, with a dictionary, costs less. Times are those of the
// processor, so that other processes disturb them less.
//
//	x_of_reading   time of the query with the function, as a multiple of reading
//	ns/row         what the function adds
//	Mrows/s        million rows a second that the query with the function reads
//	over_promise   time, as a multiple of what is promised; above 1 is too slow
func BenchmarkFunctions(b *testing.B) { measureCalls(b, openForBench(b), functionCalls) }

// ownCalls are those for which the user's own tariff is looked into.
var ownCalls = []functionCall{
	{call: "hs_name(x, 'en')", column: "hs_code", reading: 3},
	{call: "hs_unit(x)", column: "hs_code", reading: 3},
	{call: "hs_rate(x)", column: "hs_code", reading: 3},
	{call: "hs_rate(x, DATE '2024-01-01')", column: "hs_code", reading: 3},
	{call: "hs_line(x)", column: "hs_code", reading: 3},
}

// BenchmarkOwnTariff is [BenchmarkFunctions] with a tariff of the user's, of
// two lines for each subheading.
func BenchmarkOwnTariff(b *testing.B) {
	db := openForBench(b)
	execute(b, db, `CREATE SCHEMA customs; CREATE TABLE customs.tariff AS
		SELECT code || suffix AS code, 'Goods of ' || code || suffix AS description, 5.0 AS rate, 'kg' AS unit
		FROM ref.hs, (VALUES ('10'), ('90')) s(suffix) WHERE level = 6 AND edition = 'HS2022'
		UNION ALL SELECT code, NULL, 7.5, 'u' FROM ref.hs WHERE level = 6 AND edition = 'HS2022'`)
	measureCalls(b, db, ownCalls)
}

func measureCalls(b *testing.B, db *engine.DB, calls []functionCall) {
	execute(b, db, "SET threads = 1")
	execute(b, db, fmt.Sprintf("SET VARIABLE rows = %d", *functionRows))
	made := map[string]bool{}
	for _, f := range calls {
		b.Run(f.column+"/"+f.call, func(b *testing.B) {
			if !made[f.column] {
				makeColumn(b, db, f.column)
				made[f.column] = true
			}
			f.measure(b, db)
		})
	}
}

// makeColumn makes the table of a column.
func makeColumn(b *testing.B, db *engine.DB, name string) {
	b.Helper()
	query, err := os.ReadFile("testdata/column/" + name + ".sql")
	if err != nil {
		b.Fatal(err)
	}
	execute(b, db, fmt.Sprintf("CREATE TABLE %s AS %s", name, query))
}

func (f functionCall) measure(b *testing.B, db *engine.DB) {
	use := f.use
	if use == "" {
		use = readResult
	}
	read := fmt.Sprintf("SELECT "+readResult+" FROM %s", "x", f.column)
	call := fmt.Sprintf("SELECT "+use+" FROM %s", f.call, f.column)
	seconds(b, db, strings.Replace(call, f.column, "(FROM "+f.column+" LIMIT 10)", 1)) // loads facts
	reading, calling := math.Inf(1), math.Inf(1)
	for b.Loop() {
		for range rounds {
			reading = min(reading, spent(b, db, read))
			calling = min(calling, spent(b, db, call))
		}
	}
	rows := float64(*functionRows)
	b.ReportMetric(0, "ns/op") // the time of all rounds says nothing
	b.ReportMetric(calling/reading, "x_of_reading")
	b.ReportMetric((calling-reading)/rows*1e9, "ns/row")
	b.ReportMetric(rows/calling/1e6, "Mrows/s")
	if promise := f.promised(reading, rows); promise > 0 {
		b.ReportMetric(calling/promise, "over_promise")
	}
}

// spent returns how much processor time a query of one value takes.
func spent(b *testing.B, db *engine.DB, query string) float64 {
	b.Helper()
	before := cpuSeconds()
	seconds(b, db, query)
	return cpuSeconds() - before
}

// promised returns the most seconds that the call may take, 0 for no promise.
func (f functionCall) promised(reading, rows float64) float64 {
	promise := f.reading * reading
	if f.speed > 0 {
		least := rows / f.speed / 1e6
		if promise == 0 || least < promise {
			promise = least
		}
	}
	return promise
}
