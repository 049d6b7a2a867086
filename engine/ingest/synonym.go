package ingest

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed synonyms.tsv
var synonymsTSV string

//go:embed words.tsv
var wordsTSV string

// synonym is a name that files give to a column of the model.
type synonym struct {
	column string
	weight float64 // up to 1
}

// vocabulary is what is known of headers and cells before a file is read.
type vocabulary struct {
	names map[string][]synonym // by key
	words map[string]map[string]bool

	lists map[string]string // the words of a kind as an SQL list
}

// known is read once; the tables are part of the program, so an error in them
// is found by the first test.
var known = mustVocabulary(synonymsTSV, wordsTSV)

func mustVocabulary(synonyms, words string) *vocabulary {
	v := &vocabulary{names: map[string][]synonym{}, words: map[string]map[string]bool{}}
	for _, f := range tableRows(synonyms, 4) {
		weight, err := strconv.Atoi(f[2])
		if err != nil {
			panic(fmt.Sprintf("synonyms.tsv: weight %q of %q", f[2], f[3]))
		}
		key := strings.Join(headerWords(f[3]), "")
		v.names[key] = append(v.names[key], synonym{f[0], float64(weight) / 100})
	}
	v.addOwnNames()
	lists := map[string][]string{}
	for _, f := range tableRows(words, 2) {
		if v.words[f[0]] == nil {
			v.words[f[0]] = map[string]bool{}
		}
		v.words[f[0]][strings.Join(headerWords(f[1]), " ")] = true
		lists[f[0]] = append(lists[f[0]], quoteText(f[1]))
	}
	lists["empty"] = append(lists["empty"], "''")
	v.lists = map[string]string{}
	for kind, list := range lists {
		v.lists[kind] = strings.Join(list, ", ")
	}
	return v
}

// addOwnNames lets every column of the model be found by its own name.
func (v *vocabulary) addOwnNames() {
	for _, t := range targets {
		for _, name := range t.names() {
			key := strings.Join(headerWords(name), "")
			if !slices.ContainsFunc(v.names[key], func(s synonym) bool { return s.column == name }) {
				v.names[key] = append(v.names[key], synonym{name, 1})
			}
		}
	}
}

// tableRows cuts an embedded table into fields.
func tableRows(table string, fields int) [][]string {
	var rows [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != fields {
			panic(fmt.Sprintf("embedded table: %q has %d fields, not %d", line, len(f), fields))
		}
		rows = append(rows, f)
	}
	return rows
}

// headerWords cuts a header into words that compare equal however it is
// written: small letters without diacritics, one form of each Arabic letter,
// western digits, no punctuation. TotalValue and HS6 are two words each.
func headerWords(header string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	last := rune(0)
	for _, r := range norm.NFKD.String(header) {
		if unicode.Is(unicode.Mn, r) || r == 'ـ' || unicode.Is(unicode.Cf, r) {
			continue // diacritics, tatweel, direction marks
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			last = 0
			continue
		}
		if wordBreak(last, r) {
			flush()
		}
		last = r
		word = append(word, foldLetter(r))
	}
	flush()
	return words
}

func wordBreak(last, r rune) bool {
	return unicode.IsLower(last) && unicode.IsUpper(r) ||
		last != 0 && unicode.IsDigit(last) != unicode.IsDigit(r)
}

// foldLetter gives letters one form. Decomposition has already taken hamza and
// madda off their carriers.
func foldLetter(r rune) rune {
	switch r {
	case 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case 'ı':
		return 'i'
	}
	if unicode.IsDigit(r) {
		if d := digitOf(r); d >= 0 {
			return '0' + rune(d)
		}
	}
	return unicode.ToLower(r)
}

// digitOf returns the value of a western, Arabic-Indic or Persian digit, or -1.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '۰' && r <= '۹':
		return int(r - '۰')
	}
	return -1
}

// match is a column of the model that a header may name.
type match struct {
	column   string
	score    float64
	currency string // that the header says its values are in
}

// trimmed is how much less a header counts that fits only without its last
// words.
const trimmed = 0.9

// matches returns the columns that a header may name, best first.
func (v *vocabulary) matches(header string) []match {
	words := headerWords(header)
	if found := v.lookup(words, 1); found != nil {
		return found
	}
	if rest, ok := cutSumOf(words); ok {
		return v.lookup(rest, trimmed)
	}
	if rest, box := v.boxNumber(words); box != "" {
		if found := v.lookup(rest, 1); found != nil {
			return found
		}
		return v.lookup([]string{"box", box}, 1)
	}
	currency := ""
	for score := trimmed; len(words) > 1; score *= trimmed {
		last := words[len(words)-1]
		switch {
		case v.words["currency"][last]:
			currency, words = last, words[:len(words)-1]
			score /= trimmed // as good as without
		case v.words["noise"][last]:
			words = words[:len(words)-1]
		case v.words["currency"][words[0]]:
			currency, words = words[0], words[1:]
		default:
			return nil
		}
		if len(words) > 0 && words[len(words)-1] == "in" {
			words = words[:len(words)-1]
		}
		if found := v.lookup(words, score); found != nil {
			return withCurrency(found, currency)
		}
	}
	return nil
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

func (v *vocabulary) lookup(words []string, factor float64) []match {
	names := v.names[strings.Join(words, "")]
	if names == nil {
		return nil
	}
	found := make([]match, len(names))
	for i, n := range names {
		found[i] = match{column: n.column, score: n.weight * factor}
	}
	for _, w := range words {
		if v.words["currency"][w] {
			return withCurrency(found, w)
		}
	}
	return found
}

func withCurrency(found []match, currency string) []match {
	for i := range found {
		found[i].currency = strings.ToUpper(currency)
	}
	return found
}

// boxNumber takes the number of a box of the single administrative document
// off a header: "Box 33", "33. Commodity code", "الخانة 33 رمز السلعة".
func (v *vocabulary) boxNumber(words []string) (rest []string, box string) {
	for n := range words {
		if !onlyDigits(words[n]) || len(words[n]) > 2 {
			continue
		}
		prefix := strings.Join(words[:n], " ")
		rest := words[n+1:]
		if v.words["box"][prefix] || (n == 0 && len(rest) > 0) {
			return rest, strings.TrimLeft(words[n], "0") + strings.Join(sectionOf(rest), "")
		}
		return nil, ""
	}
	return nil, ""
}

// sectionOf returns the letter after the number of a box, as in box 34a.
func sectionOf(rest []string) []string {
	if len(rest) == 1 && len(rest[0]) == 1 {
		return rest
	}
	return nil
}
