package party

import "math/bits"

// anyOrder matches the words of two names, the most alike first, and returns
// the mean of their likeness by weight.
func (c *costs) anyOrder(a, b *profile) float64 {
	var likeness [mostWords][mostWords]float64 // times the weight of both words
	n, m := min(len(a.ends), mostWords), min(len(b.ends), mostWords)
	whole := c.weight(a.sounds) + c.weight(b.sounds)
	if whole == 0 {
		return 1
	}
	for i := range n {
		x := a.word(i)
		for j := range m {
			y := b.word(j)
			likeness[i][j] = c.alike(x, y) * float64(c.weight(x)+c.weight(y))
		}
	}
	sum := 0.0
	var doneA, doneB [mostWords]bool
	for range min(n, m) {
		best, x, y := 0.0, -1, -1
		for i := range n {
			for j := range m {
				if !doneA[i] && !doneB[j] && likeness[i][j] > best {
					best, x, y = likeness[i][j], i, j
				}
			}
		}
		if x < 0 {
			break
		}
		doneA[x], doneB[y] = true, true
		sum += best
	}
	return sum / float64(whole)
}

// word returns the sounds of word i.
func (p *profile) word(i int) []byte {
	from := uint8(0)
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.sounds[from:p.ends[i]]
}

// shared is the share of common meanings among those of either name, 1 if there
// are none.
func shared(a, b *meanings) float64 {
	both, either := 0, 0
	for i := range a {
		both += bits.OnesCount64(a[i] & b[i])
		either += bits.OnesCount64(a[i] | b[i])
	}
	if either == 0 {
		return 1
	}
	return float64(both) / float64(either)
}
