package capi

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
	"pgregory.net/rapid"
)

// openConn opens a database in memory.
func openConn(t testing.TB) Conn {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	pinned, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = pinned.Close()
		_ = db.Close()
	})
	var c Conn
	err = pinned.Raw(func(driverConn any) error {
		c, err = ConnOf(driverConn)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// run executes a text, binds args to its last statement, and calls f with the
// chunks of that one.
func run(t rapid.TB, c Conn, text string, args []any, f func(r *Result, chunk *Chunk)) {
	t.Helper()
	statements, err := c.Extract(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer statements.Close()
	for i := range statements.Len() {
		last := i == statements.Len()-1
		st, err := statements.Prepare(i)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		defer st.Close()
		if last {
			if err := st.Bind(args...); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
		}
		r, err := st.Execute()
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for {
			chunk, err := r.Fetch()
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if chunk == nil {
				break
			}
			if last && f != nil {
				f(r, chunk)
			}
		}
		r.Close()
	}
}

// sameAsCast fails unless each column of a relation has the text and the type
// name that DuckDB gives it, and valid JSON.
func sameAsCast(t rapid.TB, c Conn, relation string, args ...any) (rows int) {
	t.Helper()
	var columns []string
	run(t, c, "DESCRIBE SELECT * FROM ("+relation+")", args, func(_ *Result, chunk *Chunk) {
		for row := range chunk.Len() {
			columns = append(columns, string(chunk.Column(0).AppendText(nil, row)))
		}
	})
	var list []string
	for _, name := range columns {
		name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		list = append(list, name, name+"::VARCHAR", "typeof("+name+")")
	}
	text := "SELECT " + strings.Join(list, ", ") + " FROM (" + relation + ")"
	run(t, c, text, args, func(r *Result, chunk *Chunk) {
		rows += chunk.Len()
		for i, name := range columns {
			if got, want := r.Columns()[3*i].Type.Name, string(chunk.Column(3*i+2).AppendText(nil, 0)); got != want {
				t.Errorf("type of %s: %s, but DuckDB says %s", name, got, want)
			}
			for row := range chunk.Len() {
				sameCell(t, name, chunk.Column(3*i), chunk.Column(3*i+1), row)
			}
		}
	})
	return rows
}

func sameCell(t rapid.TB, name string, v, cast *Vector, row int) {
	t.Helper()
	if got, want := v.IsNull(row), cast.IsNull(row); got != want {
		t.Errorf("%s, row %d: IsNull = %v, DuckDB %v", name, row, got, want)
	}
	got, want := v.AppendText([]byte("x"), row), "x"+string(cast.Bytes(row))
	if cast.IsNull(row) {
		want = "x"
	}
	if string(got) != want {
		t.Errorf("%s, row %d:\n  got %.300q\n want %.300q", name, row, got, want)
	}
	if j := v.AppendJSON(nil, row); !json.Valid(j) {
		t.Errorf("%s, row %d: invalid JSON %.300q", name, row, j)
	}
}

func TestTextOfAllTypes(t *testing.T) {
	c := openConn(t)
	for _, zone := range []string{"UTC", "Asia/Riyadh", "America/St_Johns"} {
		run(t, c, "SET TimeZone = '"+zone+"'", nil, nil)
		// DuckDB's own table of the least, the greatest and no value of each type.
		if rows := sameAsCast(t, c, "FROM test_all_types(use_large_bignum => false)"); rows != 3 {
			t.Errorf("test_all_types has %d rows", rows)
		}
	}
}

//go:embed testdata/ugly.sql
var uglyQueries string

// TestTextOfUglyValues compares with DuckDB the values that testdata/ugly.sql
// makes: each type at its edges, and text that looks like punctuation.
func TestTextOfUglyValues(t *testing.T) {
	c := openConn(t)
	for _, query := range strings.Split(uglyQueries, ";\n") {
		if strings.TrimSpace(query) == "" {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(query), "-- "), "\n")
		t.Run(name, func(t *testing.T) {
			if sameAsCast(t, c, query) == 0 {
				t.Error("no rows")
			}
		})
	}
}

func TestTextAfterStorage(t *testing.T) {
	// Values that come from a file are compressed, so that the vectors begin as
	// dictionaries and constants.
	c := openConn(t)
	run(t, c, fmt.Sprintf(`ATTACH '%s/x.db' AS f (STORAGE_VERSION 'latest');
		CREATE TABLE f.t AS SELECT 'code' || i %% 7 AS s, {'a': 'k' || i %% 5, 'n': NULLIF(i %% 3, 1)} AS st,
			[i %% 4, NULL] AS l, 1 AS one, 'v' || i %% 3 = 'v1' AS b, ['a,b', 'k' || i %% 5] AS ls,
			MAP {'k' || i %% 3: i %% 9} AS m
		FROM range(300000) r(i);
		CHECKPOINT f`, t.TempDir()), nil, nil)
	if rows := sameAsCast(t, c, "FROM f.t WHERE one = 1 AND s <> 'code3'"); rows < 200000 {
		t.Errorf("only %d rows", rows)
	}
}

func TestTextOfRandomFloats(t *testing.T) {
	c := openConn(t)
	rapid.Check(t, func(t *rapid.T) {
		relation := "SELECT v, v::FLOAT AS f FROM (VALUES (NULL)"
		var args []any
		for i := range 40 {
			f := math.Float64frombits(rapid.Uint64().Draw(t, "bits"))
			if i%2 == 0 {
				f = float64(float32(rapid.Float64Range(-1e17, 1e17).Draw(t, "f")))
			}
			if math.Abs(f) > math.MaxFloat32 && !math.IsInf(f, 0) {
				f /= 1e300
			}
			args = append(args, f)
			relation += fmt.Sprintf(", ($%d::DOUBLE)", i+1)
		}
		sameAsCast(t, c, relation+") t(v)", args...)
	})
}

func TestTextOfRandomNumbers(t *testing.T) {
	c := openConn(t)
	decimal := func(t *rapid.T, width, scale int) string {
		digits := rapid.StringMatching(fmt.Sprintf("[0-9]{%d}", width)).Draw(t, "digits")
		zeros := rapid.IntRange(0, width).Draw(t, "zeros")
		digits = strings.Repeat("0", zeros) + digits[zeros:]
		return rapid.SampledFrom([]string{"", "-"}).Draw(t, "sign") + digits[:width-scale] + "." + digits[width-scale:]
	}
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.Int64().Draw(t, "n"), rapid.Int64().Draw(t, "m")
		blob := rapid.StringMatching("([0-9A-F]{2}){0,20}").Draw(t, "blob")
		sameAsCast(t, c, `SELECT $1::BIGINT AS i, $1::HUGEINT * $2 AS h, abs($1::HUGEINT * $2)::UHUGEINT AS u,
			($1::HUGEINT * $2)::BIGNUM AS big, ($1 % 10000)::SMALLINT AS small, (abs($1::HUGEINT) % 256)::UTINYINT AS tiny,
			$3::DECIMAL(4,4) AS d4, $4::DECIMAL(9,3) AS d9, $5::DECIMAL(18,1) AS d18, $6::DECIMAL(38,19) AS d38, $7::DECIMAL(38,0) AS d0,
			to_months(($2 % 100000)::INTEGER) + to_days(($1 % 100000)::INTEGER) + to_microseconds($1) AS iv,
			DATE '1970-01-01' + ($2 % 2100000000)::INTEGER AS d, unhex($8) AS b, $1::BIGINT::BIT AS bits,
			[$3::DECIMAL(4,4), NULL] AS l, $5::DECIMAL(18,1)::VARIANT AS v`,
			n, m, decimal(t, 4, 4), decimal(t, 9, 3), decimal(t, 18, 1), decimal(t, 38, 19), decimal(t, 38, 0), blob)
	})
}

