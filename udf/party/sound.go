package party

import (
	_ "embed" // the tables of this package travel inside the binary
	"sync"
	"unicode/utf8"
)

//go:embed sounds.tsv
var soundsTSV string

//go:embed letters.tsv
var lettersTSV string

//go:embed near.tsv
var nearTSV string

// A sound is a byte: a letter of sounds.tsv, a digit, or a byte of a character
// of another script.

// phonology is what the tables say of letters and sounds.
type phonology struct {
	class  [256]byte // of a sound; itself for bytes that aren't in the table
	weak   [256]bool // vowels and what may be written as one
	latin  [26][]spelling
	arabic map[rune]byte
	cost   [2]costs // within a script, and across scripts
}

// spelling is how some letters sound, the longest first of those that begin with
// the same letter.
type spelling struct{ letters, sounds string }

var thePhonology = sync.OnceValue(func() *phonology {
	p := &phonology{arabic: map[rune]byte{}}
	for i := range p.class {
		p.class[i] = byte(i)
	}
	for _, row := range tableRows(soundsTSV) {
		sound := row[0][0]
		p.class[sound], p.weak[sound] = row[1][0], row[2] == "weak"
	}
	for length := 3; length > 0; length-- {
		for _, row := range tableRows(lettersTSV) {
			if row[0] == "latin" && len(row[1]) == length {
				at := row[1][0] - 'A'
				p.latin[at] = append(p.latin[at], spelling{row[1], row[2]})
			}
		}
	}
	for _, row := range tableRows(lettersTSV) {
		if row[0] == "arabic" {
			r, _ := utf8.DecodeRuneInString(row[1])
			p.arabic[r] = row[2][0]
		}
	}
	p.fillCosts()
	return p
})

// appendSounds appends the sounds of a word in canonical letters.
func (p *phonology) appendSounds(to, word []byte) []byte {
	start := len(to)
	for i := 0; i < len(word); {
		c := word[i]
		switch {
		case 'A' <= c && c <= 'Z':
			s := p.spelled(word[i:])
			for _, sound := range []byte(s.sounds) {
				if len(to) == start || to[len(to)-1] != sound {
					to = append(to, sound)
				}
			}
			i += len(s.letters)
		case c < utf8.RuneSelf:
			to = append(to, c)
			i++
		default:
			r, n := utf8.DecodeRune(word[i:])
			if sound, ok := p.arabic[r]; ok {
				to = append(to, sound)
			} else {
				to = append(to, word[i:i+n]...)
			}
			i += n
		}
	}
	return to
}

func (p *phonology) spelled(word []byte) spelling {
	var last spelling
	for _, s := range p.latin[word[0]-'A'] {
		if len(s.letters) <= len(word) && string(word[:len(s.letters)]) == s.letters {
			return s
		}
	}
	return last
}

// weaken replaces an h or a t at the end of a word, which are written or not in
// names like Waha, Wahah and Wahat.
func (p *phonology) weaken(word []byte) {
	n := len(word)
	if n < 2 || word[n-1] != 'h' && word[n-1] != 't' {
		return
	}
	for _, sound := range word[:n-1] {
		if !p.weak[sound] {
			word[n-1] = lastH
			return
		}
	}
}

// lastH stands for what is heard or not at the end of a word.
const lastH = 'o'
