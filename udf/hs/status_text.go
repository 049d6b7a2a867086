package hs

import "github.com/dhowdb/dhow/udf"

// statusOfText is the status of a text. Its words are read as [ofText] reads
// them.
func statusOfText(n *nomenclature, s *udf.Str) outcome {
	code, bad := digitsOnly(*s)
	if !bad {
		if s.Len()&1 == 1 {
			return n.statusOfPadded(code)
		}
		return n.plainStatus(code)
	}
	if code, bad := separated(s); !bad {
		return n.plainStatus(code)
	}
	text := s.Bytes()
	code, ok := read(text)
	if !ok {
		return outcomeNoCode
	}
	return n.statusOfForm(code, text)
}

func (n *nomenclature) plainStatus(code udf.Str) outcome {
	if n.in(code) == 0 {
		return missing(code)
	}
	return outcomeOK
}

// statusOfForm is the status of a text in which read has found the code. It
// scans the text anew and compares its digits with the code.
func (n *nomenclature) statusOfForm(code udf.Str, text []byte) outcome {
	s := scanner{text: text}
	s.advance()
	s.skipLabel()
	var p parts
	exp, scientific := p.scan(&s)
	written := p.total()
	if scientific {
		return n.statusOfExponent(code, written, p.groups[0].n+exp)
	}
	fraction := p.emptyFraction()
	p.thousands()
	head := p.groups[0].n
	if head&1 == 1 && code.Len() == head+1 && (p.count == 1 || fraction > 0) {
		if o := n.statusOfPadded(code); o != outcomePadded {
			return o
		}
	}
	used := code.Len()
	if head&1 == 1 {
		used-- // the zero in front
	}
	switch {
	case n.in(code) == 0:
		return missing(code)
	case used < written-fraction, s.class == digit:
		return outcomeTruncated
	case head&1 == 1, used > written-fraction:
		return outcomePadded
	}
	return outcomeOK
}

// statusOfExponent is the status of a number that has an exponent, of as many
// digits as are written, and whole ones before its point.
func (n *nomenclature) statusOfExponent(code udf.Str, written, whole int) outcome {
	switch {
	case written < whole:
		return outcomeAmbiguous
	case whole&1 == 1:
		return n.statusOfPadded(code)
	}
	return n.plainStatus(code)
}

// total is the number of digits in all groups.
func (p *parts) total() int {
	n := 0
	for _, g := range p.groups[:p.count] {
		n += g.n
	}
	return n
}

// emptyFraction returns the number of digits of the fraction of a number that
// is whole: of zeros behind its only dot.
func (p *parts) emptyFraction() int {
	last := p.groups[p.count-1]
	if p.count < 2 || last.joiner != dot || !last.zeros {
		return 0
	}
	for _, g := range p.groups[1 : p.count-1] {
		if g.joiner != comma {
			return 0
		}
	}
	if p.count == 2 && (last.n == 2 || last.n == 4) {
		return 0 // a part of the code
	}
	return last.n
}
