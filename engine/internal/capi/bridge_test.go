package capi_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/engine/internal/capi"
	"github.com/dhowdb/dhow/udf"
)

// repeat returns s n times, so that results are short or long as the test wants.
func repeat(s string, n int64) string { return strings.Repeat(s, int(n)) }

// bytesOf returns the bytes of s from one place to another, which may be within
// characters.
func bytesOf(s string, from, to int64) string { return s[from:to] }

// refuse fails on the value 13 and panics on 14.
func refuse(x int64) (int64, error) {
	switch x {
	case 13:
		return 0, errors.New("13 is refused: take 12")
	case 14:
		panic("fourteen")
	}
	return x, nil
}

// middle returns the middle one of the sorted values.
func middle(x []float64) (float64, bool) {
	if len(x) == 0 {
		return 0, false
	}
	slices.Sort(x)
	return x[len(x)/2], true
}

// describe returns how many values a group has.
func describe(x []float64) (string, bool) {
	if len(x) > 0 && x[0] == 14 {
		panic("fourteen")
	}
	return fmt.Sprintf("a group of %d values", len(x)), len(x) > 0
}

// count returns the numbers from 1 to n and their names.
func count(n int64) int64 { return n }

var counted = udf.Lists(count, []udf.Type{udf.BigInt},
	[]udf.Field{{Name: "name", Type: udf.Varchar}, {Name: "half", Type: udf.Double}},
	func(c *udf.Chunk, i int, items *udf.Items) error {
		for n := range udf.At[int64](&c.Args[0], i) {
			items.Text(0, fmt.Sprintf("the number %d", n+1))
			items.Double(1, float64(n+1)/2)
			items.Next()
		}
		return nil
	})

var counts = udf.Lists(count, []udf.Type{udf.BigInt}, []udf.Field{{Type: udf.Varchar}},
	func(c *udf.Chunk, i int, items *udf.Items) error {
		n := udf.At[int64](&c.Args[0], i)
		if n == 14 {
			return errors.New("14 is refused")
		}
		for k := range n {
			items.Text(0, strings.Repeat("x", int(k)))
			items.Next()
		}
		return nil
	})

// summary has a field of each type that a struct can have.
type summary struct {
	N      int64
	MeanOf float64 // NaN, and so NULL, for an odd number of values
	Name   string
	All    []float64
	Pairs  []pair
}

type pair struct {
	Name string
	X    float64
}

// summarise returns what is in a group of more than one value.
func summarise(x []float64) (summary, bool) {
	slices.Sort(x)
	s := summary{N: int64(len(x)), MeanOf: math.NaN(), Name: strings.Repeat("x", len(x)), All: x}
	if len(x)%2 == 0 {
		s.MeanOf = float64(len(x))
	}
	for _, v := range x {
		s.Pairs = append(s.Pairs, pair{fmt.Sprintf("the number %v", v), v})
	}
	return s, len(x) > 1
}

// dot returns Σ x·y, and refuses 13.
func dot(x, y []float64) (float64, bool, error) {
	sum := 0.
	for i := range x {
		if x[i] == 13 {
			return 0, false, errors.New("13 is refused")
		}
		sum += x[i] * y[i]
	}
	return sum, true, nil
}

var list = []udf.Func{
	{Name: "t_summarise", Kernel: udf.Over(summarise)},
	{Name: "t_dot", Kernel: udf.TryOver2(dot)},
	{Name: "t_counted", Kernel: counted},
	{Name: "t_counts", Kernel: counts},
	{Name: "t_middle_length", Kernel: udf.Over(middle), Input: "strlen($)"},
	{Name: "t_repeat", Kernel: udf.Lift2(repeat)},
	{Name: "t_bytes", Kernel: udf.Lift3(bytesOf)},
	{Name: "t_refuse", Kernel: udf.Try1(refuse)},
	{Name: "t_middle", Kernel: udf.Over(middle)},
	{Name: "t_describe", Kernel: udf.Over(describe)},
}

var functions = capi.NewFunctions(list, nil)

