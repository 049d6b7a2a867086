package unit

import (
	"github.com/dhowdb/dhow/udf"
)

var comparable = udf.Func{
	Name:   "unit_comparable",
	Kernel: udf.Vectorized(Comparable, []udf.Type{udf.Varchar, udf.Varchar}, udf.Boolean, comparableChunk),
	Examples: []udf.Example{
		{SQL: "SELECT unit_comparable('kgs', 't')", Want: "true"},
		{SQL: "SELECT unit_comparable('kgs', hs_unit('610910'))", Want: "false"},
		{SQL: "SELECT unit_comparable('kgs', 'armful')", Want: "NULL"},
	},
}

// Comparable reports whether two units measure the same, that is whether their
// unit_dimension is equal. Units may be written in any form that unit_normalize
// reads. NULL if one isn't a unit that unit_normalize reads, or has no dimension.
//
// Source: the dimensions of ref.unit, see unit_dimension.
func Comparable(a, b string) (same, known bool, err error) {
	s, err := load()
	if err != nil {
		return false, false, err
	}
	x, err := s.find([]byte(a))
	if err != nil {
		return false, false, err
	}
	y, err := s.find([]byte(b))
	if err != nil || x < 0 || y < 0 || s.dimension[x] == "" || s.dimension[y] == "" {
		return false, false, err
	}
	return s.dimension[x] == s.dimension[y], true, nil
}

func comparableChunk(c *udf.Chunk) error {
	s, err := load()
	if err != nil {
		return err
	}
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	nulls = c.Out.NullsOf(&c.Args[1], c.Len) || nulls
	a, b := udf.Values[udf.Str](&c.Args[0], c.Len), udf.Values[udf.Str](&c.Args[1], c.Len)
	out := udf.Results[bool](&c.Out, c.Len)
	texts, done := s.dimensions.Read()
	defer done()
	for i := range out {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		x, err := texts.Number(&a[i])
		if err != nil {
			return err
		}
		y, err := texts.Number(&b[i])
		if err != nil {
			return err
		}
		if x < 0 || y < 0 {
			c.Out.SetNull(i)
			continue
		}
		// A dimension is short: equal ones have equal words.
		p, q := s.dimensions.Results[x], s.dimensions.Results[y]
		if p.Len() == 0 || q.Len() == 0 {
			c.Out.SetNull(i)
			continue
		}
		out[i] = p == q
	}
	return nil
}
