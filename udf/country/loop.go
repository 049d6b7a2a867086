package country

import (
	"fmt"
	"strconv"

	"github.com/dhowdb/dhow/udf"
)

// column is how values of an SQL type are read as countries.
type column[T any] struct {
	typ     udf.Type
	verdict func(*book, *T) verdict
	show    func(*T) string // for errors
}

var (
	texts = column[udf.Str]{
		udf.Varchar,
		func(b *book, s *udf.Str) verdict { return b.ofStr(s) },
		func(s *udf.Str) string { return strconv.Quote(s.String()) },
	}
	wholes = column[int64]{
		udf.BigInt,
		func(b *book, n *int64) verdict { return b.ofInt(*n) },
		func(n *int64) string { return strconv.FormatInt(*n, 10) },
	}
	floats = column[float64]{
		udf.Double,
		func(b *book, x *float64) verdict { return b.ofFloat(*x) },
		func(x *float64) string { return strconv.FormatFloat(*x, 'g', -1, 64) },
	}
)

// placeAt returns the number of the country of row i, or an error that says why
// there is none.
func (t column[T]) placeAt(function string, b *book, v *udf.Vector, i int) (int, error) {
	x := &udf.Values[T](v, i+1)[i]
	what := t.verdict(b, x)
	if what.found() {
		return what.at(), nil
	}
	return 0, fmt.Errorf("%s: %s %s", function, t.show(x), b.reason(what))
}

// reason says why a text or a number isn't one country, and what to do.
func (b *book) reason(v verdict) string {
	switch v.reading() {
	case asSplit:
		return "was a country that several followed; write the one that is meant"
	case asAmbiguous:
		return "may be " + b.ambiguous[v] + "; write the code"
	case asArea:
		return "is an area, not a country; country_status tells them apart"
	case asEmpty:
		return "is empty; NULL is what is missing"
	}
	return "is no country that is known; FROM ref.country_alias lists the names"
}

// rows is the loop over a chunk; do puts row i of the result.
func rows(do func(b *book, c *udf.Chunk, i int) error) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		b, err := facts()
		if err != nil {
			return err
		}
		for a := range c.Args {
			c.Out.NullsOf(&c.Args[a], c.Len)
		}
		for i := range c.Len {
			if c.Out.Dirty && isNull(&c.Out, i) {
				continue
			}
			if err := do(b, c, i); err != nil {
				return err
			}
		}
		return nil
	}
}

// strict is a kernel that reads countries as texts, whole and other numbers,
// and refuses with an error what isn't one. more are the types of the other
// arguments; do puts the result for a country.
func strict(function string, doc any, result udf.Type, do func(b *book, c *udf.Chunk, i int, p *place) error, more ...udf.Type) udf.Kernel {
	return udf.Overload(
		strictOf(texts, function, doc, result, do, more),
		strictOf(wholes, function, doc, result, do, more),
		strictOf(floats, function, doc, result, do, more),
	)
}

func strictOf[T any](t column[T], function string, doc any, result udf.Type, do func(b *book, c *udf.Chunk, i int, p *place) error, more []udf.Type) udf.Kernel {
	return udf.Vectorized(doc, append([]udf.Type{t.typ}, more...), result, rows(func(b *book, c *udf.Chunk, i int) error {
		at, err := t.placeAt(function, b, &c.Args[0], i)
		if err != nil {
			return err
		}
		return do(b, c, i, &b.places[at])
	}))
}

// numberOf is a kernel for a number of a country, NULL where it is 0.
func numberOf(function string, doc any, of func(*place) int32) udf.Kernel {
	return strict(function, doc, udf.Integer, func(_ *book, c *udf.Chunk, i int, p *place) error {
		n := of(p)
		if n == 0 {
			c.Out.SetNull(i)
		}
		udf.Results[int32](&c.Out, i+1)[i] = n
		return nil
	})
}

func isNull(o *udf.Output, i int) bool {
	return o.Nulls[i>>6]>>(i&63)&1 == 1
}

// placeOf returns the country of a single text.
func placeOf(function, x string) (*place, error) {
	b, v, err := verdictOf(x)
	if err != nil {
		return nil, err
	}
	if !v.found() {
		return nil, fmt.Errorf("%s: %q %s", function, x, b.reason(v))
	}
	return &b.places[v.at()], nil
}
