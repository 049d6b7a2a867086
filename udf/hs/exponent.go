package hs

import "github.com/dhowdb/dhow/udf"

// mantissa reports whether the groups so far may be the mantissa of a number.
func (p *parts) mantissa() bool {
	return p.count == 1 || p.count == 2 && (p.groups[1].joiner == dot || p.groups[1].joiner == comma)
}

// exponent reads "E+05", and leaves s as it was if there is none.
func (s *scanner) exponent() (int, bool) {
	before := *s
	s.advance()
	sign := 1
	if s.class == dash {
		sign = -1
	}
	if s.class == dash || s.class == other && s.value == '+' {
		s.advance()
	}
	exp, n := 0, 0
	for ; s.class == digit && n < 3; n++ {
		exp = exp*10 + int(s.value)
		s.advance()
	}
	if n == 0 || s.class == digit || s.class == letter {
		*s = before
		return 0, false
	}
	return sign * exp, true
}

// written is how many digits of a number with an exponent must be there. In a
// narrow or general cell a spreadsheet shows six, without zeros at the end; its
// scientific format shows three, which is not even a heading.
const written = 5

// scientific returns the code that is left of a number with an exponent.
func (p *parts) scientific(exp int) (udf.Str, bool) {
	last := p.groups[p.count-1]
	digits, whole := last.start+last.n, p.groups[0].n+exp
	if p.words || digits > len(p.digits) || whole < 1 || whole > maxDigits || digits < min(written, whole) {
		return udf.Str{}, false
	}
	var b builder
	if whole&1 == 1 {
		b.zero()
	}
	for i := range max(whole, digits) {
		value := byte(0)
		if i < digits {
			value = p.digits[i]
		}
		if i < whole {
			b.add([]byte{value})
		} else if value != 0 {
			return udf.Str{}, false // a fraction
		}
	}
	return b.result()
}
