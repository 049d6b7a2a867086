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
// Times are those of the processor, of all threads together.
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
	read := func(expression, from string) string {
		return "SELECT bit_xor(hash(" + expression + ")) FROM " + from
	}
	// The row API is so slow that a tenth of the rows tells its price.
	tenth := fmt.Sprintf("(FROM code LIMIT %d)", *benchRows/10)
	var best []float64
	for b.Loop() {
		best = fastest(b, db, best, read("code", "code"), read("hs_normalize(code)", "code"),
			read("code", tenth), read("row_api_normalize(code)", tenth))
	}
	plain, kernel, plainTenth, rowAPI := best[0], best[1], best[2], best[3]
	rows := float64(*benchRows)
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
			var best []float64
			for b.Loop() {
				best = fastest(b, db, best, fmt.Sprintf(query, "mad_scale", groups), fmt.Sprintf(query, "mad", groups))
			}
			ours, builtin := best[0], best[1]
			b.ReportMetric(builtin/ours, "x_of_builtin")
			b.ReportMetric(float64(rows)/ours, "rows/s")
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

// rounds is how often each query of a comparison runs, in turn with the others;
// the cheapest run counts, which another process disturbed least.
const rounds = 3

// fastest returns the least processor time of each query, best included.
func fastest(b *testing.B, db *engine.DB, best []float64, queries ...string) []float64 {
	b.Helper()
	for range rounds {
		for i, query := range queries {
			t := spent(b, db, query)
			if i == len(best) {
				best = append(best, t)
			}
			best[i] = min(best[i], t)
		}
	}
	return best
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