func TestTextOfRandomTimes(t *testing.T) {
	c := openConn(t)
	// None of those that newer tables of zones merge with a neighbour before
	// 1970, such as Europe/Amsterdam with Brussels: there the system's table and
	// DuckDB's may differ.
	zones := []string{
		"UTC", "Asia/Riyadh", "Africa/Cairo", "Asia/Tehran", "Asia/Amman", "Africa/Casablanca", "Europe/London",
		"America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Asia/Gaza", "Africa/Tripoli",
	}
	rapid.Check(t, func(t *rapid.T) {
		run(t, c, "SET TimeZone = '"+rapid.SampledFrom(zones).Draw(t, "zone")+"'", nil, nil)
		// From 1875, when most zones had local mean time, to 2037, as far as the
		// tables of all zones reach.
		micros := rapid.Int64Range(-3e15, 2.14e15).Draw(t, "micros")
		any64 := rapid.Int64Range(-9e18, 9e18).Draw(t, "any64")
		sameAsCast(t, c, `SELECT make_timestamp($1) AS ts, make_timestamp($1)::TIMESTAMP_S AS s,
			make_timestamp($1)::TIMESTAMP_MS AS ms, make_timestamp_ns($2) AS ns, make_timestamp($2) AS far,
			make_timestamptz($1) AS tz, [make_timestamptz($1)] AS l, make_timestamp($1)::TIME AS t,
			make_timestamptz($1)::TIMETZ AS ttz, make_timestamp_ns($2)::TIME_NS AS tn`, micros, any64)
	})
}

