package value

import "math"

const (
	lineLeast  = 15                // rows
	lineMost   = 512               // rows that are looked at
	lineWeight = 2.241402727604947 // Φ⁻¹(0.9875)
)

// line returns the robust line of prices on quantities in a part.
func (r *ladderRows) line(p *ladderPart) (slope, intercept, scale float64) {
	n := min(p.to-p.from, lineMost)
	if n < lineLeast {
		return math.NaN(), math.NaN(), math.NaN()
	}
	memory := r.memory(4 * n)
	q, v := memory[:n], memory[n:2*n]
	step := float64(p.to-p.from) / float64(n)
	for i := range n {
		at := p.from + int((float64(i)+.5)*step)
		q[i], v[i] = r.quantity[at], r.price[at]
	}
	spare := memory[2*n:]
	slope, ok := resistantSlope(q, v, spare)
	if !ok {
		return math.NaN(), math.NaN(), math.NaN()
	}
	intercept, scale = centreLine(q, v, slope, spare)
	if scale < scaleLeast {
		return slope, intercept, scale
	}
	slope = refit(q, v, slope, intercept, lineWeight*scale)
	intercept, scale = centreLine(q, v, slope, spare)
	return slope, intercept, scale
}

// resistantSlope returns the slope between the medians of the outer thirds.
func resistantSlope(q, v, spare []float64) (float64, bool) {
	n := len(q)
	order := spare[:n]
	copy(order, q)
	low := nth(order, n/3)
	high := nth(order[n/3:], n-1-n/3-n/3)
	if low >= high {
		return 0, false
	}
	lowQ, lowV := outerMedians(q, v, spare, func(x float64) bool { return x <= low })
	highQ, highV := outerMedians(q, v, spare, func(x float64) bool { return x >= high })
	slope := (highV - lowV) / (highQ - lowQ)
	return slope, isFinite(slope)
}

// outerMedians returns the medians of the quantities and the prices of some rows.
func outerMedians(q, v, spare []float64, in func(float64) bool) (qs, vs float64) {
	n := len(q)
	k := 0
	for i, x := range q {
		if in(x) {
			spare[k], spare[n+k] = x, v[i]
			k++
		}
	}
	return middleNth(spare[:k]), middleNth(spare[n : n+k])
}

// middleNth returns the median of values that may be reordered.
func middleNth(x []float64) float64 {
	n := len(x)
	a, b := pairOf(x, (n-1)/2, n/2)
	return mean(a, b)
}

// centreLine returns the intercept that half of the rows lie above, and the scale
// of the distances.
func centreLine(q, v []float64, slope float64, spare []float64) (intercept, scale float64) {
	d := spare[:len(q)]
	for i := range d {
		d[i] = v[i] - slope*q[i]
	}
	intercept = middleNth(d)
	for i := range d {
		d[i] = math.Abs(d[i] - intercept)
	}
	return intercept, madNormal * middleNth(d)
}

// refit returns the slope by least squares of the rows at most far from a line.
func refit(q, v []float64, slope, intercept, far float64) float64 {
	var n, mq, mv, qq, qv float64
	for i := range q {
		if math.Abs(v[i]-intercept-slope*q[i]) > far {
			continue
		}
		n++
		dq := q[i] - mq
		mq += dq / n
		dv := v[i] - mv
		mv += dv / n
		qq += dq * (q[i] - mq)
		qv += dq * (v[i] - mv)
	}
	if !(qq > 0) || !isFinite(qv/qq) {
		return slope
	}
	return qv / qq
}

// memory returns n values of memory.
func (r *ladderRows) memory(n int) []float64 {
	if cap(r.scratch) < n {
		r.scratch = make([]float64, n+n/4)
	}
	return r.scratch[:n]
}
