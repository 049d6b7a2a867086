package engine_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"flag"
	"fmt"
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/udf/hs"
)

var benchRows = flag.Int64("rows", 50_000_000, "rows that the benchmarks of the bridge read")

// BenchmarkHSNormalize compares, side by side in one run, a query that only
// reads and hashes a column of codes with one that normalises them first, and
// both with the same function through the driver's own row API.
//
//	x_of_reading   time of the query with hs_normalize, as a multiple of reading
//	x_of_row_api   how much less time hs_normalize takes than the driver's row
//	               API, reading not counted
func BenchmarkHSNormalize(b *testing.B) {
	db := openForBench(b)
	execute(b, db, fmt.Sprintf(`CREATE TABLE code AS
		SELECT CASE hash(i) %% 20 WHEN 0 THEN format('{:04d}.{:02d}', hs // 100, hs %% 100)
			WHEN 1 THEN (hs // 10)::VARCHAR ELSE printf('%%06d', hs) END AS code
		FROM (SELECT i, 10000 + hash(i) %% 960000 AS hs FROM range(%d) t(i))`, *benchRows))
	registerRowAPI(b, db)
	read := func(expression, from string) float64 {
		return seconds(b, db, "SELECT bit_xor(hash("+expression+")) FROM "+from)
	}
	// The row API is so slow that a tenth of the rows tells its price.
	tenth := fmt.Sprintf("(FROM code LIMIT %d)", *benchRows/10)
	var plain, kernel, rowAPI, plainTenth float64
	for b.Loop() {
		plain += read("code", "code")
		kernel += read("hs_normalize(code)", "code")
		plainTenth += read("code", tenth)
		rowAPI += read("row_api_normalize(code)", tenth)
	}
	rows := float64(*benchRows) * float64(b.N)
	b.ReportMetric(kernel/plain, "x_of_reading")
	b.ReportMetric((rowAPI-plainTenth)*10/(kernel-plain), "x_of_row_api")
	b.ReportMetric((kernel-plain)/rows*1e9, "ns/row")
	b.ReportMetric(rows/kernel, "rows/s")
}

// BenchmarkMADScale compares the exact MAD with DuckDB's own, for few and many
// groups.
//
//	x_of_builtin   how many times the speed of DuckDB's mad
func BenchmarkMADScale(b *testing.B) {
	db := openForBench(b)
	rows := *benchRows * 2 / 5
	execute(b, db, fmt.Sprintf(`CREATE TABLE price AS
		SELECT ln(1 + (hash(i) %% 1000003)::DOUBLE) AS x, i::INTEGER AS i FROM range(%d) t(i)`, rows))
	for _, groups := range []int{1, 5_000, 1_000_000} {
		b.Run(fmt.Sprint("groups=", groups), func(b *testing.B) {
			query := "SELECT sum(m) FROM (SELECT %s(x) AS m FROM price GROUP BY hash(i) %% %d)"
			var ours, builtin float64
			for b.Loop() {
				ours += seconds(b, db, fmt.Sprintf(query, "mad_scale", groups))
				builtin += seconds(b, db, fmt.Sprintf(query, "mad", groups))
			}
			b.ReportMetric(builtin/ours, "x_of_builtin")
			b.ReportMetric(float64(rows)*float64(b.N)/ours, "rows/s")
		})
	}
}

func openForBench(b *testing.B) *engine.DB {
	b.Helper()
	db := open(b, "")
	db.SetMaxOpenConns(1)
	return db
}

func execute(b *testing.B, db *engine.DB, query string) {
	b.Helper()
	if _, err := db.Exec(query); err != nil {
		b.Fatal(err)
	}
}

// seconds returns how long a query of one value takes.
func seconds(b *testing.B, db *engine.DB, query string) float64 {
	b.Helper()
	var got any
	start := time.Now()
	if err := db.QueryRow(query).Scan(&got); err != nil {
		b.Fatal(err)
	}
	return time.Since(start).Seconds()
}

// rowAPI is hs_normalize as the driver's row API would have it.
type rowAPI struct{}

func (rowAPI) Config() duckdb.ScalarFuncConfig {
	text, err := duckdb.NewTypeInfo(duckdb.TYPE_VARCHAR)
	if err != nil {
		panic(err)
	}
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{text}, ResultTypeInfo: text}
}

func (rowAPI) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(values []driver.Value) (any, error) {
		code, ok := hs.Normalize(values[0].(string))
		if !ok {
			return nil, nil
		}
		return code, nil
	}}
}

func registerRowAPI(b *testing.B, db *engine.DB) {
	b.Helper()
	conn, err := db.Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	defer closeConn(b, conn)
	if err := duckdb.RegisterScalarUDF(conn, "row_api_normalize", rowAPI{}); err != nil {
		b.Fatal(err)
	}
}

func closeConn(b *testing.B, conn *sql.Conn) {
	b.Helper()
	if err := conn.Close(); err != nil {
		b.Fatal(err)
	}
}
