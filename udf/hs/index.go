package hs

import (
	"maps"
	"math/bits"

	"github.com/dhowdb/dhow/udf"
)

// index finds what belongs to codes. It is made once and then only read, which
// takes a fraction of the time of a map.
type index[T any] struct {
	slots   []slot // a power of two, at most half of them taken
	shift   int
	values  []T
	lengths [maxDigits + 1]bool // whether there are codes of so many digits
}

// slot holds a code, none if it is empty, and the place of its value.
type slot struct {
	code  udf.Str
	place int
}

func newIndex[T any](of map[udf.Str]T) *index[T] {
	size := bits.Len(uint(2*len(of) + 1))
	x := &index[T]{slots: make([]slot, 1<<size), shift: 64 - size}
	for code := range maps.Keys(of) {
		at := x.slot(code)
		*at = slot{code, len(x.values)}
		x.values = append(x.values, of[code])
		x.lengths[code.Len()] = true
	}
	return x
}

// slot returns the slot of a code, or the empty one where it would be.
func (x *index[T]) slot(code udf.Str) *slot {
	const odd = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio
	for at := (code.Lo>>32 ^ code.Hi*odd) * odd >> x.shift; ; at = (at + 1) & uint64(len(x.slots)-1) {
		if s := &x.slots[at]; s.code == code || s.code.Lo == 0 {
			return s
		}
	}
}

// find returns the value of the first n digits of a code.
func (x *index[T]) find(code udf.Str, n int) (value T, ok bool) {
	if !x.lengths[n] {
		return value, false
	}
	if s := x.slot(begin(code, n)); s.code.Lo != 0 {
		return x.values[s.place], true
	}
	return value, false
}
