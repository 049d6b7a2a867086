package lookup

import (
	"encoding/binary"
	"sync/atomic"

	"github.com/dhowdb/dhow/udf"
)

// Find returns the number of what a text means, and [None] or another number
// below zero if it means nothing. It must not keep the text.
type Find func(text []byte) (int32, error)

// None is the number of a text that means nothing.
const None int32 = -1

const (
	cacheBits = 12
	cacheWays = 2 // entries that texts of one set may have
	// cacheText is the length in bytes of the longest text that a cache keeps.
	// With it, a full cache has about a megabyte.
	cacheText = 96
)

// Cache remembers the numbers of texts from one chunk to the next, for all
// threads: a column holds few spellings, and folding one costs ten times as
// much as comparing it. Once full, it keeps a text only if it sees it again
// soon, so that a column of which each row is another text neither takes memory
// nor drives others out. The zero Cache is empty.
type Cache struct {
	sets [1 << cacheBits]cacheSet
}

type cacheSet struct {
	entries [cacheWays]atomic.Pointer[cached]
	seen    [cacheWays]atomic.Uint32 // hashes of texts that came and got no entry
}

// cached is a text and its number. It is never changed.
type cached struct {
	head   uint64 // length and first four bytes, as in a Str
	tail   uint64 // of a short text, the bytes behind
	text   string // a long text
	number int32
}

// Number returns the number of a text of a chunk, which find knows.
func (c *Cache) Number(s *udf.Str, find Find) (int32, error) {
	h := hashOf(s)
	set := &c.sets[h>>(64-cacheBits)]
	for way := range set.entries {
		if e := set.entries[way].Load(); e != nil && e.is(s) {
			return e.number, nil
		}
	}
	n, err := find(s.Bytes())
	if err != nil {
		return None, err
	}
	if s.Len() <= cacheText && set.admits(uint32(h)) {
		set.put(s, n)
	}
	return n, nil
}

// admits reports whether a text with that hash is to have an entry, and keeps
// in mind that it came.
func (set *cacheSet) admits(h uint32) bool {
	if set.entries[cacheWays-1].Load() == nil {
		return true
	}
	last := set.seen[0].Load()
	if last == h || set.seen[1].Load() == h {
		return true
	}
	set.seen[0].Store(h)
	set.seen[1].Store(last)
	return false
}

// put makes a text the newest entry of the set, and forgets the oldest.
func (set *cacheSet) put(s *udf.Str, n int32) {
	e := &cached{head: s.Lo, number: n}
	if s.Len() <= udf.InlineLen {
		e.tail = s.Hi
	} else {
		e.text = s.String()
	}
	set.entries[1].Store(set.entries[0].Load())
	set.entries[0].Store(e)
}

func (e *cached) is(s *udf.Str) bool {
	if e.head != s.Lo {
		return false
	}
	if s.Len() <= udf.InlineLen {
		return e.tail == s.Hi
	}
	return e.text == string(s.Bytes())
}

// hashOf mixes the whole text, eight bytes at a time; the last eight of a long
// one overlap those before.
func hashOf(s *udf.Str) uint64 {
	const spread = 0x9e3779b97f4a7c15 // 2⁶⁴ divided by the golden ratio
	h := s.Lo * spread
	if s.Len() <= udf.InlineLen {
		return (h ^ h>>29 ^ s.Hi) * spread
	}
	text := s.Bytes()
	for i := 4; i+8 < len(text); i += 8 {
		h = (h ^ h>>29 ^ binary.LittleEndian.Uint64(text[i:])) * spread
	}
	return (h ^ h>>29 ^ binary.LittleEndian.Uint64(text[len(text)-8:])) * spread
}
