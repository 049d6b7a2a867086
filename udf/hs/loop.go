package hs

import "github.com/dhowdb/dhow/udf"

// texts is the loop over a chunk of texts that writes their codes, and then
// lets next turn the codes of the output into something else.
func texts(next func(*udf.Chunk)) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		normalizeTexts(c)
		if next != nil {
			next(c)
		}
		return nil
	}
}

// normalizeTexts puts the codes of the first argument into the output. The
// words of NULL rows are undefined: they may be copied, but a pointer in them
// must not be followed.
func normalizeTexts(c *udf.Chunk) {
	c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	out := udf.Results[udf.Str](&c.Out, c.Len)
	out = out[:len(in)] // spares a check for each row
	for i, s := range in {
		if notDigits(s) != 0 || isChapter0(s) {
			if isNull(&c.Out, i) {
				continue
			}
			var code udf.Str
			bad := true
			if s.Hi&0xff < '0' { // no digit is fifth
				code, bad = dotted(s)
			} else {
				code, bad = digitsOnly(s)
			}
			if bad {
				var ok bool
				if code, ok = ofText(&in[i]); !ok {
					c.Out.SetNull(i)
				}
			}
			s = code
		}
		out[i] = s
	}
}

// numbers is the loop over a chunk of numbers; of gives a number's code.
func numbers[T any](of func(T) (udf.Str, bool), next func(*udf.Chunk)) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		c.Out.NullsOf(&c.Args[0], c.Len)
		in := udf.Values[T](&c.Args[0], c.Len)
		out := udf.Results[udf.Str](&c.Out, len(in))
		for i, x := range in {
			code, ok := of(x)
			if !ok {
				c.Out.SetNull(i)
			}
			out[i] = code
		}
		if next != nil {
			next(c)
		}
		return nil
	}
}

// kernel is a kernel for texts and numbers whose result is made of their code
// by next; doc documents it.
func kernel(doc any, next func(*udf.Chunk)) udf.Kernel {
	return udf.Overload(
		udf.Vectorized(doc, []udf.Type{udf.Varchar}, udf.Varchar, texts(next)),
		udf.Vectorized(doc, []udf.Type{udf.BigInt}, udf.Varchar, numbers(ofInt, next)),
		udf.Vectorized(doc, []udf.Type{udf.Double}, udf.Varchar, numbers(ofFloat, next)),
	)
}

func isNull(o *udf.Output, i int) bool {
	return o.Nulls[i>>6]>>(i&63)&1 == 1
}
