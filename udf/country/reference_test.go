package country

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

// TestAliases: every published spelling that has been collected is read as its
// country, but for those that may be several.
func TestAliases(t *testing.T) {
	ambiguous := map[string]string{}
	for _, a := range records(t, "reference/countries/country_aliases.csv") {
		code, err := Normalize(a["alias"])
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := Status(a["alias"]); code == "" {
			ambiguous[a["alias"]] = status
		} else if code != a["alpha2"] {
			t.Errorf("%q is read as %q, want %s", a["alias"], code, a["alpha2"])
		}
	}
	want := map[string]string{
		"CONGO": "ambiguous", "Congo": "ambiguous", "Congo (le)": "ambiguous", "Congo (the)": "ambiguous", "الكونغو": "ambiguous",
		"GUIANA": "ambiguous", // French Guiana or Guyana
		"É.-U.":  "area",      // as E.U., the European Union
	}
	if diff := cmp.Diff(want, ambiguous); diff != "" {
		t.Errorf("spellings that aren't read (-want +got):\n%s", diff)
	}
}

// TestTables: what the tables in the binary hold is read as they say.
func TestTables(t *testing.T) {
	for _, a := range table(t, "country_alias") {
		if code, _ := Normalize(a["alias"]); code != a["alpha2"] {
			t.Errorf("%q is read as %q, want %s", a["alias"], code, a["alpha2"])
		}
	}
	for _, c := range table(t, "country") {
		for _, column := range []string{"alpha2", "alpha3", "numeric", "m49", "comtrade_reporter", "comtrade_partner", "name_en", "name_fr", "name_ar"} {
			if c[column] != "" {
				checkCode(t, c[column], c["alpha2"])
			}
		}
	}
	for name, status := range map[string]string{"country_area": "area", "country_ambiguous": "ambiguous"} {
		for _, a := range table(t, name) {
			if got, _ := Status(a["name"]); got != status {
				t.Errorf("%q is read as %s, want %s", a["name"], got, status)
			}
		}
	}
}

// checkCode reads a text, and if it is a number that number, as a country.
func checkCode(t *testing.T, text, want string) {
	t.Helper()
	columns := []udftest.Column{{text}, {" " + text + ". "}}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		columns = append(columns, udftest.Column{n}, udftest.Column{float64(n)}, udftest.Column{text + ".0"})
	}
	for _, c := range columns {
		if got := udftest.Call(t, normalize, c)[0]; got != want {
			t.Errorf("%T %v is read as %v, want %s", c[0], c[0], got, want)
		}
	}
}

// TestHistoric: a former country is its only successor, or else NULL; a code
// that today is another country's is that one's.
func TestHistoric(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range table(t, "country") {
		for _, column := range []string{"alpha2", "alpha3", "numeric", "m49", "comtrade_partner"} {
			taken[c[column]] = true
		}
	}
	names := map[string][]string{}
	for _, a := range table(t, "country_historic_alias") {
		names[a["code"]] = append(names[a["code"]], a["alias"])
	}
	for _, h := range table(t, "country_historic") {
		want, status := h["successors"], "historic"
		if len(want) > 2 {
			want, status = "", "split"
		}
		for _, text := range append(names[h["code"]], h["code"], h["alpha2"], h["alpha3"], h["comtrade"], h["name_en"], h["name_fr"], h["name_ar"]) {
			if text == "" || taken[text] {
				continue
			}
			got, _ := Normalize(text)
			how, _ := Status(text)
			known := how == "alias" && got == want // Burma, an alias of Myanmar too
			if got != want || how != status && !known {
				t.Errorf("%s: %q is read as %q (%s), want %q (%s)", h["code"], text, got, how, want, status)
			}
		}
	}
}

// TestCensus reads the names of the United States' trade statistics.
func TestCensus(t *testing.T) {
	text, err := os.ReadFile(shared(t, "samples/us_census/countries_2025.json"))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]any
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	missed := map[string]string{}
	for _, r := range rows {
		name := r[1].(string)
		if code, _ := Normalize(name); code == "" {
			missed[name], _ = Status(name)
		}
	}
	t.Logf("%d of %d names are read", len(rows)-len(missed), len(rows))
	if diff := cmp.Diff(map[string]string{"CONGO": "ambiguous"}, missed); diff != "" {
		t.Errorf("names that aren't read (-want +got):\n%s", diff)
	}
}

