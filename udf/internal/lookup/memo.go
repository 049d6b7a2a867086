package lookup

import (
	"encoding/binary"

	"github.com/dhowdb/dhow/udf"
)

// Find returns the number of what a text means, and [None] if it means
// nothing. It must not keep the text.
type Find func(text []byte) (int32, error)

// None is the number of a text that means nothing.
const None int32 = -1

const memoSize = 256

// Memo remembers the numbers of texts of one chunk, as columns of codes and
// names repeat few of them. The zero Memo is empty. It holds on to texts of
// its chunk and must not be used for another one.
type Memo struct {
	texts   [memoSize]udf.Str // no text in it is empty
	numbers [memoSize]int32
}

// Number returns the number of a text of the chunk.
func (m *Memo) Number(s *udf.Str, find Find) (int32, error) {
	if uint32(s.Lo) == 0 {
		return None, nil
	}
	slot := slotOf(s)
	if same(&m.texts[slot], s) {
		return m.numbers[slot], nil
	}
	// Each text has a second slot, so that two that meet in one don't drive
	// each other out all the time.
	other := slot ^ 1
	if same(&m.texts[other], s) {
		return m.numbers[other], nil
	}
	n, err := find(s.Bytes())
	if err != nil {
		return None, err
	}
	m.texts[other], m.numbers[other] = m.texts[slot], m.numbers[slot]
	m.texts[slot], m.numbers[slot] = *s, n
	return n, nil
}

// slotOf spreads texts over the slots. Of a long text it reads the length, the
// first four bytes and the last eight.
func slotOf(s *udf.Str) uint8 {
	tail := s.Hi
	if n := s.Len(); n > udf.InlineLen {
		tail = binary.LittleEndian.Uint64(s.Bytes()[n-8:])
	}
	const spread = 0x9e3779b97f4a7c15 // 2⁶⁴ divided by the golden ratio
	return uint8((s.Lo*spread ^ tail) * spread >> 56)
}

func same(a, b *udf.Str) bool {
	if a.Lo != b.Lo {
		return false
	}
	if a.Hi == b.Hi {
		return true
	}
	return b.Len() > udf.InlineLen && string(a.Bytes()) == string(b.Bytes())
}
