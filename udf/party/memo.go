package party

import (
	"hash/maphash"
	"sync"
)

// memo remembers what a function gave for the last texts: a column of names
// holds few spellings, and to read one costs many times what it costs to find
// it here. A text takes the place of another one that has the same slot. It
// belongs to one thread, and takes no memory but its slots.
type memo struct {
	slots [1 << memoBits]memory
}

const (
	memoBits  = 14
	memoBytes = 236 // of a text and its result, that are remembered
)

// memory is a text and its result, side by side.
type memory struct {
	hash         uint64
	number       float64 // the result of a comparison
	text, result uint8   // bytes in data
	found, taken bool    // whether there is a result, and a text
	data         [memoBytes]byte
}

var memoSeed = maphash.MakeSeed()

// recall returns the slot of a text, and whether the text is in it. If not, the
// caller fills it by [memory.keep].
func (m *memo) recall(text []byte) (slot *memory, hash uint64, known bool) {
	hash = maphash.Bytes(memoSeed, text)
	slot = &m.slots[hash>>(64-memoBits)]
	known = slot.hash == hash && slot.taken && string(slot.data[:slot.text]) == string(text)
	return slot, hash, known
}

// kept returns the text that is the result.
func (s *memory) kept() []byte { return s.data[s.text : s.text+s.result] }

// keep puts a text and its result into the slot, unless they are too long.
func (s *memory) keep(hash uint64, text, result []byte, number float64, found bool) {
	if len(text)+len(result) > memoBytes {
		return
	}
	s.hash, s.number, s.found, s.taken = hash, number, found, true
	s.text, s.result = uint8(len(text)), uint8(len(result))
	copy(s.data[copy(s.data[:], text):], result)
}

// remembering is a matcher with a memo, as kernels use it.
type remembering struct {
	*matcher
	memo memo
	out  []byte
	pair []byte
}

func newRemembering() any { return &remembering{matcher: newMatcher()} }

// What each kernel remembers, between its chunks.
var (
	normalizers = sync.Pool{New: newRemembering}
	keepers     = sync.Pool{New: newRemembering}
	comparers   = sync.Pool{New: newRemembering}
)
