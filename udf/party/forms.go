package party

import (
	"bytes"
	_ "embed" // the tables of this package travel inside the binary
	"sync"
)

//go:embed forms.tsv
var formsTSV string

// formTable holds the legal forms and conjunctions of forms.tsv in canonical
// letters.
type formTable struct {
	last, first *wordTable // legal forms, and the words that end or begin them
	joiners     *wordTable
	longest     int    // bytes of the longest joiner
	lastBytes   uint64 // a bit for the last byte of each joiner
	short       *[twoByteRunes]int32
}

// The tables of legal forms hold every form, with the value wholeForm, and what
// is left of it when words are cut off at the end that is looked at last, with
// the value partForm: SA DE CV, DE CV and CV.
const (
	partForm  = 0
	wholeForm = 1
)

var legalForms = sync.OnceValue(func() *formTable {
	t := &formTable{joiners: newWordTable(nil), short: foldShort()}
	rows := tableRows(formsTSV)
	joiners, last, first := map[string]int32{}, map[string]int32{}, map[string]int32{}
	for _, row := range rows {
		if row[3] == "joins" {
			word := string(scan(nil, []byte(row[0]), t))
			joiners[word] = 1
			t.longest = max(t.longest, len(word))
			t.lastBytes |= 1 << (word[len(word)-1] & 63)
		}
	}
	t.joiners = newWordTable(joiners)
	last["&"], first["&"] = wholeForm, wholeForm // joins nothing at an end
	for _, row := range rows {
		form := scan(nil, []byte(row[0]), t)
		if row[3] == "last" || row[3] == "both" {
			addForm(last, form, cutFirst)
		}
		if row[3] == "first" || row[3] == "both" {
			addForm(first, form, cutLast)
		}
	}
	t.last, t.first = newWordTable(last), newWordTable(first)
	return t
})

func addForm(to map[string]int32, form []byte, cut func([]byte) []byte) {
	to[string(form)] = wholeForm
	for part := cut(form); len(part) > 0; part = cut(part) {
		to[string(part)] |= partForm
	}
}

func cutFirst(text []byte) []byte {
	_, rest, _ := bytes.Cut(text, []byte(" "))
	return rest
}

func cutLast(text []byte) []byte { return text[:max(bytes.LastIndexByte(text, ' '), 0)] }

func firstWord(text []byte) []byte {
	if i := bytes.IndexByte(text, ' '); i >= 0 {
		return text[:i]
	}
	return text
}

// isJoiner reports whether word is a conjunction.
func (t *formTable) isJoiner(word []byte) bool {
	if len(word) > t.longest || t.lastBytes>>(word[len(word)-1]&63)&1 == 0 {
		return false
	}
	_, ok := t.joiners.find(word)
	return ok
}

// strip cuts legal forms, and ampersands that then join nothing, off both ends
// of a name in canonical letters. What is left neither begins nor ends with one:
// to cut the beginning can't make a form of the end.
func (t *formTable) strip(name []byte) []byte { return t.stripFirst(t.stripLast(name)) }

// stripLast cuts the longest legal form off the end, again and again.
func (t *formTable) stripLast(name []byte) []byte {
	for {
		keep, from := len(name), len(name)+1
		for from > 0 {
			from = bytes.LastIndexByte(name[:from-1], ' ') + 1
			value, ok := t.last.find(name[from:])
			if !ok {
				break
			}
			if value == wholeForm {
				keep = max(from-1, 0)
			}
		}
		if keep == len(name) {
			return name
		}
		name = name[:keep]
	}
}

// stripFirst cuts the longest legal form off the beginning, again and again.
func (t *formTable) stripFirst(name []byte) []byte {
	for {
		cut := 0
		for to := -1; to < len(name); {
			to += 1 + len(firstWord(name[to+1:]))
			value, ok := t.first.find(name[:to])
			if !ok {
				break
			}
			if value == wholeForm {
				cut = min(to+1, len(name))
			}
		}
		if cut == 0 {
			return name
		}
		name = name[cut:]
	}
}
