package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/udf"
)

// FuzzFunctions calls every scalar function through SQL with any arguments, on
// vectors with NULL among them. A function may refuse a value, but a panic in
// its kernel is a bug.
func FuzzFunctions(f *testing.F) {
	f.Add("0101.21.00", int64(10121), 3.5)
	f.Add("٦١٠٩٫١٠ تي شيرت", int64(-1), 0.0)
	f.Add("1.0121E+05\x00", int64(1)<<62, -1e308)
	db := open(f, "")
	queries := scalarCalls()
	f.Fuzz(func(t *testing.T, text string, whole int64, real float64) {
		text = strings.ToValidUTF8(text, "?") // SQL has no other texts
		for _, query := range queries {
			var count int64
			err := db.QueryRow(query, text, whole, real).Scan(&count)
			if err != nil && strings.Contains(err.Error(), "internal error") {
				t.Fatalf("%s\nwith %q, %d, %v: %v", query, text, whole, real, err)
			}
		}
	})
}

// scalarCalls returns a query for each variant of each scalar function.
func scalarCalls() []string {
	argument := map[udf.Type]string{
		udf.Varchar: "CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN $1::VARCHAR ELSE $1::VARCHAR || i END",
		udf.BigInt:  "CASE i % 5 WHEN 0 THEN NULL ELSE $2::BIGINT END",
		udf.Double:  "CASE i % 7 WHEN 0 THEN NULL ELSE $3::DOUBLE END",
		udf.Date:    "CASE i % 11 WHEN 0 THEN NULL ELSE DATE '2000-01-01' + ($2 % 40000)::INTEGER END",
	}
	var queries []string
	for _, fn := range engine.Functions() {
		for _, v := range fn.Kernel.Variants {
			if v.Scalar == nil || slices.ContainsFunc(v.Args, func(t udf.Type) bool { return argument[t] == "" }) {
				continue
			}
			args := make([]string, len(v.Args))
			for i, t := range v.Args {
				args[i] = argument[t]
			}
			// All three parameters are used, so that they can always be bound.
			queries = append(queries, fmt.Sprintf(
				"SELECT count(%s(%s)) + 0 * count(($1::VARCHAR, $2::BIGINT, $3::DOUBLE)) FROM range(2100) t(i)",
				fn.Name, strings.Join(args, ", ")))
		}
	}
	return queries
}
