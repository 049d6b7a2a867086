package currency

import (
	"bytes"
	"math"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/country/spelling"
)

// verdict says what a text is: how it was read, and the number of the
// currency. The zero verdict is that of a text that isn't known.
type verdict uint16

// reading is how a text was read.
type reading uint8

const (
	asUnknown reading = iota
	asOK
	asCode
	asAlias
	asHistoric
	asAmbiguous
	asEmpty
)

// readings are the words that currency_status says.
var readings = [...]string{
	asUnknown: "unknown", asOK: "ok", asCode: "code", asAlias: "alias",
	asHistoric: "historic", asAmbiguous: "ambiguous", asEmpty: "empty",
}

const numberBits = 10

func made(r reading, at int) verdict { return verdict(r)<<numberBits | verdict(at) }

func (v verdict) reading() reading { return reading(v >> numberBits) }

func (v verdict) at() int { return int(v & (1<<numberBits - 1)) }

// found reports whether the text stands for one currency.
func (v verdict) found() bool {
	r := v.reading()
	return r >= asOK && r <= asHistoric
}

// isCode reports whether a text is a code in capitals, as it should be.
func (b *book) isCode(s udf.Str) bool {
	one, two, three := s.Lo>>32&0xff-'A', s.Lo>>40&0xff-'A', s.Lo>>48-'A'
	return uint32(s.Lo) == 3 && one < letters && two < letters && three < letters &&
		b.standing[(one*letters+two)*letters+three]
}

// ofStr returns the verdict on a text.
func (b *book) ofStr(s *udf.Str) verdict {
	one, two, three := s.Lo>>32&0xff-'A', s.Lo>>40&0xff-'A', s.Lo>>48&0xff-'A'
	if uint32(s.Lo) == 3 && one < letters && two < letters && three < letters {
		v := b.codes[(one*letters+two)*letters+three]
		if v.reading() == asCode {
			return made(asOK, v.at())
		}
		if v != 0 {
			return v
		}
	}
	return b.ofText(s.Bytes())
}

func (b *book) ofText(text []byte) verdict {
	if n, is := spelling.Number(text, maxNumber); is {
		return b.ofInt(n)
	}
	var k spelling.Key
	if !k.Set(text) {
		if len(text) > spelling.MaxText {
			return 0
		}
		return made(asEmpty, 0)
	}
	found, _ := b.names.Find(k.Bytes())
	v := verdict(found)
	if v.reading() == asAmbiguous {
		if exact, ok := b.exact[string(bytes.TrimSpace(text))]; ok {
			return exact
		}
	}
	return v
}

// ofInt returns the verdict on a numeric code.
func (b *book) ofInt(n int64) verdict {
	if n < 0 || n >= maxNumber {
		return 0
	}
	return b.numbers[n]
}

// ofFloat returns the verdict on a numeric code, which must be whole.
func (b *book) ofFloat(x float64) verdict {
	if x != math.Trunc(x) || math.Abs(x) >= maxNumber {
		return 0
	}
	return b.ofInt(int64(x))
}
