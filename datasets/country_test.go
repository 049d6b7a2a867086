package datasets

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// referenceColumn returns the cells of a column of a reference table.
func referenceColumn(t *testing.T, table, name string) []string {
	t.Helper()
	facts, err := ReferenceTable(table)
	if err != nil {
		t.Fatal(err)
	}
	at := facts.Column(name)
	if at < 0 {
		t.Fatalf("%s has no column %s", table, name)
	}
	var cells []string
	for _, row := range facts.Rows {
		cells = append(cells, row[at])
	}
	return cells
}

// TestCountryReference holds the shape of the table of countries, and the
// codes in which UN Comtrade differs from ISO 3166-1.
func TestCountryReference(t *testing.T) {
	shapes := map[string]string{
		"alpha2": `^[A-Z]{2}$`, "alpha3": `^[A-Z]{3}$`, "numeric": `^([0-9]{3})?$`, "m49": `^[1-9][0-9]{0,2}$`,
		"comtrade_reporter": `^([1-9][0-9]{0,2})?$`, "comtrade_partner": `^([1-9][0-9]{0,2})?$`,
		"region": `^(Africa|Americas|Asia|Europe|Oceania|)$`, "name_ar": `^[^A-Za-z]+$`,
	}
	for name, shape := range shapes {
		for i, cell := range referenceColumn(t, "country", name) {
			if !regexp.MustCompile(shape).MatchString(cell) {
				t.Errorf("row %d: %s is %q", i+1, name, cell)
			}
		}
	}
	for name, most := range map[string]float64{"lat": 90, "lon": 180} {
		for i, cell := range referenceColumn(t, "country", name) {
			if x, err := strconv.ParseFloat(cell, 64); err != nil || x < -most || x > most {
				t.Errorf("row %d: %s is %q", i+1, name, cell)
			}
		}
	}
	codes, m49s := referenceColumn(t, "country", "alpha2"), referenceColumn(t, "country", "m49")
	differ := map[string]string{}
	for i, number := range referenceColumn(t, "country", "comtrade_partner") {
		if number != m49s[i] && number != "" {
			differ[codes[i]] = number
		}
	}
	// UN Comtrade's list of reporters and partners.
	for code, number := range map[string]string{"FR": "251", "IN": "699", "NO": "579", "CH": "757", "US": "842", "TW": "490"} {
		if differ[code] != number {
			t.Errorf("%s has Comtrade's number %q, want %s", code, differ[code], number)
		}
	}
	if len(differ) != 6 {
		t.Errorf("Comtrade's numbers differ for %v, want six countries", differ)
	}
}

// TestCountryLinks: whatever names a country names one of the table.
func TestCountryLinks(t *testing.T) {
	codes := referenceColumn(t, "country", "alpha2")
	for table, name := range map[string]string{
		"country_alias": "alpha2", "country_census": "alpha2", "country_ambiguous": "alpha2", "country_group": "alpha2", "country_historic": "successors",
	} {
		for i, cell := range referenceColumn(t, table, name) {
			if cell == "" {
				t.Errorf("%s, row %d: no country", table, i+1)
			}
			for code := range strings.FieldsSeq(cell) {
				if !slices.Contains(codes, code) {
					t.Errorf("%s, row %d: %q is no country", table, i+1, code)
				}
			}
		}
	}
	former := referenceColumn(t, "country_historic", "code")
	for _, code := range referenceColumn(t, "country_historic_alias", "code") {
		if !slices.Contains(former, code) {
			t.Errorf("%q is no former country", code)
		}
	}
	// ISO 3166-3 has 31 entries; the others have a number of Comtrade alone.
	iso := slices.DeleteFunc(former, func(code string) bool { return len(code) != 4 })
	if len(iso) != 31 {
		t.Errorf("%d former countries of ISO 3166-3, want 31", len(iso))
	}
}

// TestCurrencyReference holds the shape of the table of currencies.
func TestCurrencyReference(t *testing.T) {
	for name, shape := range map[string]string{
		"code": `^[A-Z]{3}$`, "numeric": `^([0-9]{3})?$`, "minor_unit": `^[0-4]?$`, "status": `^(current|historic)$`,
	} {
		for i, cell := range referenceColumn(t, "currency", name) {
			if !regexp.MustCompile(shape).MatchString(cell) {
				t.Errorf("row %d: %s is %q", i+1, name, cell)
			}
		}
	}
	codes := referenceColumn(t, "currency", "code")
	for i, code := range referenceColumn(t, "currency_alias", "code") {
		if !slices.Contains(codes, code) {
			t.Errorf("currency_alias, row %d: %q is no currency", i+1, code)
		}
	}
}
