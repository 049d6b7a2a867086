package hs

import "github.com/dhowdb/dhow/udf"

// cut returns a step that shortens the codes of the output to n digits, at
// most 8, and makes shorter ones NULL.
func cut(n int) func(*udf.Chunk) {
	ones := [maxDigits]byte{}
	for i := range n {
		ones[i] = 0xff
	}
	mask := udf.InlineStr(ones[:])
	mask.Lo &^= 0xffff_ffff
	return func(c *udf.Chunk) {
		codes := udf.Results[udf.Str](&c.Out, c.Len)
		for i := range codes {
			code := &codes[i]
			if int(uint32(code.Lo)) < n {
				c.Out.SetNull(i)
			}
			code.Lo = code.Lo&mask.Lo | uint64(n)
			code.Hi &= mask.Hi
		}
	}
}

// prefix is what the Go functions of the levels share.
func prefix(x string, n int) (string, bool) {
	code, ok := Normalize(x)
	if !ok || len(code) < n {
		return "", false
	}
	return code[:n], true
}
