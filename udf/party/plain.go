package party

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// This file reads the plain words of a name, which are nearly all: two letters
// or more of at most two bytes each, and abbreviations with dots, with
// blanks around them. What it leaves is read by the rest of the scanner a
// character at a time, with the same result.

// twoByteRunes is how many characters have at most two bytes.
const twoByteRunes = 0x800

// foldShort is what the characters of at most two bytes are folded to.
func foldShort() *[twoByteRunes]int32 {
	var short [twoByteRunes]int32
	for r := rune(utf8.RuneSelf); r < twoByteRunes; r++ {
		short[r] = pageOf(r).of[r%pageSize]
	}
	return &short
}

// plainWords writes the plain words that text begins with, and returns the
// number of bytes that were read. A gap stands before text.
func (s *scanner) plainWords(text []byte) int {
	s.endWord()
	start := len(s.out)
	s.out = slices.Grow(s.out, 2*len(text)+slack) // "&&" is two words
	out, short := s.out[:cap(s.out)], s.forms.short
	at, i := start, 0
	for i < len(text) {
		switch asciiMarks[text[i]] {
		case gapMark, dotMark, slashMark:
			i++
			continue
		case andMark:
			i++
			if at > s.base {
				out[at] = ' '
				at++
			}
			out[at] = '&'
			s.before, s.single = at, false
			at++
			continue
		}
		word := at
		if at > s.base {
			out[at] = ' '
			word++
		}
		to := asciiLetters(out[word:], text, i)
		read, plain := to+1, true
		switch {
		case i+to == len(text):
			read = to
		case to == 0 || text[i+to] != ' ':
			to, read, plain = plainWord(out[word:], text[i:], short)
		}
		if !plain || to > 0 && s.needsCare(out[word:word+to]) {
			break
		}
		i += read
		if to > 0 {
			s.before, s.single = word, false
			at = word + to
		}
	}
	s.out = out[:at]
	s.word, s.part, s.letters, s.dotted = at, at, 0, false
	return i
}

// slack is the room that is needed behind a name: for a blank before it, and for
// letters that are written eight at a time.
const slack = 1 + 16

// needsCare reports whether a word is a single letter or a conjunction.
func (s *scanner) needsCare(word []byte) bool {
	if len(word) > 3 {
		return false
	}
	return len(word) == 1 || len(word) == 2 && word[0] >= utf8.RuneSelf || s.forms.isJoiner(word)
}

// plainWord writes the word that text begins with to out, and returns the
// number of bytes that were written and read, and whether it is plain.
func plainWord(out, text []byte, short *[twoByteRunes]int32) (to, read int, plain bool) {
	if len(text) > 2 && text[1] == '.' {
		return abbreviation(out, text)
	}
	for i := 0; ; {
		if i == len(text) {
			return to, i, true
		}
		c := text[i]
		mark := asciiMarks[c]
		if mark > longMark {
			out[to] = mark
			to++
			i++
			continue
		}
		switch {
		case mark == gapMark, mark == dotMark && endsAt(text, i+1):
			return to, i, true
		case mark == noMark:
			i++
			continue
		case mark != longMark || c < 0xc2 || c > 0xdf || i+1 == len(text) || text[i+1]&0xc0 != 0x80:
			return to, i, false
		}
		folded := short[int(c&0x1f)<<6|int(text[i+1]&0x3f)]
		switch {
		case folded >= twoByteRunes:
			return to, i, false
		case folded >= utf8.RuneSelf:
			out[to], out[to+1] = byte(0xc0|folded>>6), byte(0x80|folded&0x3f)
			to += 2
		case folded > longMark:
			out[to] = byte(folded)
			to++
		case folded != noMark:
			return to, i, false
		}
		i += 2
	}
}

// endsAt reports whether a gap or the end of text is at i.
func endsAt(text []byte, i int) bool {
	return i == len(text) || asciiMarks[text[i]] == gapMark
}

// abbreviation is plainWord for single ASCII letters with dots.
func abbreviation(out, text []byte) (to, read int, plain bool) {
	for i := 0; ; i += 2 {
		c := asciiMarks[text[i]]
		if c < 'A' {
			return to, i, false
		}
		out[to] = c
		to++
		if endsAt(text, i+1) || text[i+1] == '.' && endsAt(text, i+2) {
			return to, i + 1, to > 1
		}
		if text[i+1] != '.' {
			return to, i, false
		}
	}
}

const (
	eachByte = 0x0101010101010101
	topBits  = 0x80 * eachByte
)

// asciiLetters writes the ASCII letters that text has from i on in upper case,
// eight at a time, and returns their number. It needs room for eight more.
func asciiLetters(out, text []byte, i int) int {
	n := 0
	for {
		var x uint64
		switch left := len(text) - i - n; {
		case left >= 8:
			x = binary.LittleEndian.Uint64(text[i+n:])
		case len(text) >= 8:
			x = binary.LittleEndian.Uint64(text[len(text)-8:]) >> (64 - 8*left)
		default:
			for j := range left {
				x |= uint64(text[i+n+j]) << (8 * j)
			}
		}
		low := (x | 0x20*eachByte) &^ topBits
		// The top bit of a byte is set by the sum if it is at least a, and
		// above z.
		letters := (low + (0x80-'a')*eachByte) &^ (low + (0x7f-'z')*eachByte) &^ x & topBits
		binary.LittleEndian.PutUint64(out[n:], x&^(0x20*eachByte))
		if other := ^letters & topBits; other != 0 {
			return n + bits.TrailingZeros64(other)/8
		}
		n += 8
	}
}
