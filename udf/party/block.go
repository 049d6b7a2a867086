package party

import (
	"cmp"
	"slices"
	"sync/atomic"
)

// mention says that a name belongs to a block, which is a hash of what its
// names have in common. Two blocks with one hash are one larger block.
type mention struct {
	block uint64
	id    int32
}

const (
	partBits = 4  // blocks are made and compared in 2⁴ parts, to save memory
	window   = 24 // names behind a name in a block that it is compared with
	// fewLetters is the shortest skeleton of which a letter is left out: another
	// letter of four, at least 10 of 50, is never the same firm.
	fewLetters = 4
)

// Seeds of the hashes, so that the same letters in other roles are other blocks.
const (
	seedSkeleton = 0x9e3779b97f4a7c15
	seedKey      = 0xbf58476d1ce4e5b9
	seedWithout  = 0x94d049bb133111eb
)

// join compares the names of each block.
func (c *clustering) join() {
	var next atomic.Uint32
	inParallel(1<<partBits, func(_, _ int) {
		var mentions []mention
		for {
			part := uint64(next.Add(1) - 1)
			if part >= 1<<partBits {
				return
			}
			mentions = c.mentions(mentions[:0], part)
			slices.SortFunc(mentions, func(a, b mention) int {
				return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.id, b.id))
			})
			c.compareBlocks(mentions)
		}
	})
}

// mentions appends the names of all blocks of a part.
func (c *clustering) mentions(to []mention, part uint64) []mention {
	add := func(block uint64, id int) {
		if block = mix(block, 0); block>>(64-partBits) == part {
			to = append(to, mention{block, int32(id)})
		}
	}
	for id := range c.known {
		e := &c.known[id]
		s := e.skeleton()
		skeleton := hashBytes(seedSkeleton, s)
		add(skeleton, id)
		key := skeleton ^ seedKey
		for _, words := range e.words {
			key = mix(key, words)
		}
		add(key, id)
		if len(s) < fewLetters {
			continue
		}
		// The skeleton itself is among them, for names with a letter more.
		add(hashBytes(seedWithout, s), id)
		before := uint64(seedWithout)
		for i := range s {
			if i == 0 || s[i] != s[i-1] {
				add(hashBytes(before, s[i+1:]), id)
			}
			before = hashBytes(before, s[i:i+1])
		}
	}
	return to
}

// compareBlocks compares each name of a block with those behind it, up to the
// window. What is known of a name is fetched from memory once for all of them.
func (c *clustering) compareBlocks(mentions []mention) {
	var near [window + 1]candidate // the last names, by turns
	start := 0                     // of the block
	for i, m := range mentions {
		if m.block != mentions[start].block {
			start = i
		}
		at := &near[i%len(near)]
		at.id = m.id
		c.known[m.id].profile(&at.profile)
		at.weights = c.known[m.id].weights
		for j := max(start, i-window); j < i; j++ {
			c.compare(&near[j%len(near)], at)
		}
	}
}

// hashBytes continues the hash h with text (FNV-1a).
func hashBytes(h uint64, text []byte) uint64 {
	for _, b := range text {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// mix spreads what differs in h and x over all bits.
func mix(h, x uint64) uint64 {
	h = (h ^ x) * seedSkeleton
	return (h ^ h>>29) * seedKey
}