// open opens a database in memory with the functions of these tests.
func open(t testing.TB, tables ...*udf.Table) *sql.DB {
	t.Helper()
	connector, err := duckdb.NewConnector("", func(e driver.ExecerContext) error {
		conn, err := capi.ConnOf(e)
		if err != nil {
			return err
		}
		if err := conn.Register(functions); err != nil {
			return err
		}
		for _, table := range tables {
			if err := conn.RegisterTable(table); err != nil {
				return err
			}
		}
		_, err = e.ExecContext(context.Background(), capi.AggregateMacros(list), nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func text(t testing.TB, db *sql.DB, query string) string {
	t.Helper()
	var got sql.NullString
	if err := db.QueryRow("SELECT CAST((" + query + ") AS VARCHAR)").Scan(&got); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if !got.Valid {
		return "NULL"
	}
	return got.String
}

func TestScalar(t *testing.T) {
	db := open(t)
	for _, c := range []struct{ name, query, want string }{
		{"empty", `t_repeat('ab', 0)`, ""},
		{"longest inline", `t_repeat('ab', 6)`, "abababababab"},
		{"shortest with a pointer", `t_repeat('a', 13)`, strings.Repeat("a", 13)},
		{"beyond a block", `length(t_repeat('a', 100000))`, "100000"},
		{"null", `t_repeat(NULL, 3)`, "NULL"},
		{
			"nulls among many chunks of both lengths",
			`SELECT count(*) || ' ' || count(r) || ' ' || sum(length(r))
			 FROM (SELECT t_repeat(CASE WHEN i % 3 = 0 THEN NULL ELSE 'x' END, i % 40) AS r FROM range(10000) t(i))`,
			// 6,666 rows aren't multiples of 3; the sum of i % 40 over them is
			// SELECT sum(i % 40) FROM range(10000) t(i) WHERE i % 3 <> 0.
			"10000 6666 129987",
		},
		{
			"equal to SQL in every row",
			`SELECT count(*) FROM range(20000) t(i) WHERE t_repeat(i::VARCHAR, i % 5) IS DISTINCT FROM repeat(i::VARCHAR, i % 5)`,
			"0",
		},
		{
			"equal to SQL for long texts of any script",
			`SELECT count(*) FROM range(20000) t(i) WHERE t_repeat('النور ' || i, i % 9) IS DISTINCT FROM repeat('النور ' || i, i % 9)`,
			"0",
		},
		{
			"texts cut within a character are NULL, and no others",
			`SELECT string_agg(i, ' ') FROM (SELECT i, repeat('x', 20 + i % 30) || 'é' || repeat('x', 20) AS s FROM range(4000) t(i))
			 WHERE (i % 1000 = 7) <> (t_bytes(s, 0, CASE i % 1000 WHEN 7 THEN 21 + i % 30 ELSE strlen(s) END) IS NULL)
			    OR i % 1000 <> 7 AND t_bytes(s, 0, strlen(s)) <> s`,
			"NULL",
		},
		{
			"halves of a character, one after the other",
			`SELECT count(r) FROM (SELECT t_bytes(s, CASE i % 2 WHEN 0 THEN 0 ELSE 21 END, CASE i % 2 WHEN 0 THEN 21 ELSE 42 END) AS r
			 FROM (SELECT i, repeat('x', 20) || 'é' || repeat('x', 20) AS s FROM range(100) t(i)))`,
			"0",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := text(t, db, c.query); got != c.want {
				t.Errorf("%s = %s, want %s", c.query, got, c.want)
			}
		})
	}
}

func TestLists(t *testing.T) {
	db := open(t)
	for _, c := range []struct{ name, query, want string }{
		{"structs", "t_counted(2)", "[{'name': the number 1, 'half': 0.5}, {'name': the number 2, 'half': 1.0}]"},
		{"none", "t_counted(0)", "[]"},
		{"null", "t_counted(NULL)", "NULL"},
		{"values of both lengths", "t_counts(15)[13:]", "[xxxxxxxxxxxx, xxxxxxxxxxxxx, xxxxxxxxxxxxxx]"},
		{"type", "typeof(t_counted(1))", "STRUCT(\"name\" VARCHAR, half DOUBLE)[]"},
		{
			"many chunks with null among them",
			`SELECT count(*) || ' ' || count(l) || ' ' || sum(len(l)) || ' ' || sum(list_sum(list_transform(l, lambda x: x.half)))
			 FROM (SELECT t_counted(CASE WHEN i % 3 > 0 THEN i % 7 END) AS l FROM range(21000) t(i))`,
			// 14,000 rows; the lengths add up to 3 a row, the halves to
			// (0 + 1 + 3 + 6 + 10 + 15 + 21) / 7 / 2 = 4 a row.
			"21000 14000 42000 56000.0",
		},
		{"a window of the lists", "SELECT string_agg(l[1].name, ';') FROM (SELECT t_counted(i) AS l FROM range(1, 9000) t(i) LIMIT 2 OFFSET 5000)", "the number 1;the number 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := text(t, db, c.query); got != c.want {
				t.Errorf("%s = %s, want %s", c.query, got, c.want)
			}
		})
	}
	if _, err := db.Exec("SELECT t_counts(i) FROM range(20) t(i)"); err == nil || !strings.Contains(err.Error(), "14 is refused") {
		t.Errorf("error %v", err)
	}
}

func TestScalarErrors(t *testing.T) {
	db := open(t)
	for _, c := range []struct{ query, want string }{
		{"SELECT t_refuse(i) FROM range(5000) t(i)", "t_refuse: 13 is refused: take 12"},
		{"SELECT t_refuse(14)", "t_refuse: internal error: fourteen"},
	} {
		_, err := db.Exec(c.query)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.query, err, c.want)
		}
	}
	if got := text(t, db, "TRY(t_refuse(13))"); got != "NULL" {
		t.Errorf("TRY(t_refuse(13)) = %s, want NULL", got)
	}
}

