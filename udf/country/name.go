package country

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/dhowdb/dhow/udf"
)

var name = udf.Func{
	Name: "country_name",
	Kernel: strict("country_name", Name, udf.Varchar, func(_ *book, c *udf.Chunk, i int, p *place) error {
		lang := &udf.Values[udf.Str](&c.Args[1], i+1)[i]
		at, err := language(lang.Bytes())
		if err != nil {
			return err
		}
		c.Out.SetString(i, p.names[at])
		return nil
	}, udf.Varchar),
	Examples: []udf.Example{
		{SQL: "SELECT country_name('SA', 'en')", Want: "Saudi Arabia"},
		{SQL: "SELECT country_name('SA', 'fr')", Want: "Arabie saoudite"},
		{SQL: "SELECT country_name(682, 'ar')", Want: "المملكة العربية السعودية"},
	},
}

// Name returns the short name of a country in a language: en, fr or ar. The
// country may be written in every form that country_normalize reads; what is
// no country, or another language, is an error.
//
// Source: Unicode CLDR 48.
func Name(x, lang string) (string, error) {
	p, err := placeOf("country_name", x)
	if err != nil {
		return "", err
	}
	at, err := language([]byte(lang))
	if err != nil {
		return "", err
	}
	return string(p.names[at]), nil
}

// language returns the number of a language.
func language(lang []byte) (int, error) {
	for i, l := range languages {
		if string(lang) == l || bytes.EqualFold(lang, []byte(l)) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("country_name: there are no names in %q, only in %s", lang, strings.Join(languages, ", "))
}
