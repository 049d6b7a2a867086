package country

import (
	"math"
	"unicode/utf8"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/country/spelling"
)

// ofStr returns the verdict on a text.
func (b *book) ofStr(s *udf.Str) verdict {
	if v := b.ofCode(s); v.found() {
		return v
	}
	v, _ := b.texts.Number(s, b.read) // reading a text can't fail
	return verdict(v)
}

// ofCode returns the verdict on a text of two or three capitals, and none on
// others.
func (b *book) ofCode(s *udf.Str) verdict {
	one, two := s.Lo>>32&0xff-'A', s.Lo>>40&0xff-'A'
	if one >= letters || two >= letters {
		return 0
	}
	switch at := one*letters + two; uint32(s.Lo) {
	case 2:
		v := b.pairs[at]
		if v.reading() == asCode {
			v += made(asOK, 0) - made(asCode, 0)
		}
		return v
	case 3:
		if three := s.Lo>>48&0xff - 'A'; three < letters {
			return b.triples[at*letters+three]
		}
	}
	return 0
}

// ofText returns the verdict on a text that isn't a code in capitals.
func (b *book) ofText(text []byte) verdict {
	if n, is := spelling.Number(text, maxNumber); is {
		return b.ofInt(n)
	}
	var k spelling.Key
	if !k.Set(text) {
		if len(text) > spelling.MaxText {
			return made(asUnknown, 0)
		}
		return made(asEmpty, 0)
	}
	v, ok := b.names.Find(k.Bytes())
	if !ok && k.Words() > 1 {
		return b.ofTwo(text)
	}
	return verdict(v)
}

// ofInt returns the verdict on a number.
func (b *book) ofInt(n int64) verdict {
	if n < 0 || n >= maxNumber {
		return 0
	}
	return b.numbers[n]
}

// ofFloat returns the verdict on a number that must be whole.
func (b *book) ofFloat(x float64) verdict {
	if x != math.Trunc(x) || math.Abs(x) >= maxNumber {
		return 0
	}
	return b.ofInt(int64(x))
}

// ofTwo returns the verdict on a text that names one country twice, as in
// "784 - United Arab Emirates" or "الإمارات / UAE": both parts are known and
// the country is the same.
func (b *book) ofTwo(text []byte) verdict {
	const most = 4 // places where a text is cut
	cuts := 0
	for i := 1; i+1 < len(text) && cuts < most; i++ {
		if !isCut(text, i, cuts == 0) {
			continue
		}
		cuts++
		left := b.ofPart(text[:i])
		if !left.found() {
			continue
		}
		if right := b.ofPart(text[i+1:]); right.found() && right.at() == left.at() {
			return made(asAlias, left.at())
		}
	}
	return 0
}

// isCut reports whether byte i may stand between two names: punctuation that
// separates, and a blank if it is the first one or scripts change at it.
func isCut(text []byte, i int, first bool) bool {
	switch text[i] {
	case '-', '/', '(', '|', ',', ':', ';', '=', '\t':
		return true
	case ' ':
		return first || text[i-1] >= utf8.RuneSelf != (text[i+1] >= utf8.RuneSelf)
	}
	return false
}

// ofPart is ofText for a part, which isn't cut again.
func (b *book) ofPart(text []byte) verdict {
	if n, is := spelling.Number(text, maxNumber); is {
		return b.ofInt(n)
	}
	var k spelling.Key
	if !k.Set(text) {
		return 0
	}
	v, _ := b.names.Find(k.Bytes())
	return verdict(v)
}
