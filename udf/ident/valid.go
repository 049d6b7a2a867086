package ident

import "github.com/dhowdb/dhow/udf"

// scheme is a kind of identifier. The loops below switch over it instead of
// calling a function value, so that the signs stay on the stack.
type scheme uint8

const (
	container scheme = iota
	imo
	mmsi
	awb
	lei
	iban
)

func (k scheme) valid(s *signs) bool {
	switch k {
	case container:
		return isContainer(s)
	case imo:
		return isIMO(s)
	case mmsi:
		return isMMSI(s)
	case awb:
		return isAWB(s)
	case lei:
		return isLEI(s)
	default:
		return isIBAN(s)
	}
}

// digits is how many digits the number of a scheme has that files hold as
// BIGINT.
func (k scheme) digits() int {
	switch k {
	case imo:
		return 7
	case mmsi:
		return 9
	default:
		return 11
	}
}

// validStr reports whether a text is valid; s is room for its signs.
func (k scheme) validStr(x *udf.Str, s *signs) bool {
	if valid, plain := k.plain(x); plain {
		return valid
	}
	return s.read(x.Bytes()) && k.valid(s)
}

// plain judges a text that stands there plainly.
func (k scheme) plain(x *udf.Str) (valid, plain bool) {
	switch n := x.Len(); {
	case k == container && n == 11:
		return plainContainer(x)
	case k == imo && n == 7:
		return plainIMO(x)
	case k == mmsi && n == 9:
		return plainMMSI(x)
	case k == awb && n == 12:
		return plainAWB(x)
	case k == lei && n == 20:
		return plainLEI(x)
	case k == iban && n > udf.InlineLen:
		return spacedIBAN(x)
	}
	return false, false
}

func (k scheme) validText(x string) bool {
	var s signs
	return s.read([]byte(x)) && k.valid(&s)
}

// texts is a kernel over texts.
func (k scheme) texts(doc any) udf.Kernel {
	return udf.Vectorized(doc, []udf.Type{udf.Varchar}, udf.Boolean, func(c *udf.Chunk) error {
		nulls := c.Out.NullsOf(&c.Args[0], c.Len)
		in := udf.Values[udf.Str](&c.Args[0], c.Len)
		out := udf.Results[bool](&c.Out, c.Len)[:len(in)]
		var s signs
		for i := range in {
			if nulls && c.Out.IsNull(i) {
				continue
			}
			out[i] = k.validStr(&in[i], &s)
		}
		return nil
	})
}

// textsAndNumbers is a kernel over texts and over BIGINT.
func (k scheme) textsAndNumbers(doc any) udf.Kernel {
	numbers := udf.Vectorized(doc, []udf.Type{udf.BigInt}, udf.Boolean, func(c *udf.Chunk) error {
		c.Out.NullsOf(&c.Args[0], c.Len)
		in := udf.Values[int64](&c.Args[0], c.Len)
		out := udf.Results[bool](&c.Out, c.Len)[:len(in)]
		var s signs
		for i, x := range in {
			out[i] = s.digits(x, k.digits()) && k.valid(&s)
		}
		return nil
	})
	return udf.Overload(k.texts(doc), numbers)
}
