package party

import "sync/atomic"

// sets are disjoint sets of the numbers from 0 on, which several threads join
// at once. Each number but the smallest of a set points to a smaller one.
type sets []atomic.Int32

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i].Store(int32(i))
	}
	return s
}

// find returns the smallest number of the set of i.
func (s sets) find(i int32) int32 {
	for {
		up := s[i].Load()
		if up == i {
			return i
		}
		above := s[up].Load()
		if above != up {
			s[i].CompareAndSwap(up, above) // shortens the way of the next one
		}
		i = up
	}
}

// union joins the sets of a and b.
func (s sets) union(a, b int32) {
	for {
		a, b = s.find(a), s.find(b)
		if a == b {
			return
		}
		if a < b {
			a, b = b, a
		}
		if s[a].CompareAndSwap(a, b) {
			return
		}
	}
}
