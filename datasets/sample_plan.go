package datasets

import (
	"math"
	"strconv"
)

// planted is the share of all lines with a case of each kind. Cases of the
// lane kinds sit in lanes of few traders; there they befall every second line.
var planted = [...]float64{
	kindUnderValuation:    0.0125,
	kindOverValuation:     0.005,
	kindUnitSlip:          0.010,
	kindMisclassification: 0.0065,
	kindOriginSwitch:      0.0065,
	kindSplit:             0.006,
	kindLostZero:          0.007,
	kindNameVariant:       0.015,
}

const (
	laneHit      = 0.5 // planted lines of a planted lane
	laneTaken    = 0.7 // suitable lanes of a dishonest trader that are planted
	largestShare = 0.2 // of a kind that one trader may have
	splitHit     = 0.3 // declarations of a splitting supplier that begin a split shipment
	splitParts   = 5   // mean number of parts
	splitPrice   = 100 // AED a unit up to which shipments can be cut finely
)

// plan decides which traders are dishonest, and how. A kind is given to traders
// at random until its share of the lines is reached, but never to one so
// large that it would make up the kind alone.
func (w *world) plan(r random) {
	for _, kind := range []int{
		kindMisclassification, kindOriginSwitch, kindLostZero, kindUnderValuation, kindOverValuation,
	} {
		w.spread(&r, planted[kind]/laneHit, func(t *trader) float64 { return w.planLanes(&r, t, kind) })
	}
	// A split shipment adds its parts to the lines of its supplier.
	w.spread(&r, planted[kindSplit]*w.meanItems/splitParts/splitHit, w.planSplits)
}

// spread visits the traders in random order and lets give plant something,
// until the shares of lines that it returns add up to quota.
func (w *world) spread(r *random, quota float64, give func(*trader) float64) {
	n := len(w.traders)
	at, step := r.below(n), 1+2*r.below(n/2)
	for gcd(step, n) != 1 {
		step++
	}
	limit := quota * largestShare
	for range n {
		if quota <= 0 {
			return
		}
		if t := &w.traders[at]; t.share <= limit {
			quota -= give(t)
		}
		at = (at + step) % n
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// planLanes plants kind in lanes of t and returns their share of all lines.
func (w *world) planLanes(r *random, t *trader, kind int) float64 {
	share := 0.0
	for i := range t.n {
		s := &w.suppliers[t.first+i]
		for j := range s.n {
			l := &w.lanes[s.first+j]
			if l.kind == kindNone && w.suits(l, s, t, kind) && r.chance(laneTaken) {
				w.tempt(r, l, kind)
				share += t.share * earlyShare(int(i), int(t.n)) / float64(s.n)
			}
		}
	}
	return share
}

// suits reports whether something can be gained, or lost, by kind in a lane.
func (w *world) suits(l *lane, s *supplier, t *trader, kind int) bool {
	g := &w.goods[l.good]
	switch kind {
	case kindMisclassification:
		return len(g.twins) > 0 && l.rate == g.rate && !s.small
	case kindOriginSwitch:
		return l.rate > 0 && l.rate <= highestRelief && w.countries[s.origin].preference == "-" && !s.small
	case kindLostZero:
		return g.hs[0] == '0' && t.form != formDotted
	case kindUnderValuation:
		return l.rate > 0 && !s.small
	}
	return !s.small
}

// tempt fixes how the lane deviates; it keeps to that.
func (w *world) tempt(r *random, l *lane, kind int) {
	l.kind = uint8(kind)
	switch kind {
	case kindMisclassification:
		l.twin = int16(w.goods[l.good].twins[r.early(len(w.goods[l.good].twins))])
	case kindOriginSwitch:
		l.claim = int16(w.drawClaim(r, w.goods[l.good].origin))
	case kindUnderValuation:
		l.factor = r.between(0.24, 0.56)
	case kindOverValuation:
		l.factor = r.between(1.8, 4)
	}
}

// drawClaim returns a country with a preference, if it can one that really
// makes such goods.
func (w *world) drawClaim(r *random, from *mix) int {
	for range 12 {
		if c := from.draw(r); w.countries[c].preference != "-" {
			return c
		}
	}
	return w.preferring[r.below(len(w.preferring))]
}

// planSplits makes suppliers of t split shipments of cheap dutiable goods.
func (w *world) planSplits(t *trader) float64 {
	share := 0.0
	for i := range t.n {
		s := &w.suppliers[t.first+i]
		for j := range s.n {
			l := &w.lanes[s.first+j]
			if l.kind == kindNone && l.rate > 0 && l.rate <= highestRelief && l.price < math.Log(splitPrice) {
				s.splits = s.first + j
				share += t.share * earlyShare(int(i), int(t.n))
				break
			}
		}
	}
	return share
}

// factorTexts are the factors 0.00 to 4.99 as text, made once because numbers
// are not formatted in the loop.
var factorTexts = func() (t [500]string) {
	for i := range t {
		t[i] = strconv.FormatFloat(float64(i)/100, 'f', 2, 64)
	}
	return t
}()
