package datasets

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// collected returns the rows of a file from which the tables of reference facts
// are made, and skips the test where those files are absent.
func collected(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "reference", filepath.FromSlash(path)))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("needs the folder of collected facts, ../shared/data/reference")
	}
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// factsOf returns a table of reference facts as one map for each row.
func factsOf(t *testing.T, name string) []map[string]string {
	t.Helper()
	table, err := ReferenceTable(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range table.Rows {
		m := map[string]string{}
		for i, c := range table.Columns {
			m[c.Name] = row[i]
		}
		all = append(all, m)
	}
	return all
}

func TestUnits(t *testing.T) {
	bases := map[string]string{}
	comtrade, wco := map[string]string{}, map[string]string{}
	seen := map[string]bool{}
	factors := map[string]float64{}
	for _, u := range factsOf(t, "unit") {
		code := u["code"]
		if seen[code] || code == "" || u["name"] == "" {
			t.Errorf("unit %q is there twice, or has no name", code)
		}
		seen[code] = true
		if u["comtrade"] != "" {
			if other := comtrade[u["comtrade"]]; other != "" {
				t.Errorf("quantity code %s is both %s and %s", u["comtrade"], other, code)
			}
			comtrade[u["comtrade"]] = code
		}
		wco[u["wco"]] = code
		if d := u["dimension"]; u["base"] != "" {
			if old := bases[d]; old != "" && old != u["base"] {
				t.Errorf("the dimension %s has the base units %s and %s", d, old, u["base"])
			}
			bases[d] = u["base"]
		} else if u["factor"] != "" {
			t.Errorf("unit %s has a factor and no base unit", code)
		}
		if u["factor"] != "" {
			f, err := strconv.ParseFloat(u["factor"], 64)
			if err != nil || f <= 0 || math.IsInf(f, 0) {
				t.Errorf("unit %s has the factor %q", code, u["factor"])
			}
			factors[code] = f
		}
	}
	for dimension, base := range bases {
		if factors[base] != 1 {
			t.Errorf("the base unit %s of %s has the factor %v", base, dimension, factors[base])
		}
	}
	// The standard units of quantity in the WCO's recommendation of 1995.
	for _, u := range []string{"kg", "carat", "m", "m²", "m³", "l", "1000 kWh", "u", "2u", "12u", "1000u", "u (jeu/pack)"} {
		if wco[u] == "" {
			t.Errorf("no unit for the WCO's %s", u)
		}
	}
	for _, code := range []string{"5", "8", "21"} {
		if comtrade[code] == "" {
			t.Errorf("no unit for the quantity code %s", code)
		}
	}
	if len(factors) < 250 {
		t.Errorf("only %d units have factors", len(factors))
	}
}

// TestUnitFactors compares the factors with those printed in Recommendation 20,
// which has seven digits of most.
func TestUnitFactors(t *testing.T) {
	printed := regexp.MustCompile(`^(?:([\d, ]+?) *[x×]? *)??(10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|[x×] *10)? *(kg|g|mg|m|m²|m³|J|W|Pa|s|Bq)$`)
	digits := strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁻", "-")
	inBase := map[string]float64{"kg": 1, "g": 1e-3, "mg": 1e-6, "m": 1, "m²": 1, "m³": 1, "J": 1 / 3.6e6, "W": 1e-3, "Pa": 1, "s": 1, "Bq": 1}
	// Where Recommendation 20 is wrong or rough: the troy ounce is off by ten, the
	// UK dram (a sixteenth of an ounce) and the scruple (20 grains) by a slip in a
	// digit, the acre is the survey acre, others have few digits.
	rough := map[string]float64{"APZ": 10, "DRI": 1e-4, "SCR": 1e-5, "ACR": 5e-6, "WCD": 2e-3, "BHP": 1e-4, "WSD": 1e-4, "L84": 1e-4, "L86": 1e-3, "BLD": 1e-5}
	collectedFactors := map[string]float64{}
	for _, row := range collected(t, "units/unece_rec20.csv") {
		text := strings.TrimSpace(strings.ReplaceAll(row[5], "\u00a0", " "))
		m := printed.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		mantissa := strings.ReplaceAll(strings.ReplaceAll(m[1], " ", ""), ",", ".")
		if mantissa == "" {
			mantissa = "1"
		}
		f, err := strconv.ParseFloat(mantissa, 64)
		if err != nil {
			t.Fatalf("%s: %v", row[0], err)
		}
		exponent := 0.
		if strings.HasPrefix(m[2], "10") {
			if exponent, err = strconv.ParseFloat(digits.Replace(m[2][2:]), 64); err != nil {
				t.Fatalf("%s: %v", row[0], err)
			}
		} else if m[2] != "" {
			exponent = 1
		}
		collectedFactors[row[0]] = f * math.Pow(10, exponent) * inBase[m[3]]
	}
	compared := 0
	for _, u := range factsOf(t, "unit") {
		want, ok := collectedFactors[u["code"]]
		got, err := strconv.ParseFloat(u["factor"], 64)
		if !ok || err != nil {
			continue
		}
		compared++
		tolerance := max(rough[u["code"]], 1e-6)
		if math.Abs(got/want-1) > tolerance {
			t.Errorf("%s (%s) is %v base units, %v in Recommendation 20", u["code"], u["name"], got, want)
		}
	}
	if compared < 150 {
		t.Errorf("only %d factors could be compared", compared)
	}
}

func TestUnitAliases(t *testing.T) {
	codes := map[string]bool{}
	for _, u := range factsOf(t, "unit") {
		codes[u["code"]] = true
	}
	seen := map[string]bool{}
	for _, a := range factsOf(t, "unit_alias") {
		if !codes[a["code"]] && a["alias"] != "NA" { // no answer
			t.Errorf("the alias %q is for the unknown unit %s", a["alias"], a["code"])
		}
		if seen[a["alias"]+a["exact"]] {
			t.Errorf("the alias %q is there twice", a["alias"])
		}
		seen[a["alias"]+a["exact"]] = true
	}
}

// TestUnitsAmbiguous holds that an ambiguous name has several units, of one
// dimension and different sizes, and isn't an alias.
func TestUnitsAmbiguous(t *testing.T) {
	units, aliases := map[string]map[string]string{}, map[string]bool{}
	for _, u := range factsOf(t, "unit") {
		units[u["code"]] = u
	}
	for _, a := range factsOf(t, "unit_alias") {
		aliases[a["alias"]] = true
	}
	of := map[string][]map[string]string{}
	for _, a := range factsOf(t, "unit_ambiguous") {
		u, ok := units[a["code"]]
		if !ok || aliases[a["name"]] {
			t.Errorf("%q is an alias, or %q no unit", a["name"], a["code"])
		}
		of[a["name"]] = append(of[a["name"]], u)
	}
	for name, meant := range of {
		if len(meant) < 2 || meant[0]["dimension"] != meant[1]["dimension"] || meant[0]["factor"] == meant[1]["factor"] {
			t.Errorf("%q is %v", name, meant)
		}
	}
}

// The numbers of terms are those of the editions; which are for the sea only is
// what the International Chamber of Commerce says of them.
func TestIncoterms(t *testing.T) {
	count := map[string]int{}
	sea := map[string]string{}
	for _, term := range factsOf(t, "incoterm") {
		count[term["edition"]]++
		if term["name"] == "" {
			t.Errorf("%s has no name", term["code"])
		}
		if term["mode"] == "sea" {
			sea[term["edition"]] += term["code"] + " "
		}
	}
	if count["2000"] != 13 || count["2010"] != 11 || count["2020"] != 11 || len(count) != 3 {
		t.Errorf("the editions have %v terms", count)
	}
	if sea["2020"] != "FAS FOB CFR CIF " || sea["2000"] != "FAS FOB CFR CIF DES DEQ " {
		t.Errorf("for the sea only: %v", sea)
	}
}
