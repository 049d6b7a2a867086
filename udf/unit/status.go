package unit

import (
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

var status = udf.Func{
	Name: "unit_status",
	Kernel: udf.Overload(
		lookup.Status(Status, readingOf),
		udf.Vectorized(Status, []udf.Type{udf.BigInt}, udf.Varchar, comtradeReadings),
	),
	Examples: []udf.Example{
		{SQL: "SELECT unit_status('KGM')", Want: "ok"},
		{SQL: "SELECT unit_status('kgm')", Want: "code"},
		{SQL: "SELECT unit_status('Kgs.')", Want: "alias"},
		{SQL: "SELECT unit_status('gallon')", Want: "ambiguous"},
		{SQL: "SELECT unit_status('armful')", Want: "unknown"},
		{SQL: "SELECT unit_status(8)", Want: "code"},
	},
}

// Status returns how unit_normalize reads x.
//
//	ok         a code of Recommendation 20, or X and one of 21, as it should be
//	code       such a code in another writing, or a quantity code of UN Comtrade
//	alias      a name, an abbreviation or a symbol
//	historic   a unit that Recommendation 20 deprecates, in any of these forms
//	ambiguous  what units of different size are called, such as gallon: NULL
//	empty      nothing but blanks and punctuation: NULL
//	unknown    anything else: NULL
func Status(x string) (string, error) {
	r, err := readingOf([]byte(x))
	return r.String(), err
}

func readingOf(text []byte) (lookup.Reading, error) {
	s, err := load()
	if err != nil {
		return lookup.Unknown, err
	}
	n, err := s.find(text)
	if err != nil {
		return lookup.Unknown, err
	}
	if n < 0 {
		return lookup.ReadingOf(text, "", n == several), nil
	}
	if s.deprecated[n] {
		return lookup.Historic, nil
	}
	return lookup.ReadingOf(text, s.code[n], false), nil
}

// comtradeReadings is the loop over quantity codes of UN Comtrade.
func comtradeReadings(c *udf.Chunk) error {
	s, err := load()
	if err != nil {
		return err
	}
	c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[int64](&c.Args[0], c.Len)
	out := udf.Results[udf.Str](&c.Out, len(in))
	code, unknown := lookup.Code.Str(), lookup.Unknown.Str()
	for i, x := range in {
		out[i] = unknown
		if _, ok := s.comtrade[x]; ok {
			out[i] = code
		}
	}
	return nil
}
