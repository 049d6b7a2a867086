package party

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"math/bits"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

// memo remembers what a function gave for the texts, or pairs of texts, that it
// saw last: a column of names holds few spellings, and to read one costs many
// times what it costs to find it here. It forgets everything when it is full. It
// belongs to one thread, and takes 512 kB and at most 4 MB more.
type memo struct {
	// A part of the hash and the place of the entry, plus one, which is 0 for a
	// free slot.
	slots   [1 << memoBits]uint64
	taken   int
	entries []byte
}

const (
	memoBits    = 16
	memoEntries = 1 << (memoBits - 1) // half of the slots stay free
	memoBytes   = 4 << 20
	memoText    = 1 << 10 // bytes of a text that is remembered, at most
	memoHead    = 16      // bytes before the texts of an entry
)

var memoSeed = maphash.MakeSeed()

func hashOf(text []byte) uint64 { return maphash.Bytes(memoSeed, text) }

// answer is what a function gave: a text or a number, or nothing.
type answer struct {
	text   []byte
	number float64
	found  bool
}

// slotOf returns the slot that an entry has unless others took it before.
func slotOf(hash uint64) uint64 { return hash >> (64 - memoBits) }

// recall returns the answer for two texts that have that hash.
func (m *memo) recall(hash uint64, a, b []byte) (x answer, known bool) {
	for at := slotOf(hash); ; at = (at + 1) % (1 << memoBits) {
		slot := m.slots[at]
		if slot == 0 {
			return x, false
		}
		if uint32(slot>>32) == uint32(hash) {
			if x, known = m.is(slot, a, b); known {
				return x, true
			}
		}
	}
}

// is returns the answer in the entry of a slot, if it is that for two texts.
func (m *memo) is(slot uint64, a, b []byte) (x answer, known bool) {
	entry := m.entries[uint32(slot)-1:]
	head := binary.LittleEndian.Uint64(entry)
	n, k, r := int(head&0xffff), int(head>>16&0xffff), int(head>>32&0xffff)
	texts := entry[memoHead : memoHead+n+k+r]
	if n != len(a) || k != len(b) || string(texts[:n]) != string(a) || string(texts[n:n+k]) != string(b) {
		return x, false
	}
	x.text, x.found = texts[n+k:], head>>48 != 0
	x.number = math.Float64frombits(binary.LittleEndian.Uint64(entry[8:]))
	return x, true
}

// keep remembers the answer for two texts that have that hash.
func (m *memo) keep(hash uint64, a, b []byte, x answer) {
	if len(a) > memoText || len(b) > memoText || len(x.text) > memoText {
		return
	}
	size := memoHead + len(a) + len(b) + len(x.text)
	if m.taken == memoEntries || len(m.entries)+size > memoBytes {
		clear(m.slots[:])
		m.taken, m.entries = 0, m.entries[:0]
	}
	at := slotOf(hash)
	for m.slots[at] != 0 {
		at = (at + 1) % (1 << memoBits)
	}
	m.slots[at] = hash<<32 | uint64(len(m.entries)+1)
	m.taken++
	head := uint64(len(a)) | uint64(len(b))<<16 | uint64(len(x.text))<<32
	if x.found {
		head |= 1 << 48
	}
	m.entries = binary.LittleEndian.AppendUint64(m.entries, head)
	m.entries = binary.LittleEndian.AppendUint64(m.entries, math.Float64bits(x.number))
	m.entries = append(append(append(m.entries, a...), b...), x.text...)
}

// remembering is a matcher with a memo, as kernels use it.
type remembering struct {
	*matcher
	memo   memo
	out    []byte
	hashes [udf.ChunkSize]uint64
	slots  [udf.ChunkSize]uint64 // the first that the memo has for each hash
	read   byte                  // of the entries, so that the compiler doesn't leave it out
}

// look takes the hashes of the texts of a chunk, and the slots and entries where
// the memo may have them, all before one is used: the processor then fetches many
// of them from memory at once, which is most of the work.
func (r *remembering) look(o *udf.Output, texts []udf.Str, nulls bool) {
	for i := range texts {
		if nulls && o.IsNull(i) {
			continue
		}
		hash := hashOf(texts[i].Bytes())
		r.hashes[i], r.slots[i] = hash, r.memo.slots[slotOf(hash)]
	}
	r.fetch(o, len(texts), nulls)
}

// fetch reads a byte of each line of memory that most entries have.
func (r *remembering) fetch(o *udf.Output, rows int, nulls bool) {
	const line, lines = 64, 3
	entries, all := r.memo.entries, byte(0)
	for i, slot := range r.slots[:rows] {
		if slot == 0 || nulls && o.IsNull(i) {
			continue
		}
		from := int(uint32(slot) - 1)
		for at := from; at < min(from+line*lines, len(entries)); at += line {
			all |= entries[at]
		}
	}
	r.read = all
}

// lookPairs is look for pairs of texts.
func (r *remembering) lookPairs(o *udf.Output, a, b []udf.Str, nulls bool) {
	var last udf.Str
	other, any := uint64(0), false
	for i := range a {
		if nulls && o.IsNull(i) {
			continue
		}
		if !any || b[i] != last {
			other, last, any = hashOf(b[i].Bytes()), b[i], true
		}
		hash := hashOf(a[i].Bytes()) + bits.RotateLeft64(other, 32)*seedKey
		r.hashes[i], r.slots[i] = hash, r.memo.slots[slotOf(hash)]
	}
	r.fetch(o, len(a), nulls)
}

// recall returns the answer for the texts of row i.
func (r *remembering) recall(i int, a, b []byte) (x answer, known bool) {
	hash, slot := r.hashes[i], r.slots[i]
	// The memo may have forgotten the slot since, so it must still be there.
	if slot != 0 && uint32(slot>>32) == uint32(hash) && r.memo.slots[slotOf(hash)] == slot {
		if x, known = r.memo.is(slot, a, b); known {
			return x, true
		}
	}
	return r.memo.recall(hash, a, b)
}

func newRemembering() any { return &remembering{matcher: newMatcher()} }

// What each kernel remembers, between its chunks.
var (
	normalizers = sync.Pool{New: newRemembering}
	keepers     = sync.Pool{New: newRemembering}
	comparers   = sync.Pool{New: newRemembering}
)
