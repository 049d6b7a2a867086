package country

import (
	"encoding/json"
	"os"
	"testing"
)

// Codes of Schedule C: neighbours, one of two codes of a country, and groups.
func TestFromCensus(t *testing.T) {
	for code, want := range map[string]string{
		"1220": "CA", "2010": "MX", "4280": "DE", "5700": "CN", "7630": "CG", "7660": "CD", "5082": "PS", "5083": "PS", "9030": "PR",
		"0003": "", "4XXX": "", "-": "", "": "", "122": "", "CA": "",
	} {
		if got, ok := FromCensus(code); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v, want %q", code, got, ok, want)
		}
	}
}

// The list of codes with names that the Census Bureau publishes with its
// totals: its names are read as the same countries, but for one that may be two.
func TestCensusNames(t *testing.T) {
	text, err := os.ReadFile(shared(t, "samples/us_census/countries_2025.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list [][]any
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		code, name := c[0].(string), c[1].(string)
		want, err := Normalize(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := FromCensus(code); got != want && name != "CONGO" {
			t.Errorf("%s %s is %q, want %q", code, name, got, want)
		}
	}
}
