package hs

import (
	"unicode"
	"unicode/utf8"
)

// class is what a character means around a tariff code.
type class uint8

const (
	other class = iota // punctuation and signs that end a code
	digit
	dot   // joins groups, or begins a fraction
	comma // joins thousands, or begins the decimals of an exponent
	dash
	blank
	quote  // quotes, brackets and signs that may stand before a code
	letter // letters, and the percent sign: a number before it is no code
	hidden // has no width or meaning: direction marks, byte order marks
	end
	beyond // the first byte of a character that isn't ASCII
)

// scanner reads a text character by character.
type scanner struct {
	text  []byte
	next  int   // where the character after the current one begins
	class class // of the current character
	value byte  // of a digit, or an ASCII character
}

// advance goes to the next character that is not hidden.
func (s *scanner) advance() {
	if s.next < len(s.text) {
		if a := ascii[s.text[s.next]]; a.class != beyond {
			s.next++
			s.class, s.value = a.class, a.value
			return
		}
	}
	s.advanceBeyond()
}

// advanceDigit is advance where a digit is likely.
func (s *scanner) advanceDigit() {
	if s.next < len(s.text) && s.text[s.next]-'0' <= 9 {
		s.class, s.value = digit, s.text[s.next]-'0'
		s.next++
		return
	}
	s.advance()
}

// advanceBeyond is advance for what isn't an ASCII character.
func (s *scanner) advanceBeyond() {
	for s.next < len(s.text) {
		r, size := utf8.DecodeRune(s.text[s.next:])
		s.next += size
		if r < utf8.RuneSelf {
			s.class, s.value = ascii[r].class, ascii[r].value
			return
		}
		if s.class, s.value = classOf(r); s.class != hidden {
			return
		}
	}
	s.class = end
}

// set is a set of classes, a bit for each.
type set uint16

const (
	blanks      set = 1 << blank
	opening         = blanks | 1<<quote
	punctuation     = opening | 1<<dot | 1<<dash | 1<<other
	wordsOrMore set = 1<<letter | 1<<digit | 1<<end
)

func (s *scanner) skip(these set) {
	for these>>s.class&1 == 1 {
		s.advance()
	}
}

// character is what a scanner knows of a byte: its class, and its value if it
// is a digit, else the byte itself.
type character struct {
	class class
	value byte
}

// ascii holds the characters by their byte.
var ascii = func() (t [256]character) {
	for b := range t {
		t[b].value = byte(b)
		switch r := rune(b); {
		case r >= utf8.RuneSelf:
			t[b].class = beyond
		case unicode.IsDigit(r):
			t[b] = character{digit, byte(b) - '0'}
		case unicode.IsLetter(r), r == '%':
			t[b].class = letter
		case unicode.IsSpace(r):
			t[b].class = blank
		}
	}
	for _, b := range `'"([{=#` + "`" {
		t[b].class = quote
	}
	for b, c := range map[byte]class{'.': dot, '_': dot, ',': comma, '-': dash} {
		t[b].class = c
	}
	return t
}()

// classOf returns the class of a character that is not ASCII, and the value of
// a digit.
func classOf(r rune) (class, byte) {
	switch {
	case r >= '٠' && r <= '٩': // Arabic-Indic
		return digit, byte(r - '٠')
	case r >= '۰' && r <= '۹': // Persian and Urdu
		return digit, byte(r - '۰')
	case r >= '０' && r <= '９': // full-width
		return digit, byte(r - '０')
	}
	switch r {
	case '．', '٫', '·', '＿': // U+066B is the Arabic decimal separator
		return dot, 0
	case '，', '٬': // U+066C is the Arabic thousands separator
		return comma, 0
	case '－', '−', '﹣':
		return dash, 0
	case '‘', '’', '“', '”', '„', '«', '»', '＂', '＇', '（', '＝', '＃', '´':
		return quote, 0
	case '\ufeff', '\u061c', '\u00ad':
		return hidden, 0
	}
	switch {
	case r >= '\u2010' && r <= '\u2015': // hyphens and dashes
		return dash, 0
	case unicode.Is(unicode.Cf, r): // direction marks, joiners
		return hidden, 0
	case unicode.IsSpace(r), unicode.Is(unicode.Zs, r):
		return blank, 0
	case unicode.IsLetter(r), unicode.IsMark(r):
		return letter, 0
	}
	return other, 0
}
