package engine

import (
	"math/bits"
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

	marksAtOnce = 16 // rules in a number: as many as a function takes, by two arguments each
	// shelfShift is where the number of a shelf stands, from 1 to 8, in the numbers
	// of rows that may be shown as examples. Of each rule and chunk that is the
	// first row on each shelf that fails, where rows are put on shelves by turns:
	// few enough to cost nothing, and from as many places as a chunk has.
	shelfShift = 2 * marksAtOnce
)

// marksKernel takes whether a row is tested and whether it fails, for up to 16
// rules. NULL says that it could not be computed.
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
	out := udf.Results[uint64](&c.Out, c.Len)
	clear(out)
	var shown [udf.ChunkSize / 8]uint64 // has a 1 in the byte of each row to be shown
	for rule := 0; rule < len(c.Args)/2; rule += 4 {
		var four [udf.ChunkSize / 8]uint64 // the marks of four rules, in the byte of each row
		for r := rule; r < min(rule+4, len(c.Args)/2); r++ {
			addMarks(four[:(c.Len+7)/8], shown[:], &c.Args[2*r], &c.Args[2*r+1], 2*(r-rule), c.Len)
		}
		for i := range out {
			out[i] |= four[i>>3] >> (8 * (i & 7)) & 0xff << (2 * rule)
		}
	}
	for i, rows := range shown[:(c.Len+7)/8] {
		for ; rows != 0; rows &= rows - 1 {
			shelf := bits.TrailingZeros64(rows) / 8
			out[8*i+shelf] |= uint64(shelf+1) << shelfShift
		}
	}
	return nil
}

// addMarks adds the marks of a rule to the words of n rows, and to shown which of
// them are to be shown.
func addMarks(words, shown []uint64, tested, fails *udf.Vector, shift, n int) {
	whole := n / 8 // words
	t, f := unsafe.Slice((*uint64)(tested.Data), whole), unsafe.Slice((*uint64)(fails.Data), whole)
	shown = shown[:len(words)]
	var taken uint64 // shelves from which a row is shown
	add := func(i int, marks uint64) {
		words[i] |= marks << shift
		bad := marks >> 1 & eachByte // failing or wrong
		shown[i] |= bad &^ taken
		taken |= bad
	}
	if tested.Valid == nil && fails.Valid == nil {
		for i := range whole {
			add(i, t[i]+t[i]&f[i])
		}
	} else {
		for i := range whole {
			add(i, marksOf(t[i], f[i], tested, fails, i))
		}
	}
	if whole < len(words) {
		rows := uint64(1)<<(8*(n&7)) - 1 // behind them the validity is anything
		add(whole, marksOf(lastWord(tested, n), lastWord(fails, n), tested, fails, whole)&rows)
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
