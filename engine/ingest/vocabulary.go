package ingest

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed names/*.tsv
var nameFiles embed.FS

// none is the column of names that are known to name no column of the model.
const none = "-"

// synonym is a name that files give to a column of the model.
type synonym struct {
	column   string
	weight   float64 // up to 1
	language string
	name     string
}

// vocabulary is what files call the columns of one table.
type vocabulary struct {
	exact map[string][]synonym // by its words, joined
	loose map[string][]synonym // written in one form, see nameWords
	bag   map[string][]synonym // the same, in any order
	cut   map[string][]synonym // the first ten letters, which is all that dBASE keeps
	begun map[string]bool      // the same beginnings, those of several columns too
	words map[string]bool      // every word of the loose names
	lock  sync.Mutex
	found map[string][]match // what strict found before

	long []string // those of them that are long enough to be misspelt
}

// vocabulary returns what files call the columns of t. It is read at its first
// use: not every run of the program reads a file.
func (t *target) vocabulary() *vocabulary { return vocabularies()[t.name] }

var vocabularies = sync.OnceValue(func() map[string]*vocabulary {
	all := map[string]*vocabulary{}
	for _, t := range targets {
		all[t.name] = mustVocabulary(t)
	}
	return all
})

// mustVocabulary reads names/TABLE.tsv. The tables are part of the program, so
// an error in them is found by the first test.
func mustVocabulary(t *target) *vocabulary {
	v := &vocabulary{exact: map[string][]synonym{}, loose: map[string][]synonym{}, bag: map[string][]synonym{}, cut: map[string][]synonym{}, begun: map[string]bool{}, words: map[string]bool{}}
	file := "names/" + strings.TrimPrefix(t.name, "customs.") + ".tsv"
	table, err := nameFiles.ReadFile(file)
	if err != nil {
		panic(err)
	}
	for _, f := range tableRows(string(table), 4) {
		weight, err := strconv.Atoi(f[2])
		if err != nil || f[0] != none && t.index(f[0]) < 0 {
			panic(fmt.Sprintf("%s: column %q, weight %q of %q", file, f[0], f[2], f[3]))
		}
		v.add(synonym{f[0], float64(weight) / 100, f[1], f[3]})
	}
	for _, name := range t.names() {
		if !slices.ContainsFunc(v.exact[exactKey(headerWords(name))], func(s synonym) bool { return s.column == name }) {
			v.add(synonym{name, 1, "model", name})
		}
	}
	for key := range v.cut {
		v.begun[key] = true
	}
	dropAmbiguous(v.loose)
	dropAmbiguous(v.bag)
	dropAmbiguous(v.cut)
	for w := range v.words {
		if len(w) >= shortestMisspelt {
			v.long = append(v.long, w)
		}
	}
	slices.Sort(v.long)
	return v
}

func exactKey(words []string) string { return strings.Join(words, "") }

func (v *vocabulary) add(s synonym) {
	words := headerWords(s.name)
	put(v.exact, exactKey(words), s)
	plain := nameWords(words)
	put(v.loose, strings.Join(plain, " "), s)
	put(v.bag, bagKey(plain), s)
	for _, w := range plain {
		v.words[w] = true
	}
	for _, full := range []string{strings.Join(words, "_"), strings.Join(words, "")} {
		if len(full) > cutLength {
			put(v.cut, full[:cutLength], s)
		}
	}
}

// put adds a name to an index; of several names of one column, the one that
// weighs most stays.
func put(index map[string][]synonym, key string, s synonym) {
	if key == "" {
		return
	}
	for i, other := range index[key] {
		if other.column == s.column {
			if s.weight > other.weight {
				index[key][i] = s
			}
			return
		}
	}
	index[key] = append(index[key], s)
}

// dropAmbiguous takes out what stands for several columns: it is a name of
// none of them.
func dropAmbiguous(index map[string][]synonym) {
	for key, names := range index {
		if len(names) > 1 {
			delete(index, key)
		}
	}
}

func bagKey(words []string) string {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return strings.Join(sorted, " ")
}

// cutLength is how long the name of a field is in dBASE.
const cutLength = 10

// abbreviations says what words are cut to in headers.
var abbreviations = sync.OnceValue(func() map[string][]string {
	table, err := nameFiles.ReadFile("names/abbreviations.tsv")
	if err != nil {
		panic(err)
	}
	all := map[string][]string{}
	for _, f := range tableRows(string(table), 2) {
		all[f[0]] = append(all[f[0]], f[1])
	}
	return all
})
