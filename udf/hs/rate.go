package hs

import (
	"fmt"
	"math"

	"github.com/dhowdb/dhow/udf"
)

var rate = udf.Func{
	Name: "hs_rate",
	Kernel: udf.Overload(
		rates(udf.Varchar, ofText, udf.Date),
		rates(udf.Varchar, ofText),
		rates(udf.BigInt, func(x *int64) (udf.Str, bool) { return ofInt(*x) }, udf.Date),
		rates(udf.BigInt, func(x *int64) (udf.Str, bool) { return ofInt(*x) }),
		rates(udf.Double, func(x *float64) (udf.Str, bool) { return ofFloat(*x) }, udf.Date),
		rates(udf.Double, func(x *float64) (udf.Str, bool) { return ofFloat(*x) }),
	),
	Unit: "%",
	Own:  true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_rate('0101.21.00', DATE '2024-12-31')", Want: "NULL"},
	},
}

// Rate returns the rate of duty, in per cent, that the user's own tariff has
// for a tariff code on a day. The tariff is the table customs.tariff; without it
// the result is NULL.
//
// The table has the columns code, description, rate, unit, licence, valid_from
// and valid_to, of which only code must be there. A row is valid from valid_from
// to valid_to, both included; NULL is open. Of several rows of a code the one
// that began last before the day, or on it, counts. The rate is that of the code
// itself, else of the longest code in the table that it begins with and that has
// a rate on the day: 0101.21.00.10 has the rate of 01012100, and of 010121 if
// that has none. Without a day the row that begins last counts, even if it ends.
// NULL if there is no code or no such row.
//
// The code is what hs_normalize reads in code, in the table too. The table is
// read as it is committed when a query begins; a row that makes no sense is an
// error that names it.
func Rate(own *udf.Own, code string, day udf.Day) (float64, bool, error) {
	t, at, err := lineFor(own, code, day, hasRate)
	if err != nil {
		return 0, false, fmt.Errorf("hs_rate: %w", err)
	}
	if at == noLine {
		return 0, false, nil
	}
	return t.lines[at].rate, true, nil
}

func hasRate(l *tariffLine) bool { return !math.IsNaN(l.rate) }

// rates is the variant for codes of a type, and the day that may follow.
func rates[T any](code udf.Type, of func(*T) (udf.Str, bool), day ...udf.Type) udf.Kernel {
	return udf.Vectorized(Rate, append([]udf.Type{code}, day...), udf.Double, func(c *udf.Chunk) error {
		d, err := daysIn(c)
		if err != nil {
			return fmt.Errorf("hs_rate: %w", err)
		}
		for a := range c.Args {
			c.Out.NullsOf(&c.Args[a], c.Len)
		}
		in := udf.Values[T](&c.Args[0], c.Len)
		out := udf.Results[float64](&c.Out, c.Len)
		for i := range in {
			if isNull(&c.Out, i) {
				continue
			}
			code, ok := of(&in[i])
			if ok {
				if at := d.find(code, i, hasRate); at != noLine {
					out[i] = d.lines[at].rate
					continue
				}
			}
			c.Out.SetNull(i)
		}
		return nil
	})
}
