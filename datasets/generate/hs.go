package main

import (
	"cmp"
	"compress/gzip"
	_ "embed" // hs_section.tsv has names of our own
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dhowdb/dhow/datasets"
)

func init() { generators = append(generators, harmonizedSystem) }

//go:embed hs_section.tsv
var hsSectionTSV string

const (
	hsSource  = "UN Statistics Division, lists of HS codes, correlation and conversion tables; World Customs Organization, standard units"
	hsLicence = "facts (codes and their links), no texts"
	hsDate    = "2022"
)

// hsOwn fills in where the names of our own come from.
func hsOwn(t table) table {
	t.source, t.licence, t.date = "dhow", "own words", "2026"
	return t
}

// hsFacts fills in where codes and their links come from.
func hsFacts(t table) table {
	t.source, t.licence, t.date = hsSource, hsLicence, hsDate
	return t
}

// hsEditions are the editions by the names that trade statistics give them.
var hsEditions = map[string]string{
	"H0": "HS1992", "H1": "HS1996", "H2": "HS2002", "H3": "HS2007", "H4": "HS2012", "H5": "HS2017", "H6": "HS2022",
}

// harmonizedSystem makes the tables of the nomenclature and of the links
// between its editions.
func harmonizedSystem(from string) ([]table, error) {
	sections := map[string]string{}
	err := hsEach(filepath.Join(from, "hs/hs_sections.csv"), func(row []string) {
		sections[row[0]] = row[1]
	})
	if err != nil {
		return nil, err
	}
	codes, err := hsCodes(from, sections)
	if err != nil {
		return nil, err
	}
	links, err := hsLinks(from, codes)
	if err != nil {
		return nil, err
	}
	return []table{codes, links, hsHeadings(), hsChapters(sections), hsSections()}, nil
}

// hsCodes lists the codes of all editions. Codes that trade statistics have
// added, such as 999999 for goods without a code, belong to no edition.
func hsCodes(from string, sections map[string]string) (table, error) {
	t := hsFacts(table{name: "hs", columns: []string{
		"edition:VARCHAR", "level:INTEGER", "code:VARCHAR", "parent:VARCHAR", "section:VARCHAR", "unit:VARCHAR",
	}})
	err := hsEach(filepath.Join(from, "hs/hs_codes.csv"), func(row []string) {
		edition, level, code, parent, unit, flag := hsEditions[row[0]], row[2], row[3], row[4], row[5], row[6]
		if flag == "" {
			t.rows = append(t.rows, []string{edition, level, code, parent, sections[code[:2]], unit})
		}
	})
	slices.SortFunc(t.rows, func(a, b []string) int {
		return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[2], b[2]))
	})
	return t, err
}

// hsLink joins a code of an edition to one of an older edition.
type hsLink struct{ newer, older, newerCode, olderCode string }

// hsLinks lists the links between any two editions, from the newer to the
// older one. They are those of the correlation tables, and a few that only the
// conversion tables have. Links of codes that are in no edition are left out.
func hsLinks(from string, codes table) (table, error) {
	t := hsFacts(table{name: "hs_correlation", columns: []string{
		"newer:VARCHAR", "older:VARCHAR", "newer_code:VARCHAR", "older_code:VARCHAR", "relation:VARCHAR", "preferred:BOOLEAN",
	}})
	official := map[[2]string]bool{}
	for _, row := range codes.rows {
		official[[2]string{row[0], row[2]}] = true
	}
	preferred := map[hsLink]bool{} // by link; it is also the set of all links
	add := func(row []string, isPreferred bool) {
		l := hsLink{hsEditions[row[0]], hsEditions[row[1]], row[2], row[3]}
		if official[[2]string{l.newer, l.newerCode}] && official[[2]string{l.older, l.olderCode}] {
			preferred[l] = preferred[l] || isPreferred
		}
	}
	if err := hsEach(filepath.Join(from, "hs/hs_correlation_all.csv.gz"), func(row []string) { add(row, false) }); err != nil {
		return t, err
	}
	if err := hsEach(filepath.Join(from, "hs/hs_conversion_all.csv.gz"), func(row []string) { add(row, true) }); err != nil {
		return t, err
	}
	t.rows = hsRelations(preferred)
	return t, nil
}

// hsRelations counts how many links each end of a link has, and sorts them.
func hsRelations(preferred map[hsLink]bool) [][]string {
	ends := map[hsLink]int{} // a link whose other code is empty stands for all
	for l := range preferred {
		ends[hsLink{l.newer, l.older, l.newerCode, ""}]++
		ends[hsLink{l.newer, l.older, "", l.olderCode}]++
	}
	count := func(l hsLink) string {
		if ends[l] > 1 {
			return "n"
		}
		return "1"
	}
	var rows [][]string
	for l, p := range preferred {
		relation := count(hsLink{l.newer, l.older, "", l.olderCode}) + ":" + count(hsLink{l.newer, l.older, l.newerCode, ""})
		rows = append(rows, []string{l.newer, l.older, l.newerCode, l.olderCode, relation, fmt.Sprint(p)})
	}
	slices.SortFunc(rows, slices.Compare)
	return rows
}

func hsHeadings() table {
	t := hsOwn(table{name: "hs_heading", columns: []string{"heading:VARCHAR", "name_en:VARCHAR"}})
	for _, h := range datasets.HeadingNames() {
		t.rows = append(t.rows, []string{h.Code, h.Name})
	}
	return t
}

func hsChapters(sections map[string]string) table {
	t := hsOwn(table{name: "hs_chapter", columns: []string{
		"chapter:VARCHAR", "section:VARCHAR", "name_en:VARCHAR", "name_fr:VARCHAR", "name_ar:VARCHAR",
	}})
	for n := range 100 {
		code := fmt.Sprintf("%02d", n)
		row := []string{code, sections[code]}
		for _, lang := range []string{"en", "fr", "ar"} {
			if name, ok := datasets.ChapterName(code, lang); ok {
				row = append(row, name)
			}
		}
		if len(row) == len(t.columns) {
			t.rows = append(t.rows, row)
		}
	}
	return t
}

func hsSections() table {
	t := hsOwn(table{name: "hs_section", columns: []string{
		"section:VARCHAR", "name_en:VARCHAR", "name_fr:VARCHAR", "name_ar:VARCHAR",
	}})
	lines := strings.Split(strings.TrimSpace(hsSectionTSV), "\n")
	for _, line := range lines[1:] {
		t.rows = append(t.rows, strings.Split(line, "\t"))
	}
	return t
}

// hsEach calls f with each row behind the titles of a CSV file, which may be
// compressed.
func hsEach(path string, f func(row []string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, row := range rows[1:] {
		f(row)
	}
	return nil
}
