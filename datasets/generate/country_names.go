package main

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// countryAliases lists the spellings of names, one of those that differ only
// in case, diacritics, punctuation or an article. Codes, which are in the table
// of countries, and names that may be several countries or an area are left out.
func countryAliases(aliases, list, ambiguous, areas []map[string]string) table {
	t := table{name: "country_alias", columns: []string{"alias:VARCHAR", "alpha2:VARCHAR"}}
	skip := map[string]bool{}
	for _, c := range list {
		skip[c["alpha2"]], skip[c["alpha3"]] = true, true
	}
	for _, a := range append(ambiguous, areas...) {
		skip[plainCountry(a["name"])] = true
	}
	best := map[string][]string{} // by plain spelling and country
	for _, a := range aliases {
		text, code := countryArticle.ReplaceAllString(strings.TrimFunc(a["alias"], noLetter), ""), a["alpha2"]
		key := plainCountry(text)
		if skip[text] || skip[key] {
			continue
		}
		if strings.Contains(text, ".") && len(key) <= 4 {
			key = text // initials, U.S.A., aren't read as a code
		}
		key += " " + code
		if old, ok := best[key]; !ok || readable(text) > readable(old[0]) {
			best[key] = []string{text, code}
		}
	}
	for _, row := range best {
		t.rows = append(t.rows, row)
	}
	return t
}

// comtradeNames are names that UN Comtrade gives countries of today, such as
// "India (...1974)".
func comtradeNames(areas, list, historic []map[string]string) []map[string]string {
	today, former := map[string]bool{}, map[string]bool{}
	for _, c := range list {
		today[c["alpha2"]] = true
	}
	for _, h := range historic {
		former[h["comtrade"]] = true
	}
	var names []map[string]string
	for _, a := range areas {
		if today[a["iso2"]] && !former[a["code"]] {
			names = append(names, map[string]string{"alias": a["name"], "alpha2": a["iso2"]})
		}
	}
	return names
}

// countryArticle is an article in front of a name, or behind it in brackets.
var countryArticle = regexp.MustCompile(`(?i)^(the |la |les? |l['’])| *\((the|la|les?|l['’])\)$`)

// noLetter tells what is cut off around a name: marks of footnotes and of the
// direction of writing.
func noLetter(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("().", r)
}

// plainCountry is a name in lower case, with letters and digits only and without
// marks on them.
func plainCountry(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(name))
}

// readable ranks spellings of one name: words apart and marks on letters are
// better, capitals alone are worse.
func readable(name string) int {
	n := strings.Count(name, " ") + strings.Count(name, "-") + len(name) - len(plainCountry(name))
	if name == strings.ToUpper(name) && name != strings.ToLower(name) {
		n -= 100
	}
	return n
}

// countryFormerNames lists further names of former countries: those of ISO
// 3166-3, of UN Comtrade and our own.
func countryFormerNames(former, areas, own, historic []map[string]string) table {
	t := table{name: "country_historic_alias", columns: []string{"alias:VARCHAR", "code:VARCHAR"}}
	seen := map[string]bool{}
	codes := map[string]string{} // by the number of Comtrade
	for _, h := range historic {
		codes[cmp.Or(h["comtrade"], "none")] = h["code"]
		for _, column := range []string{"name_en", "name_fr", "name_ar"} {
			seen[h[column]] = true
		}
	}
	add := func(alias, code string) {
		if code != "" && !seen[alias] {
			seen[alias] = true
			t.rows = append(t.rows, []string{alias, code})
		}
	}
	for _, a := range own {
		add(a["alias"], a["code"])
	}
	for _, f := range former {
		add(f["name"], f["alpha4"])
	}
	for _, a := range areas {
		add(a["name"], codes[a["code"]])
	}
	return t
}