// TestComtrade reads codes and names of UN Comtrade's tables of trade. Number
// and name of a row must be the same country.
func TestComtrade(t *testing.T) {
	read := func(text string) string {
		code, _ := Normalize(text)
		if code == "" {
			code, _ = Status(text)
		}
		return code
	}
	missed := map[string]string{}
	seen := map[string]bool{}
	total := 0
	for _, file := range []string{"comtrade_api_example_3.csv.gz", "comtrade_eu_imports_world.csv.gz", "comtrade_eu_imports_bilateral.csv.gz"} {
		for _, r := range records(t, "samples/comtrade/"+file) {
			for _, side := range []string{"reporter", "partner"} {
				number, iso, name := r[side+"_code"], r[side+"_iso"], r[side+"_desc"]
				if seen[side+number+iso] {
					continue
				}
				seen[side+number+iso] = true
				total++
				code := read(iso)
				if len(code) != 2 {
					missed[iso] = code
				}
				if number == "" {
					continue
				}
				if number == "736" && code == "SD" {
					continue // Sudan until 2011, of two countries today
				}
				if got := read(number); got != code && len(code) == 2 {
					t.Errorf("%s: number %s is read as %s, code %s as %s", name, number, got, iso, code)
				}
				if got := read(name); got != read(number) {
					t.Errorf("%s: name is read as %s, number %s as %s", name, got, number, read(number))
				}
			}
		}
	}
	t.Logf("%d of %d codes are read", total-len(missed), total)
	want := map[string]string{
		"ANT": "split", // Netherlands Antilles
		// world, special categories, bunkers, areas, other Europe, other Africa
		"W00": "area", "XX ": "area", "X1 ": "area", "_X ": "area", "E19": "area", "F19": "area",
	}
	if diff := cmp.Diff(want, missed); diff != "" {
		t.Errorf("codes that aren't read (-want +got):\n%s", diff)
	}
}

// TestGroups holds the number of members, and members at the edges.
func TestGroups(t *testing.T) {
	sizes := map[string]int{}
	for _, g := range table(t, "country_group") {
		sizes[g["group"]]++
	}
	// From the groups' own lists of members; GAFTA without Djibouti, Mauritania,
	// the Comoros and Somalia, LDC after São Tomé and Príncipe left in 2024.
	want := map[string]int{
		"GCC": 6, "ARAB_LEAGUE": 22, "GAFTA": 18, "MENA": 21, "EU": 27, "EFTA": 4, "AGADIR": 6,
		"AMU": 5, "COMESA": 21, "EAEU": 5, "ECO": 10, "LDC": 44,
	}
	if diff := cmp.Diff(want, sizes); diff != "" {
		t.Errorf("sizes of groups (-want +got):\n%s", diff)
	}
	for group, n := range sizes {
		members := 0
		for _, c := range table(t, "country") {
			is, err := In(c["alpha2"], group)
			if err != nil {
				t.Fatal(err)
			}
			if is {
				members++
			}
		}
		if members != n {
			t.Errorf("country_in finds %d members of %s, want %d", members, group, n)
		}
	}
}

// TestComplete: the tables have a name in each language and a place for every
// country, and no code twice.
func TestComplete(t *testing.T) {
	seen := map[string]string{}
	for _, c := range table(t, "country") {
		for _, column := range []string{"alpha2", "alpha3", "m49", "name_en", "name_fr", "name_ar", "lat", "lon"} {
			if c[column] == "" {
				t.Errorf("%s has no %s", c["alpha2"], column)
			}
		}
		for _, column := range []string{"alpha2", "alpha3", "m49", "comtrade_partner", "name_en", "name_fr", "name_ar"} {
			if other, ok := seen[column+c[column]]; ok && c[column] != "" {
				t.Errorf("%s and %s have the same %s, %s", c["alpha2"], other, column, c[column])
			}
			seen[column+c[column]] = c["alpha2"]
		}
	}
	if n := len(table(t, "country")); n != 250 { // 249 of ISO 3166-1, and Kosovo
		t.Errorf("%d countries, want 250", n)
	}
}
