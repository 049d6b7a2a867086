package ingest

import "slices"

// shortestMisspelt is the length from which an unknown word may be a misspelt
// one; a longer word may have two mistakes.
const (
	shortestMisspelt = 5
	twoMistakes      = 9
)

// corrected finds a header with one misspelt word, if all words that it may
// be lead to one column. A word that is known is never corrected: importer is
// no misspelt exporter.
func (v *vocabulary) corrected(header string) []match {
	words := headerWords(mendHeader(header))
	unknown := -1
	for i, w := range words {
		if v.knows(w) || len(w) < shortestMisspelt-1 {
			continue
		}
		if unknown >= 0 {
			return nil
		}
		unknown = i
	}
	if unknown < 0 {
		return nil
	}
	w := singular(words[unknown])
	most := 1
	if len(w) >= twoMistakes {
		most = 2
	}
	for mistakes := 1; mistakes <= most; mistakes++ {
		if found, some := v.respelt(words, unknown, w, mistakes); some {
			return found
		}
	}
	return nil
}

// respelt replaces a word by those that are mistakes away. some is true if
// there were such.
func (v *vocabulary) respelt(words []string, at int, w string, mistakes int) (best []match, some bool) {
	for _, k := range v.long {
		if distance(w, k, mistakes) != mistakes {
			continue
		}
		tried := slices.Clone(words)
		tried[at] = k
		found := v.peeled(tried, misspelt)
		if found == nil {
			continue
		}
		some = true
		if len(found) > 1 || best != nil && best[0].column != found[0].column {
			return nil, true
		}
		best = found
	}
	for i := range best {
		best[i].why += ", misspelt"
	}
	return best, some
}

// knows tells whether a word needs no correction.
func (v *vocabulary) knows(w string) bool {
	return v.words[singular(w)] || smallWord(w) || abbreviations()[w] != nil || known.is("noise", w) ||
		known.is("lead", w) || currencyOf([]string{w}) != "" || onlyDigits(w)
}

// distance returns how many letters must be put in, left out, changed or
// swapped with their neighbour to make b of a; more than most is most + 1.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most+1)
}
