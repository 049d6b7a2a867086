package value

import (
	"math/bits"
	"slices"
)

// nth reorders x so that the value of rank k, counted from 0, is at k, no
// value before it is larger and none behind it smaller, and returns it. There
// is no NaN in x.
//
// It is a quickselect that sorts what is left when its pivots were bad more
// often than chance explains, so its worst case is that of sorting.
func nth(x []float64, k int) float64 {
	whole, at := x, k
	for rounds := 4 * bits.Len(uint(len(x))); len(x) > sortedLength; rounds-- {
		if rounds == 0 {
			slices.Sort(x)
			return whole[at]
		}
		p := pivot(x)
		less := partition(x, p)
		if k < less {
			x = x[:less]
			continue
		}
		x, k = x[less:], k-less
		// Without a value below it, the pivot is the smallest, perhaps of
		// many equal ones.
		if less == 0 {
			same := partitionSame(x, p)
			if k < same {
				return p
			}
			x, k = x[same:], k-same
		}
	}
	sortFew(x)
	return whole[at]
}

// sortedLength is the length at which nth sorts the rest.
const sortedLength = 16

// pivot returns the median of three values, or of the medians of nine.
func pivot(x []float64) float64 {
	m, last := len(x)/2, len(x)-1
	if len(x) < 128 {
		return median3(x[0], x[m], x[last])
	}
	s := len(x) / 8
	return median3(
		median3(x[0], x[s], x[2*s]),
		median3(x[m-s], x[m], x[m+s]),
		median3(x[last-2*s], x[last-s], x[last]),
	)
}

func median3(a, b, c float64) float64 {
	if a > b {
		a, b = b, a
	}
	if b <= c {
		return b
	}
	if a > c {
		return a
	}
	return c
}

// partition moves the values below p to the front and returns their number. It
// has no branch that depends on the values.
func partition(x []float64, p float64) int {
	less := 0
	for i, v := range x {
		x[i] = x[less]
		x[less] = v
		less += one(v < p)
	}
	return less
}

// partitionSame is partition for the values up to p.
func partitionSame(x []float64, p float64) int {
	same := 0
	for i, v := range x {
		x[i] = x[same]
		x[same] = v
		same += one(v <= p)
	}
	return same
}
