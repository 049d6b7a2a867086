package party

import (
	"bytes"
	_ "embed" // the tables of this package travel inside the binary
	"slices"
	"sync"
)

//go:embed words.tsv
var wordsTSV string

//go:embed short.tsv
var shortTSV string

// meaning is a word of trade in any language, or filler, which says nothing.
type meaning uint8

const filler meaning = 0

// meanings is a set of meanings.
type meanings [4]uint64

func (m *meanings) add(x meaning) { m[x/64] |= 1 << (x % 64) }

// dictionary holds the words of words.tsv and short.tsv.
type dictionary struct {
	words *wordTable
	names []string   // of the meanings, in alphabetical order behind that of filler
	short *wordTable // index into long
	long  [][]byte
}

var theDictionary = sync.OnceValue(func() *dictionary {
	d := &dictionary{names: []string{"-"}}
	rows := tableRows(wordsTSV)
	for _, row := range rows {
		if row[2] != "-" {
			d.names = append(d.names, row[2])
		}
	}
	slices.Sort(d.names)
	d.names = slices.Compact(d.names)
	words, short := map[string]int32{}, map[string]int32{}
	for _, row := range rows {
		at, _ := slices.BinarySearch(d.names, row[2])
		words[canonical(row[0])] = int32(at)
	}
	for _, row := range tableRows(shortTSV) {
		short[canonical(row[0])] = int32(len(d.long))
		d.long = append(d.long, []byte(canonical(row[1])))
	}
	d.words, d.short = newWordTable(words), newWordTable(short)
	return d
})

// canonical returns text in canonical letters, legal forms included.
func canonical(text string) string { return string(scan(nil, []byte(text), legalForms())) }

// arabicPrefixes are what may be written together with an Arabic word: the
// article, "and", "for", "with", and some of them together.
var arabicPrefixes = [...][]byte{
	[]byte("ال"), []byte("لل"), []byte("وال"), []byte("ولل"), []byte("بال"), []byte("ل"), []byte("و"), []byte("ول"),
}

// meaningOf returns what a word in canonical letters means, if it is a word of
// trade.
func (d *dictionary) meaningOf(word []byte) (meaning, bool) {
	if m, ok := d.words.find(word); ok {
		return meaning(m), true
	}
	if isArabic(word) {
		for _, prefix := range arabicPrefixes {
			if rest, ok := bytes.CutPrefix(word, prefix); ok && len(rest) > 2 {
				if m, ok := d.words.find(rest); ok {
					return meaning(m), true
				}
			}
		}
		return 0, false
	}
	if rest, ok := bytes.CutSuffix(word, []byte("S")); ok && len(rest) > 3 {
		m, ok := d.words.find(rest)
		return meaning(m), ok
	}
	return 0, false
}

// isArabic reports whether a word begins with a letter of the Arabic block.
func isArabic(word []byte) bool { return len(word) > 1 && word[0] >= 0xd8 && word[0] <= 0xdb }
