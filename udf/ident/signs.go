package ident

import "unicode/utf8"

// maxSigns is more letters and digits than the longest identifier has, an IBAN
// of 34 with its label.
const maxSigns = 64

// signs are the letters and digits of an identifier: 0 to 9, and 10 to 35 for
// A to Z.
type signs struct {
	value [maxSigns]uint8
	n     int
}

// What a byte is that is no sign.
const (
	separator = 64 + iota
	foreign   // an identifier can't hold it
	beyond    // part of a character beyond ASCII
)

// signOf is the value of an ASCII letter or digit, or what else a byte is.
var signOf = func() (t [256]uint8) {
	for b := range t {
		c := byte(b)
		switch {
		case '0' <= c && c <= '9':
			t[b] = c - '0'
		case 'A' <= c && c <= 'Z':
			t[b] = c - 'A' + 10
		case 'a' <= c && c <= 'z':
			t[b] = c - 'a' + 10
		case c == ' ', c == '\t', c == '-', c == '.', c == '/', c == ':', c == '#', c == '\'':
			t[b] = separator
		case c >= utf8.RuneSelf:
			t[b] = beyond
		default:
			t[b] = foreign
		}
	}
	return t
}()

// read takes the signs out of a text, and reports whether it holds nothing
// else but separators. Digits may be full-width, Arabic-Indic or Persian.
func (s *signs) read(text []byte) bool {
	if len(text) > maxSigns {
		return s.readLong(text)
	}
	// All bytes are looked up before one is judged, so that no step waits for
	// another: most texts are signs alone.
	var all uint8
	for i, b := range text {
		v := signOf[b]
		s.value[i&(maxSigns-1)] = v // i is below maxSigns: spares a check
		all |= v
	}
	s.n = len(text)
	if all < separator {
		return true
	}
	n := 0
	for i, v := range s.value[:len(text)] {
		switch {
		case v < separator:
			s.value[n] = v
			n++
		case v == beyond:
			return s.readLong(text)
		case v != separator:
			s.n = i
			return false
		}
	}
	s.n = n
	return true
}

// readLong is read for texts of any length and script.
func (s *signs) readLong(text []byte) bool {
	s.n = 0
	for i := 0; i < len(text); {
		v, size := signOf[text[i]], 1
		if v == beyond {
			var r rune
			r, size = utf8.DecodeRune(text[i:])
			v = signOfRune(r)
		}
		i += size
		switch {
		case v == separator:
			continue
		case v > separator || s.n == maxSigns:
			return false
		}
		s.value[s.n] = v
		s.n++
	}
	return true
}

func signOfRune(r rune) uint8 {
	switch {
	case '٠' <= r && r <= '٩':
		return uint8(r - '٠')
	case '۰' <= r && r <= '۹':
		return uint8(r - '۰')
	case 0xFF01 <= r && r <= 0xFF5E: // full-width forms of ASCII
		return signOf[r-0xFF01+'!']
	case r == '\u00a0', r == '\u202f', r == '\u2010', r == '\u2011', r == '–', r == '\u200e', r == '\u200f', r == '\ufeff':
		return separator
	}
	return foreign
}

// of returns the last n signs if all before them are a label of the given
// letters, with or without "NO" behind it, or nothing.
func (s *signs) of(n int, labels ...string) []uint8 {
	before := s.n - n
	if before < 0 {
		return nil
	}
	if before == 0 {
		return s.value[:n]
	}
	for _, label := range labels {
		if s.begins(label, before) {
			return s.value[before : before+n]
		}
	}
	return nil
}

// begins reports whether the first n signs are a label, with or without "NO".
func (s *signs) begins(label string, n int) bool {
	switch n {
	case len(label):
	case len(label) + 2:
		if s.value[n-2] != signOf['N'] || s.value[n-1] != signOf['O'] {
			return false
		}
	default:
		return false
	}
	for i := range len(label) {
		if s.value[i] != signOf[label[i]] {
			return false
		}
	}
	return true
}

// digits reads a number of up to n digits, with the leading zeros that a number
// lacks.
func (s *signs) digits(x int64, n int) bool {
	if x < 0 {
		return false
	}
	s.n = n
	for i := n - 1; i >= 0; i-- {
		s.value[i] = uint8(x % 10)
		x /= 10
	}
	return x == 0
}

// letterOf returns a sign as it is written.
func letterOf(sign uint8) byte {
	if sign > 9 {
		return 'A' + sign - 10
	}
	return '0' + sign
}

// areDigits reports whether all signs are digits.
func areDigits(v []uint8) bool {
	for _, d := range v {
		if d > 9 {
			return false
		}
	}
	return true
}
