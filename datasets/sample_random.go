package datasets

import (
	"math"
	"math/bits"
	"sync"
)

// random is the SplitMix64 generator. One word of state makes a stream for
// each batch free, and unlike the standard library's methods its values never
// change from one Go release to the next, so neither does a sample.
type random struct{ state uint64 }

// The increment is 2⁶⁴ divided by the golden ratio, made odd.
const goldenGamma = 0x9e3779b97f4a7c15

// newRandom returns stream number stream of a seed.
func newRandom(seed, stream uint64) random {
	return random{mix64(mix64(seed+goldenGamma) ^ stream*goldenGamma)}
}

func (r *random) next() uint64 {
	r.state += goldenGamma
	return mix64(r.state)
}

func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit returns a number in [0, 1).
func (r *random) unit() float64 { return float64(r.next()>>11) * 0x1p-53 }

// between returns a number in [low, high).
func (r *random) between(low, high float64) float64 { return low + (high-low)*r.unit() }

// chance reports true with probability p.
func (r *random) chance(p float64) bool { return r.unit() < p }

// below returns an integer in [0, n).
func (r *random) below(n int) int {
	high, _ := bits.Mul64(r.next(), uint64(n))
	return int(high)
}

// early returns an integer in [0, n) in which small ones are more frequent:
// i has probability √((i+1)/n) − √(i/n).
func (r *random) early(n int) int {
	u := r.unit()
	return int(u * u * float64(n))
}

func earlyShare(i, n int) float64 {
	return (math.Sqrt(float64(i+1)) - math.Sqrt(float64(i))) / math.Sqrt(float64(n))
}

const normalSteps = 4096

// normalQuantiles are points of the normal distribution at equal steps of
// probability; between them [random.normal] draws a straight line, which is
// several times faster than an exact draw and ends at ±3.7 deviations.
var normalQuantiles = sync.OnceValue(func() *[normalSteps + 1]float64 {
	var q [normalSteps + 1]float64
	for i := range q {
		p := (float64(i) + 0.5) / (normalSteps + 1)
		q[i] = math.Sqrt2 * math.Erfinv(2*p-1)
	}
	return &q
})

// normal returns a draw from the normal distribution with mean 0 and deviation 1.
func (r *random) normal(q *[normalSteps + 1]float64) float64 {
	x := r.next()
	i := x >> 52
	f := float64(x&(1<<52-1)) * 0x1p-52
	return q[i] + f*(q[i+1]-q[i])
}

// aliasTable draws from a discrete distribution in constant time: A. J.
// Walker, “An Efficient Method for Generating Discrete Random Variables with
// General Distributions”, ACM Transactions on Mathematical Software 3(3), 1977.
type aliasTable struct {
	cut   []uint32 // probability of staying at i, times 2³²
	other []uint32
}

func newAliasTable(weights []float64) aliasTable {
	n, sum := len(weights), 0.0
	for _, w := range weights {
		sum += w
	}
	t := aliasTable{cut: make([]uint32, n), other: make([]uint32, n)}
	scaled := make([]float64, n)
	var small, large []int
	for i, w := range weights {
		scaled[i] = w * float64(n) / sum
		t.cut[i], t.other[i] = math.MaxUint32, uint32(i)
		if scaled[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		t.cut[s], t.other[s] = uint32(scaled[s]*math.MaxUint32), uint32(l)
		if scaled[l] -= 1 - scaled[s]; scaled[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	return t
}

func (t *aliasTable) draw(r *random) int {
	x := r.next()
	i := int(x >> 32 * uint64(len(t.cut)) >> 32)
	if uint32(x) < t.cut[i] {
		return i
	}
	return int(t.other[i])
}
