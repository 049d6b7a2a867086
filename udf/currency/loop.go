package currency

import (
	"fmt"
	"strconv"

	"github.com/dhowdb/dhow/udf"
)

// column is how values of an SQL type are read as currencies.
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

// kernel is the loop over a column; do puts row i of the result.
func kernel[T any](t column[T], doc any, result udf.Type, do func(b *book, c *udf.Chunk, i int, v verdict, x *T) error) udf.Kernel {
	return udf.Vectorized(doc, []udf.Type{t.typ}, result, func(c *udf.Chunk) error {
		b, err := facts()
		if err != nil {
			return err
		}
		null := c.Out.NullsOf(&c.Args[0], c.Len)
		in := udf.Values[T](&c.Args[0], c.Len)
		for i := range in {
			if null && c.Out.Nulls[i>>6]>>(i&63)&1 == 1 {
				continue
			}
			if err := do(b, c, i, t.verdict(b, &in[i]), &in[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// reason says why a text or a number isn't one currency, and what to do.
func (b *book) reason(v verdict) string {
	switch v.reading() {
	case asAmbiguous:
		return "may be " + b.ambiguous[v.at()] + "; write the code"
	case asEmpty:
		return "is empty; NULL is what is missing"
	}
	return "is no currency that is known; FROM ref.currency lists the codes"
}

// verdictOf returns the verdict on a single text.
func verdictOf(x string) (*book, verdict, error) {
	b, err := facts()
	if err != nil {
		return nil, 0, err
	}
	s := udf.MakeStr([]byte(x))
	return b, b.ofStr(&s), nil
}

func refuse(function, x string, b *book, v verdict) error {
	return fmt.Errorf("%s: %s %s", function, x, b.reason(v))
}
