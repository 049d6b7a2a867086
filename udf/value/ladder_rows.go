package value

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

const (
	ladderColumns = 6
	dayBits       = 24
)

// ladderRows is the rows of a heading, ordered by code and origin.
type ladderRows struct {
	price, quantity []float64
	sorted, spare   []float64 // prices, in the order of each part; memory to merge
	trader, pair    []int32   // number of each row's trader and pair of traders, −1 for none
	day             []int32
	pairs           []int64 // by number
	known           int64   // rows with a trader in the part in hand
	counts, habits  []int32 // by number of trader and pair, of the part in hand; 0 between parts
	first           []int32 // numbers of the traders in the part in hand
	weighted        []weighted
	cumulated       []float64
	scratch         []float64
	goods           []ladderPart
}

// ladderPart is a range of rows that belong to one rung.
type ladderPart struct {
	code, origin int64
	from, to     int
	rung         int       // place of its description in the ladder, −1 for none
	skip         bool      // it has no place on this rung
	habits       []float64 // distances of prices from the median of their trader
}

var ladderPool = sync.Pool{New: func() any { return new(ladderRows) }}

func (r *ladderRows) release() { ladderPool.Put(r) }

// newLadderRows brings rows into order: those of one code and origin side by
// side, codes with a common beginning too.
func newLadderRows(words []uint64) *ladderRows {
	r := ladderPool.Get().(*ladderRows)
	number, n := r.numberGoods(words)
	place := r.placeGoods()
	r.reserve(n)
	traders, pairs := newNumbers(0), newNumbers(0)
	for i, row := 0, 0; i < len(words); i, row = i+ladderColumns, row+1 {
		g := number[row]
		if g < 0 {
			continue
		}
		at := place[g]
		place[g]++
		r.price[at] = math.Float64frombits(words[i+4])
		r.sorted[at] = r.price[at]
		r.quantity[at] = math.Float64frombits(words[i+5])
		r.day[at] = int32(words[i+1] & (1<<dayBits - 1))
		r.trader[at], r.pair[at] = traders.ofKey(words[i+2]), pairs.ofKey(words[i+3])
	}
	r.counts = append(r.counts[:0], make([]int32, len(traders.keys))...)
	r.habits = append(r.habits[:0], make([]int32, len(pairs.keys))...)
	r.pairs = r.pairs[:0]
	for _, key := range pairs.keys {
		r.pairs = append(r.pairs, int64(key[0]))
	}
	return r
}

// ofKey is of for one key, of which 0 has no number.
func (m *numbers) ofKey(key uint64) int32 {
	if key == 0 {
		return -1
	}
	k, _ := m.of(key, 0)
	return k
}

// numberGoods gives each row the number of its code and origin, −1 for rows
// without a price, and counts them.
func (r *ladderRows) numberGoods(words []uint64) (number []int32, n int) {
	number = make([]int32, len(words)/ladderColumns)
	known := newNumbers(0)
	r.goods = r.goods[:0]
	for row := range number {
		w := words[row*ladderColumns : (row+1)*ladderColumns]
		if p := math.Float64frombits(w[4]); !isFinite(p) || !isFinite(math.Float64frombits(w[5])) {
			number[row] = -1
			continue
		}
		origin := int64(w[1]) >> dayBits
		k, isNew := known.of(w[0], uint64(origin))
		if isNew {
			r.goods = append(r.goods, ladderPart{code: int64(w[0]), origin: origin, rung: -1})
		}
		r.goods[k].to++
		number[row] = k
		n++
	}
	return number, n
}

// placeGoods sorts the goods and returns where the rows of each begin, by the
// numbers that they had before.
func (r *ladderRows) placeGoods() []int {
	order := make([]int, len(r.goods))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &r.goods[a], &r.goods[b]
		return cmp.Or(cmp.Compare(aligned(x.code), aligned(y.code)), cmp.Compare(x.code, y.code), cmp.Compare(x.origin, y.origin))
	})
	place, parts, from := make([]int, len(order)), make([]ladderPart, len(order)), 0
	for i, k := range order {
		g := r.goods[k]
		place[k] = from
		g.from, g.to = from, from+g.to
		parts[i], from = g, g.to
	}
	r.goods = parts
	return place
}

// aligned returns a code as if it had 17 digits, so that codes are ordered as
// texts are.
func aligned(code int64) int64 {
	for code > 0 && code < 1e17 {
		code *= 10
	}
	return code
}

// prefix returns the first digits of a code, and whether it has as many.
func prefix(code int64, digits int) (int64, bool) {
	limit := int64(1)
	for range digits {
		limit *= 10
	}
	if code < limit {
		return code, false
	}
	for code >= 2*limit {
		code /= 10
	}
	return code, true
}

func (r *ladderRows) reserve(n int) {
	if cap(r.price) < n {
		m := n + n/4
		r.price, r.quantity, r.sorted, r.spare = make([]float64, m), make([]float64, m), make([]float64, m), make([]float64, m)
		r.trader, r.pair, r.day = make([]int32, m), make([]int32, m), make([]int32, m)
	}
	r.price, r.quantity, r.sorted, r.spare = r.price[:n], r.quantity[:n], r.sorted[:n], r.spare[:n]
	r.trader, r.pair, r.day = r.trader[:n], r.pair[:n], r.day[:n]
}

// numbers gives numbers to pairs of keys, from 0, in the order of their first
// appearance.
type numbers struct {
	slots []int32 // number + 1
	keys  [][2]uint64
}

func newNumbers(size int) *numbers { return &numbers{slots: make([]int32, max(16, size))} }

func (m *numbers) of(a, b uint64) (number int32, isNew bool) {
	if 2*len(m.keys) >= len(m.slots) {
		m.grow()
	}
	mask := uint64(len(m.slots) - 1)
	for at := mixed(a, b) & mask; ; at = (at + 1) & mask {
		k := m.slots[at]
		if k == 0 {
			m.keys = append(m.keys, [2]uint64{a, b})
			m.slots[at] = int32(len(m.keys))
			return int32(len(m.keys) - 1), true
		}
		if m.keys[k-1] == [2]uint64{a, b} {
			return k - 1, false
		}
	}
}

func (m *numbers) grow() {
	m.slots = make([]int32, 2*len(m.slots))
	mask := uint64(len(m.slots) - 1)
	for i, key := range m.keys {
		at := mixed(key[0], key[1]) & mask
		for m.slots[at] != 0 {
			at = (at + 1) & mask
		}
		m.slots[at] = int32(i + 1)
	}
}

// mixed spreads two keys over all bits, as multiplication by odd numbers does.
func mixed(a, b uint64) uint64 {
	h := (a ^ b*0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
	return h ^ h>>29
}
