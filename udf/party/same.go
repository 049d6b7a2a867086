package party

import "bytes"

// This file decides whether two names are one firm's without finding out how
// alike they are, which takes a fraction of the time where they aren't.

// areSame reports whether the similarity of names that differ in canonical form
// is at least [sameFirm]. It is what alike says: words in another order, which
// are alike by 0.85 at most, don't matter here.
func (d reader) areSame(a, b *profile, weightA, weightB weights) bool {
	common := shared(&a.words, &b.words)
	trade := unequal * (1 - otherTrade*(1-common))
	if trade < sameFirm {
		return false
	}
	if len(a.sounds)+len(b.sounds) == 0 {
		return trade*common >= sameFirm
	}
	script := 0
	if a.arabic != b.arabic {
		script = 1
	}
	whole := int(max(weightA[script], weightB[script]))
	if whole == 0 {
		return true
	}
	n := len(a.skeleton)
	meet := script == 1 && n > 0 && bytes.Equal(a.skeleton, b.skeleton)
	most := whole // that the distance may be
	if !meet {
		most = int((1-sameFirm/trade)*float64(whole)) + 1
		if apart := int(weightA[script]) - int(weightB[script]); apart > most || -apart > most {
			return false
		}
	}
	distance := d.cost[script].distanceWithin(a.sounds, b.sounds, most)
	name := max(0, 1-float64(distance)/float64(whole))
	if meet {
		name = max(name, (1-keyShare)*name+keyShare*(1-acrossScripts/float64(n)))
	}
	return trade*name >= sameFirm
}

// weights are the weights of a name's sounds, within a script and across scripts.
type weights [2]uint16

func (p *phonology) weights(sounds []byte) (w weights) {
	for script := range w {
		w[script] = uint16(p.cost[script].weight(sounds))
	}
	return w
}
