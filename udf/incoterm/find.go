package incoterm

import (
	"unicode"
	"unicode/utf8"

	"github.com/dhowdb/dhow/udf/internal/lookup"
)

// maxWords is how many words of a text are looked at.
const maxWords = 24

// span is where a word of a text begins and ends.
type span struct{ from, to int }

// several is the number of a text that has more than one term.
const several int32 = -2

// find returns the number of the term in a text, or several.
func (t *terms) find(text []byte) (int32, error) {
	if n := t.number(text); n >= 0 {
		return n, nil
	}
	var buffer [maxWords]span
	words := split(buffer[:0], text)
	for len(words) > 0 && isLabel(text[words[0].from:words[0].to]) {
		words = words[1:]
	}
	if n, used := t.leading(text, words); n >= 0 {
		if t.alternative(text, words[used-1:], n) {
			return several, nil
		}
		return n, nil
	}
	return t.somewhere(text, words), nil
}

// number returns the term that a text spells and nothing else.
func (t *terms) number(text []byte) int32 {
	var buffer [lookup.MaxKey]byte
	key, ok := lookup.Fold(buffer[:0], text)
	if !ok {
		return lookup.None
	}
	if n, ok := t.numbers[string(key)]; ok {
		return n
	}
	return lookup.None
}

// leading returns the term that the first words spell, and how many they are.
func (t *terms) leading(text []byte, words []span) (n int32, used int) {
	const longest = 6 // "delivered at place unloaded" has 4 words, "à l'usine" 3
	for used := min(longest, len(words)); used > 0; used-- {
		if n := t.number(text[words[0].from:words[used-1].to]); n >= 0 {
			return n, used
		}
	}
	return lookup.None, 0
}

// alternative reports whether behind the first of the words, the last one of the
// term n, another term follows, as in "FOB/CIF" or "FOB or CIF".
func (t *terms) alternative(text []byte, words []span, n int32) bool {
	for i := 1; i < len(words) && i <= 2; i++ {
		word := text[words[i].from:words[i].to]
		if i == 1 && (string(word) == "or" || string(word) == "OR" || string(word) == "and") {
			continue
		}
		if other, _ := t.leading(text, words[i:]); other >= 0 && other != n {
			return i == 2 || !onlyBlanks(text[words[0].to:words[i].from])
		}
		return false
	}
	return false
}

// somewhere returns the only code in capitals among the words, or several.
func (t *terms) somewhere(text []byte, words []span) int32 {
	found := lookup.None
	for _, w := range words {
		word := text[w.from:w.to]
		if len(word) != 3 {
			continue
		}
		n, ok := t.numbers[string(word)]
		if !ok || t.codes[n] != string(word) {
			continue
		}
		if found >= 0 && found != n {
			return several
		}
		found = n
	}
	return found
}

// split appends the words of a text, runs of letters and digits, to words.
func split(words []span, text []byte) []span {
	from := -1
	for i := 0; i <= len(text) && len(words) < cap(words); {
		r, size := utf8.RuneError, 1
		if i < len(text) {
			r, size = utf8.DecodeRune(text[i:])
		}
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		switch {
		case inside && from < 0:
			from = i
		case !inside && from >= 0:
			words = append(words, span{from, i})
			from = -1
		}
		i += size
	}
	return words
}

// isLabel reports whether a word only announces a term, or is an edition.
func isLabel(word []byte) bool {
	var buffer [lookup.MaxKey]byte
	key, _ := lookup.Fold(buffer[:0], word)
	switch string(key) {
	case "INCOTERM", "INCOTERMS", "TERM", "TERMS", "DELIVERY", "OF", "TRADE", "ICC", "PRICE", "1990", "2000", "2010", "2020":
		return true
	}
	return false
}

func onlyBlanks(text []byte) bool {
	for _, b := range text {
		if b != ' ' && b != '\t' {
			return false
		}
	}
	return true
}
