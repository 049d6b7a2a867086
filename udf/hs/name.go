package hs

import (
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var name = udf.Func{
	Name: "hs_name",
	Kernel: udf.Overload(
		lookup("hs_name", Name, []udf.Type{udf.Varchar}, namesChunk),
		lookup("hs_name", Name, nil, namesChunk),
	),
	Own: true,
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
// Another language is an error, unless the user has descriptions in it.
//
// In English it is the name of the heading, the first four digits, and of a
// chapter the chapter's name. In French and Arabic headings have no names, so it
// is always the name of the chapter. The names are plain words of dhow's own for
// reading tables, not the legal text, and decide no classification. A heading
// that an edition dropped says so: "Horsehair (before 2007)".
//
// The user's own descriptions go before these names: those in the table
// customs.hs_descriptions (code, description, lang), and in the column description of
// customs.tariff, which hs_rate explains. A row without lang is for every
// language, as the tariff is. The description that has most digits of the code
// is shown: that of 01012100 for 0101.21.00.10, if 0101210010 has none.
//
// The code is what hs_normalize reads in code. NULL if there is no code or no
// edition has it, where of a national code the first six digits count, and no
// description stands for six or more of its digits. Codes of chapters 98 and 99,
// which no edition has, are named as national provisions.
func Name(own *udf.Own, code, lang string) (string, error) {
	g, err := glossaryOf(own)
	if err != nil {
		return "", fmt.Errorf("hs_name: %w", err)
	}
	l, err := g.language(lang)
	if err != nil {
		return "", fmt.Errorf("hs_name: %w", err)
	}
	c, ok := codeIn(code)
	if !ok {
		return "", nil
	}
	return g.name(c, l).text, nil
}

// languages are those that chapters are named in. Headings are named in the
// first.
var languages = [...]string{"en", "fr", "ar"}

const english = 0

// tongue is a language.
type tongue struct {
	name string
	own  int // its place in languages, -1 for another one
}

// glossary is what names are looked up in.
type glossary struct {
	*nomenclature
	names        *names
	descriptions *descriptions // nil for none
}

func glossaryOf(own *udf.Own) (*glossary, error) {
	b, err := bookOf(own)
	if err != nil {
		return nil, err
	}
	g := &glossary{nomenclature: b.nomenclature}
	if g.names, err = b.names(); err != nil {
		return nil, err
	}
	if g.descriptions, err = b.descriptions(); err != nil {
		return nil, err
	}
	return g, nil
}

func (g *glossary) language(text string) (tongue, error) {
	name := languageName(text)
	if i := slices.Index(languages[:], name); i >= 0 {
		return tongue{name, i}, nil
	}
	if g.descriptions != nil && name != "" && (*g.descriptions)[name] != nil {
		return tongue{name, -1}, nil
	}
	return tongue{}, fmt.Errorf("there are no names in language %q; known are en, fr, ar and those in customs.%s", text, ownDescriptions)
}

// names holds the names of the headings in English and those of the chapters,
// by number.
type names struct {
	headings []label
	chapters [len(languages)][]label
}

// label is a name in both forms that it is asked for in. Only names that come
// with dhow have the second one.
type label struct {
	text string
	str  udf.Str
}

func labelOf(text string) label { return label{text, udf.FixedStr(text)} }

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
func namesIn(table, code, column string, numbers int) ([]label, error) {
	facts, err := udf.FactsSource(table)
	if err != nil {
		return nil, fmt.Errorf("load the names in %s: %w", table, err)
	}
	columns, err := facts.Select(code, column)
	if err != nil {
		return nil, fmt.Errorf("load the names in %s: %w", table, err)
	}
	out := make([]label, numbers)
	for i, code := range columns[0] {
		number, err := strconv.Atoi(code)
		if err != nil || number < 0 || number >= numbers {
			return nil, fmt.Errorf("load the names in %s: %q is no code", table, code)
		}
		out[number] = labelOf(columns[1][i])
	}
	return out, nil
}

// firstNational is the first of the chapters for national use.
const firstNational = 98

// unclassified is the code of trade statistics for goods without a code. Its
// heading is no name for the national codes that begin with it.
const unclassified = 999_999

// name returns the name of a code, empty for none.
func (g *glossary) name(code udf.Str, lang tongue) label {
	if g.descriptions != nil {
		for n := code.Len(); n >= 6; n -= 2 {
			if text := g.descriptions.of(begin(code, n), lang.name); text != "" {
				return label{text: text}
			}
		}
	}
	chapter := number(code, 2)
	if g.in(code) == 0 && chapter < firstNational {
		return label{}
	}
	if code.Len() >= 4 {
		if text := g.descriptions.of(begin(code, 4), lang.name); text != "" {
			return label{text: text}
		}
		if lang.own == english && (chapter < firstNational || code.Len() == 4 || number(code, 6) == unclassified) {
			if name := g.names.headings[number(code, 4)]; name.text != "" {
				return name
			}
		}
	}
	if text := g.descriptions.of(begin(code, 2), lang.name); text != "" {
		return label{text: text}
	}
	if lang.own < 0 {
		return label{}
	}
	return g.names.chapters[lang.own][chapter]
}

// namesChunk replaces the codes of the output by their names in the language
// of the second argument.
func namesChunk(c *udf.Chunk) error {
	g, err := glossaryOf(c.Own)
	if err != nil {
		return err
	}
	var langs []udf.Str
	if len(c.Args) > 1 {
		langs = udf.Values[udf.Str](&c.Args[1], c.Len)
	}
	lang, last := tongue{languages[english], english}, noName
	for i, code := range udf.Results[udf.Str](&c.Out, c.Len) {
		if isNull(&c.Out, i) {
			continue
		}
		if langs != nil && langs[i] != last {
			if lang, err = g.language(langs[i].String()); err != nil {
				return err
			}
			last = langs[i]
		}
		switch name := g.name(code, lang); {
		case name.text == "":
			c.Out.SetNull(i)
		case name.str.Len() > 0:
			c.Out.SetFixed(i, name.str)
		default:
			c.Out.SetText(i, name.text)
		}
	}
	return nil
}
