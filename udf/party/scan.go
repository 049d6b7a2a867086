package party

import "unicode/utf8"

// scanner writes the words of a name in canonical letters, with one blank
// between them.
type scanner struct {
	out   []byte
	forms *formTable

	base    int  // where the name begins in out
	word    int  // where the current word begins
	before  int  // where the word before begins
	part    int  // where its current part begins: behind the last dot within it
	letters int  // in the current part; a digit counts as two
	dotted  bool // whether single letters with dots stand before the current part
	single  bool // whether the word before is a single letter, or was joined from them
	careful bool // whether plain words are read as all others
	gap     gap  // what stands behind the last letter
}

// gap is what divides two letters.
type gap uint8

const (
	noGap gap = iota
	dotGap
	slashGap
	blankGap
)

// scan appends the words of text to out, legal forms included. Characters that
// aren't valid UTF-8 divide words.
func scan(out []byte, text []byte, forms *formTable) []byte {
	s := scanner{forms: forms, out: out, base: len(out)}
	return s.scan(text)
}

func (s *scanner) scan(text []byte) []byte {
	text = skipMessrs(text)
	s.word, s.part, s.gap = s.base, s.base, blankGap
	for i := 0; i < len(text); {
		if s.gap == blankGap && !s.careful {
			if i += s.plainWords(text[i:]); i == len(text) {
				break
			}
		}
		mark := asciiMarks[text[i]]
		switch mark {
		case gapMark:
			s.gap = blankGap
			i++
		case noMark:
			i++
		case dotMark:
			s.divide(dotGap)
			i++
		case slashMark:
			s.divide(slashGap)
			i++
		case andMark:
			s.and()
			i++
		case longMark:
			i += s.long(text[i:])
		default:
			i += s.ascii(text[i:])
		}
	}
	s.endWord()
	return s.out
}

// skipMessrs skips the M/s or M/S that is put before names of firms.
func skipMessrs(text []byte) []byte {
	for len(text) > 0 && asciiMarks[text[0]] == gapMark {
		text = text[1:]
	}
	if len(text) > 3 && text[0]|0x20 == 'm' && text[1] == '/' && text[2]|0x20 == 's' && asciiMarks[text[3]] < longMark {
		return text[3:]
	}
	return text
}

// divide takes a dot or a slash, which may stand within an abbreviation if it
// is alone.
func (s *scanner) divide(by gap) {
	if s.gap == noGap {
		s.gap = by
	} else {
		s.gap = blankGap
	}
}

// ascii writes the letters and digits that text begins with, and returns how
// many there are.
func (s *scanner) ascii(text []byte) int {
	s.next()
	n := 0
	for n < len(text) {
		c := asciiMarks[text[n]]
		if c <= longMark {
			break
		}
		s.out = append(s.out, c)
		n++
	}
	s.letters += n
	if text[0] <= '9' {
		s.letters++
	}
	s.check()
	return n
}

// long writes the character that text begins with, which isn't ASCII, and
// returns its length.
func (s *scanner) long(text []byte) int {
	r, n := utf8.DecodeRune(text)
	if r == utf8.RuneError {
		s.gap = blankGap
		return n
	}
	page := pageOf(r)
	to := page.of[r%pageSize]
	if to&severalOf != 0 {
		for _, r := range page.several[to&^severalOf] {
			s.character(r)
		}
		return n
	}
	switch {
	case to > longMark:
		s.letter(to)
	case to == noMark:
	default:
		s.mark(byte(to))
	}
	return n
}

// character writes one of several characters that a ligature is folded to.
func (s *scanner) character(r rune) {
	switch {
	case r >= utf8.RuneSelf && isLetter(r):
		s.letter(r)
	case r >= utf8.RuneSelf:
		s.gap = blankGap
	case asciiMarks[r] > longMark:
		s.letter(r)
	default:
		s.mark(asciiMarks[r])
	}
}

func (s *scanner) mark(mark byte) {
	switch mark {
	case dotMark:
		s.divide(dotGap)
	case slashMark:
		s.divide(slashGap)
	case andMark:
		s.and()
	case gapMark:
		s.gap = blankGap
	}
}

// letter writes a canonical letter or digit.
func (s *scanner) letter(r rune) {
	s.next()
	s.out = utf8.AppendRune(s.out, r)
	s.letters++
	if r <= '9' {
		s.letters++
	}
	s.check()
}

// next begins a new word or part of a word if there is a gap.
func (s *scanner) next() {
	if s.gap == noGap {
		return
	}
	by := s.gap
	s.gap = noGap
	if by != blankGap && s.letters == 1 {
		// The letters of an abbreviation; behind a slash, a word cut to
		// its first letter and its end, as F/Stuff.
		if by == dotGap {
			s.dotted = true
			s.part = len(s.out)
			s.letters = 0
		}
		return
	}
	s.endWord()
	s.beginWord()
}

func (s *scanner) beginWord() {
	if len(s.out) > s.base {
		s.out = append(s.out, ' ')
	}
	s.word, s.part, s.letters, s.dotted = len(s.out), len(s.out), 0, false
}

// check divides a word again if what stands behind its dots is more than a
// letter: J.Smith is two words.
func (s *scanner) check() {
	if !s.dotted || s.letters < 2 {
		return
	}
	tail := len(s.out) - s.part
	var keep [32]byte
	rest := append(keep[:0], s.out[s.part:]...)
	letters := s.letters
	s.out = s.out[:len(s.out)-tail]
	s.letters = 1
	s.dotted = utf8.RuneCount(s.out[s.word:]) > 1
	s.endWord()
	s.beginWord()
	s.out = append(s.out, rest...)
	s.letters = letters
}

// and writes an ampersand as a word.
func (s *scanner) and() {
	s.endWord()
	s.beginWord()
	s.out = append(s.out, '&')
	s.letters = 2
	s.gap = blankGap
	s.endWord()
}

// endWord looks at the whole word: conjunctions become ampersands, and letters
// that stand alone are joined.
func (s *scanner) endWord() {
	word := s.out[s.word:]
	if len(word) == 0 {
		return
	}
	single := s.letters == 1 && !s.dotted
	switch {
	case s.forms.isJoiner(word):
		if s.dotted {
			s.spread()
			return
		}
		s.out = append(s.out[:s.word], '&')
		single = false
		s.before = s.word
	case single && s.single && !s.makesJoiner(word):
		s.out = append(s.out[:s.word-1], word...)
	default:
		s.before = s.word
	}
	s.single = single
	s.word, s.part, s.letters, s.dotted = len(s.out), len(s.out), 0, false
}

// makesJoiner reports whether the word before, with letter behind it, is a
// conjunction: E T is not ET.
func (s *scanner) makesJoiner(letter []byte) bool {
	var buf [16]byte
	before := s.out[s.before : s.word-1]
	if len(before)+len(letter) > len(buf) {
		return false
	}
	return s.forms.isJoiner(append(append(buf[:0], before...), letter...))
}

// spread writes an abbreviation that looks like a conjunction, as E.T., as
// single letters.
func (s *scanner) spread() {
	var buf [16]byte
	letters := string(append(buf[:0], s.out[s.word:]...))
	s.out = s.out[:s.word]
	if len(s.out) > s.base {
		s.out = s.out[:s.word-1]
	}
	for _, r := range letters {
		s.beginWord()
		s.out = utf8.AppendRune(s.out, r)
		s.letters = 1
		s.endWord()
	}
}
