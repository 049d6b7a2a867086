package ingest

import (
	"slices"
	"strings"
	"unicode"
)

// brokenMarks stand in a header for letters that its encoding didn't have.
const brokenMarks = "?\uFFFD"

// mostReadings is in how many ways a header with lost letters is read.
const mostReadings = 32

// restored finds a header of which letters were lost, D?claration, if all
// words that it may be lead to one column.
func (v *vocabulary) restored(header string) []match {
	readings := [][]string{nil}
	for _, w := range strings.FieldsFunc(header, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(brokenMarks, r)
	}) {
		var next [][]string
		for _, option := range v.wordsLike(w) {
			for _, r := range readings {
				next = append(next, append(slices.Clone(r), option...))
			}
		}
		readings = next[:min(len(next), mostReadings)]
	}
	var best []match
	for _, r := range readings {
		found := v.peeled(r, misspelt)
		if len(found) == 0 {
			continue
		}
		if len(found) > 1 || best != nil && best[0].column != found[0].column {
			return nil
		}
		best = found
	}
	for i := range best {
		best[i].why += ", letters lost"
	}
	return best
}

// wordsLike returns the words of names that a word with lost letters may be;
// one without stays as it is.
func (v *vocabulary) wordsLike(w string) [][]string {
	if !strings.ContainsAny(w, brokenMarks) {
		return [][]string{headerWords(w)}
	}
	pattern := []rune(strings.ToLower(w))
	var out [][]string
	for known := range v.words {
		if fits(pattern, []rune(known)) {
			out = append(out, []string{known})
		}
	}
	slices.SortFunc(out, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return out
}

// fits tells whether a word is the pattern, each mark of which is one letter.
func fits(pattern, word []rune) bool {
	if len(pattern) != len(word) {
		return false
	}
	for i, r := range pattern {
		if !strings.ContainsRune(brokenMarks, r) && r != word[i] {
			return false
		}
	}
	return true
}
