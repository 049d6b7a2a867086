package engine_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/engine"
	text "github.com/dhowdb/dhow/sql"
)

// declared opens a database whose customs.declaration holds the rows of a
// query, by the names of its columns.
func declared(t testing.TB, query string) *engine.DB {
	t.Helper()
	db := open(t, "")
	schema, err := text.Schema()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range schema {
		run(t, db, o.SQL)
	}
	run(t, db, "INSERT INTO customs.declaration BY NAME "+query)
	return db
}

func run(t testing.TB, db *engine.DB, query string) {
	t.Helper()
	if _, err := db.Exec(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func screenTable(t testing.TB, db *engine.DB, opts ...engine.ScreenOption) *engine.Screening {
	t.Helper()
	s, err := db.ScreenTable(context.Background(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// market declares 20,000 lines of 10 codes from 4 origins by 400 traders: unit
// values with a deviation of 0.3 in the logarithm, and one line in fifty at
// 0.3 of its value. description says which.
const market = `
	SELECT 'D' || i AS declaration_id, 1 AS item_no, i AS source_row,
		DATE '2024-01-01' + (i % 365)::INTEGER AS declaration_date,
		'T' || hash(i + 17) % 400 AS importer,
		'61' || 10 + i % 5 || 10 + i % 10 || '00' AS hs_code,
		['CN', 'IN', 'TR', 'EG'][1 + (hash(i) % 4)::INTEGER] AS origin,
		10 + (hash(i + 5) % 1000) AS net_mass,
		net_mass * exp(2 + (i % 10) / 5 + 0.3 * sqrt(-2 * ln(u)) * cos(2 * pi() * v))
			* CASE WHEN planted THEN 0.3 ELSE 1 END AS value,
		'USD' AS currency, 5 AS duty_rate,
		CASE WHEN planted THEN 'planted' END AS description
	FROM (SELECT i, hash(i + 9) % 50 = 7 AS planted, (hash(i + 1) % 1000003 + 1) / 1000004 AS u, (hash(i + 2) % 1000003 + 1) / 1000004 AS v FROM range(20000) AS r(i))`

func TestScreenFindsPlantedUndervaluation(t *testing.T) {
	db := declared(t, market)
	screenTable(t, db)
	// AUC by Mann–Whitney: ranks with ties shared.
	auc := value(t, db, `
		WITH r AS (
			SELECT description = 'planted' AS planted,
				rank() OVER (ORDER BY score) + (count(*) OVER (PARTITION BY score) - 1) / 2 AS rank
			FROM (SELECT coalesce(description, '') AS description, score FROM screen.line)
		), n AS (SELECT count(*) FILTER (planted) AS p, count(*) FILTER (NOT planted) AS q, sum(rank) FILTER (planted) AS s FROM r)
		SELECT (s - p * (p + 1) / 2) / (p * q) > 0.95 FROM n`)
	if auc != "true" {
		t.Error("planted under-valuation is not ranked first: AUC below 0.95")
	}
	if got := value(t, db, "SELECT count(*) < 40 FROM screen.line WHERE lane = 'red' AND description IS NULL"); got != "true" {
		t.Error("more than 0.2 % of the honest lines are red")
	}
}

// median returns the middle of x, the mean of two for an even number.
func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	n := len(x)
	return (x[(n-1)/2] + x[n/2]) / 2
}

func TestReasonsHaveTheRightNumbers(t *testing.T) {
	db := declared(t, market)
	top, err := screenTable(t, db).Top(context.Background(), 12)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range top {
		rows, err := db.Query(`SELECT ln(value / net_mass), declaration_id = ? FROM customs.declaration
			WHERE hs_code = ? AND origin = ?`, l.DeclarationID, l.HSCode, l.Origin)
		if err != nil {
			t.Fatal(err)
		}
		var prices, deviations []float64
		var own float64
		for rows.Next() {
			var p float64
			var self bool
			if err := rows.Scan(&p, &self); err != nil {
				t.Fatal(err)
			}
			prices = append(prices, p)
			if self {
				own = p
			}
		}
		center := median(prices)
		for _, p := range prices {
			deviations = append(deviations, math.Abs(p-center))
		}
		z := (own - center) / (1.4826 * median(deviations)) // METHODS: robust z
		mass := l.Value / math.Exp(own)
		stake := max(mass*math.Exp(center)-l.Value, 0) * 0.05
		want := fmt.Sprintf("unit value %s USD/kg against %s for HS %s from %s, n = %d, robust z −%.1f; %s duty at stake",
			figure(math.Exp(own)), figure(math.Exp(center)), l.HSCode, l.Origin, len(prices), -z, figure(stake))
		if l.Reasons[0] != want {
			t.Errorf("%s\n got %s\nwant %s", l.DeclarationID, l.Reasons[0], want)
		}
		if math.Abs(l.Z-z) > 1e-3 || math.Abs(l.DutyAtStake-stake) > 1e-6*stake || l.LikeLines != int64(len(prices)) {
			t.Errorf("%s: z %v, duty at stake %v, n %d; want %v, %v, %d", l.DeclarationID, l.Z, l.DutyAtStake, l.LikeLines, z, stake, len(prices))
		}
	}
}

// figure writes a number as reasons do, for numbers from 0.001 to 999,999.
func figure(x float64) string {
	if x < 999.5 {
		return fmt.Sprintf("%.3g", x)
	}
	s := fmt.Sprintf("%.0f", x)
	return s[:len(s)-3] + "," + s[len(s)-3:]
}

// like is n sound lines of one code at 10 USD/kg, a little apart from each other.
func like(n int) string {
	return fmt.Sprintf(`SELECT 'L' || i AS declaration_id, 1 AS item_no, i AS source_row, DATE '2024-03-01' AS declaration_date,
		'T' || i AS importer, '610910' AS hs_code, 'CN' AS origin, 'CN' AS departure, 7.5 AS net_mass, 8.0 AS gross_mass,
		30 AS quantity, 'NMB' AS unit, 75.55 * (1 + (i %% 11 - 5) / 50) AS value, 'USD' AS currency, 5 AS duty_rate
		FROM range(%d) AS r(i)`, n)
}

func TestScreenLines(t *testing.T) {
	// Each case adds one line to 40 sound ones, as changes to another such line.
	tests := []struct {
		name   string
		line   string // assignments of an UPDATE
		reason string // beginning of a reason, or empty for no reason at all
		lane   string
	}{
		{"sound", "value = 76", "", "green"},
		{"under-valued", "value = 25", "unit value 3.33 USD/kg against 9.87 for HS 610910 from CN, n = 41, robust z −", "red"},
		{"over-valued", "value = 260", "unit value 34.7 USD/kg against only 10.1 for HS 610910", "yellow"},
		{"grams for kilograms", "net_mass = 7500, gross_mass = 7510", "looks like a unit mistake ×1000 in the mass: 7.5 kg would fit", "blue"},
		{"a hundredth of the pieces", "quantity = 0.3", "looks like a unit mistake ×100 in the quantity: 30 NMB would fit", "blue"},
		{"dozens for pieces", "quantity = 2.5", "looks like a unit mistake ×12", "blue"},
		{"decimal comma in the value", "value = 75550", "looks like a unit mistake ×1000 in the value: 75.5 USD would fit", "blue"},
		{"a tenth of the value is no unit mistake", "value = 7.6", "unit value 1.01 USD/kg against 9.87", "red"},
		{"no value", "value = NULL", "no value declared", "blue"},
		{"zero value", "value = 0", "declared value 0 is not a price", "blue"},
		{"negative value", "value = -75.5", "declared value -75.5 is not a price", "blue"},
		{"no quantity", "net_mass = NULL, quantity = NULL", "no net mass and no quantity: the value can't be compared", "blue"},
		{"zero mass", "net_mass = 0, quantity = 0", "net mass 0 kg and no quantity", "blue"},
		{"gross below net", "gross_mass = 7", "gross mass 7 kg is less than net mass 7.5 kg", "green"},
		{"quantity in kg is not the mass", "quantity = 75, unit = 'KGM'", "quantity 75 kg but net mass 7.5 kg", "blue"},
		{"no code", "hs_code = NULL", "no HS code", "blue"},
		{"unreadable code", "hs_code = NULL, hs_text = 'shirts'", `HS code "shirts" can't be read`, "blue"},
		{"short code", "hs_code = '6109'", "HS code 6109 has only 4 digits", "blue"},
		{"reserved chapter", "hs_code = '770100'", "HS code 770100 does not exist", "blue"},
		{"chapter 00", "hs_code = '001000'", "HS code 001000 does not exist", "blue"},
		{"no origin", "origin = NULL", "no country of origin", "blue"},
		{"low rate", "duty_rate = 0", "duty rate 0 % against the usual 5 % for HS 610910, which 97.6 % of 41 lines pay; 3.78 less duty", "blue"},
		{"low rate, sent from elsewhere", "duty_rate = 0, departure = 'AE'", "origin CN but sent from AE, at duty rate 0 % against the usual 5 %", "yellow"},
		{"round value", "value = 75000, net_mass = 7500, gross_mass = 8000, quantity = 30000", "round value 75,000", "green"},
		{"another currency is not compared", "currency = 'KWD', value = 25", "", "green"},
		{"another unit is not compared", "net_mass = NULL, unit = 'DZN', value = 7", "", "green"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			db := declared(t, like(41))
			run(t, db, "UPDATE customs.declaration SET "+test.line+" WHERE declaration_id = 'L5'")
			s := screenTable(t, db)
			var line engine.Line
			top, err := s.Top(context.Background(), 41)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range top {
				if l.DeclarationID == "L5" {
					line = l
				} else if l.Lane != "green" {
					t.Errorf("a sound line is %s: %v", l.Lane, l.Reasons)
				}
			}
			if line.Lane != test.lane {
				t.Errorf("lane %s with score %v, want %s", line.Lane, line.Score, test.lane)
			}
			has := slices.ContainsFunc(line.Reasons, func(r string) bool { return strings.HasPrefix(r, test.reason) })
			if test.reason == "" && len(line.Reasons) > 0 || test.reason != "" && !has {
				t.Errorf("reasons %q, want %q", line.Reasons, test.reason)
			}
		})
	}
}

func TestFairPriceLadder(t *testing.T) {
	lines := func(n int, code, origin, trader string, price float64, spread float64) string {
		return fmt.Sprintf(`SELECT '%s' AS hs_code, '%s' AS origin, %s AS importer, 1.0 AS net_mass,
			%g * (1 + %g * (i %% 5 - 2)) AS value, 'USD' AS currency FROM range(%d) AS r(i)`, code, origin, trader, price, spread, n)
	}
	one := "'T'"
	each := "'T' || i"
	const pick = "SELECT concat_ws(' ', level, goods, n, round(exp(center), 2), scale_from) FROM screen.fair_price WHERE hs_code = '61091000' AND origin = 'CN'"
	tests := []struct {
		name, rows, want string
	}{
		{"own group", lines(11, "61091000", "CN", each, 10, 0.1), "1 61091000 11 10.0 MAD"},
		{"group too small, code", lines(10, "61091000", "CN", each, 10, 0.1) + " UNION ALL " + lines(30, "61091000", "IN", each, 20, 0.1), "2 61091000 40 18.0 MAD"},
		{"code too small, subheading", lines(5, "61091000", "CN", each, 10, 0.1) + " UNION ALL " + lines(30, "61091090", "IN", each, 20, 0.1), "3 610910 35 20.0 MAD"},
		{"subheading too small, heading", lines(5, "61091000", "CN", each, 10, 0.1) + " UNION ALL " + lines(30, "61099000", "IN", each, 20, 0.1), "4 6109 35 20.0 MAD"},
		{"nothing to compare with", lines(5, "61091000", "CN", each, 10, 0.1) + " UNION ALL " + lines(30, "62099000", "IN", each, 20, 0.1), ""},
		{"all prices the same", lines(20, "61091000", "CN", each, 10, 0), "1 61091000 20 10.0 floor"},
		{"scale of the wider group", lines(20, "61091000", "CN", each, 10, 0) + " UNION ALL " + lines(60, "61091000", "IN", each, 10, 0.2), "1 61091000 20 10.0 parent"},
		// 9 of 15 at one price: the MAD is 0, the quartiles are apart.
		{
			"scale from the quartiles",
			lines(9, "61091000", "CN", each, 10, 0) + " UNION ALL " + lines(6, "61091000", "CN", each, 14, 0.1), "1 61091000 15 10.0 IQR",
		},
		{"group of one trader, code", lines(20, "61091000", "CN", one, 3, 0.1) + " UNION ALL " + lines(30, "61091000", "IN", each, 20, 0.1), "2 61091000 50 16.0 MAD"},
		{"only one trader at all", lines(20, "61091000", "CN", one, 3, 0.1), "1 61091000 20 3.0 MAD"},
		{"traders unknown", lines(20, "61091000", "CN", "NULL", 3, 0.1), "1 61091000 20 3.0 MAD"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			db := declared(t, test.rows)
			screenTable(t, db)
			got := value(t, db, pick)
			if got != test.want && (test.want != "" || got != "NULL") {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSplitConsignments(t *testing.T) {
	db := declared(t, `SELECT 'S' || i AS declaration_id, DATE '2024-03-01' + (i // 4)::INTEGER AS declaration_date, 'T' AS importer,
		'610910' AS hs_code, 'CN' AS origin, 10 AS net_mass, 990 - i AS value, 'AED' AS currency FROM range(6) AS r(i)`)
	screenTable(t, db)
	// Four declarations on the first day, two on the second: 990 + 989 + 988 + 987.
	got := value(t, db, "SELECT string_agg(declaration_id, ' ' ORDER BY declaration_id) FROM screen.line WHERE points.split_consignment > 0")
	if got != "S0 S1 S2 S3" {
		t.Errorf("split: %s", got)
	}
	got = value(t, db, "SELECT reasons[1] FROM screen.line WHERE declaration_id = 'S0'")
	if got != "4 declarations of trader T on 2024-03-01 just under the threshold, 3,954 AED together" {
		t.Error(got)
	}
	screenTable(t, db, engine.ScreenSetting("split_threshold", 500))
	if got := value(t, db, "SELECT count(*) FROM screen.split"); got != "0" {
		t.Errorf("with a threshold of 500 there are still %s lines", got)
	}
}

func TestLowDutyCode(t *testing.T) {
	db := declared(t, `SELECT CASE WHEN i % 2 = 0 THEN '610910' ELSE '610990' END AS hs_code, 'CN' AS origin, 'T' || i AS importer,
		1.0 AS net_mass, CASE WHEN i = 10 THEN 30 WHEN i % 2 = 0 THEN 10 ELSE 30 END * (1 + (i % 7 - 3) / 40) AS value, 'USD' AS currency,
		CASE WHEN i % 2 = 0 THEN 0 ELSE 15 END AS duty_rate, i AS source_row FROM range(80) AS r(i)`)
	screenTable(t, db)
	got := value(t, db, "SELECT string_agg(source_row || ' ' || sibling_hs_code, ',') FROM screen.fact WHERE sibling_hs_code IS NOT NULL")
	if got != "10 610990" {
		t.Errorf("codes that fit better: %s", got)
	}
	got = value(t, db, "SELECT reasons[1] LIKE '%fits HS 610990 (usually 30.%, duty 15 \\%) better than HS 610910 (duty 0 \\%)' ESCAPE '\\' OR reasons[2] LIKE '%fits HS 610990%' FROM screen.line WHERE source_row = 10")
	if got != "true" {
		t.Error(value(t, db, "SELECT reasons FROM screen.line WHERE source_row = 10"))
	}
}

func TestSettings(t *testing.T) {
	db := declared(t, like(41))
	run(t, db, "UPDATE customs.declaration SET value = 25 WHERE declaration_id = 'L5'")
	if s := screenTable(t, db); s.Lanes["red"] != 1 || s.Lines != 41 {
		t.Errorf("%d lines, lanes %v", s.Lines, s.Lanes)
	}
	if s := screenTable(t, db, engine.ScreenSetting("lane_red", 100)); s.Lanes["red"] != 0 || s.Lanes["yellow"] != 1 {
		t.Errorf("lanes %v with red from 100 only", s.Lanes)
	}
	run(t, db, "UPDATE screen.setting SET value = 0 WHERE name = 'lane_blue'")
	if s := screenTable(t, db); s.Lanes["green"] != 0 {
		t.Errorf("lanes %v with blue from 0", s.Lanes)
	}
	_, err := db.ScreenTable(context.Background(), engine.ScreenSetting("lane_pink", 1))
	if err == nil || !strings.Contains(err.Error(), `no setting "lane_pink"`) || !strings.Contains(err.Error(), "lane_red") {
		t.Errorf("unknown setting: %v", err)
	}
}

// Whatever is declared, a screening ends with a score from 0 to 100 for every
// line, in the lane of that score, and with reasons exactly where there are points.
func TestScreenBounds(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	if before == checks.DefValue { // a hundred screenings would take half a minute
		if err := checks.Value.Set("25"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = checks.Value.Set(before) })
	}
	db := declared(t, "FROM customs.declaration")
	column := func(rt *rapid.T, name string, values ...string) string {
		return rapid.SampledFrom(append(values, "NULL")).Draw(rt, name)
	}
	rapid.Check(t, func(rt *rapid.T) {
		var rows []string
		for range rapid.IntRange(0, 30).Draw(rt, "rows") {
			rows = append(rows, "("+strings.Join([]string{
				column(rt, "id", "'1'", "''"), column(rt, "date", "DATE '2024-01-01'", "DATE '0001-01-01'", "DATE '2026-01-01'"),
				column(rt, "importer", "'A'", "'B'", "''"), column(rt, "code", "'610910'", "'610990'", "'6'", "''", "'x'"),
				column(rt, "origin", "'CN'", "''"), column(rt, "departure", "'CN'", "'AE'"),
				column(rt, "quantity", "0", "-1", "10", "1e300", "1e-300", "'nan'::DOUBLE", "'inf'::DOUBLE"),
				column(rt, "unit", "'NMB'", "'KGM'", "''"),
				column(rt, "mass", "0", "-1", "10", "1e300", "1e-300", "'nan'::DOUBLE", "'inf'::DOUBLE", "'-inf'::DOUBLE"),
				column(rt, "gross", "10", "0"),
				column(rt, "value", "0", "-5", "1000", "99999999999999", "0.0001"),
				column(rt, "currency", "'USD'", "''"), column(rt, "rate", "0", "5", "-1", "'nan'::DOUBLE"), column(rt, "duty", "0", "7"),
			}, ", ")+")")
		}
		run(t, db, "DELETE FROM customs.declaration")
		if len(rows) > 0 {
			run(t, db, `INSERT INTO customs.declaration (declaration_id, declaration_date, importer, hs_code, origin, departure,
				quantity, unit, net_mass, gross_mass, value, currency, duty_rate, duty) VALUES `+strings.Join(rows, ", "))
		}
		s, err := db.ScreenTable(context.Background())
		if err != nil {
			rt.Fatalf("%v\n%s", err, strings.Join(rows, "\n"))
		}
		if s.Lines != int64(len(rows)) {
			rt.Fatalf("%d lines of %d", s.Lines, len(rows))
		}
		bad := value(t, db, `SELECT count(*) FROM screen.line WHERE score IS NULL OR NOT score BETWEEN 0 AND 100
			OR lane <> CASE WHEN score >= 60 THEN 'red' WHEN score >= 30 THEN 'yellow' WHEN score >= 10 THEN 'blue' ELSE 'green' END
			OR (score > 0) <> (len(reasons) > 0) OR list_contains(reasons, NULL)`)
		if bad != "0" {
			rt.Fatalf("%s wrong lines of\n%s", bad, strings.Join(rows, "\n"))
		}
	})
}

func TestWrite(t *testing.T) {
	ctx := context.Background()
	db := declared(t, market)
	s := screenTable(t, db)
	readers := map[string]string{".csv": "read_csv", ".parquet": "read_parquet", ".json": "read_json", ".xlsx": "read_xlsx", ".CSV": "read_csv"}
	for ending, reader := range readers {
		t.Run(ending, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "it's"+ending)
			if err := s.Write(ctx, file); err != nil {
				t.Fatal(err)
			}
			from := fmt.Sprintf("%s('%s')", reader, strings.ReplaceAll(file, "'", "''"))
			if got := value(t, db, "SELECT count(DISTINCT rank) || ' ' || min(rank)::BIGINT || ' ' || max(rank)::BIGINT FROM "+from); got != "20000 1 20000" {
				t.Errorf("ranks: %s", got)
			}
			if got := value(t, db, "SELECT bool_and(ordered) FROM (SELECT score <= lag(score, 1, 100) OVER (ORDER BY rank) AS ordered FROM "+from+")"); got != "true" {
				t.Error("the file is not in the order of the score")
			}
		})
	}
	err := s.Write(ctx, filepath.Join(t.TempDir(), "result.doc"))
	if err == nil || !strings.Contains(err.Error(), ".csv, .parquet, .json or .xlsx") {
		t.Errorf("an ending that is not known: %v", err)
	}
}

func TestCancelLeavesNothingHalfDone(t *testing.T) {
	db := declared(t, market)
	s := screenTable(t, db)
	before := value(t, db, "SELECT sum(score) FROM screen.score")
	ctx, cancel := context.WithCancel(context.Background())
	steps := 0
	_, err := db.ScreenTable(ctx, engine.ScreenSetting("z_full", 3), engine.ScreenStep(func(string) {
		if steps++; steps == 25 {
			cancel()
		}
	}))
	if err == nil {
		t.Error("a cancelled screening gave no error")
	}
	if after := value(t, db, "SELECT sum(score) FROM screen.score"); after != before {
		t.Errorf("scores were %s, and are %s after a cancelled screening", before, after)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "result.csv")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(ctx, file); err == nil {
		t.Error("a cancelled Write gave no error")
	}
	content, err := os.ReadFile(file)
	if entries, _ := os.ReadDir(dir); len(entries) != 1 || err != nil || string(content) != "precious" {
		t.Errorf("after a cancelled Write: %v, %q, %v", entries, content, err)
	}
}

func TestScreenStaysInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "customs.db")
	db := open(t, path)
	schema, err := text.Schema()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range schema {
		run(t, db, o.SQL)
	}
	run(t, db, "INSERT INTO customs.declaration BY NAME "+like(41))
	screenTable(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path)
	if got := value(t, again, "SELECT count(*) FROM screen.line WHERE len(reasons) = 0 AND z IS NOT NULL"); got != "41" {
		t.Errorf("%s lines in the file", got)
	}
	// A row that takes the place of another must not get its score.
	run(t, again, "UPDATE customs.declaration SET source_row = 1000 + source_row WHERE source_row < 3")
	if got := value(t, again, "SELECT count(*) FROM screen.line"); got != "38" {
		t.Errorf("%s lines after three have changed", got)
	}
}

func TestOneLineAndNone(t *testing.T) {
	for n := range 2 {
		s := screenTable(t, declared(t, like(n)))
		top, err := s.Top(context.Background(), 10)
		if err != nil || len(top) != n || s.Lines != int64(n) {
			t.Errorf("%d lines: %d, %v, %v", n, s.Lines, top, err)
		}
	}
}

func TestScreenKoreanDeclarations(t *testing.T) {
	file := filepath.Join(repository(t), "..", "shared", "data", "kr-declarations", "train.csv")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the Korean declarations are not here: %v", err)
	}
	db := open(t, "")
	s, err := db.Screen(context.Background(), []string{file})
	if err != nil {
		t.Fatal(err)
	}
	// wc -l of the file, less its header.
	if s.Lines != 37385 {
		t.Errorf("%d lines", s.Lines)
	}
	top, err := s.Top(context.Background(), 5)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range top {
		if l.Score < 60 || len(l.Reasons) == 0 || l.Currency != "" || l.Goods == "" || l.Date.Year() != 2020 {
			t.Errorf("%+v", l)
		}
	}
	// METHODS §5 counts 396 masses and 506 prices of 0 or less in train and valid together.
	got := value(t, db, "SELECT count(*) FROM screen.line WHERE points.value_missing > 0")
	want := value(t, db, "SELECT count(*) FROM customs.declaration WHERE value <= 0")
	if got != want || want == "0" {
		t.Errorf("%s lines without a price, want %s", got, want)
	}
}

// repository returns the root of the repository.
func repository(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above this folder")
		}
		dir = filepath.Dir(dir)
	}
}

func TestViewsAndMacros(t *testing.T) {
	db := declared(t, like(41))
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, load := range []func() ([]text.Object, error){text.Views, text.Macros} {
		list, err := load()
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range list {
			statement, err := o.Publication()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.ExecContext(context.Background(), statement); err != nil {
				t.Errorf("%s: %v", o.Name, err)
			}
		}
	}
	run(t, db, "INSERT INTO customs.reject (source_file, source_row) VALUES ('x.csv', 7), ('x.csv', 7), ('x.csv', 9)")
	got := value(t, db, "SELECT string_agg(concat_ws(' ', source_file, currency, lines, rejects_of_file), ', ') FROM customs.loaded")
	if got != "USD 41 0, x.csv 2" && got != "x.csv 2, USD 41 0" {
		t.Errorf("loaded: %s", got)
	}
	// By hand: 90 of 100; a CIF value of 0 has no share.
	var ratio string
	err = conn.QueryRowContext(context.Background(), "SELECT concat_ws(' ', face_ratio(90, 100), coalesce(face_ratio(90, 0)::VARCHAR, 'NULL'))").Scan(&ratio)
	if err != nil || ratio != "0.9 NULL" {
		t.Errorf("face_ratio: %s, %v", ratio, err)
	}
}
