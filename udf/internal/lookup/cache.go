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
	cacheWays = 4 // entries that texts of one set may have
	// cacheText is the length in bytes of the longest text that a cache keeps. With
	// it, an entry has 80 bytes and a full cache 1.5 MB.
	cacheText = headLen + 68
	headLen   = 4 // of the bytes that a Str has beside its length
)

// Cache remembers the numbers of texts from one chunk to the next, for all
// threads: a column holds few spellings, and folding one costs ten times as
// much as comparing it. Once full, it keeps a text only if it sees it again
// soon, so that a column of which each row is another text neither takes memory
// nor drives others out. The zero Cache is empty.
type Cache struct {
	sets [1 << cacheBits]cacheSet
}

// cacheSet is as large as a line of a processor's cache.
type cacheSet struct {
	tags    [cacheWays]atomic.Uint32 // parts of the hashes of the entries' texts
	seen    [2]atomic.Uint32         // the same of texts that came and got no entry
	next    atomic.Uint32            // the way to be filled next; cacheWays more once all are
	_       uint32
	entries [cacheWays]atomic.Pointer[cached]
}

// cached is a text and its number. It is never changed.
type cached struct {
	head   uint64 // length and first bytes, as in a Str
	number int32
	rest   [cacheText - headLen]byte // the bytes behind, padded with zeros
}

// Number returns the number of a text of a chunk, which find knows.
func (c *Cache) Number(s *udf.Str, find Find) (int32, error) {
	h := hashOf(s)
	set, tag := &c.sets[h>>(64-cacheBits)], uint32(h)
	for way := range set.entries {
		if set.tags[way].Load() != tag {
			continue
		}
		// The tag may be newer than the entry or older, and is only a hint.
		if e := set.entries[way].Load(); e != nil && e.is(s) {
			return e.number, nil
		}
	}
	n, err := find(s.Bytes())
	if err != nil {
		return None, err
	}
	if s.Len() <= cacheText && set.admits(tag) {
		set.put(s, tag, n)
	}
	return n, nil
}

// admits reports whether a text with that tag is to have an entry, and keeps
// in mind that it came.
func (set *cacheSet) admits(tag uint32) bool {
	if set.next.Load() < cacheWays {
		return true // there is room
	}
	last := set.seen[0].Load()
	if last == tag || set.seen[1].Load() == tag {
		return true
	}
	set.seen[0].Store(tag)
	set.seen[1].Store(last)
	return false
}

// put makes an entry of a text, in place of the oldest one if there is no room.
func (set *cacheSet) put(s *udf.Str, tag uint32, n int32) {
	e := &cached{head: s.Lo, number: n}
	if text := s.Bytes(); len(text) > headLen {
		copy(e.rest[:], text[headLen:])
	}
	next := set.next.Load()
	way := next % cacheWays
	set.entries[way].Store(e)
	set.tags[way].Store(tag)
	if next++; next == 2*cacheWays {
		next = cacheWays
	}
	set.next.Store(next)
}

func (e *cached) is(s *udf.Str) bool {
	if e.head != s.Lo {
		return false
	}
	if s.Len() <= udf.InlineLen {
		return binary.LittleEndian.Uint64(e.rest[:]) == s.Hi
	}
	rest := s.Bytes()[headLen:]
	return len(rest) <= len(e.rest) && string(e.rest[:len(rest)]) == string(rest)
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
	for i := headLen; i+8 < len(text); i += 8 {
		h = (h ^ h>>29 ^ binary.LittleEndian.Uint64(text[i:])) * spread
	}
	return (h ^ h>>29 ^ binary.LittleEndian.Uint64(text[len(text)-8:])) * spread
}
