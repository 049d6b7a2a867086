package ident

import (
	"encoding/binary"
	"math/bits"

	"github.com/dhowdb/dhow/udf"
)

// Most identifiers in a clean column stand there plainly: capitals and digits
// and nothing else. The functions below judge such texts from the words of a
// Str, without taking their signs apart.

// notPlain is more than all weights of a text make together.
const notPlain = 1 << 20

// checkBits is how far a check digit stands above the sum of the other signs.
const checkBits = 16

// weights are what a byte adds at each place of an identifier: its part of the
// sum, or the check digit, or else notPlain.
type weights [11][256]uint32

// sum returns the weights of the first n bytes of a text, of at most 11.
func (w *weights) sum(s *udf.Str) uint32 {
	a, b := s.Lo>>32, s.Hi
	return w[0][uint8(a)] + w[1][uint8(a>>8)] + w[2][uint8(a>>16)] + w[3][uint8(a>>24)] +
		w[4][uint8(b)] + w[5][uint8(b>>8)] + w[6][uint8(b>>16)] + w[7][uint8(b>>24)] +
		w[8][uint8(b>>32)] + w[9][uint8(b>>40)] + w[10][uint8(b>>48)]
}

// weightsOf makes weights of n signs, the last of them the check digit, from
// what a sign adds at a place, or notPlain.
func weightsOf(n int, weigh func(place int, sign uint8) uint32) *weights {
	var w weights
	for place := range w {
		for b := range 256 {
			sign := signOf[b]
			switch {
			case place >= n: // a short text has zeros there
			case b >= 'a' || sign >= separator:
				w[place][b] = notPlain
			case place < n-1:
				w[place][b] = weigh(place, sign)
			case sign < 10:
				w[place][b] = uint32(sign) << checkBits
			default:
				w[place][b] = notPlain
			}
		}
	}
	return &w
}

var containerWeights = weightsOf(11, func(place int, sign uint8) uint32 {
	switch {
	case place < 4 == (sign < 10), place == 3 && !isCategory(sign):
		return notPlain
	}
	return containerValue[sign] << place
})

var imoWeights = weightsOf(7, func(place int, sign uint8) uint32 {
	if sign > 9 || place == 0 && sign == 0 {
		return notPlain
	}
	return uint32(sign) * uint32(7-place)
})

// plainContainer judges a text of eleven bytes.
func plainContainer(s *udf.Str) (valid, plain bool) {
	sum := containerWeights.sum(s)
	return sum&(1<<checkBits-1)%11%10 == sum>>checkBits, sum < notPlain
}

// plainIMO judges a text of seven bytes.
func plainIMO(s *udf.Str) (valid, plain bool) {
	sum := imoWeights.sum(s)
	return sum&(1<<checkBits-1)%10 == sum>>checkBits, sum < notPlain
}

// plainMMSI judges a text of nine bytes.
func plainMMSI(s *udf.Str) (valid, plain bool) {
	a, b := s.Lo>>32^zeros>>32, s.Hi^zeros>>24
	if !areDigitValues(a) || !areDigitValues(b) {
		return false, false
	}
	return isMMSINumber(&[9]uint8{
		uint8(a), uint8(a >> 8), uint8(a >> 16), uint8(a >> 24),
		uint8(b), uint8(b >> 8), uint8(b >> 16), uint8(b >> 24), uint8(b >> 32),
	}), true
}

// plainAWB judges a text of twelve bytes, three digits, a dash and eight digits.
func plainAWB(s *udf.Str) (valid, plain bool) {
	airline, number := s.Lo>>32^'-'<<24^zeros>>40, s.Hi^zeros
	if !areDigitValues(airline) || airline>>24 != 0 || !areDigitValues(number) {
		return false, false
	}
	n := decimal(number)
	return airline != 0 && n/10%7 == n%10, true
}

// zeros are eight digits 0: with them, XOR makes digits their values.
const zeros = 0x3030303030303030

// areDigitValues reports whether each byte is 0 to 9.
func areDigitValues(w uint64) bool {
	const seventies, highs = 0x7676767676767676, 0x8080808080808080 // 0x76 + 10 is 0x80
	return (w|w+seventies)&highs == 0
}

// decimal returns the number of eight digits, given as their values, the first
// digit in the lowest byte: it joins neighbours to pairs, fours and eight.
func decimal(w uint64) uint64 {
	w = (w*10 + w>>8) & 0x00ff00ff00ff00ff
	w = (w*100 + w>>16) & 0x0000ffff0000ffff
	return (w*10000 + w>>32) & 0xffffffff
}

// plainLEI judges a text of twenty bytes.
func plainLEI(s *udf.Str) (valid, plain bool) {
	text := s.Bytes()
	rest, plain := mod97Text(0, text)
	return rest == 1 && areCheckDigits(signOf[text[18]], signOf[text[19]]), plain
}

// plainIBAN judges a text of more than twelve bytes.
func plainIBAN(s *udf.Str) (valid, plain bool) {
	text := s.Bytes()
	a, b := signOf[text[0]], signOf[text[1]]
	if a >= separator || b >= separator || len(text) != int(ibanLengths()[36*int(a)+int(b)]) {
		return false, false // it may have blanks or a label
	}
	rest, plain := mod97Text(0, text[4:])
	if !plain {
		return false, false
	}
	rest, plain = mod97Text(rest, text[:4])
	return rest == 1 && areCheckDigits(signOf[text[2]], signOf[text[3]]), plain
}

// scales are 10⁸ to 10¹⁶: what eight signs of which so many are letters shift
// what stands before them by.
var scales = [...]uint64{1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16}

// mod97Text is mod97 for a text, and reports whether it has signs only.
func mod97Text(rest uint64, text []byte) (uint64, bool) {
	const block = 8
	for len(text) >= block {
		w := binary.LittleEndian.Uint64(text)
		text = text[block:]
		if digits := w ^ zeros; areDigitValues(digits) {
			rest = (rest*1e8 + decimal(digits)) % 97
			continue
		}
		letters := bits.OnesCount64(w & 0x4040404040404040) // in ASCII, of signs
		value, all := uint64(0), uint8(0)
		for range block {
			sign := signOf[uint8(w)]
			w >>= 8
			all |= sign
			value = value*shift[sign%64] + uint64(sign)
		}
		if all >= separator {
			return 0, false
		}
		rest = (rest*scales[letters] + value) % 97
	}
	for _, b := range text {
		sign := signOf[b]
		if sign >= separator {
			return 0, false
		}
		rest = rest*shift[sign%64] + uint64(sign)
	}
	return rest % 97, true
}
