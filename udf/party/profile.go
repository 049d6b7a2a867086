package party

import (
	"bytes"
	"math/bits"
	"slices"
)

// profile is what a name is compared by.
type profile struct {
	sounds   []byte   // of the words that aren't words of trade
	ends     []uint8  // of the first words in sounds
	skeleton []byte   // classes of the strong sounds, and of a weak one at the beginning
	words    meanings // of the words of trade
	arabic   bool     // whether a word in sounds is in Arabic letters
	buf      []byte
}

// reader makes profiles.
type reader struct {
	*phonology
	*dictionary
}

func newReader() reader { return reader{thePhonology(), theDictionary()} }

// read fills p from a name in canonical form, of which at most limit bytes of
// sounds are kept, if limit isn't 0.
func (d reader) read(p *profile, name []byte, limit int) {
	d.readWords(p, name, limit, false)
	if len(p.sounds) == 0 && p.words == (meanings{}) {
		d.readWords(p, name, limit, true)
	}
}

// readWords is read; words of trade are taken as names if all is set.
func (d reader) readWords(p *profile, name []byte, limit int, all bool) {
	p.sounds, p.ends, p.skeleton = p.sounds[:0], p.ends[:0], p.skeleton[:0]
	p.words, p.arabic = meanings{}, false
	for len(name) > 0 {
		word := firstWord(name)
		name = bytes.TrimPrefix(name[len(word):], []byte(" "))
		if word[0] == '&' {
			continue
		}
		if !all {
			if m, ok := d.meaningOf(word); ok {
				if m != filler {
					p.words.add(m)
				}
				continue
			}
			if isArticle(word, name) {
				continue
			}
		}
		d.addName(p, cutAbdu(word, name))
		if limit > 0 && len(p.sounds) > limit {
			p.sounds = p.sounds[:limit]
			break
		}
	}
	// Only a vowel at the beginning of the whole name is kept: where the
	// blanks are put differs too much.
	if len(p.sounds) > 0 && d.weak[p.sounds[0]] {
		p.skeleton = slices.Insert(p.skeleton, 0, d.class[p.sounds[0]])
	}
}

// addName adds a word that is no word of trade.
func (d reader) addName(p *profile, word []byte) {
	if long, ok := d.short.find(word); ok {
		word = d.long[long]
	}
	switch {
	case isArabic(word):
		p.arabic = true
		word = cutArabic(p.buf[:0], word)
		p.buf = word
	case word[0] < 0x80:
		word = cutLatin(p.buf[:0], word)
		p.buf = word
	}
	start := len(p.sounds)
	p.sounds = d.appendSounds(p.sounds, word)
	d.weaken(p.sounds[start:])
	if len(p.sounds) <= maxSounds {
		p.ends = append(p.ends, uint8(len(p.sounds)))
	}
	for _, sound := range p.sounds[start:] {
		if !d.weak[sound] {
			p.skeleton = append(p.skeleton, d.class[sound])
		}
	}
}

// appendKey appends the key.
func (d reader) appendKey(to []byte, p *profile) []byte {
	to = append(to, p.skeleton...)
	for i, set := range p.words {
		for ; set != 0; set &= set - 1 {
			if len(to) > 0 {
				to = append(to, ' ')
			}
			to = append(to, d.names[i*64+bits.TrailingZeros64(set)]...)
		}
	}
	return to
}
