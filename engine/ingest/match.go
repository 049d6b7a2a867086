package ingest

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// match is a column of the model that a header may name.
type match struct {
	side     bool // a name whose side turns with the direction of trade
	column   string
	score    float64
	why      string  // how the name was found
	currency string  // that the header says its values are in
	unit     string  // that the header says, UN Rec 20
	scale    float64 // thousands, if the header says so; 1 otherwise
}

// How much less a header counts that is found only in a looser way. The names
// themselves weigh 0.45 to 1.
const (
	trimmed   = 0.9  // without its first or last words
	reworded  = 0.97 // with abbreviations written out
	reordered = 0.93 // with its words in another order
	misspelt  = 0.8  // with a misspelt word put right
	cutOff    = 0.75 // after its first ten letters
)

// matches returns the columns that a header may name, best first; none if it
// is a name that is known to be of no column.
func (v *vocabulary) matches(header string) []match {
	if endsWithin(header) {
		return withoutNone(v.cutName(header))
	}
	found := v.strict(header)
	if found == nil {
		found = v.cutName(header)
	}
	if found == nil && strings.ContainsAny(header, brokenMarks) {
		found = v.restored(header)
	}
	if found == nil && !v.isCut(header) {
		found = v.corrected(header)
	}
	return withoutNone(found)
}

// withoutNone leaves out names that are known to be of no column.
func withoutNone(found []match) []match {
	var out []match
	for _, m := range found {
		if m.column != none {
			out = append(out, m)
		}
	}
	return out
}

// strict finds names without guessing at cut or misspelt words. Names of no
// column are found as such. What was found is kept: the same cells are asked
// for several times, until it is known which of them are the header.
func (v *vocabulary) strict(header string) []match {
	if len(header) > longestKept {
		return v.find(header)
	}
	v.lock.Lock()
	found, ok := v.found[header]
	v.lock.Unlock()
	if ok {
		return found
	}
	found = v.find(header)
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.found == nil || len(v.found) >= mostKept {
		v.found = map[string][]match{}
	}
	v.found[header] = found
	return found
}

// How long and how many the texts are for which what strict found is kept.
const (
	longestKept = 100
	mostKept    = 1 << 14
)

// find is strict without what is kept.
func (v *vocabulary) find(header string) []match {
	if found := v.path(header); found != nil {
		return found
	}
	words := headerWords(mendHeader(header))
	q := qualifiersOf(header, words)
	if found := v.lookup(words, 1); found != nil {
		return q.apply(found)
	}
	if rest, ok := cutSumOf(words); ok {
		return q.apply(v.peeled(rest, trimmed))
	}
	if rest, box := boxNumber(words); box != nil {
		if found := v.lookup(rest, 1); found != nil {
			return q.apply(found)
		}
		return q.apply(v.lookup(box, 1))
	}
	if found := v.peeled(words, 1); found != nil || len(words) != 1 {
		return q.apply(found)
	}
	words = unglue(words[0])
	return qualifiersOf(header, words).apply(v.peeled(words, trimmed))
}

// lookup finds words as a name: as they are, in one form, or in any order.
func (v *vocabulary) lookup(words []string, factor float64) []match {
	if len(words) == 0 {
		return nil
	}
	if names := v.exact[exactKey(words)]; names != nil {
		return matchesOf(names, factor, "name")
	}
	for _, way := range looseWords(words) {
		if names := v.loose[strings.Join(way, " ")]; names != nil {
			return matchesOf(names, factor*reworded, "name")
		}
	}
	for _, way := range looseWords(words) {
		if names := v.bag[bagKey(way)]; names != nil && len(way) > 1 {
			return matchesOf(names, factor*reordered, "name, words in another order")
		}
	}
	return nil
}

func matchesOf(names []synonym, factor float64, why string) []match {
	found := make([]match, len(names))
	for i, n := range names {
		w := why
		if label := labels[n.language]; label != "" {
			w = label + " " + why
		}
		found[i] = match{side: n.language == "side", column: n.column, score: n.weight * factor, why: w, scale: 1}
	}
	return found
}

// labels are the labels of the languages in names/.
var labels = map[string]string{
	"en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese", "ar": "Arabic",
	"sad": "SAD box:", "asycuda": "ASYCUDA", "model": "own", "side": "general",
}

