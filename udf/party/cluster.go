package party

import (
	"runtime"
	"sync"
)

// sameFirm is the similarity from which two names are taken as one firm's. On
// the sample declarations precision is 1 from here on, and recall falls beyond.
const sameFirm = 0.90

// Clusters returns for each name the number of its cluster: 0 for that of the
// first name, 1 for that of the first name which isn't in it, and so on. Names
// are in one cluster if they are equal in canonical form, or joined by a
// chain of names whose similarity (see [Similarity]) is at least 0.9. A name of
// which nothing is left but its legal form is alone in its cluster.
//
// Not all pairs are compared, but those that share a block: the same skeleton
// in their keys; the same key; the same skeleton once one letter is left out of
// either or both. Within a block of more than 25 names a name is compared with
// the 24 behind it, in the order of the input. The work grows with the number of
// names times the length of their skeletons. All processors that Go may use are used;
// the result is the same with any number of them.
func Clusters(names []string) []int {
	c := newClustering(names)
	c.join()
	out, next := make([]int, len(names)), 0
	numbers := make([]int, len(c.known)) // of each set, plus one
	for i, id := range c.ids {
		if id == nothing {
			out[i] = next
			next++
			continue
		}
		number := &numbers[c.sets.find(id)]
		if *number == 0 {
			next++
			*number = next
		}
		out[i] = *number - 1
	}
	return out
}

// clustering is the distinct canonical names, and the sets they are joined in.
type clustering struct {
	reader
	ids   []int32 // of each name in known, or nothing
	known []entry
	sets  sets
}

const nothing = -1

// entry is a distinct name, in little memory.
type entry struct {
	text    []byte // sounds, ends and skeleton of its profile
	words   meanings
	weights weights
	sounds  uint8
	ends    uint8
	arabic  bool
}

func newClustering(names []string) *clustering {
	c := &clustering{reader: newReader(), ids: make([]int32, len(names))}
	distinct := c.number(canonicalForms(names))
	c.sets, c.known = newSets(len(distinct)), make([]entry, len(distinct))
	inParallel(len(distinct), func(from, to int) {
		var p profile
		var block []byte // shared by the texts of many entries
		for i := from; i < to; i++ {
			c.read(&p, []byte(distinct[i]), maxSounds)
			skeleton := p.skeleton[:min(len(p.skeleton), maxSounds)]
			if cap(block)-len(block) < 3*maxSounds {
				block = make([]byte, 0, 1<<16)
			}
			start := len(block)
			block = append(append(append(block, p.sounds...), p.ends...), skeleton...)
			c.known[i] = entry{
				text: block[start:len(block):len(block)], words: p.words, weights: c.phonology.weights(p.sounds), arabic: p.arabic,
				sounds: uint8(len(p.sounds)), ends: uint8(len(p.ends)),
			}
		}
	})
	return c
}

func canonicalForms(names []string) []string {
	forms := make([]string, len(names))
	inParallel(len(names), func(from, to int) {
		legal := legalForms()
		var buf []byte
		for i := from; i < to; i++ {
			buf = scan(buf[:0], []byte(names[i]), legal)
			forms[i] = string(legal.strip(buf))
		}
	})
	return forms
}

// number fills ids and returns the distinct forms.
func (c *clustering) number(forms []string) (distinct []string) {
	seen := make(map[string]int32, len(forms))
	for i, form := range forms {
		if form == "" {
			c.ids[i] = nothing
			continue
		}
		id, ok := seen[form]
		if !ok {
			id = int32(len(distinct))
			seen[form] = id
			distinct = append(distinct, form)
		}
		c.ids[i] = id
	}
	return distinct
}

func (e *entry) skeleton() []byte { return e.text[int(e.sounds)+int(e.ends):] }

// profile lets p share the memory of e.
func (e *entry) profile(p *profile) {
	p.sounds, p.ends = e.text[:e.sounds], e.text[e.sounds:int(e.sounds)+int(e.ends)]
	p.skeleton, p.words, p.arabic = e.skeleton(), e.words, e.arabic
}

// candidate is a name that is compared with others.
type candidate struct {
	profile
	weights weights
	id      int32
}

// compare joins two names if they are alike.
func (c *clustering) compare(a, b *candidate) {
	if c.sets.find(a.id) != c.sets.find(b.id) && c.areSame(&a.profile, &b.profile, a.weights, b.weights) {
		c.sets.union(a.id, b.id)
	}
}

// inParallel calls f for as many parts of 0 … n as there are processors.
func inParallel(n int, f func(from, to int)) {
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { f(n*w/workers, n*(w+1)/workers) })
	}
	wait.Wait()
}
