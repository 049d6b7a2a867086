package incoterm

import (
	"fmt"
	"slices"
	"sync"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

var normalize = udf.Func{
	Name: "incoterm_normalize",
	Kernel: lookup.Optional(Normalize, func() (*lookup.Answers, error) {
		t, err := load()
		if err != nil {
			return nil, err
		}
		return t.answers, nil
	}),
	Examples: []udf.Example{
		{SQL: "SELECT incoterm_normalize('C.I.F. Jebel Ali')", Want: "CIF"},
		{SQL: "SELECT incoterm_normalize('Incoterms 2020: fob Shanghai')", Want: "FOB"},
		{SQL: "SELECT incoterm_normalize('C&F')", Want: "CFR"},
		{SQL: "SELECT incoterm_normalize('DDU')", Want: "DDU"},
		{SQL: "SELECT incoterm_normalize('FOB/CIF')", Want: "NULL"},
	},
}

// Normalize returns the code of the trade term in x, or NULL if there is none,
// or more than one: incoterm_status says which. Its results are read as
// themselves.
//
// The term may be a code with dots or blanks ("C. I. F."), its name ("Cost,
// Insurance and Freight"), or another spelling of ref.incoterm_alias ("C&F",
// "ex factory", سيف). A place or an edition may follow, and a label and an
// edition may stand before. A code in capitals is also found behind a place
// ("Jebel Ali CIF"). Terms of past editions (DAF, DES, DEQ, DDU, DAT) stay as
// they are; terms older than edition 2000 (FOR, FOT) are NULL.
//
// Source: International Chamber of Commerce, Incoterms 2000, 2010 and 2020.
func Normalize(x string) (string, bool) {
	t, err := load()
	if err != nil {
		return "", false
	}
	n, err := t.find([]byte(x))
	if err != nil || n < 0 {
		return "", false
	}
	return t.codes[n], true
}

// terms is what the family makes of the reference facts.
type terms struct {
	codes   []string
	retired []bool           // not in the latest edition
	numbers map[string]int32 // by folded code, name or alias
	answers *lookup.Answers
}

var load = sync.OnceValues(func() (*terms, error) {
	t, err := newTerms()
	if err != nil {
		return nil, fmt.Errorf("load the trade terms: %w", err)
	}
	return t, nil
})

func newTerms() (*terms, error) {
	facts, err := udf.FactsSource("incoterm")
	if err != nil {
		return nil, err
	}
	term, err := facts.Select("code", "name", "edition")
	if err != nil {
		return nil, err
	}
	if facts, err = udf.FactsSource("incoterm_alias"); err != nil {
		return nil, err
	}
	alias, err := facts.Select("alias", "code")
	if err != nil {
		return nil, err
	}
	t := &terms{numbers: map[string]int32{}}
	for i, code := range term[0] {
		n, ok := t.numbers[code]
		if !ok { // a term has a row for each edition
			n = int32(len(t.codes))
			t.codes = append(t.codes, code)
			t.retired = append(t.retired, true)
			t.numbers[code] = n
		}
		if term[2][i] == slices.Max(term[2]) {
			t.retired[n] = false
		}
		t.add(term[1][i], n)
	}
	for i, text := range alias[0] {
		n, ok := t.numbers[alias[1][i]]
		if !ok {
			return nil, fmt.Errorf("the alias %q is for the unknown term %q", text, alias[1][i])
		}
		t.add(text, n)
	}
	t.answers = &lookup.Answers{Find: t.find, Results: lookup.Strs(t.codes)}
	return t, nil
}

func (t *terms) add(text string, n int32) {
	if key, ok := lookup.Fold(nil, []byte(text)); ok {
		t.numbers[string(key)] = n
	}
}
