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

// nowhere is the place of no entry.
const nowhere = -1

// slotOf returns the slot that an entry has unless others took it before.
func slotOf(hash uint64) uint64 { return hash >> (64 - memoBits) }

// find returns the place of the entry of two texts that have that hash.
func (m *memo) find(hash uint64, a, b []byte) int {
	for at := slotOf(hash); ; at = (at + 1) % (1 << memoBits) {
		slot := m.slots[at]
		if slot == 0 {
			return nowhere
		}
		if place := int(uint32(slot) - 1); uint32(slot>>32) == uint32(hash) && m.is(place, a, b) {
			return place
		}
	}
}

// is reports whether an entry is that of two texts.
func (m *memo) is(place int, a, b []byte) bool {
	entry := m.entries[place:]
	head := binary.LittleEndian.Uint64(entry)
	if uint32(head) != uint32(len(a)|len(b)<<16) {
		return false
	}
	texts := entry[memoHead:]
	return string(texts[:len(a)]) == string(a) && (len(b) == 0 || string(texts[len(a):len(a)+len(b)]) == string(b))
}

// text returns the text that is the answer of an entry, nothing for none.
func (m *memo) text(place int) []byte {
	entry := m.entries[place:]
	head := binary.LittleEndian.Uint64(entry)
	from := memoHead + int(head&0xffff) + int(head>>16&0xffff)
	return entry[from : from+int(head>>32&0xffff)]
}

// number returns the number that is the answer of an entry, and whether there is one.
func (m *memo) number(place int) (float64, bool) {
	entry := m.entries[place:]
	return math.Float64frombits(binary.LittleEndian.Uint64(entry[8:])), entry[6] != 0
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

// recall returns the place of the entry for the texts of row i.
func (r *remembering) recall(i int, a, b []byte) int {
	hash, slot := r.hashes[i], r.slots[i]
	// The memo may have forgotten the slot since, so it must still be there.
	if slot != 0 && uint32(slot>>32) == uint32(hash) && r.memo.slots[slotOf(hash)] == slot {
		if place := int(uint32(slot) - 1); r.memo.is(place, a, b) {
			return place
		}
	}
	return r.memo.find(hash, a, b)
}

func newRemembering() any { return &remembering{matcher: newMatcher()} }

// What each kernel remembers, between its chunks.
var (
	normalizers = sync.Pool{New: newRemembering}
	keepers     = sync.Pool{New: newRemembering}
	comparers   = sync.Pool{New: newRemembering}
)
