package hs

// skipLabel goes to the first digit of the code, over blanks, quotes and one
// label such as "HS", "H.S. Code No.:", "HTS" or "HS6".
func (s *scanner) skipLabel() {
	s.skip(opening)
	if s.class != letter || s.value|0x20 != 'h' {
		return // all labels begin so
	}
	before := *s
	if !s.label() {
		*s = before
		return
	}
	if s.class == digit {
		s.edition()
		return
	}
	s.skip(punctuation)
	for s.class == letter {
		if before = *s; !s.labelNoun() {
			*s = before
			return
		}
		s.skip(punctuation)
	}
}

// label reads the name of a nomenclature.
func (s *scanner) label() bool {
	word, n := s.word()
	switch string(word[:n]) {
	case "HS", "HSN", "HTS", "HTSUS", "HSCODE", "HSNCODE", "HTSCODE", "HSNO":
		return true
	}
	return false
}

// labelNoun reads what may stand behind the name of a nomenclature.
func (s *scanner) labelNoun() bool {
	word, n := s.word()
	switch string(word[:n]) {
	case "CODE", "CODES", "NO", "NR", "NUMBER", "CODENO":
		return true
	}
	return false
}

// word reads ASCII letters, and leaves out the dots between and behind them. A
// word of more than 8 letters is empty, as no label is that long.
func (s *scanner) word() (word [8]byte, n int) {
	for s.class == letter && s.value != 0 || s.class == dot && s.value == '.' {
		if s.class == letter {
			if n < len(word) {
				word[n] = s.value &^ 0x20
			}
			n++
		}
		s.advance()
	}
	if n > len(word) {
		n = 0
	}
	return word, n
}

// edition skips digits right behind a label that are the level or the year of
// the nomenclature and not the code, as in "HS6 010121" or "HS2022: 010121".
func (s *scanner) edition() {
	before := *s
	number, digits := s.number()
	if isEdition(number) && (s.class == blank || s.class == dash || s.class == other) {
		s.skip(punctuation)
		code := *s
		if _, n := s.number(); n >= 4 {
			*s = code
			return
		}
	}
	*s = before
	if digits == 1 {
		s.class = other // "HS6" alone is not chapter 06
	}
}

func isEdition(number int) bool {
	switch number {
	case 2, 4, 6, 8, 10, 12, 1988, 1992, 1996, 2002, 2007, 2012, 2017, 2022, 2028:
		return true
	}
	return false
}

// number reads a run of digits and returns its value, up to five digits, and
// its length.
func (s *scanner) number() (value, n int) {
	for ; s.class == digit; n++ {
		if n < 5 {
			value = value*10 + int(s.value)
		}
		s.advance()
	}
	return value, n
}