func TestTextOfRandomNested(t *testing.T) {
	c := openConn(t)
	text := rapid.OneOf(
		rapid.StringMatching(`[a-cN \\'",:={}\[\]()]{0,6}`), rapid.StringMatching(`(?i:null)|\s?[a-z]\s?`),
		rapid.Map(rapid.String(), func(s string) string { return strings.ReplaceAll(s, "\x00", "") }),
	)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		sameAsCast(t, c, `SELECT $1::VARCHAR AS a, [$1, $2, NULL]::VARCHAR[] AS l, {'k': $1, 'm': [$2]} AS s,
			MAP {$1: $2} AS m, MAP {$1: [$2]} AS ml, ROW($1, $2) AS r, array_value($1, $2) AS arr, [[$1], [], NULL] AS ll,
			union_value(u := $1) AS u, [union_value(u := $1)] AS lu, encode($1) AS blob, [encode($2)] AS lb,
			to_json($1) AS j, [to_json($1)] AS lj, {'j': to_json($2)} AS sj, {'k': $1, 'l': [$2, NULL]}::VARIANT AS v,
			[$1::VARIANT] AS lv, [{'k': $1}] AS ls`, a, b)
	})
}

func TestJSON(t *testing.T) {
	c := openConn(t)
	// Expected values by hand, from RFC 8259 and the documentation of AppendJSON.
	tests := []struct{ name, sql, want string }{
		{"NULL", "NULL", "null"},
		{"bool", "true", "true"},
		{"wide integer", "170141183460469231731687303715884105727::HUGEINT", "170141183460469231731687303715884105727"},
		{"float", "1.5::DOUBLE", "1.5"},
		{"exponent", "1e20::DOUBLE", "1e+20"},
		{"nan", "'nan'::DOUBLE", "null"},
		{"infinite float", "'-inf'::FLOAT", "null"},
		{"decimal", "12.30::DECIMAL(5,2)", "12.30"},
		{"decimal without digits before the point", "(-0.5)::DECIMAL(2,2)", "-0.50"},
		{"text", `'a"b\' || chr(10) || chr(1) || 'é'`, `"a\"b\\\n\u0001é"`},
		{"json", `'{"a": [1]}'::JSON`, `{"a": [1]}`},
		{"text that is JSON", `'{"a": [1]}'`, `"{\"a\": [1]}"`},
		{"blob", `'\xAAb'::BLOB`, `"\\xAAb"`},
		{"date", "DATE '2020-02-29'", `"2020-02-29"`},
		{"infinite date", "'infinity'::DATE", `"infinity"`},
		{"interval", "INTERVAL 1 DAY", `"1 day"`},
		{"list", "[1, NULL]", "[1,null]"},
		{"array", "[1.5, 2]::DOUBLE[2]", "[1.5,2.0]"},
		{"empty list", "[]", "[]"},
		{"struct", "{'a': 1, 'b c': [DATE '2020-01-01']}", `{"a":1,"b c":["2020-01-01"]}`},
		{"row", "ROW(1, 'x')", `[1,"x"]`},
		{"map", "MAP {1: 'a', 2: NULL}", `{"1":"a","2":null}`},
		{"union", "union_value(k := 1)", `{"k":1}`},
		{"enum", "'x'::ENUM('x')", `"x"`},
		{"variant", "{'a': [1, NULL], 'b': 1.50, 'c': true, 'd': 'x'}::VARIANT", `{"a":[1,null],"b":1.50,"c":true,"d":"x"}`},
		{"geometry", "'POINT(1 2)'::GEOMETRY", `"POINT (1 2)"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run(t, c, "SELECT "+tt.sql, nil, func(_ *Result, chunk *Chunk) {
				if got := string(chunk.Column(0).AppendJSON(nil, 0)); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			})
		})
	}
}

func TestKeywords(t *testing.T) {
	c := openConn(t)
	var words []string
	run(t, c, "SELECT DISTINCT keyword_name FROM duckdb_keywords() ORDER BY 1", nil, func(_ *Result, chunk *Chunk) {
		for row := range chunk.Len() {
			words = append(words, string(chunk.Column(0).Bytes(row)))
		}
	})
	if got := strings.Join(words, "\n"); got != strings.TrimSpace(keywordList) {
		t.Error("result_keywords.txt differs from duckdb_keywords()")
	}
}

func FuzzWKT(f *testing.F) {
	f.Add([]byte{1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0x40})
	f.Add([]byte{1, 7, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := string(appendWKT([]byte("x"), raw))
		if !strings.HasPrefix(got, "x") || len(got) < 2 {
			t.Errorf("% x gives %q", raw, got)
		}
		// A vertex takes 8 bytes or more, and its text at most 25 a number.
		if len(got) > 100+40*len(raw) {
			t.Errorf("%d bytes give %d", len(raw), len(got))
		}
	})
}
