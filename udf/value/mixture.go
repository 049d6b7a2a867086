package value

import (
	"cmp"
	"math"
	"slices"
)

// mixture is a model of the logarithms of prices: levels in ascending order,
// all normal or all of Student's t with 4 degrees of freedom, and evenly spread
// noise.
type mixture struct {
	tails      tails
	levels     []level
	noise      float64 // share
	likelihood float64 // its logarithm
}

type level struct{ centre, share, scale float64 }

// tails is the distribution of a level.
type tails int

const (
	normal tails = iota
	student
)

// unit returns the standard deviation of normal values with the quartiles of
// the distribution.
func (t tails) unit() float64 {
	if t == student {
		return t4Normal
	}
	return 1
}

// density returns the density at d scales from the centre, and how much a
// value there counts for centre and scale.
func (t tails) density(d float64) (density, weight float64) {
	if t == normal {
		return normalConstant * math.Exp(-d*d/2), 1
	}
	u := 1 + d*d/4
	return t4Constant / (u * u * math.Sqrt(u)), 1.25 / u // (ν + 1)/(ν + d²)
}

const (
	levelRounds    = 400
	levelTrial     = 8              // rounds after which starts are compared
	levelStep      = levelFloor / 2 // in which prices are gathered
	levelCoarse    = 100            // such steps from the 1 % to the 99 % quantile, to try starts
	levelStarts    = 12
	levelRise      = 1e-5
	levelLook      = 4                 // rounds, of which levelRounds and levelTrial are multiples
	t4Constant     = .375              // density of t₄ at 0
	normalConstant = .3989422804014327 // 1/√(2π)
	noiseLeast     = 4.605170185988092 // ln 100
	noiseAtStart   = .02
	shareAtStart   = .2
	scaleAtStart   = .25 // of a new level, by the scale of all
)

// stepped is sorted values, gathered in steps.
type stepped struct {
	x, w   []float64 // mean of each step, and number of values
	n      float64
	center float64
	scale  float64   // of all values
	even   float64   // density of noise
	places []float64 // where new levels are tried
}

func newStepped(sorted []float64, step float64) *stepped {
	n := len(sorted)
	s := &stepped{
		n: float64(n), center: quantile(sorted, .5), scale: max(madNormal*madSorted(sorted), levelFloor),
		even: 1 / max(sorted[n-1]-sorted[0], noiseLeast),
	}
	for from := 0; from < n; {
		to, sum := from, 0.
		for to < n && sorted[to]-sorted[from] <= step {
			sum += sorted[to] - sorted[from]
			to++
		}
		s.x = append(s.x, sorted[from]+sum/float64(to-from))
		s.w = append(s.w, float64(to-from))
		from = to
	}
	for i := range levelStarts {
		s.places = append(s.places, quantile(sorted, (float64(i)+.5)/levelStarts))
	}
	s.places = slices.Compact(s.places)
	return s
}

// withLevel returns m with one level more. Starts are tried on coarse values.
func (s *stepped) withLevel(m mixture, coarse *stepped) mixture {
	if len(m.levels) == 0 {
		first := mixture{tails: m.tails, levels: []level{{s.center, 1 - noiseAtStart, s.scale}}, noise: noiseAtStart}
		return s.fit(first, levelRounds)
	}
	best := mixture{likelihood: math.Inf(-1)}
	for _, place := range s.places {
		start := mixture{tails: m.tails, noise: m.noise * (1 - shareAtStart)}
		for _, l := range m.levels {
			l.share *= 1 - shareAtStart
			start.levels = append(start.levels, l)
		}
		start.levels = append(start.levels, level{place, shareAtStart, max(s.scale*scaleAtStart, levelFloor)})
		if trial := coarse.fit(start, levelTrial); trial.likelihood > best.likelihood {
			best = trial
		}
	}
	return s.fit(best, levelRounds)
}

// fit improves a mixture until it hardly becomes likelier. The likelihood,
// which is looked at every few rounds, is that of the mixture before the last
// one.
func (s *stepped) fit(m mixture, rounds int) mixture {
	sums := make([]levelSums, len(m.levels))
	last := math.Inf(-1)
	for round := 1; round <= rounds; round++ {
		look := round%levelLook == 0
		likelihood, noise := s.weigh(m, sums, look)
		m = s.update(m, sums, noise)
		if !look {
			continue
		}
		m.likelihood = likelihood
		if likelihood-last < levelRise {
			break
		}
		last = likelihood
	}
	slices.SortFunc(m.levels, func(a, b level) int {
		return cmp.Or(cmp.Compare(a.centre, b.centre), cmp.Compare(a.scale, b.scale))
	})
	return m
}

// levelSums are sums over the values, weighed by how likely each is of a level.
type levelSums struct{ share, weight, x, xx float64 }

// weigh fills the sums of each level, and returns the share of noise and, if it
// is looked at, the logarithm of the likelihood.
func (s *stepped) weigh(m mixture, sums []levelSums, look bool) (likelihood, noise float64) {
	clear(sums)
	density, weight := make([]float64, len(sums)), make([]float64, len(sums))
	for i, x := range s.x {
		total := m.noise * s.even
		for k, l := range m.levels {
			density[k], weight[k] = m.tails.density((x - l.centre) / l.scale)
			density[k] *= l.share / l.scale
			total += density[k]
		}
		w := s.w[i]
		if look {
			likelihood += w * math.Log(total)
		}
		noise += w * m.noise * s.even / total
		for k := range sums {
			part := w * density[k] / total
			d := x - m.levels[k].centre
			sums[k].share += part
			sums[k].weight += part * weight[k]
			sums[k].x += part * weight[k] * d
			sums[k].xx += part * weight[k] * d * d
		}
	}
	return likelihood, noise / s.n
}

// update returns the mixture that the sums make likeliest.
func (s *stepped) update(m mixture, sums []levelSums, noise float64) mixture {
	noise = min(noise, noiseMost)
	all := 0.
	for _, t := range sums {
		all += t.share
	}
	next := mixture{tails: m.tails, noise: noise, levels: make([]level, len(sums))}
	for k, t := range sums {
		old := m.levels[k]
		if t.weight == 0 { // no value is near
			next.levels[k] = level{old.centre, 0, old.scale}
			continue
		}
		move := t.x / t.weight
		scale := math.Sqrt(max(0, t.xx-t.x*move) / t.share)
		next.levels[k] = level{old.centre + move, (1 - noise) * t.share / all, max(scale, levelFloor/m.tails.unit())}
	}
	return next
}
