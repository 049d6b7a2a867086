package hs

import (
	"strings"

	"github.com/dhowdb/dhow/udf"
)

// descriptions holds the user's own names of codes, by language: in small
// letters, and empty for those that are for every language.
type descriptions map[string]map[udf.Str]string

// newDescriptions reads customs.hs_descriptions: code, description, and lang as
// far as it is there; and the descriptions in the user's tariff, which are for
// every language and go before those without one.
func newDescriptions(o *udf.Own, t *tariff) (*descriptions, error) {
	d := descriptions{"": {}}
	r, err := ownTable(o, ownDescriptions, "code", "description")
	if err != nil {
		return nil, err
	}
	for r.next() {
		code, err := r.code("code")
		if err != nil {
			return nil, err
		}
		text := r.get("description")
		if text == "" {
			continue
		}
		lang := languageName(r.get("lang"))
		if d[lang] == nil {
			d[lang] = map[udf.Str]string{}
		}
		if _, ok := d[lang][code]; ok {
			return nil, r.errorf("code %s has another description in language %q; delete one", code.String(), lang)
		}
		d[lang][code] = text
	}
	for code, lines := range t.lines {
		for _, l := range lines {
			if l.description != "" {
				d[""][code] = l.description
				break
			}
		}
	}
	return &d, nil
}

func languageName(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// of returns the description of just this code in a language.
func (d *descriptions) of(code udf.Str, lang string) string {
	if d == nil {
		return ""
	}
	if text, ok := (*d)[lang][code]; ok {
		return text
	}
	return (*d)[""][code]
}
