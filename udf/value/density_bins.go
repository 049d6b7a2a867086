package value

import "math"

// density is a histogram of which a place is a border between two bins.
type density struct {
	bin     float64
	low     int       // number of the first bin, that right of the place being 0
	heights []float64 // of the bins, so that their area is 1
}

const (
	mostBins      = 1 << 22
	densityDegree = 4     // of the polynomial that the bandwidth is taken from
	densityKappa  = 3.348 // McCrary's constant for the triangular kernel
)

// binned counts values in bins of twice their standard deviation by √n. It
// reports false if that says nothing about the place.
func binned(x []float64, place float64) (density, bool) {
	n := float64(len(x))
	low, high := math.Inf(1), math.Inf(-1)
	mean := 0.
	for i, v := range x {
		mean += (v - mean) / float64(i+1)
		low, high = min(low, v), max(high, v)
	}
	squares := 0.
	for _, v := range x {
		squares += (v - mean) * (v - mean)
	}
	bin := 2 * math.Sqrt(squares/(n-1)) / math.Sqrt(n)
	bins := math.Floor((high-low)/bin) + 2
	if !(low < place && place < high) || !isPositive(bin) || !(bins < mostBins) {
		return density{}, false
	}
	d := density{bin: bin, low: int(math.Floor((low - place) / bin)), heights: make([]float64, int(bins))}
	for _, v := range x {
		d.heights[int(math.Floor((v-place)/bin))-d.low] += 1 / (n * bin)
	}
	return d, true
}

// bandwidth returns the mean of the best bandwidths of both sides.
func (d density) bandwidth() (float64, bool) {
	last := len(d.heights) - 1
	for d.heights[last] == 0 { // one bin more than there are values for
		last--
	}
	left, okLeft := d.side(d.heights[:-d.low], .5-float64(d.low)-1)
	right, okRight := d.side(d.heights[-d.low:], .5+float64(last+d.low))
	h := (left + right) / 2
	return h, okLeft && okRight && isPositive(h)
}

// side returns the best bandwidth for the bins of a side, which is as many bins
// wide from the place to the middle of its last bin with a value.
func (d density) side(heights []float64, width float64) (float64, bool) {
	n := len(heights)
	if n < densityDegree+2 {
		return 0, false
	}
	half := float64(n-1) / 2 // bins are at −1 … 1, so that the powers are no smaller than they need be
	c, ok := polynomial(heights, half)
	if !ok {
		return 0, false
	}
	residuals, bend := 0., 0.
	for i, y := range heights {
		t := (float64(i) - half) / half
		r := y - (c[0] + t*(c[1]+t*(c[2]+t*(c[3]+t*c[4]))))
		residuals += r * r
		b := (2*c[2] + t*(6*c[3]+t*12*c[4])) / (half * half * d.bin * d.bin)
		bend += b * b
	}
	variance := residuals / float64(n-densityDegree-1)
	h := densityKappa * math.Pow(variance*width*d.bin/bend, .2)
	return h, isPositive(h)
}

// polynomial returns the coefficients of the polynomial of degree 4 in
// (i − half)/half with the least squares.
func polynomial(y []float64, half float64) (c [densityDegree + 1]float64, ok bool) {
	const size = densityDegree + 1
	var a [size][size + 1]float64 // normal equations
	for i, v := range y {
		var power [2*size - 1]float64
		power[0] = 1
		for k := 1; k < len(power); k++ {
			power[k] = power[k-1] * (float64(i) - half) / half
		}
		for r := range size {
			for k := range size {
				a[r][k] += power[r+k]
			}
			a[r][size] += v * power[r]
		}
	}
	for col := range size { // positive definite, so that no pivot is needed
		if !isPositive(a[col][col]) {
			return c, false
		}
		for r := col + 1; r < size; r++ {
			f := a[r][col] / a[col][col]
			for k := col; k <= size; k++ {
				a[r][k] -= f * a[col][k]
			}
		}
	}
	for r := size - 1; r >= 0; r-- {
		c[r] = a[r][size]
		for k := r + 1; k < size; k++ {
			c[r] -= a[r][k] * c[k]
		}
		c[r] /= a[r][r]
	}
	return c, true
}

// height returns the height at the place of the line through the bins within
// h of one side, −1 left or 1 right of it. Bins beyond the values are empty.
func (d density) height(h float64, side int) float64 {
	var w, wx, wxx, wy, wxy float64
	for i := 0; ; i++ {
		x := (float64(i) + .5) * d.bin
		weight := 1 - x/h
		if weight <= 0 {
			break
		}
		at := i
		if side < 0 {
			at = -1 - i
		}
		y := 0.
		if at -= d.low; at >= 0 && at < len(d.heights) {
			y = d.heights[at]
		}
		w, wx, wxx = w+weight, wx+weight*x, wxx+weight*x*x
		wy, wxy = wy+weight*y, wxy+weight*x*y
	}
	return (wxx*wy - wx*wxy) / (w*wxx - wx*wx) // NaN if there are fewer than two bins
}
