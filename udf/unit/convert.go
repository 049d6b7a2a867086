package unit

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

var convert = udf.Func{
	Name:   "unit_convert",
	Kernel: udf.Vectorized(Convert, []udf.Type{udf.Double, udf.Varchar, udf.Varchar}, udf.Double, convertChunk),
	Unit:   "the unit to",
	Examples: []udf.Example{
		{SQL: "SELECT unit_convert(2.5, 't', 'kg')", Want: "2500.0"},
		{SQL: "SELECT unit_convert(3, 'dozen', 'pcs')", Want: "36.0"},
		{SQL: "SELECT unit_convert(1, 'LBR', 'KGM')", Want: "0.45359237"},
		{SQL: "SELECT TRY(unit_convert(1, 'kg', 'm'))", Want: "NULL"},
	},
}

// Convert returns a quantity v of the unit from in the unit to:
//
//	v · factor(from) / factor(to)
//
// Units may be written in any form that unit_normalize reads. An error if one
// is unknown, if they are of different dimensions, or if one has no fixed size,
// such as a carton or a set; a unit converts into itself all the same. NaN and
// infinities stay what they are, and a result too large for a DOUBLE is an
// infinity.
//
// The factors in ref.unit are those of the legal definitions (a pound is
// 0.45359237 kg, a US gallon 231 cubic inches), correct to the last digit of a
// DOUBLE; the result is off by at most two units in its last place.
//
// Source: BIPM, The International System of Units, 9th edition, 2019; NIST
// Special Publication 811, 2008, appendix B.
func Convert(v float64, from, to string) (float64, error) {
	s, err := load()
	if err != nil {
		return 0, err
	}
	a, err := s.find([]byte(from))
	if err != nil {
		return 0, err
	}
	b, err := s.find([]byte(to))
	if err != nil {
		return 0, err
	}
	if a < 0 || b < 0 || !s.converts(a, b) {
		return 0, s.refuse(from, to, a, b)
	}
	return s.convert(v, a, b), nil
}

func (s *system) converts(a, b int32) bool {
	return a == b || s.dimension[a] == s.dimension[b] && s.factor[a].num != 0 && s.factor[b].num != 0
}

func (s *system) convert(v float64, a, b int32) float64 {
	if a == b {
		return v
	}
	from, to := s.factor[a], s.factor[b]
	return v * (from.num * to.den) / (from.den * to.num)
}

// refuse says why units can't be converted.
func (s *system) refuse(from, to string, a, b int32) error {
	switch {
	case a < 0:
		return s.noUnit("unit_convert", from)
	case b < 0:
		return s.noUnit("unit_convert", to)
	case s.dimension[a] != s.dimension[b]:
		return fmt.Errorf("unit_convert: %s can't become %s: units of one dimension convert into each other", s.describe(from, a), s.describe(to, b))
	case s.factor[a].num == 0:
		return fmt.Errorf("unit_convert: %s can't become %s: the former has no fixed size", s.describe(from, a), s.describe(to, b))
	}
	return fmt.Errorf("unit_convert: %s can't become %s: the latter has no fixed size", s.describe(from, a), s.describe(to, b))
}

// describe returns a unit as an error shows it: "kgs" (KGM, kilogram, mass).
func (s *system) describe(text string, n int32) string {
	kind := s.dimension[n]
	if kind == "" {
		kind = "no dimension"
	}
	return fmt.Sprintf("%q (%s, %s, %s)", text, s.code[n], s.name[n], kind)
}

func convertChunk(c *udf.Chunk) error {
	s, err := load()
	if err != nil {
		return err
	}
	nulls := false
	for a := range c.Args {
		nulls = c.Out.NullsOf(&c.Args[a], c.Len) || nulls
	}
	v := udf.Values[float64](&c.Args[0], c.Len)
	from := udf.Values[udf.Str](&c.Args[1], c.Len)[:len(v)]
	to := udf.Values[udf.Str](&c.Args[2], c.Len)[:len(v)]
	out := udf.Results[float64](&c.Out, c.Len)[:len(v)]
	texts, done := s.codes.Read()
	defer done()
	for i := range v {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		a, err := texts.Number(&from[i])
		if err != nil {
			return err
		}
		b, err := texts.Number(&to[i])
		if err != nil {
			return err
		}
		if a < 0 || b < 0 || !s.converts(a, b) {
			return s.refuse(from[i].String(), to[i].String(), a, b)
		}
		out[i] = s.convert(v[i], a, b)
	}
	return nil
}
