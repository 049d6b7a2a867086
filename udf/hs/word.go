package hs

import (
	"encoding/binary"

	"github.com/dhowdb/dhow/udf"
)

// This file reads the plain forms of a code a word at a time. A text of at
// most twelve bytes is two words: four bytes above its length, and eight more.

// plain holds, for each even length up to 12, a text of that many "0". A text
// of digits differs from it by 0 to 9 in each of its bytes, and by nothing in
// the bytes behind them. The other entries differ from every text by more.
var plain = func() (t [16]udf.Str) {
	for n := range t {
		t[n] = udf.Str{Lo: ^uint64(0), Hi: ^uint64(0)}
		if n >= 2 && n <= maxDigits && n&1 == 0 {
			t[n] = udf.InlineStr([]byte("000000000000")[:n])
		}
	}
	return t
}()

const (
	// overNine added to a byte below 128 sets its top bit if it is above 9.
	overNine = 0x7676767676767676
	topBits  = 0x8080808080808080
)

// notDigits is 0 for a text of 2, 4, … or 12 ASCII digits.
func notDigits(s udf.Str) uint64 {
	zeros := &plain[s.Lo&15]
	lo, hi := s.Lo^zeros.Lo, s.Hi^zeros.Hi
	// The low half of lo is 0 unless the length is above 15.
	return (lo|(lo+overNine)|hi|(hi+overNine))&topBits | lo<<32
}

// isChapter0 reports whether a code begins with "00".
func isChapter0(code udf.Str) bool { return uint16(code.Lo>>32) == '0'<<8|'0' }

// evenDigits puts a zero before a short text of odd length.
func evenDigits(s udf.Str) udf.Str {
	odd := s.Lo & 1
	text := s.Lo >> 32
	shift := odd * 8 // & 63 spares the check for shifts beyond the word
	return udf.Str{
		Lo: uint64(uint32(s.Lo)) + odd | (text<<(shift&63)|odd*'0')<<32,
		Hi: s.Hi<<(shift&63) | text>>((32-shift)&63),
	}
}

// digitsOnly returns a text of 1 to 12 ASCII digits as a code, with a leading
// zero put before an odd number of them, and reports bad if the text is
// anything else or of chapter 00.
func digitsOnly(s udf.Str) (code udf.Str, bad bool) {
	code = evenDigits(s)
	return code, notDigits(code) != 0 || isChapter0(code)
}

// separated returns a code in groups of 4.2, 4.4, 4.2.2, 4.2.4 or 4.2.2.2
// digits with dots, or with blanks other than 4 4, and reports bad if s is not
// of that form.
func separated(s *udf.Str) (code udf.Str, bad bool) {
	text, n, rest := s.Lo>>32<<32, s.Len(), s.Hi
	joiner := byte(rest)
	if n == 13 {
		long := s.Bytes()
		joiner, rest = long[4], binary.LittleEndian.Uint64(long[5:])
	}
	if joiner != '.' && joiner != ' ' {
		return udf.Str{}, true
	}
	switch {
	case n == 7, n == 9 && joiner == '.':
		n--
		rest >>= 8
	case (n == 10 || n == 12) && byte(rest>>24) == joiner:
		n -= 2
		rest = rest>>8&0xffff | rest>>32<<16
	case n == 13 && byte(rest>>16) == joiner && byte(rest>>40) == joiner:
		n -= 3
		rest = rest&0xffff | rest>>24&0xffff<<16 | rest>>48<<32
	default:
		return udf.Str{}, true
	}
	return digitsOnly(udf.Str{Lo: text | uint64(n), Hi: rest})
}

// dottedLength and dottedJoiner are for the lengths of texts in groups of 4.2,
// 4.2.2 and 4.2.4 digits: the number of digits, and whether there is a second
// joiner. Other lengths have a number of digits that no text fits.
var (
	dottedLength = [16]uint64{15, 15, 15, 15, 15, 15, 15, 6, 15, 15, 8, 15, 10, 15, 15, 15}
	dottedJoiner = [16]uint64{10: 0xff, 12: 0xff}
)

// dotted is [separated] for the most frequent forms, without a branch.
func dotted(s udf.Str) (code udf.Str, bad bool) {
	n := s.Lo & 15
	joiner := s.Hi & 0xff
	code.Lo = s.Lo&^0xffff_ffff | dottedLength[n]
	code.Hi = s.Hi>>8&0xffff | s.Hi>>32<<16
	wrong := (joiner^'.')*(joiner^' ') | s.Hi>>24&0xff ^ joiner&dottedJoiner[n] | uint64(uint32(s.Lo)) ^ n
	return code, wrong|notDigits(code) != 0 || isChapter0(code)
}

// ofText returns the code in a text.
func ofText(s *udf.Str) (udf.Str, bool) {
	if code, bad := digitsOnly(*s); !bad {
		return code, true
	}
	if code, bad := separated(s); !bad {
		return code, true
	}
	return read(s.Bytes())
}
