package ingest

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed words.tsv
var wordsTSV string

// wordList has the words with a meaning of their own in headers and cells.
type wordList struct {
	words map[string]map[string]bool // by kind, then by their parts
	lists map[string]string          // the words of a kind as an SQL list
}

// known is read once; the table is part of the program, so an error in it is
// found by the first test.
var known = mustWords(wordsTSV)

func mustWords(table string) *wordList {
	w := &wordList{words: map[string]map[string]bool{}, lists: map[string]string{}}
	lists := map[string][]string{}
	for _, f := range tableRows(table, 2) {
		if w.words[f[0]] == nil {
			w.words[f[0]] = map[string]bool{}
		}
		w.words[f[0]][strings.Join(headerWords(f[1]), " ")] = true
		lists[f[0]] = append(lists[f[0]], quoteText(f[1]))
	}
	lists["empty"] = append(lists["empty"], "''")
	for kind, list := range lists {
		w.lists[kind] = strings.Join(list, ", ")
	}
	return w
}

// is tells whether a word is of a kind.
func (w *wordList) is(kind, word string) bool { return w.words[kind][word] }

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
