package spelling

import "encoding/binary"

// Table finds a number by a key. The zero Table is empty. It may be read by
// several goroutines at once, but not while it is added to.
type Table struct {
	slots []slot // a power of two, at most half of them taken
	text  []byte // the keys, one behind the other
	count int
}

type slot struct {
	hash  uint32
	at    uint32
	n     uint16 // 0 is a free slot
	value uint16
}

// Add puts a value under a key that isn't empty. If the key has a value
// already, that one stays and is returned with false.
func (t *Table) Add(key []byte, value uint16) (uint16, bool) {
	if len(key) == 0 || len(key) > maxKey {
		return 0, false
	}
	if 2*(t.count+1) > len(t.slots) {
		t.grow()
	}
	s, found := t.find(key)
	if found {
		return s.value, false
	}
	*s = slot{hash(key), uint32(len(t.text)), uint16(len(key)), value}
	t.text = append(t.text, key...)
	t.count++
	return value, true
}

// Put is Add, but replaces a value that the key has already.
func (t *Table) Put(key []byte, value uint16) {
	if _, added := t.Add(key, value); !added && len(key) > 0 && len(key) <= maxKey {
		s, _ := t.find(key)
		s.value = value
	}
}

// Find returns the value of a key.
func (t *Table) Find(key []byte) (uint16, bool) {
	if t.count == 0 || len(key) == 0 {
		return 0, false
	}
	s, found := t.find(key)
	return s.value, found
}

// Len returns the number of keys.
func (t *Table) Len() int { return t.count }

// find returns the slot of a key, or the free one where it belongs.
func (t *Table) find(key []byte) (*slot, bool) {
	mask := uint32(len(t.slots) - 1)
	h := hash(key)
	for i := h & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.n == 0 {
			return s, false
		}
		if s.hash == h && int(s.n) == len(key) && string(t.text[s.at:int(s.at)+len(key)]) == string(key) {
			return s, true
		}
	}
}

func (t *Table) grow() {
	old := t.slots
	t.slots = make([]slot, max(64, 2*len(old)))
	mask := uint32(len(t.slots) - 1)
	for _, s := range old {
		if s.n == 0 {
			continue
		}
		i := s.hash & mask
		for t.slots[i].n != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = s
	}
}

// hash mixes eight bytes at a time; the last eight overlap those before.
func hash(key []byte) uint32 {
	const prime = 0x9e3779b97f4a7c15 // 2⁶⁴/φ, odd
	h := uint64(len(key)) * prime
	mix := func(w uint64) {
		h = (h ^ w) * prime
		h ^= h >> 29
	}
	n := len(key)
	switch {
	case n >= 8:
		for i := 0; i+8 < n; i += 8 {
			mix(binary.LittleEndian.Uint64(key[i:]))
		}
		mix(binary.LittleEndian.Uint64(key[n-8:]))
	case n >= 4:
		mix(uint64(binary.LittleEndian.Uint32(key))<<32 | uint64(binary.LittleEndian.Uint32(key[n-4:])))
	default:
		mix(uint64(key[0])<<16 | uint64(key[n/2])<<8 | uint64(key[n-1]))
	}
	return uint32(h >> 32)
}
