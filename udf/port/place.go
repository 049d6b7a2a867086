package port

import "github.com/dhowdb/dhow/udf"

// place is a UN/LOCODE, two letters and three letters or digits, in 30 bits:
// six for each character, which is its ASCII code less 32. A gazetteer needs no
// table of codes this way.
type place int32

const (
	nowhere place = -1 // no place
	several place = -2 // more than one
)

// found reports whether it is one place.
func (p place) found() bool { return p >= 0 }

// placeOf packs a code of five capital letters or digits.
func placeOf[T string | []byte](code T) place {
	if len(code) != codeLen {
		return nowhere
	}
	var p place
	for i := range codeLen {
		b := code[i]
		if (b < 'A' || b > 'Z') && (b < '0' || b > '9' || i < 2) {
			return nowhere
		}
		p = p<<6 | place(b-' ')
	}
	return p
}

const codeLen = 5

func (p place) country() udf.Str {
	first, second := uint64(p>>24&63+' '), uint64(p>>18&63+' ')
	return udf.Str{Lo: 2 | first<<32 | second<<40}
}

func (p place) code() udf.Str {
	s := p.country()
	s.Lo = codeLen | s.Lo>>32<<32 | uint64(p>>12&63+' ')<<48 | uint64(p>>6&63+' ')<<56
	s.Hi = uint64(p&63 + ' ')
	return s
}

// in reports whether the place is in a country, given by any place in it.
func (p place) in(other place) bool { return p>>18 == other>>18 }
