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
		at, err := language(&udf.Values[udf.Str](&c.Args[1], i+1)[i])
		if err != nil {
			return err
		}
		udf.Results[udf.Str](&c.Out, i+1)[i] = p.names[at]
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
	s := udf.MakeStr([]byte(lang))
	at, err := language(&s)
	if err != nil {
		return "", err
	}
	return p.names[at].String(), nil
}

// language returns the number of a language. Its name is short, so that two
// words tell whether it is written as in the table.
func language(lang *udf.Str) (int, error) {
	for i := range languageStrs {
		if languageStrs[i] == *lang {
			return i, nil
		}
	}
	for i, l := range languages {
		if bytes.EqualFold(lang.Bytes(), []byte(l)) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("country_name: there are no names in %q, only in %s", lang.Bytes(), strings.Join(languages[:], ", "))
}

var languageStrs = func() (strs [len(languages)]udf.Str) {
	for i, l := range languages {
		strs[i] = udf.InlineStr([]byte(l))
	}
	return strs
}()
