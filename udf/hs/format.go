package hs

import "github.com/dhowdb/dhow/udf"

var format = udf.Func{
	Name:   "hs_format",
	Kernel: kernel(Format, formatChunk),
	Examples: []udf.Example{
		{SQL: "SELECT hs_format('01012100')", Want: "0101.21.00"},
		{SQL: "SELECT hs_format(10121)", Want: "0101.21"},
		{SQL: "SELECT hs_format('610910001234')", Want: "6109.10.00.12.34"},
		{SQL: "SELECT hs_format('none')", Want: "NULL"},
	},
}

// Format returns a tariff code as it is printed: the heading, and behind it
// pairs of digits, with dots between them, as in 0101.21.00. A chapter or a
// heading has no dot. The code is what hs_normalize reads in x, and
// hs_normalize reads the result as the same code. NULL if x holds no code.
//
// Source: the print of the Harmonized System has the dot after the heading;
// the further dots are the custom of national tariffs.
func Format(x string) (string, bool) {
	code, ok := Normalize(x)
	if !ok {
		return "", false
	}
	var buf [maxPrinted]byte
	return string(appendDotted(buf[:0], []byte(code))), true
}

// maxPrinted is the length of a code of 12 digits with its 4 dots.
const maxPrinted = maxDigits + 4

func appendDotted(to, code []byte) []byte {
	for i := 0; i+1 < len(code); i += 2 {
		if i >= 4 {
			to = append(to, '.')
		}
		to = append(to, code[i], code[i+1])
	}
	return to
}

// dottedWord puts dots into a code of at most eight digits, a word at a time:
// the digits behind the heading are those of the second word.
func dottedWord(code udf.Str) (udf.Str, bool) {
	const dots = '.' | '.'<<24
	switch code.Len() {
	case 2, 4:
		return code, true
	case 6:
		return udf.Str{Lo: code.Lo + 1, Hi: code.Hi<<8 | dots&0xff}, true
	case 8:
		return udf.Str{Lo: code.Lo + 2, Hi: code.Hi&0xffff<<8 | code.Hi>>16<<32 | dots}, true
	}
	return udf.Str{}, false
}

// formatChunk puts dots into the codes of the output.
func formatChunk(c *udf.Chunk) {
	var buf [maxPrinted]byte
	codes := udf.Results[udf.Str](&c.Out, c.Len)
	for i := range codes {
		if isNull(&c.Out, i) {
			continue
		}
		code := codes[i]
		if short, ok := dottedWord(code); ok {
			codes[i] = short
			continue
		}
		c.Out.SetString(i, appendDotted(buf[:0], code.Bytes()))
	}
}
