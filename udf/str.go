package udf

import (
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
	var out Str
	out.Lo = uint64(uint32(len(s)))
	copy(unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(&out), 4)), InlineLen), s)
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

// lasting holds the texts that last as long as the process, where they are.
var (
	lasting     runtime.Pinner
	lastingLock sync.Mutex
)

// Lasting returns s as a Str whose text stays valid as long as the process, so
// that a result may point to it; see [Output.SetLasting]. It is for names that
// are loaded once.
func Lasting(s string) Str {
	if len(s) > InlineLen {
		lastingLock.Lock()
		defer lastingLock.Unlock()
		lasting.Pin(unsafe.StringData(s))
	}
	return MakeStr(unsafe.Slice(unsafe.StringData(s), len(s)))
}
