package unit

import (
	"unicode/utf8"

	"github.com/dhowdb/dhow/udf/internal/lookup"
)

// several is the number of a name of several units.
const several int32 = -2

// find returns the number of the unit that a text names, or several.
func (s *system) find(text []byte) (int32, error) {
	n := s.single(text)
	if n == lookup.None && len(text) <= longestPair {
		n = s.pair(text)
	}
	return n, nil
}

// single is find for a text that names a unit once.
func (s *system) single(text []byte) int32 {
	if n, ok := s.exact[string(text)]; ok {
		return n
	}
	var buffer [lookup.MaxKey]byte
	key, ok := lookup.Fold(buffer[:0], text)
	if !ok {
		return lookup.None
	}
	if n, ok := s.folded[string(key)]; ok {
		return n
	}
	for _, less := range [...]string{"S", "ES"} { // plurals
		if stem := len(key) - len(less); stem >= 4 && string(key[stem:]) == less {
			if n, ok := s.folded[string(key[:stem])]; ok {
				return n
			}
		}
	}
	bare := key
	if len(key) > len(article) && string(key[:len(article)]) == article {
		bare = key[len(article):]
		if n, ok := s.folded[string(bare)]; ok {
			return n
		}
	}
	if s.ambiguous[string(bare)] != "" {
		return several
	}
	return lookup.None
}

// article is the Arabic article.
const article = "ال"

// longestPair is the length in bytes of a text that may name a unit twice.
const longestPair = 2 * lookup.MaxKey

// pair returns the unit that a text names twice, as in "KGM - kilogram",
// "PIECES (PCS)" or "كيلوجرام KG".
func (s *system) pair(text []byte) int32 {
	const most = 4 // places where a text is cut
	cuts := 0
	for i := 1; i+1 < len(text) && cuts < most; i++ {
		if !isCut(text, i) {
			continue
		}
		cuts++
		if n := s.single(text[:i]); n >= 0 && n == s.single(text[i+1:]) {
			return n
		}
	}
	return lookup.None
}

// isCut reports whether byte i may stand between two names of a unit.
func isCut(text []byte, i int) bool {
	switch text[i] {
	case '-', '/', '(', '[', '|', ',', ':', '=':
		return true
	case ' ':
		return text[i-1] >= utf8.RuneSelf != (text[i+1] >= utf8.RuneSelf)
	}
	return false
}
