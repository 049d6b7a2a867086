package hs

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var name = udf.Func{
	Name: "hs_name",
	Kernel: udf.Overload(
		lookup("hs_name", Name, []udf.Type{udf.Varchar}, namesChunk),
		lookup("hs_name", Name, nil, namesChunk),
	),
	Examples: []udf.Example{
		{SQL: "SELECT hs_name('8703.23.10', 'en')", Want: "Passenger cars"},
		{SQL: "SELECT hs_name('01', 'fr')", Want: "Animaux vivants"},
		{SQL: "SELECT hs_name(10121, 'ar')", Want: "الحيوانات الحية"},
		{SQL: "SELECT hs_name('9801.00.10.10')", Want: "National provisions"},
		{SQL: "SELECT hs_name('123456')", Want: "NULL"},
	},
}

// Name returns a short name of the goods of a tariff code, in English ("en",
// which is also taken if no language is given), French ("fr") or Arabic ("ar").
// Another language is an error.
//
// In English it is the name of the heading, the first four digits, and of a
// chapter the chapter's name. In French and Arabic headings have no names, so it
// is always the name of the chapter. The names are plain words of dhow's own for
// reading tables, not the legal text, and decide no classification. A heading
// that an edition dropped says so: "Horsehair (before 2007)".
//
// The code is what hs_normalize reads in code. NULL if there is no code or no
// edition has it, where of a national code the first six digits count. Codes of
// chapters 98 and 99, which no edition has, are named as national provisions.
func Name(code, lang string) (string, error) {
	n, err := loadNomenclature()
	if err != nil {
		return "", err
	}
	names, err := loadNames()
	if err != nil {
		return "", err
	}
	l, err := language(lang)
	if err != nil {
		return "", fmt.Errorf("hs_name: %w", err)
	}
	c, ok := codeIn(code)
	if !ok {
		return "", nil
	}
	return names.of(n, c, l), nil
}

// languages are those that chapters are named in. Headings are named in the
// first.
var languages = [...]string{"en", "fr", "ar"}

const english = 0

func language(name string) (int, error) {
	text := strings.ToLower(strings.TrimSpace(name))
	for i, known := range languages {
		if text == known {
			return i, nil
		}
	}
	return 0, fmt.Errorf("there are no names in language %q; known are en, fr and ar", name)
}

// names holds the names of the headings in English and those of the chapters,
// by number.
type names struct {
	headings []string
	chapters [len(languages)][]string
}

// loadNames reads the tables of names once.
var loadNames = sync.OnceValues(func() (*names, error) {
	t := &names{}
	var err error
	if t.headings, err = namesIn("hs_heading", "heading", "name_en", 10_000); err != nil {
		return nil, err
	}
	for i, lang := range languages {
		if t.chapters[i], err = namesIn("hs_chapter", "chapter", "name_"+lang, 100); err != nil {
			return nil, err
		}
	}
	return t, nil
})

// namesIn returns a column of names by the number of their code.
func namesIn(table, code, column string, numbers int) ([]string, error) {
	facts, err := udf.FactsSource(table)
	if err != nil {
		return nil, fmt.Errorf("load the names in %s: %w", table, err)
	}
	columns, err := facts.Select(code, column)
	if err != nil {
		return nil, fmt.Errorf("load the names in %s: %w", table, err)
	}
	out := make([]string, numbers)
	for i, code := range columns[0] {
		number, err := strconv.Atoi(code)
		if err != nil || number < 0 || number >= numbers {
			return nil, fmt.Errorf("load the names in %s: %q is no code", table, code)
		}
		out[number] = columns[1][i]
	}
	return out, nil
}

// firstNational is the first of the chapters for national use.
const firstNational = 98

// of returns the name of a code, empty for none.
func (t *names) of(n *nomenclature, code udf.Str, lang int) string {
	chapter := number(code, 2)
	if n.in(code) == 0 && chapter < firstNational {
		return ""
	}
	if code.Len() >= 4 && lang == english {
		if name := t.headings[number(code, 4)]; name != "" {
			return name
		}
	}
	return t.chapters[lang][chapter]
}

// namesChunk replaces the codes of the output by their names in the language
// of the second argument.
func namesChunk(c *udf.Chunk) error {
	n, err := loadNomenclature()
	if err != nil {
		return err
	}
	names, err := loadNames()
	if err != nil {
		return err
	}
	var langs []udf.Str
	if len(c.Args) > 1 {
		langs = udf.Values[udf.Str](&c.Args[1], c.Len)
	}
	lang, last := english, udf.Str{Lo: ^uint64(0)} // no text
	for i, code := range udf.Results[udf.Str](&c.Out, c.Len) {
		if isNull(&c.Out, i) {
			continue
		}
		if langs != nil && langs[i] != last {
			if lang, err = language(langs[i].String()); err != nil {
				return err
			}
			last = langs[i]
		}
		if name := names.of(n, code, lang); name != "" {
			c.Out.SetText(i, name)
		} else {
			c.Out.SetNull(i)
		}
	}
	return nil
}
