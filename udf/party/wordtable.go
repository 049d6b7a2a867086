package party

import "encoding/binary"

// wordTable finds words of at most a few dozen bytes faster than a map: most
// words that it is asked for aren't in it.
type wordTable struct {
	slots []slot     // a power of two, less than half of them taken
	seen  [64]uint64 // a bit for each end that a word of the table has, see endOf
}

type slot struct {
	word  string // empty for a free slot
	value int32
}

func newWordTable(words map[string]int32) *wordTable {
	size := 16
	for size < 3*len(words) {
		size *= 2
	}
	t := &wordTable{slots: make([]slot, size)}
	for word, value := range words {
		i := hashWord([]byte(word)) & uint64(size-1)
		for t.slots[i].word != "" {
			i = (i + 1) & uint64(size-1)
		}
		t.slots[i] = slot{word, value}
		end := endOf([]byte(word))
		t.seen[end/64] |= 1 << (end % 64)
	}
	return t
}

// endOf returns a number below 4096 of the length and the last two bytes.
func endOf(word []byte) uint {
	n := len(word)
	if n < 2 {
		return 0
	}
	return (uint(n)*0x9d ^ uint(word[n-1])*0x25 ^ uint(word[n-2])*0x11d) & 4095
}

// find returns the value of a word.
func (t *wordTable) find(word []byte) (value int32, ok bool) {
	if end := endOf(word); t.seen[end/64]>>(end%64)&1 == 0 {
		return 0, false
	}
	mask := uint64(len(t.slots) - 1)
	for i := hashWord(word) & mask; t.slots[i].word != ""; i = (i + 1) & mask {
		if t.slots[i].word == string(word) {
			return t.slots[i].value, true
		}
	}
	return 0, false
}

// hashWord mixes the length, the first eight and the last eight bytes.
func hashWord(word []byte) uint64 {
	n := len(word)
	h := uint64(n)
	switch {
	case n >= 8:
		h ^= binary.LittleEndian.Uint64(word) * 0x9e3779b97f4a7c15
		h = (h ^ h>>29) + binary.LittleEndian.Uint64(word[n-8:])
	case n >= 4:
		h ^= uint64(binary.LittleEndian.Uint32(word))<<32 | uint64(binary.LittleEndian.Uint32(word[n-4:]))
	default:
		for _, c := range word {
			h = h<<8 | uint64(c)
		}
	}
	h *= 0xbf58476d1ce4e5b9
	return h ^ h>>32
}
