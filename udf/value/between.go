package value

import "math"

// blockSize is how many values are looked at before the room is checked.
const blockSize = 256

// between counts the values at most lo and gathers those above it and below
// hi in room. It reports false if there is too little room.
//
// No step depends on how a value compares, as no processor can foresee that.
func (c column) between(lo, hi float64, room []float64) (atMost int, found []float64, ok bool) {
	n, above := 0, 0
	for from := 0; from < len(c.x); from += blockSize {
		if n+blockSize > len(room) {
			return 0, nil, false
		}
		to := (*[blockSize]float64)(room[n:])
		var k uint
		for _, x := range c.x[from:min(from+blockSize, len(c.x))] {
			v := math.Float64frombits(math.Float64bits(x-c.center) & c.mask)
			to[k%blockSize] = v
			isAbove := one(v > lo)
			above += isAbove
			k += uint(isAbove & one(v < hi))
		}
		n += int(k)
	}
	return len(c.x) - above, room[:n], true
}

// count returns how many values are below lo, and how many at most hi.
func (c column) count(lo, hi float64) (below, atMostHigh int) {
	for i := range c.x {
		v := c.at(i)
		below += one(v < lo)
		atMostHigh += one(v <= hi)
	}
	return below, atMostHigh
}

// one is 1 for true; the compiler makes no branch of it.
func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
