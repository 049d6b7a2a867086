package unit

import (
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

var normalize = udf.Func{
	Name: "unit_normalize",
	Kernel: udf.Overload(
		lookup.Optional(Normalize, func() (*lookup.Answers, error) {
			s, err := load()
			if err != nil {
				return nil, err
			}
			return s.codes, nil
		}),
		udf.Vectorized(Normalize, []udf.Type{udf.BigInt}, udf.Varchar, comtradeCodes),
	),
	Examples: []udf.Example{
		{SQL: "SELECT unit_normalize('Kgs.')", Want: "KGM"},
		{SQL: "SELECT unit_normalize('كجم')", Want: "KGM"},
		{SQL: "SELECT unit_normalize('dozen')", Want: "DZN"},
		{SQL: "SELECT unit_normalize('m²')", Want: "MTK"},
		{SQL: "SELECT unit_normalize('cartons')", Want: "XCT"},
		{SQL: "SELECT unit_normalize('KGM - Kilogram')", Want: "KGM"},
		{SQL: "SELECT unit_normalize(8)", Want: "KGM"},
		{SQL: "SELECT unit_normalize('gallon')", Want: "NULL"},
	},
}

// Normalize returns the code of a unit of measure in Recommendation 20 of the
// United Nations, or, for packages, X and the code in Recommendation 21. NULL
// if x names no unit, or one of several: unit_status says which. Its results are
// read as themselves.
//
// Read are codes, names and symbols, abbreviations in customs files, the
// quantity units of the World Customs Organization and of UN Comtrade ("u",
// "2u", "1000 kWh", "l alc 100%"), and Arabic and French names: see ref.unit
// and ref.unit_alias. Case, blanks, dots, accents and Arabic vowel signs do
// not matter, but where symbols differ by case only (Mg and mg), it decides. A
// text may name one unit twice: "KGM - Kilogram", "PIECES (PCS)". BIGINT is a
// quantity code of UN Comtrade: 8 is KGM, 5 is H87; -1 and 16 (hives) are NULL.
//
// All words for single things (pcs, unit, no., PCE, NMB, عدد, قطعة) give H87,
// piece; other codes for that (C62, EA, NAR) stay as they are. "ton" and طن are
// the tonne of 1000 kg, "barrel" is the oil barrel, "oz" is not the troy ounce.
// Gallons, pints, quarts, bushels and hundredweights are NULL without "US" or
// "UK"; ref.unit_ambiguous lists such names. What customs files abbreviate comes
// before codes of units that nobody trades in: KGS is KGM, not the kilogram per
// second, and so are CTN, GM, HA, IU, GJ, KJ, KL, KW, MTS and 2U read as cartons,
// grams, hectares and so on. NA is no answer, not the milligram per kilogram. Units
// whose code is taken so can't be named at all.
//
// Source: UNECE, Recommendation 20, Codes for Units of Measure Used in
// International Trade, revision 17; Recommendation 21, Codes for Passengers,
// Types of Cargo, Packages and Packaging Materials.
func Normalize(x string) (string, bool) {
	s, err := load()
	if err != nil {
		return "", false
	}
	n, err := s.find([]byte(x))
	if err != nil || n < 0 {
		return "", false
	}
	return s.code[n], true
}

// comtradeCodes is the loop over quantity codes of UN Comtrade.
func comtradeCodes(c *udf.Chunk) error {
	s, err := load()
	if err != nil {
		return err
	}
	c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[int64](&c.Args[0], c.Len)
	out := udf.Results[udf.Str](&c.Out, len(in))
	last, n, ok := int64(0), int32(0), false
	for i, x := range in {
		if x != last {
			last = x
			n, ok = s.comtrade[x]
		}
		if !ok {
			c.Out.SetNull(i)
			continue
		}
		out[i] = s.codes.Results[n]
	}
	return nil
}
