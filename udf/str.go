package udf

import (
	"encoding/binary"
	"runtime"
	"sync"
	"unsafe"
)

// InlineLen is the longest text that a [Str] holds without a pointer.
const InlineLen = 12

// Str is a text in a vector, in the 16-byte form that DuckDB and other column
// stores use: four bytes of length, then either up to twelve bytes of text,
// padded with zeros, or a prefix of four bytes and a pointer to the text.
//
// It is a view: the text is valid only as long as its chunk. Its words can be
// used as they are by kernels that work a word at a time: Lo holds the length
// in its low half and the first four bytes above it, Hi the next eight bytes
// of a short text.
type Str struct {
	Lo, Hi uint64
}

// Len returns the number of bytes.
func (s *Str) Len() int { return int(uint32(s.Lo)) }

// Bytes returns the text without copying it. It must not be changed.
func (s *Str) Bytes() []byte {
	n := s.Len()
	if n <= InlineLen {
		return unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(s), 4)), n)
	}
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&s.Hi)), n)
}

// String returns a copy of the text.
func (s *Str) String() string { return string(s.Bytes()) }

// view returns the text as a string that shares memory with the chunk.
func (s *Str) view() string {
	b := s.Bytes()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// InlineStr returns s, of at most [InlineLen] bytes, as a Str.
func InlineStr(s []byte) Str {
	n := len(s)
	out := Str{Lo: uint64(uint32(n))}
	switch { // the last bytes are read with some before them, which are shifted out
	case n >= 8:
		out.Lo |= uint64(binary.LittleEndian.Uint32(s)) << 32
		out.Hi = binary.LittleEndian.Uint64(s[n-8:]) >> (8 * (InlineLen - n) & 63)
	case n >= 4:
		out.Lo |= uint64(binary.LittleEndian.Uint32(s)) << 32
		out.Hi = uint64(binary.LittleEndian.Uint32(s[n-4:])) >> (8 * (8 - n) & 63)
	default:
		for i, b := range s {
			out.Lo |= uint64(b) << (32 + 8*i)
		}
	}
	return out
}

// viewStr returns a Str that points to s, of more than [InlineLen] bytes.
func viewStr(s []byte) Str {
	var out Str
	out.Lo = uint64(uint32(len(s)))
	copy(unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(&out), 4)), 4), s)
	*(**byte)(unsafe.Pointer(&out.Hi)) = unsafe.SliceData(s)
	return out
}

// MakeStr returns s as a Str; a long text must stay reachable while it is used.
func MakeStr(s []byte) Str {
	if len(s) <= InlineLen {
		return InlineStr(s)
	}
	return viewStr(s)
}

// fixed holds the texts of [FixedStr] where they are.
var fixed struct {
	sync.Mutex
	pins  runtime.Pinner
	texts [][]byte
}

// FixedStr returns s as a Str that stays valid until the program ends, so that a
// kernel can put it into results as it is: a long text that isn't copied for
// each row costs a tenth. Its memory is never given back, so it is for the few
// texts of reference facts, which a family makes once.
func FixedStr(s string) Str {
	if len(s) <= InlineLen {
		return InlineStr([]byte(s))
	}
	text := []byte(s)
	fixed.Lock()
	defer fixed.Unlock()
	fixed.pins.Pin(unsafe.SliceData(text))
	fixed.texts = append(fixed.texts, text)
	return viewStr(text)
}
