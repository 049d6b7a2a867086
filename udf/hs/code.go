package hs

import "github.com/dhowdb/dhow/udf"

// builder is a code of an even number of digits that grows.
type builder struct {
	text [maxDigits]byte
	n    int
}

// add puts the n digits behind the code; lost zeros must have been counted.
func (b *builder) add(values []byte) {
	to := b.text[b.n:]
	to = to[:len(values)]
	for i, v := range values {
		to[i] = '0' + v
	}
	b.n += len(values)
}

func (b *builder) zero() {
	b.text[b.n] = '0'
	b.n++
}

// result returns the code; there is no chapter 00.
func (b *builder) result() (udf.Str, bool) {
	if b.text[0] == '0' && b.text[1] == '0' {
		return udf.Str{}, false
	}
	return udf.InlineStr(b.text[:b.n]), true
}

// code joins the groups to a code by the rules that [Normalize] documents.
func (p *parts) code() (udf.Str, bool) {
	head := p.groups[0]
	if head.n > maxDigits {
		return udf.Str{}, false
	}
	lastZero, ok := p.fraction()
	if !ok {
		return udf.Str{}, false
	}
	joined := p.count > 1 && p.groups[1].tight()
	var b builder
	if head.n&1 == 1 {
		if p.words && head.n < 5 && !joined {
			return udf.Str{}, false
		}
		b.zero()
	}
	b.add(p.digits[:head.n])
	if lastZero {
		b.add(p.digits[head.n : head.n+1])
		b.zero()
		if p.unit && p.count == 2 {
			return udf.Str{}, false
		}
		return b.result()
	}
	return p.tail(&b)
}

// fraction looks at a single group behind a dot. It cuts the group off if it
// is the empty fraction of a number, and reports lastZero if the group is a
// subheading whose last zero was lost, and not ok if it can't be in a code.
func (p *parts) fraction() (lastZero, ok bool) {
	if p.count < 2 || p.groups[1].joiner != dot || p.count > 2 && p.groups[2].tight() {
		return false, true
	}
	head, g := p.groups[0].n, p.groups[1]
	switch {
	case g.n == 2 || g.n == 4:
		return false, true
	case g.zeros:
		p.words = p.words || p.count > 2
		p.unit = p.unit && p.count == 2
		if p.unit {
			return false, false
		}
		p.cut(1)
		return false, true
	}
	lastZero = g.n == 1 && (head == 3 || head == 4)
	return lastZero, lastZero
}

// verdict is what a group behind others is.
type verdict uint8

const (
	part   verdict = iota // of the code
	past                  // the code ended before it
	broken                // there can't be a code
)

// tail adds the groups behind the first one.
func (p *parts) tail(b *builder) (udf.Str, bool) {
	i := 1
	for ; i < p.count; i++ {
		g := p.groups[i]
		verdict := p.judge(i, b.n)
		if verdict == broken {
			return udf.Str{}, false
		}
		if verdict == past {
			break
		}
		b.add(p.digits[g.start : g.start+g.n])
	}
	if i == p.count && p.unit {
		return udf.Str{}, false
	}
	return b.result()
}

// judge says what group i is if n digits of the code stand before it.
func (p *parts) judge(i, n int) verdict {
	g := p.groups[i]
	if !g.tight() {
		return p.judgeBlank(i, n)
	}
	if p.groups[i-1].joiner == dash && i > 1 && g.joiner == dot {
		return broken // a range, 6109.10-6109.90
	}
	if n >= 6 && (g.n == 1 || g.n == 3) {
		return past // a national suffix
	}
	fits := g.n == 2 || g.n == 4
	if g.joiner == dash {
		fits = g.n == 2 && n >= 4 || g.n == 4 && n >= 6
	}
	if !fits || n+g.n > maxDigits {
		return broken
	}
	return part
}

// judgeBlank is judge for a group behind a blank.
func (p *parts) judgeBlank(i, n int) verdict {
	g, last := p.groups[i], i == p.count-1
	if n+g.n > maxDigits || last && p.unit {
		return past
	}
	if g.n == 4 && n >= 6 && last && !p.words {
		return part
	}
	if g.n != 2 {
		return past
	}
	joined := p.groups[1].tight() || !last && p.groups[i+1].tight()
	if joined && p.words {
		return past
	}
	return part
}
