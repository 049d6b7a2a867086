package engine

import (
	"sync"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// The outcomes of rules for a row are marks of two bits in one number, so that
// counting the rows of each number counts for all rules at once.
const (
	notTested = 0
	fine      = 1
	failing   = 2
	wrong     = 3 // the rule could not be computed

	marksAtOnce = 16         // rules in a number: as many as a function takes, by two arguments each
	badMarks    = 0xaaaaaaaa // has the bit that failing and wrong marks have in common

	// shelfShift is where the number of a shelf stands, in numbers with a
	// failing mark: rows with the same marks are put on eight shelves by turns,
	// so that one example of each shelf makes several.
	shelfShift = 2 * marksAtOnce
	shelves    = 8
	// weightShift is where the number of rows stands that have the same marks
	// and are on the same shelf.
	weightShift = shelfShift + 3
)

// marksKernel takes whether a row is tested and whether it fails, for up to 16
// rules. NULL says that it could not be computed. It counts the rows of a chunk:
// the first one that has some marks, on some shelf, gets these and the number of
// such rows, and all others get NULL. So few rows are left for the database to
// group. As the result of a row is not its own, the function must be volatile.
func marksKernel() udf.Kernel {
	var k udf.Kernel
	for n := 1; n <= marksAtOnce; n++ {
		args := make([]udf.Type, 2*n)
		for i := range args {
			args[i] = udf.Boolean
		}
		k = udf.Overload(k, udf.Vectorized(mark, args, udf.BigInt, markRows))
	}
	return k
}

// mark returns the marks of eight rows for a rule, a byte each.
func mark(tested, fails, known uint64) uint64 {
	return tested + tested&fails | 3*(tested&^known)
}

// markRows computes eight rows at a time: a byte of a word is a row.
func markRows(c *udf.Chunk) error {
	t := tallies.Get().(*tally)
	defer tallies.Put(t)
	var fours [marksAtOnce / 4][udf.ChunkSize / 8]uint64 // the marks of four rules, in the byte of each row
	for rule := range len(c.Args) / 2 {
		addMarks(fours[rule/4][:(c.Len+7)/8], &c.Args[2*rule], &c.Args[2*rule+1], rule%4*2, c.Len)
	}
	bytes := (*[marksAtOnce / 4][udf.ChunkSize]byte)(unsafe.Pointer(&fours))
	for i := range c.Len {
		t.marks[i] = uint64(bytes[0][i]) | uint64(bytes[1][i])<<8 | uint64(bytes[2][i])<<16 | uint64(bytes[3][i])<<24
	}
	t.count(c)
	return nil
}

// tally counts the rows of a chunk by their marks.
type tally struct {
	marks [udf.ChunkSize]uint64
	first [udf.ChunkSize]int32     // of each kind of row, the first one
	slots [2 * udf.ChunkSize]int32 // a hash table of the kinds: their places in first, plus one
	slot  [udf.ChunkSize]int32     // of each kind
}

var tallies = sync.Pool{New: func() any { return new(tally) }}

// count writes the results of a chunk whose rows have marks.
func (t *tally) count(c *udf.Chunk) {
	out := udf.Results[uint64](&c.Out, c.Len)
	kinds, last := 0, -1
	for i, marks := range t.marks[:c.Len] {
		if marks&badMarks != 0 {
			marks |= uint64(i%shelves) << shelfShift
			t.marks[i] = marks
		}
		if last < 0 || t.marks[last] != marks {
			last = t.firstLike(marks, i, &kinds)
			if last == i {
				out[i] = marks
			}
		}
		out[last] += 1 << weightShift
	}
	for i := 0; i < c.Len; i += 64 {
		c.Out.Nulls[i/64] = 1<<min(c.Len-i, 64) - 1
	}
	for k, i := range t.first[:kinds] {
		c.Out.Nulls[i>>6] &^= 1 << (i & 63)
		t.slots[t.slot[k]] = 0
	}
	c.Out.Dirty = true
}

// firstLike returns the first row that has the marks of row i, which may be i.
func (t *tally) firstLike(marks uint64, i int, kinds *int) int {
	const spread = 0x9e3779b97f4a7c15 // 2⁶⁴ divided by the golden ratio
	const bits = 12                   // of the number of slots
	for at := int32(marks * spread >> (64 - bits)); ; at = (at + 1) % int32(len(t.slots)) {
		k := t.slots[at] - 1
		switch {
		case k < 0:
			t.slots[at], t.slot[*kinds], t.first[*kinds] = int32(*kinds+1), at, int32(i)
			*kinds++
			return i
		case t.marks[t.first[k]] == marks:
			return int(t.first[k])
		}
	}
}

// addMarks adds the marks of a rule to the words of n rows.
func addMarks(words []uint64, tested, fails *udf.Vector, shift, n int) {
	whole := n / 8 // words
	t, f := unsafe.Slice((*uint64)(tested.Data), whole), unsafe.Slice((*uint64)(fails.Data), whole)
	if tested.Valid == nil && fails.Valid == nil {
		for i, word := range words[:whole] {
			words[i] = word | (t[i]+t[i]&f[i])<<shift
		}
	} else {
		for i := range whole {
			words[i] |= marksOf(t[i], f[i], tested, fails, i) << shift
		}
	}
	if whole < len(words) {
		words[whole] |= marksOf(lastWord(tested, n), lastWord(fails, n), tested, fails, whole) << shift
	}
}

const eachByte = 0x0101010101010101

// marksOf is mark for the word i of columns that may have NULL, whose values
// are anything there.
func marksOf(t, f uint64, tested, fails *udf.Vector, i int) uint64 {
	knownTested, known := validWord(tested, i), validWord(fails, i)
	known &= knownTested
	t = t&knownTested | eachByte&^knownTested // of these the mark is wrong
	return mark(t, f&known, known)
}

// validWord has a 1 in the byte of each of eight rows that isn't NULL.
func validWord(v *udf.Vector, i int) uint64 {
	if v.Valid == nil {
		return eachByte
	}
	return spread(v.Valid[i>>3] >> (i & 7 * 8) & 0xff)
}

// lastWord returns the last rows of a column, fewer than eight.
func lastWord(v *udf.Vector, n int) (word uint64) {
	for row, b := range udf.Values[byte](v, n)[n&^7:] {
		word |= uint64(b) << (8 * row)
	}
	return word
}

// spread puts each of eight bits into a byte of its own.
func spread(bits uint64) uint64 {
	const bitOfEach = 0x8040201008040201
	x := bits * eachByte & bitOfEach // a byte is not 0 where its bit is set
	return (x&^(0x80*eachByte) + 0x7f*eachByte | x) >> 7 & eachByte
}
