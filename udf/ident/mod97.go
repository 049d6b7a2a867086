package ident

import (
	_ "embed" // iban.tsv has the lengths of bank account numbers
	"strconv"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var leiValid = udf.Func{
	Name:   "lei_valid",
	Kernel: lei.texts(ValidLEI),
	Examples: []udf.Example{
		{SQL: "SELECT lei_valid('5493001KJTIIGC8Y1R12')", Want: "true"},
		{SQL: "SELECT lei_valid('5493001KJTIIGC8Y1R13')", Want: "false"},
	},
}

// ValidLEI reports whether x is a legal entity identifier: 18 letters and
// digits and two check digits, which read as one number, with 10 for A to 35
// for Z, leave the remainder 1 when divided by 97. Case and blanks do not
// matter. Anything else is false.
//
// Source: ISO 17442-1:2020, Legal entity identifier; ISO/IEC 7064:2003, MOD 97-10.
func ValidLEI(x string) bool { return lei.validText(x) }

func isLEI(s *signs) bool {
	v := s.of(20, "LEI")
	return v != nil && areCheckDigits(v[18], v[19]) && mod97(0, v) == 1
}

var ibanValid = udf.Func{
	Name:   "iban_valid",
	Kernel: iban.texts(ValidIBAN),
	Examples: []udf.Example{
		{SQL: "SELECT iban_valid('AE07 0331 2345 6789 0123 456')", Want: "true"},
		{SQL: "SELECT iban_valid('AE08 0331 2345 6789 0123 456')", Want: "false"},
		{SQL: "SELECT iban_valid('US07 0331 2345 6789 0123 456')", Want: "false"},
	},
}

// ValidIBAN reports whether x is an international bank account number: the code
// of a country that has them, two check digits, and letters and digits up to
// the length that the country has fixed. With the first four signs moved to the
// end and read as one number, with 10 for A to 35 for Z, the remainder is 1
// when divided by 97. Case and blanks do not matter. The national check digits
// inside are not checked. Anything else is false.
//
// Source: ISO 13616-1:2020, International bank account number; SWIFT, IBAN
// Registry, release 99, 2024, for the lengths.
func ValidIBAN(x string) bool { return iban.validText(x) }

//go:embed iban.tsv
var ibanText string

// ibanLengths are the lengths by the two signs of a country, 36 · first + second.
var ibanLengths = sync.OnceValue(func() *[36 * 36]uint8 {
	var t [36 * 36]uint8
	for line := range strings.Lines(ibanText) {
		country, length, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if n, err := strconv.ParseUint(length, 10, 8); err == nil && len(country) == 2 { // not the header
			t[36*int(signOf[country[0]])+int(signOf[country[1]])] = uint8(n)
		}
	}
	return &t
})

func isIBAN(s *signs) bool {
	const label = "IBAN"
	v := s.value[:s.n]
	if s.n > len(label) && s.begins(label, len(label)) {
		v = v[len(label):]
	}
	if len(v) < 5 || len(v) != int(ibanLengths()[36*int(v[0])+int(v[1])]) || !areCheckDigits(v[2], v[3]) {
		return false
	}
	return mod97(mod97(0, v[4:]), v[:4]) == 1
}

// areCheckDigits reports whether two signs are a remainder's complement: 98
// minus 0 to 96. 00, 01 and 99 would pass for 97, 98 and 02.
func areCheckDigits(a, b uint8) bool {
	if a > 9 || b > 9 {
		return false
	}
	n := a*10 + b
	return 2 <= n && n <= 98
}

// mod97 returns the remainder of the number whose digits are those of rest and
// the signs.
func mod97(rest uint64, v []uint8) uint64 {
	const most = 8 // signs, 97 · 100⁸ fits into 64 bits
	for len(v) > most {
		rest = mod97Few(rest, v[:most])
		v = v[most:]
	}
	return mod97Few(rest, v)
}

// mod97Few is mod97 for up to eight signs. The value of the signs doesn't wait
// for the rest, so that a processor works on several runs at once.
func mod97Few(rest uint64, v []uint8) uint64 {
	value, scale := uint64(0), uint64(1)
	for _, sign := range v {
		s := shift[sign%64]
		value = value*s + uint64(sign)
		scale *= s
	}
	return (rest*scale + value) % 97
}

// shift makes room for a sign: a digit or the two of a letter.
var shift = func() (t [64]uint64) {
	for sign := range t {
		t[sign] = 10
		if sign > 9 {
			t[sign] = 100
		}
	}
	return t
}()
