package main

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func init() { generators = append(generators, units) }

var (
	// unit_factor.tsv has the dimensions of units and their factors from the
	// legal definitions, which Recommendation 20 only gives rounded. A unit
	// without a factor belongs to its dimension, but has no fixed size.
	//go:embed unit_factor.tsv
	unitFactors string
	// unit_base.tsv has the base unit of each dimension, and by how much the
	// symbol that Recommendation 20 counts in is smaller.
	//go:embed unit_base.tsv
	unitBases string
	// unit_alias.tsv has spellings of units in customs files.
	//go:embed unit_alias.tsv
	unitAliases string
	// unit_ambiguous.tsv has names of several units.
	//go:embed unit_ambiguous.tsv
	unitsAmbiguous string
	// unit_wco.tsv has the standard units of quantity of the World Customs
	// Organization.
	//go:embed unit_wco.tsv
	unitsWCO string
)

// measure is the dimension of a unit, and how many base units it is.
type measure struct{ dimension, factor string }

// units makes the tables of units and of their spellings.
func units(from string) ([]table, error) {
	var rec20, rec21, comtrade [][]string
	for _, f := range []struct {
		file string
		into *[][]string
	}{{"unece_rec20", &rec20}, {"unece_rec21_packages", &rec21}, {"comtrade_qty_units", &comtrade}} {
		var err error
		if *f.into, err = readCSV(filepath.Join(from, "units", f.file+".csv")); err != nil {
			return nil, fmt.Errorf("read the units: %w", err)
		}
	}
	unit := unitTable(rec20, rec21, comtrade)
	alias := table{
		name: "unit_alias", source: "dhow", licence: "own words", date: "2026",
		columns: []string{"alias:VARCHAR", "code:VARCHAR", "exact:BOOLEAN"},
	}
	for _, row := range own(unitAliases) {
		alias.rows = append(alias.rows, []string{row[0], row[1], strconv.FormatBool(row[2] == "1")})
	}
	alias.rows = append(alias.rows, deletedPackages(rec20, rec21)...)
	ambiguous := table{
		name: "unit_ambiguous", source: "dhow", licence: "own words", date: "2026",
		columns: []string{"name:VARCHAR", "code:VARCHAR"},
	}
	for _, row := range own(unitsAmbiguous) {
		for code := range strings.FieldsSeq(row[1]) {
			ambiguous.rows = append(ambiguous.rows, []string{row[0], code})
		}
	}
	return []table{unit, alias, ambiguous}, nil
}

func unitTable(rec20, rec21, comtrade [][]string) table {
	t := table{
		name:    "unit",
		source:  "UNECE Recommendations 20 (rev. 17) and 21; UN Comtrade quantity codes; WCO standard units of quantity; factors from legal definitions",
		licence: "PDDL, MIT; facts", date: "2021",
		columns: []string{
			"code:VARCHAR", "recommendation:INTEGER", "name:VARCHAR", "symbol:VARCHAR", "deprecated:BOOLEAN",
			"dimension:VARCHAR", "factor:DOUBLE", "base:VARCHAR", "comtrade:INTEGER", "wco:VARCHAR",
		},
	}
	measures, bases := measured()
	codes := map[string]string{}
	for _, c := range comtrade {
		codes[c[2]] = c[0]
	}
	wco := map[string]string{}
	for _, row := range own(unitsWCO) {
		wco[row[0]] = row[1]
		if row[2] != "" {
			codes[row[0]] = row[2]
		}
	}
	for _, u := range rec20 {
		code, name, status, symbol := u[0], plain(u[1]), u[2], plain(u[4])
		if status == "X" {
			continue
		}
		m, ok := measures[code]
		if !ok {
			m = siMultiple(name, u[3], u[5])
		}
		t.rows = append(t.rows, []string{
			code, "20", name, symbol, strconv.FormatBool(status == "D"),
			m.dimension, m.factor, bases[m.dimension], codes[code], wco[code],
		})
	}
	for _, u := range rec21 {
		t.rows = append(t.rows, []string{u[0], "21", plain(u[1]), "", "false", "package", "", "", "", ""})
	}
	slices.SortFunc(t.rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return t
}

// measured returns the own measures of units, and the base unit of dimensions.
func measured() (map[string]measure, map[string]string) {
	measures, bases := map[string]measure{}, map[string]string{}
	for _, row := range own(unitFactors) {
		measures[row[0]] = measure{row[1], row[2]}
		if row[2] == "1" && bases[row[1]] == "" {
			bases[row[1]] = row[0] // the first unit of a dimension that is 1
		}
	}
	for _, row := range own(unitBases) {
		bases[row[0]] = row[1]
	}
	return measures, bases
}

// factorText is a factor in Recommendation 20, such as "10⁻³ kg",
// "3,6 x 10⁶ J" or "kg".
var factorText = regexp.MustCompile(`^(?:([\d, ]+?) ?(?:[x×] ?)?)?(10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*)? ?(kg|m|m²|m³|J|W|Pa|s|Bq)$`)

// siMultiple reads the factor of a unit of the International System, for which
// Recommendation 20 gives it in full. Other factors there are rounded, and one
// (the troy ounce) is wrong by ten.
func siMultiple(name, level, text string) measure {
	if !strings.HasPrefix(level, "1") || strings.Contains(name, " per ") || strings.HasPrefix(name, "reciprocal") {
		return measure{}
	}
	f := factorText.FindStringSubmatch(strings.TrimSpace(plain(text)))
	if f == nil {
		return measure{}
	}
	mantissa := strings.ReplaceAll(strings.ReplaceAll(f[1], " ", ""), ",", ".")
	if mantissa == "" {
		mantissa = "1"
	}
	exponent := strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁻", "-").
		Replace(strings.TrimPrefix(f[2], "10"))
	switch {
	case f[2] == "":
		exponent = "0"
	case exponent == "":
		exponent = "1"
	}
	factor, err := strconv.ParseFloat(mantissa+"e"+exponent, 64)
	if err != nil {
		return measure{}
	}
	for _, base := range own(unitBases) {
		if base[2] == f[3] {
			scale, _ := strconv.ParseFloat(base[3], 64) // a test holds the factors
			return measure{base[0], strconv.FormatFloat(factor/scale, 'g', -1, 64)}
		}
	}
	return measure{}
}

// deletedPackages returns the two-letter codes of packages that were deleted
// from Recommendation 20 because Recommendation 21 has them with an X before:
// files still use them.
func deletedPackages(rec20, rec21 [][]string) [][]string {
	names := map[string]string{}
	for _, u := range rec21 {
		names[u[0]], _, _ = strings.Cut(strings.ToLower(u[1]), ",")
	}
	taken := map[string]bool{}
	for _, row := range own(unitAliases) {
		if row[2] == "" { // not where case matters
			taken[strings.ToUpper(row[0])] = true
		}
	}
	var rows [][]string
	for _, u := range rec20 {
		if u[2] == "X" && len(u[0]) == 2 && !taken[u[0]] && names["X"+u[0]] == u[1] {
			rows = append(rows, []string{u[0], "X" + u[0], "false"})
		}
	}
	return rows
}

// plain replaces no-break spaces by blanks, and several by one.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
}

// readCSV returns the rows of a file without its header.
func readCSV(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(f).ReadAll()
	err = errors.Join(err, f.Close())
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s has no rows: %w", path, err)
	}
	return rows[1:], nil
}

// own returns the rows of a table of our own, without its header.
func own(text string) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return rows[1:]
}
