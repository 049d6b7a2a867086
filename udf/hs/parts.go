package hs

import "github.com/dhowdb/dhow/udf"

// parts are the groups of digits of what may be a code, and what follows them.
type parts struct {
	digits [24]byte // values of the first digits
	groups [8]group
	count  int  // of groups
	words  bool // whether letters or digits follow that aren't in a group
	unit   bool // whether a letter stands right behind the last digit
}

// group is a run of digits.
type group struct {
	joiner class // how it is joined to the group before: dot, comma, dash, blank
	start  int   // position in digits
	n      int
	zeros  bool // whether all digits are 0
}

func (g group) tight() bool { return g.joiner == dot || g.joiner == dash }

// read returns the code in a text of any form.
func read(text []byte) (udf.Str, bool) {
	s := scanner{text: text}
	s.advance()
	s.skipLabel()
	if s.class != digit {
		return udf.Str{}, false
	}
	var p parts
	if exp, ok := p.scan(&s); ok {
		return p.scientific(exp)
	}
	if !p.thousands() {
		return udf.Str{}, false
	}
	return p.code()
}

// scan reads groups as long as they are joined. If they are the mantissa of a
// number with an exponent, it reads that and returns it.
func (p *parts) scan(s *scanner) (exp int, ok bool) {
	joiner, start := blank, 0
	for {
		g := p.group(s, joiner, start)
		start += g.n
		p.groups[p.count] = g
		p.count++
		if s.class == letter && s.value|0x20 == 'e' && p.mantissa() {
			if exp, ok := s.exponent(); ok {
				p.follow(s)
				return exp, true
			}
		}
		before := *s
		if joiner, ok = s.joiner(); !ok || p.count == len(p.groups) {
			*s = before
			p.follow(s)
			return 0, false
		}
	}
}

func (p *parts) group(s *scanner, joiner class, start int) group {
	g := group{joiner: joiner, start: start, zeros: true}
	for s.class == digit {
		if at := start + g.n; at < len(p.digits) {
			p.digits[at] = s.value
		}
		g.zeros = g.zeros && s.value == 0
		g.n++
		s.advanceDigit()
	}
	return g
}

// joiner reads what joins two groups of digits, and reports whether a digit
// follows.
func (s *scanner) joiner() (class, bool) {
	joiner := s.class
	switch joiner {
	case dot, comma, dash:
		s.advance()
	case blank:
		s.skip(blanks)
	default:
		return other, false
	}
	return joiner, s.class == digit
}

// follow looks at what stands behind the last group.
func (p *parts) follow(s *scanner) {
	p.unit = s.class == letter
	if !p.unit {
		s.skip(^wordsOrMore)
	}
	p.words = s.class != end
}

// thousands joins the groups of a number such as 61,091,000, and cuts the
// groups at any other comma. It reports whether there can still be a code.
func (p *parts) thousands() bool {
	n := 1
	for n < p.count && p.groups[n].joiner == comma && p.groups[n].n == 3 {
		n++
	}
	if n > 1 && p.groups[0].n <= 3 && p.groups[0].n+3*(n-1) <= maxDigits {
		p.groups[0].n += 3 * (n - 1)
		rest := p.groups[n:p.count]
		if len(rest) > 0 && rest[0].tight() { // a fraction
			if rest[0].joiner != dot || !rest[0].zeros || len(rest) > 1 && rest[1].tight() {
				return false
			}
		}
		p.cut(1)
		// Before words a number is a quantity.
		return !p.words
	}
	for i := 1; i < p.count; i++ {
		if p.groups[i].joiner == comma {
			p.cut(i)
			p.words, p.unit = true, false
		}
	}
	return true
}

func (p *parts) cut(n int) { p.count = min(p.count, n) }