func TestAggregate(t *testing.T) {
	db := open(t)
	for _, c := range []struct{ name, query, want string }{
		{"all rows", `SELECT t_middle(i) FROM range(100001) t(i)`, "50000.0"},
		{"no row", `SELECT t_middle(i) FROM range(0) t(i)`, "NULL"},
		{"only null", `SELECT t_middle(NULL::DOUBLE) FROM range(9)`, "NULL"},
		{"null left out", `SELECT t_middle(CASE WHEN i < 100 THEN i END) FROM range(9999) t(i)`, "50.0"},
		{
			"many groups, equal to SQL",
			`SELECT count(*) || ' ' || count(*) FILTER (m <> l[len(l) // 2 + 1]) FROM (
			   SELECT t_middle(i) AS m, list(i ORDER BY i) AS l FROM range(1000000) t(i) GROUP BY i % 70001)`,
			"70001 0",
		},
		{"an argument that is made into a number first", `SELECT t_middle_length('x' || i) FROM range(5, 20) t(i)`, "3.0"},
		{"a long text", `SELECT t_describe(i) FROM range(7) t(i)`, "a group of 7 values"},
		{
			"a window",
			`SELECT string_agg(m::INTEGER, ' ' ORDER BY i) FROM (
			   SELECT i, t_middle(i) OVER (ORDER BY i ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS m FROM range(8) t(i))`,
			"0 1 1 2 3 4 5 6",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := text(t, db, c.query); got != c.want {
				t.Errorf("%s = %s, want %s", c.query, got, c.want)
			}
		})
	}
}

func TestAggregateErrors(t *testing.T) {
	db := open(t)
	for _, query := range []string{
		// Ordered, C-API aggregates would write out of bounds.
		"SELECT t_middle(i ORDER BY i) FROM range(10000) t(i)",
		"SELECT t_middle(DISTINCT i) FROM range(10000) t(i)",
		"SELECT t_middle(i) FILTER (i > 3) FROM range(10000) t(i)",
		"SELECT t_describe(14.0)",
	} {
		if _, err := db.Exec(query); err == nil {
			t.Errorf("%s: no error", query)
		}
	}
	if got := text(t, db, "SELECT t_middle(i) FROM range(3) t(i)"); got != "1.0" {
		t.Errorf("after the errors: %s", got)
	}
}

func TestAggregateStruct(t *testing.T) {
	db := open(t)
	for _, c := range []struct{ name, query, want string }{
		{
			"all fields", `SELECT t_summarise(i) FROM range(2) t(i)`,
			"{'n': 2, 'mean_of': 2.0, 'name': xx, 'all': [0.0, 1.0], 'pairs': [{'name': the number 0, 'x': 0.0}, {'name': the number 1, 'x': 1.0}]}",
		},
		{"NULL field and long text", `SELECT (s.mean_of IS NULL) || s.name FROM (SELECT t_summarise(i) AS s FROM range(13) t(i))`, "true" + strings.Repeat("x", 13)},
		{"NULL struct", `SELECT t_summarise(i) FROM range(1) t(i)`, "NULL"},
		{"fields of a NULL struct", `SELECT (s IS NULL, s.n, s.name, s.all, s.pairs) FROM (SELECT t_summarise(i) AS s FROM range(0) t(i))`, "(true, NULL, NULL, NULL, NULL)"},
		{
			"type", `SELECT typeof(t_summarise(1))`,
			`STRUCT(n BIGINT, mean_of DOUBLE, "name" VARCHAR, "all" DOUBLE[], pairs STRUCT("name" VARCHAR, x DOUBLE)[])`,
		},
		{
			// Group g has the values 0 to g − 1 with g below 50, each often.
			"many groups", `SELECT count(*) || ' ' || count(s) || ' ' || count(*) FILTER (s.n <> n OR n > 1 AND s.n IS NULL OR len(s.name) <> n OR len(s.all) <> n
			   OR s.all <> range(n)::DOUBLE[] OR list_sum([p.x FOR p IN s.pairs]) <> n * (n - 1) / 2 OR (s.mean_of IS NULL AND n > 1) <> (n % 2 = 1 AND n > 1))
			 FROM (SELECT g, g % 50 AS n, t_summarise(CASE WHEN i < g % 50 THEN i END) AS s FROM range(20000) t(g), range(50) u(i) GROUP BY g)`,
			"20000 19200 0",
		},
		{
			"a window", `SELECT string_agg(coalesce(s.all::VARCHAR, '-'), ' ' ORDER BY i) FROM (
			   SELECT i, t_summarise(i) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM range(4) t(i))`,
			"- [0.0, 1.0] [1.0, 2.0] [2.0, 3.0]",
		},
		{"two columns, NULL in one of them", `SELECT t_dot(i, CASE WHEN i <> 4 THEN 10 END) FROM range(6) t(i)`, "110.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := text(t, db, c.query); got != c.want {
				t.Errorf("%s = %s, want %s", c.query, got, c.want)
			}
		})
	}
	if _, err := db.Exec("SELECT t_dot(i, i) FROM range(20) t(i)"); err == nil || !strings.Contains(err.Error(), "t_dot: 13 is refused") {
		t.Errorf("error %v", err)
	}
}

