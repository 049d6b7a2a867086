package party

import "strconv"

// costs are those of turning one row of sounds into another.
type costs struct {
	change [256][256]uint8
	drop   [256]uint8
}

const (
	strongCost  = 10 // to leave out, or change, a consonant
	breathCost  = 6  // to leave out an h
	swapCost    = 8  // to swap two sounds
	vowelWithin = 2  // to leave out a vowel in names of the same script
	vowelAcross = 1  // the same if only one script writes short vowels
)

func (p *phonology) fillCosts() {
	for i, vowel := range [...]uint8{vowelWithin, vowelAcross} {
		c := &p.cost[i]
		for a := range c.change {
			c.drop[a] = strongCost
			if p.weak[a] {
				c.drop[a] = vowel
			}
			for b := range c.change[a] {
				c.change[a][b] = strongCost
				switch {
				case a == b:
					c.change[a][b] = 0
				case p.weak[a] && p.weak[b]:
					c.change[a][b] = (vowel + 1) / 2
				}
			}
		}
		c.drop['h'] = breathCost
		for _, row := range tableRows(nearTSV) {
			// The table is embedded and tested.
			cost, _ := strconv.Atoi(row[2])
			a, b := row[0][0], row[1][0]
			c.change[a][b], c.change[b][a] = uint8(cost), uint8(cost)
		}
	}
}

// maxSounds is how many sounds of a name are compared.
const maxSounds = 96

// weight is the cost of leaving out all sounds.
func (c *costs) weight(sounds []byte) int {
	w := 0
	for _, s := range sounds {
		w += int(c.drop[s])
	}
	return w
}

// distance is the smallest sum of costs of the edits that turn a into b, none
// of which touches a sound twice; both have at most [maxSounds].
func (c *costs) distance(a, b []byte) int {
	return c.distanceWithin(a, b, (len(a)+len(b))*strongCost)
}

// distanceWithin is distance, or some number above most for a distance that is.
func (c *costs) distanceWithin(a, b []byte, most int) int {
	var rows [3][maxSounds + 1]int32
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j, s := range b {
		last[j+1] = last[j] + int32(c.drop[s])
	}
	far := false // whether all of the last row is above most
	for i, x := range a {
		drop, change := int32(c.drop[x]), &c.change[x]
		row[0] = last[0] + drop
		left, diagonal, least := row[0], last[0], row[0]
		for j, y := range b {
			up := last[j+1]
			best := min(diagonal+int32(change[y]), up+drop, left+int32(c.drop[y]))
			if i > 0 && j > 0 && x == b[j-1] && y == a[i-1] {
				best = min(best, before[j-1]+swapCost)
			}
			row[j+1], left, diagonal = best, best, up
			least = min(least, best)
		}
		// A swap comes from the row before the last.
		if least > int32(most) {
			if far {
				return most + 1
			}
			far = true
		} else {
			far = false
		}
		before, last, row = last, row, before
	}
	return int(last[len(b)])
}

// alike returns how alike two rows of sounds are, 0 to 1.
func (c *costs) alike(a, b []byte) float64 {
	whole := max(c.weight(a), c.weight(b))
	if whole == 0 {
		return 1
	}
	return max(0, 1-float64(c.distance(a, b))/float64(whole))
}
