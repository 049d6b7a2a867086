package value

// inversions finds the pairs that stand in one order here and in the other
// there. It holds memory that is used again.
type inversions struct {
	place      []int32 // of each row in the second order
	from, into []int32 // rows, being merged
}

// eachInversion calls f for each row j with the rows i that stand before it in
// the first order and behind it in the second. It merges the rows, in the first
// order, into the second: in O(n log n) steps.
func (v *inversions) eachInversion(first, second []int32, f func(i []int32, j int32)) {
	n := len(first)
	if cap(v.place) < n {
		v.place, v.from, v.into = make([]int32, n), make([]int32, n), make([]int32, n)
	}
	place, from, into := v.place[:n], v.from[:n], v.into[:n]
	for i, row := range second {
		place[row] = int32(i)
	}
	copy(from, first)
	for width := 1; width < n; width *= 2 {
		for at := 0; at < n; at += 2 * width {
			middle, end := min(at+width, n), min(at+2*width, n)
			merge(from[at:middle], from[middle:end], into[at:end], place, f)
		}
		from, into = into, from
	}
}

// merge merges left and right, both in the order of place.
func merge(left, right, into, place []int32, f func(i []int32, j int32)) {
	for k := range into {
		if len(right) == 0 || len(left) > 0 && place[left[0]] < place[right[0]] {
			into[k] = left[0]
			left = left[1:]
			continue
		}
		if len(left) > 0 {
			f(left, right[0])
		}
		into[k] = right[0]
		right = right[1:]
	}
}