// counter is a table of n rows (id, name, half): half is NULL in odd rows.
type counter struct {
	n, next atomic.Int64
	workers int
	closed  atomic.Int64
	fail    int64
}

func (c *counter) table() *udf.Table {
	return &udf.Table{
		Name: "t_counter",
		Params: []udf.Param{
			{Name: "rows", Type: udf.BigInt},
			{Name: "fail", Type: udf.BigInt, Named: true},
		},
		Open: func(args udf.Args) (udf.Scan, error) {
			c.n.Store(udf.Arg(args, "rows", int64(0)))
			c.next.Store(0)
			c.fail = udf.Arg(args, "fail", int64(-1))
			if c.n.Load() < 0 {
				return nil, errors.New("rows must not be negative")
			}
			return c, nil
		},
	}
}

func (c *counter) Columns() []udf.Column {
	return []udf.Column{{Name: "id", Type: udf.BigInt}, {Name: "name", Type: udf.Varchar}, {Name: "half", Type: udf.Double}}
}
func (c *counter) Rows() int64                 { return c.n.Load() }
func (c *counter) Workers() int                { return c.workers }
func (c *counter) Worker() (udf.Worker, error) { return &counterWorker{c}, nil }
func (c *counter) Close() error                { c.closed.Add(1); return nil }

type counterWorker struct{ *counter }

func (w *counterWorker) Next(b *udf.Batch) error {
	from := w.next.Add(udf.ChunkSize) - udf.ChunkSize
	b.Len = int(max(0, min(w.n.Load()-from, udf.ChunkSize)))
	for i := range b.Len {
		id := from + int64(i)
		if id == w.fail {
			return fmt.Errorf("row %d is broken", id)
		}
		if id == 14 && w.fail == -14 {
			panic("fourteen")
		}
		if o := b.Cols[0]; o != nil {
			udf.Results[int64](o, b.Len)[i] = id
		}
		if o := b.Cols[1]; o != nil {
			o.SetText(i, fmt.Sprintf("row number %d", id))
		}
		if o := b.Cols[2]; o != nil {
			if id%2 == 1 {
				o.SetNull(i)
				continue
			}
			udf.Results[float64](o, b.Len)[i] = float64(id) / 2
		}
	}
	return nil
}

func TestTable(t *testing.T) {
	for _, workers := range []int{1, 2} {
		c := &counter{workers: workers}
		db := open(t, c.table())
		for _, q := range []struct{ name, query, want string }{
			{"count", `SELECT count(*) FROM t_counter(100000)`, "100000"},
			{"none", `SELECT count(*) FROM t_counter(0)`, "0"},
			{"one column", `SELECT sum(half) FROM t_counter(5000)`, "3123750.0"}, // 0 + 1 + … + 2499
			{"reordered", `SELECT string_agg(half || name || id, ';' ORDER BY id) FROM t_counter(3)`, "0.0row number 00;1.0row number 22"},
			{"all rows right", `SELECT count(*) FROM t_counter(50000) WHERE name <> 'row number ' || id OR half * 2 <> id`, "0"},
			{"stopped early", `SELECT count(*) FROM (SELECT * FROM t_counter(1000000) LIMIT 10)`, "10"},
		} {
			t.Run(fmt.Sprint(workers, " workers/", q.name), func(t *testing.T) {
				c.closed.Store(0)
				if got := text(t, db, q.query); got != q.want {
					t.Errorf("%s = %s, want %s", q.query, got, q.want)
				}
				if n := c.closed.Load(); n == 0 {
					t.Error("the scan was not closed")
				}
			})
		}
		for query, want := range map[string]string{
			"FROM t_counter(-1)":               "t_counter: rows must not be negative",
			"FROM t_counter(5000, fail := 17)": "t_counter: row 17 is broken",
			"FROM t_counter(20, fail := -14)":  "t_counter: internal error: fourteen",
		} {
			if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %v, want %q", query, err, want)
			}
		}
	}
}
