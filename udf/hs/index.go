package hs

import (
	"math/bits"

	"github.com/dhowdb/dhow/udf"
)

// index finds what belongs to codes. It is made once and then only read, which
// takes a fraction of the time of a map.
type index[T any] struct {
	slots   []slot[T] // a power of two, at most half of them taken
	shift   int
	lengths [maxDigits + 1]bool // whether there are codes of so many digits
}

// slot holds a code, none if it is empty, and its value.
type slot[T any] struct {
	code  udf.Str
	value T
}

func newIndex[T any](of map[udf.Str]T) *index[T] {
	size := bits.Len(uint(2*len(of) + 1))
	x := &index[T]{slots: make([]slot[T], 1<<size), shift: 64 - size}
	for code, value := range of {
		*x.slot(code) = slot[T]{code, value}
		x.lengths[code.Len()] = true
	}
	return x
}

// slot returns the slot of a code, or the empty one where it would be.
func (x *index[T]) slot(code udf.Str) *slot[T] {
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
		return s.value, true
	}
	return value, false
}
