package ident

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/dhowdb/dhow/udf"
)

var declarationHash = udf.Func{
	Name: "declaration_hash",
	Kernel: udf.Overload(
		udf.Vectorized(Hash, []udf.Type{udf.Varchar}, udf.Varchar, hashTexts),
		udf.Vectorized(Hash, []udf.Type{udf.BigInt}, udf.Varchar, hashNumbers),
	),
	Examples: []udf.Example{
		{SQL: "SELECT declaration_hash('2024/IM4/123')", Want: "a18vxws0qcf6"},
		{SQL: "SELECT declaration_hash(concat_ws('/', 2024, 'IM4', 123)) = declaration_hash('2024/IM4/123')", Want: "true"},
		{SQL: "SELECT declaration_hash('2024/im4/123') = declaration_hash(' 2024-IM4-123 ')", Want: "true"},
		{SQL: "SELECT declaration_hash('2024/im4/123') = declaration_hash('2024/im41/23')", Want: "false"},
		{SQL: "SELECT declaration_hash(123) = declaration_hash('123')", Want: "true"},
		{SQL: "SELECT declaration_hash(' - ')", Want: "NULL"},
	},
}

// Hash returns twelve letters and digits that stand for the number of a
// declaration, to join and count by it without showing it. Equal numbers give
// equal results, in every version of this program; of n different numbers two
// give the same with a probability of about n² / 2.3·10¹⁸. A number of several
// parts is hashed as one: declaration_hash(concat_ws('/', office, year, serial)).
//
// It is FNV-1a of 64 bits over the number in capitals, with digits of other
// scripts as ASCII, each run of other characters as one "-", and none at its
// ends: "2024/im4/123" and "2024-IM4-123" are equal. Leading zeros count. The sum
// h is folded to 60 bits, which are written in base 32 with the digits 0 to 9 and
// small letters without i, l, o and u, the highest first:
//
//	(h >> 60) XOR (h mod 2⁶⁰)
//
// NULL if x has neither letter nor digit. BIGINT is hashed as its digits.
//
// This is no anonymisation: who has a list of possible numbers, or guesses how
// they are built, finds each one's hash by trying.
//
// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV
// Non-Cryptographic Hash Algorithm, draft-eastlake-fnv.
func Hash(x string) (string, bool) {
	sum, ok := fnv1a([]byte(x))
	if !ok {
		return "", false
	}
	text := shortText(sum)
	return text.String(), true
}

// The constants of FNV-1a for 64 bits.
const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
)

// fnv1a returns the hash of a number, and reports whether it has letters or
// digits. Runs of them in ASCII are what most numbers are made of.
func fnv1a(text []byte) (sum uint64, ok bool) {
	sum = fnvOffset
	for i := 0; i < len(text); {
		b := hashByte[text[i]]
		if b == wide {
			return fnv1aWide(text)
		}
		if b == 0 {
			i++
			continue
		}
		if ok { // behind another run
			sum = (sum ^ '-') * fnvPrime
		}
		ok = true
		for _, c := range text[i:] {
			if b = hashByte[c]; b-1 >= wide-1 { // 0 or wide
				break
			}
			sum = (sum ^ uint64(b)) * fnvPrime
			i++
		}
	}
	return sum, ok
}

// fnv1aWide is fnv1a for numbers with characters beyond ASCII.
func fnv1aWide(text []byte) (sum uint64, ok bool) {
	sum = fnvOffset
	gap := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		i += size
		if r = hashed(r); r < 0 {
			gap = ok // not before the first
			continue
		}
		if gap {
			sum = (sum ^ '-') * fnvPrime
			gap = false
		}
		ok = true
		var buffer [utf8.UTFMax]byte
		for _, b := range buffer[:utf8.EncodeRune(buffer[:], r)] {
			sum = (sum ^ uint64(b)) * fnvPrime
		}
	}
	return sum, ok
}

const wide = 0xff // no ASCII character

// hashByte is what an ASCII character is hashed as, 0 for one that only
// separates, and wide for part of another. Every ASCII
// character that is no letter or digit separates.
var hashByte = func() (t [256]byte) {
	for b := range t {
		switch v := signOf[b]; {
		case v == beyond:
			t[b] = wide
		case v < 10:
			t[b] = '0' + v
		case v < separator:
			t[b] = 'A' + v - 10
		}
	}
	return t
}()

// hashed returns what a character is hashed as, -1 for one that only separates.
func hashed(r rune) rune {
	if r < utf8.RuneSelf {
		if b := hashByte[r]; b != 0 {
			return rune(b)
		}
		return -1
	}
	if v := signOfRune(r); v < 10 {
		return '0' + rune(v)
	} else if v < 36 {
		return 'A' + rune(v) - 10
	}
	if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return -1
	}
	return unicode.ToUpper(r)
}

// base32Digits are the digits of a hash.
const base32Digits = "0123456789abcdefghjkmnpqrstvwxyz"

// base32Pairs are two digits each, the first in the low byte.
var base32Pairs = func() (t [32 * 32]uint16) {
	for i := range t {
		t[i] = uint16(base32Digits[i/32]) | uint16(base32Digits[i%32])<<8
	}
	return t
}()

// shortText returns a sum folded to 60 bits as twelve digits.
func shortText(sum uint64) udf.Str {
	const bits = 60
	sum = sum>>bits ^ sum&(1<<bits-1)
	pair := func(at int) uint64 { return uint64(base32Pairs[sum>>at&1023]) }
	return udf.Str{
		Lo: bits/5 | pair(50)<<32 | pair(40)<<48,
		Hi: pair(30) | pair(20)<<16 | pair(10)<<32 | pair(0)<<48,
	}
}

func hashTexts(c *udf.Chunk) error {
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	for i := range in {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		setHash(&c.Out, i, in[i].Bytes())
	}
	return nil
}

func hashNumbers(c *udf.Chunk) error {
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	var buffer [20]byte // the digits of an int64 and its sign
	for i, x := range udf.Values[int64](&c.Args[0], c.Len) {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		setHash(&c.Out, i, strconv.AppendInt(buffer[:0], x, 10))
	}
	return nil
}

func setHash(o *udf.Output, i int, text []byte) {
	sum, ok := fnv1a(text)
	if !ok {
		o.SetNull(i)
		return
	}
	udf.Results[udf.Str](o, i+1)[i] = shortText(sum)
}
