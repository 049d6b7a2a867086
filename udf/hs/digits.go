package hs

import "github.com/dhowdb/dhow/udf"

// number returns the first digits of a code, 1 to 6 of them, as a number. The
// code must have that many.
//
// The digits stand in the bytes of a word, the first in the lowest. Pairs of
// neighbours are joined, then pairs of these, so it takes three
// multiplications and no loop.
func number(code udf.Str, digits int) uint32 {
	x := (code.Lo>>32 | code.Hi<<32) & 0x0f0f_0f0f_0f0f_0f0f
	x <<= (64 - 8*digits) & 63
	x = (x*10 + x>>8) & 0x00ff_00ff_00ff_00ff
	x = (x*100 + x>>16) & 0x0000_ffff_0000_ffff
	return uint32(x*10_000 + x>>32)
}

// thousand holds the numbers below 1000 as texts of three digits.
var thousand = func() (t [1000]uint32) {
	for i := range t {
		t[i] = uint32('0'+i/100) | uint32('0'+i/10%10)<<8 | uint32('0'+i%10)<<16
	}
	return t
}()

// subheadingOf returns a number below 1,000,000 as a code of six digits.
func subheadingOf(number uint32) udf.Str {
	head, tail := uint64(thousand[number/1000]), uint64(thousand[number%1000])
	return udf.Str{Lo: 6 | head<<32 | tail<<56, Hi: tail >> 8}
}
