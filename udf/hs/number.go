package hs

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

// tooLarge is the smallest number that no code has, 10 to the 12th.
const tooLarge = 1_000_000_000_000

// ofInt returns the code that is left when a code is stored as an integer.
func ofInt(x int64) (udf.Str, bool) {
	if x <= 0 || x >= tooLarge {
		return udf.Str{}, false
	}
	var text [maxDigits]byte
	at := len(text)
	for u := uint64(x); u > 0; u /= 100 {
		pair := u % 100
		at -= 2
		text[at], text[at+1] = '0'+byte(pair/10), '0'+byte(pair%10)
	}
	// Pairs of digits have put the lost zero back. The first pair isn't 00.
	return udf.InlineStr(text[at:]), true
}

// ofFloat returns the code that is left when a code is stored as a number.
func ofFloat(x float64) (udf.Str, bool) {
	if x != math.Trunc(x) || x >= tooLarge { // NaN differs from itself
		return udf.Str{}, false
	}
	return ofInt(int64(max(x, 0)))
}
