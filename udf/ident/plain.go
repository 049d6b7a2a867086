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
	return (w|(w+seventies))&highs == 0
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
	text := (*[20]byte)(s.Bytes())
	rest, f1 := mod97Word(0, paddedWord(text[:], 4))
	rest, f2 := mod97Word(rest, binary.LittleEndian.Uint64(text[4:]))
	rest, f3 := mod97Word(rest, binary.LittleEndian.Uint64(text[12:]))
	return rest == 1 && areCheckDigits(signOf[text[18]], signOf[text[19]]), f1|f2|f3 == 0
}

// spacedIBAN judges a text of more than twelve bytes, with or without blanks,
// as accounts are printed in groups of four.
func spacedIBAN(s *udf.Str) (valid, plain bool) {
	text := s.Bytes()
	if valid, plain := plainIBAN(text); plain || len(text) > maxSigns {
		return valid, plain
	}
	var buffer [maxSigns]byte
	n := 0
	for _, b := range text {
		buffer[n&(maxSigns-1)] = b // n is below maxSigns: spares a check
		if b != ' ' {
			n++
		}
	}
	if n <= udf.InlineLen || n == len(text) {
		return false, false
	}
	return plainIBAN(buffer[:n])
}

// plainIBAN judges a text of more than twelve bytes.
func plainIBAN(text []byte) (valid, plain bool) {
	a, b := signOf[text[0]], signOf[text[1]]
	if a >= separator || b >= separator || len(text) != int(ibanLengths()[36*int(a)+int(b)]) {
		return false, false // it may have blanks or a label
	}
	const front = 4 // signs that are moved to the end
	head, body := text[:front], text[front:]
	first := len(text) % 8
	rest, foreign := mod97Word(0, paddedWord(body, first))
	for body = body[first:]; len(body) >= 8; body = body[8:] {
		var f uint64
		rest, f = mod97Word(rest, binary.LittleEndian.Uint64(body))
		foreign |= f
	}
	rest, last := mod97Word(rest, uint64(binary.LittleEndian.Uint32(body))|uint64(binary.LittleEndian.Uint32(head))<<32)
	return rest == 1 && areCheckDigits(signOf[text[2]], signOf[text[3]]), foreign|last == 0
}

// paddedWord returns the first n bytes of a text, of eight at least, behind as
// many zeros as make a word of them.
func paddedWord(text []byte, n int) uint64 {
	return binary.LittleEndian.Uint64(text)<<(64-8*n) | zeros>>(8*n)
}

// scales are what a pair of signs, of which so many are letters, shifts what
// stands before it by, and what eight signs do.
var (
	scales2 = [4]uint64{1e2, 1e3, 1e4}
	scales8 = func() (t [16]uint32) {
		scale := uint64(1e8)
		for letters := range 9 {
			t[letters] = uint32(scale % 97)
			scale *= 10
		}
		return t
	}()
)

// mod97Word returns the remainder, divided by 97, of the number that eight signs
// make behind one of which it is rest; the first sign is in the lowest byte.
// foreign isn't 0 if there is a byte that is neither a capital nor a digit.
func mod97Word(rest uint32, w uint64) (_ uint32, foreign uint64) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	letters := w >> 6 & ones // in ASCII, if they are signs
	signs := w - zeros - 7*letters
	// A sign is no less than 0 and no more than Z, and 10 or more if it is a letter:
	// each sum below has the high bit of a byte set or not.
	below, above, ten := w+(0x80-'0')*ones, signs+(0x80-36)*ones, signs+(0x80-10)*ones
	foreign = (w | ^below | above | (ten ^ letters<<7)) & highs

	const evens = 0x00ff00ff00ff00ff
	first, second, shifts := signs&evens, signs>>8&evens, letters>>8&evens
	pairs := first*10 + second + first*90&(shifts*0xffff) // a letter shifts by 100
	counts := letters + letters>>8
	value := pairs & 0xffff
	value = value*scales2[counts>>16&3] + pairs>>16&0xffff
	value = value*scales2[counts>>32&3] + pairs>>32&0xffff
	value = value*scales2[counts>>48&3] + pairs>>48
	// Only the last line waits for the rest, so that a processor works on several
	// words at once.
	return (rest*scales8[bits.OnesCount64(letters)&15] + uint32(value%97)) % 97, foreign
}
