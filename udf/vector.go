package udf

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// ChunkSize is the largest number of rows in a [Chunk].
const ChunkSize = 2048

// Chunk is up to [ChunkSize] rows of arguments and the result to be filled.
// It belongs to one thread and is valid only during the call of the kernel.
type Chunk struct {
	Len  int
	Args []Vector
	Out  Output
	Own  *Own // the tables of the database's user; nil for none
}

// Vector is one column of a chunk: a value for each row, and a bit for each
// row that tells whether it is valid (1) or NULL (0). Valid is nil when all
// rows are. The value of a NULL row is undefined and must not be used.
type Vector struct {
	Data  unsafe.Pointer
	Valid []uint64
}

// IsValid reports whether row i is not NULL.
func (v *Vector) IsValid(i int) bool {
	return v.Valid == nil || v.Valid[i>>6]>>(i&63)&1 == 1
}

// Values returns the first n values of v. T must be the representation of the
// column's [Type].
func Values[T any](v *Vector, n int) []T {
	return unsafe.Slice((*T)(v.Data), n)
}

// Output is the result column of a chunk. All rows begin as valid.
type Output struct {
	Data  unsafe.Pointer
	Nulls *[ChunkSize / 64]uint64 // a bit 1 marks a NULL row
	Dirty bool                    // whether any bit of Nulls is set

	// Strings longer than 12 bytes are put into blocks of memory from Alloc,
	// which must stay where it is until the host has copied them.
	Alloc func(size int) []byte
	block []byte
	Long  bool // whether any row holds a string longer than 12 bytes

	Items *Items // elements of a List result, or Struct results
}

// IsNull reports whether row i has been made NULL.
func (o *Output) IsNull(i int) bool { return o.Nulls[i>>6]>>(i&63)&1 == 1 }

// Results returns the first n values of the output, to be filled.
func Results[T any](o *Output, n int) []T {
	return unsafe.Slice((*T)(o.Data), n)
}

// SetNull makes row i NULL.
func (o *Output) SetNull(i int) {
	o.Nulls[i>>6] |= 1 << (i & 63)
	o.Dirty = true
}

// NullsOf copies the NULL rows of v to the output and reports whether there
// are any. Kernels with a loop of their own call it first for each argument.
func (o *Output) NullsOf(v *Vector, n int) bool {
	if v.Valid == nil {
		return false
	}
	words := (n + 63) / 64
	var found uint64
	for w := range words {
		nulls := ^v.Valid[w]
		if w == words-1 && n&63 != 0 {
			nulls &= 1<<(n&63) - 1
		}
		o.Nulls[w] |= nulls
		found |= nulls
	}
	o.Dirty = o.Dirty || found != 0
	return found != 0
}

// NullCount returns the number of NULL rows set so far.
func (o *Output) NullCount() int {
	n := 0
	for _, w := range o.Nulls {
		n += bits.OnesCount64(w)
	}
	return n
}

// SetFixed sets row i of a VARCHAR result to a text from [FixedStr], which
// needs no copy.
func (o *Output) SetFixed(i int, s Str) {
	*(*Str)(unsafe.Add(o.Data, i*int(unsafe.Sizeof(s)))) = s
}

// SetString sets row i of a VARCHAR result to a copy of s.
func (o *Output) SetString(i int, s []byte) {
	dst := (*Str)(unsafe.Add(o.Data, i*int(unsafe.Sizeof(Str{}))))
	if len(s) <= InlineLen {
		*dst = InlineStr(s)
		return
	}
	if len(o.block) < len(s) {
		o.block = o.Alloc(len(s))
	}
	to := o.block[:len(s):len(s)]
	o.block = o.block[len(s):]
	copy(to, s)
	*dst = Str{
		Lo: uint64(uint32(len(s))) | uint64(binary.LittleEndian.Uint32(s))<<32,
		Hi: uint64(uintptr(unsafe.Pointer(unsafe.SliceData(to)))), // the host's memory, which stays
	}
	o.Long = true
}
