package hs

import "github.com/dhowdb/dhow/udf"

var level = udf.Func{
	Name: "hs_level",
	Kernel: udf.Overload(
		udf.Vectorized(Level, []udf.Type{udf.Varchar}, udf.Integer, levels(ofText)),
		udf.Vectorized(Level, []udf.Type{udf.BigInt}, udf.Integer, levels(func(x *int64) (udf.Str, bool) { return ofInt(*x) })),
		udf.Vectorized(Level, []udf.Type{udf.Double}, udf.Integer, levels(func(x *float64) (udf.Str, bool) { return ofFloat(*x) })),
	),
	Unit: "digits",
	Examples: []udf.Example{
		{SQL: "SELECT hs_level('0101.21.00')", Want: "8"},
		{SQL: "SELECT hs_level(10121)", Want: "6"},
		{SQL: "SELECT hs_level('none')", Want: "NULL"},
	},
}

// Level returns the number of digits of a tariff code as hs_normalize reads
// it: 2 for a chapter, 4 for a heading, 6 for a subheading, 8, 10 or 12 for a
// national code. NULL if x holds no code.
//
// Source: the structure of the Harmonized System, see hs_normalize.
func Level(x string) (int32, bool) {
	code, ok := Normalize(x)
	return int32(len(code)), ok
}

// levels is the loop over a chunk of texts or numbers; of gives a row's code.
// A NULL text is undefined, so of must not see it.
func levels[T any](of func(*T) (udf.Str, bool)) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		c.Out.NullsOf(&c.Args[0], c.Len)
		in := udf.Values[T](&c.Args[0], c.Len)
		out := udf.Results[int32](&c.Out, len(in))
		texts, _ := any(in).([]udf.Str)
		for i := range in {
			if isNull(&c.Out, i) {
				continue
			}
			if texts != nil && notDigits(texts[i]) == 0 && !isChapter0(texts[i]) {
				out[i] = int32(texts[i].Len())
				continue
			}
			code, ok := of(&in[i])
			if !ok {
				c.Out.SetNull(i)
			}
			out[i] = int32(code.Len())
		}
		return nil
	}
}
