package hs

import (
	"maps"
	"strings"

	"github.com/dhowdb/dhow/udf"
)

// descriptions holds the user's own names of codes, by language in small
// letters, with those that are for every language where it has none. The language
// without a name is for all others.
type descriptions map[string]*index[string]

// newDescriptions reads customs.hs_descriptions: code, description, and lang as
// far as it is there; and the descriptions in the user's tariff, which are for
// every language and go before those without one.
func newDescriptions(o *udf.Own, t *tariff) (descriptions, error) {
	r, err := ownTable(o, ownDescriptions, "code", "description")
	if err != nil {
		return nil, err
	}
	texts := map[string]map[udf.Str]string{"": {}}
	for r.next() {
		code, err := r.code("code")
		if err != nil {
			return nil, err
		}
		text, lang := r.get("description"), languageName(r.get("lang"))
		if text == "" {
			continue
		}
		if texts[lang] == nil {
			texts[lang] = map[udf.Str]string{}
		}
		if _, ok := texts[lang][code]; ok {
			return nil, r.errorf("code %s has another description in language %q; delete one", code.String(), lang)
		}
		texts[lang][code] = text
	}
	tariff := map[udf.Str]string{}
	for i, text := range t.descriptions { // the last line of a code comes first
		if text != "" && tariff[t.codes[i]] == "" {
			tariff[t.codes[i]] = text
		}
	}
	maps.Copy(texts[""], tariff)
	d := descriptions{}
	for lang, own := range texts {
		all := maps.Clone(texts[""])
		maps.Copy(all, own)
		d[lang] = newIndex(all)
	}
	return d, nil
}

func languageName(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// in returns the descriptions in a language, nil if there are none at all.
func (d descriptions) in(lang string) *index[string] {
	if own := d[lang]; own != nil {
		return own
	}
	return d[""]
}