// peeled takes words off both ends of a header that don't change what it
// names, until the rest is a name.
func (v *vocabulary) peeled(words []string, factor float64) []match {
	for len(words) > 0 {
		if found := v.lookup(words, factor); found != nil {
			return found
		}
		n, ok := tailLength(words)
		switch {
		case n > 0:
			words = words[:len(words)-n]
		case ok || isNoise(words[len(words)-1]):
			words, factor = words[:len(words)-1], factor*trimmed
		case currencyOf(words[:1]) != "":
			words = words[1:]
		case known.is("lead", words[0]):
			words, factor = words[1:], factor*trimmed
		default:
			return nil
		}
		for len(words) > 0 && known.is("joint", words[len(words)-1]) {
			words = words[:len(words)-1]
		}
	}
	return nil
}

// isNoise tells whether a last word doesn't change what a header names.
func isNoise(w string) bool {
	return known.is("noise", w) || slices.ContainsFunc(abbreviations()[w], func(m string) bool { return known.is("noise", m) })
}

// unglue parts a word that was written together with the first or the last
// word of its name: totalvalueusd.
func unglue(word string) []string {
	for head := range known.words["glue"] {
		if rest, ok := strings.CutPrefix(word, head); ok && len(rest) > 2 {
			return append([]string{head}, unglue(rest)...)
		}
		if rest, ok := strings.CutSuffix(word, head); ok && len(rest) > 2 {
			return append(unglue(rest), head)
		}
	}
	return []string{word}
}

// cutSumOf takes off what a pivot table puts before the name of a column.
func cutSumOf(words []string) ([]string, bool) {
	if len(words) > 2 && words[0] == "sum" && words[1] == "of" {
		return words[2:], true
	}
	if len(words) > 0 && len(words[0]) > len("sumof") && strings.HasPrefix(words[0], "sumof") {
		return append([]string{words[0][len("sumof"):]}, words[1:]...), true
	}
	return nil, false
}

// path finds the name of an element by its path in an XML or JSON file, from
// its end: /ASYCUDA/Item/Tarification/HScode/Commodity_code.
func (v *vocabulary) path(header string) []match {
	parts := strings.FieldsFunc(header, func(r rune) bool { return r == '/' || r == '.' || r == '|' || r == '>' })
	if len(parts) < 3 && !strings.HasPrefix(header, "/") || strings.ContainsAny(header, " \t") {
		return nil
	}
	for i := range parts {
		words := headerWords(strings.Join(parts[i:], " "))
		for _, n := range v.exact[exactKey(words)] {
			// One word alone is a name only if no other element ends so.
			if n.column == none || len(parts)-i > 1 || n.language == "asycuda" {
				return matchesOf([]synonym{n}, 1, "path")
			}
		}
	}
	return []match{{column: none}}
}

// boxNumber takes the number of a box of the single administrative document
// off a header: "Box 33", "33. Commodity code", "SAD31", "الخانة 33 رمز السلعة".
// box is its name, such as box 34 a.
func boxNumber(words []string) (rest, box []string) {
	for n, w := range words {
		if !onlyDigits(w) {
			continue
		}
		rest := words[n+1:]
		if len(w) > 2 || !known.is("box", strings.Join(words[:n], " ")) && (n > 0 || len(rest) == 0) {
			return nil, nil
		}
		box := []string{"box", strings.TrimLeft(w, "0")}
		if len(rest) == 1 && utf8.RuneCountInString(rest[0]) == 1 {
			box = append(box, rest[0]) // the letter of box 34a, the part of 33/1
		}
		return rest, box
	}
	return nil, nil
}

// endsWithin tells whether a header was surely cut: it is as long as a dBASE
// name may be, and ends with one letter of a word or before one.
func endsWithin(header string) bool {
	if len(header) != cutLength {
		return false
	}
	last := strings.LastIndexByte(header, '_')
	return last > 0 && len(header)-last <= 2
}

// isCut tells whether a header may be the beginning of a name, of several too.
func (v *vocabulary) isCut(header string) bool {
	for _, key := range cutKeys(header) {
		if v.begun[key] {
			return true
		}
	}
	return false
}

// cutKeys returns the keys of a header that ends after ten letters, with
// underscores between its words and without.
func cutKeys(header string) []string {
	header = strings.TrimSpace(header)
	if len(header) != cutLength {
		return nil
	}
	words := headerWords(header)
	spaced := strings.Join(words, "_")
	if strings.HasSuffix(header, "_") {
		spaced += "_"
	}
	return []string{spaced, strings.Join(words, "")}
}

// cutName finds the name of a field of a dBASE file, which ends after ten
// letters.
func (v *vocabulary) cutName(header string) []match {
	for _, key := range cutKeys(header) {
		if names := v.cut[key]; names != nil {
			return matchesOf(names, cutOff, "name cut to ten letters")
		}
	}
	return nil
}
