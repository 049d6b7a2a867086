package value

// fewValues is the size of a group up to which sorting it is the fastest.
const fewValues = 32

// madOfFew returns the median absolute deviation of at least one value. It
// sorts x.
func madOfFew(x []float64) float64 {
	sortFew(x)
	return madSorted(x)
}

// madSorted returns the median absolute deviation of at least one sorted value.
// The deviations of the values below and above the median are two sorted
// sequences, and their median is found by going outwards from the middle.
func madSorted(x []float64) float64 {
	n := len(x)
	center := mean(x[(n-1)/2], x[n/2])
	below, above := (n-1)/2, (n-1)/2+1
	var last, d float64
	for range n/2 + 1 {
		last = d
		// An infinite centre gives NaN, which is no smaller than anything.
		if above == n || below >= 0 && center-x[below] <= x[above]-center {
			d = center - x[below]
			below--
		} else {
			d = x[above] - center
			above++
		}
	}
	if n&1 == 1 {
		return d
	}
	return mean(last, d)
}

// sortFew sorts by insertion.
func sortFew(x []float64) {
	for i := 1; i < len(x); i++ {
		v := x[i]
		j := i
		for ; j > 0 && x[j-1] > v; j-- {
			x[j] = x[j-1]
		}
		x[j] = v
	}
}

// mean returns the mean of two values, of which the sum may overflow.
func mean(a, b float64) float64 {
	if m := (a + b) / 2; isFinite(m) {
		return m
	}
	return a/2 + b/2
}
