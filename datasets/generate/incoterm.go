package main

import (
	_ "embed"
	"fmt"
	"path/filepath"
	"strconv"
)

func init() { generators = append(generators, incoterms) }

var (
	// incoterm_name.tsv has the trade terms that the codes stand for.
	//go:embed incoterm_name.tsv
	incotermNames string
	// incoterm_alias.tsv has other spellings of them.
	//go:embed incoterm_alias.tsv
	incotermAliases string
)

// incoterms makes the table of trade terms, one row for each edition that has
// the term, and the table of their spellings.
func incoterms(from string) ([]table, error) {
	rows, err := readCSV(filepath.Join(from, "incoterms", "incoterms.csv"))
	if err != nil {
		return nil, fmt.Errorf("read the Incoterms: %w", err)
	}
	names := map[string]string{}
	for _, row := range own(incotermNames) {
		names[row[0]] = row[1]
	}
	t := table{
		name: "incoterm", source: "International Chamber of Commerce, Incoterms 2000, 2010 and 2020", licence: "facts", date: "2020",
		columns: []string{
			"code:VARCHAR", "edition:INTEGER", "name:VARCHAR", "mode:VARCHAR",
			"seller_pays_freight:BOOLEAN", "seller_insures:BOOLEAN",
		},
	}
	for _, row := range rows {
		mode := "any"
		if row[4] == "1" {
			mode = "sea"
		}
		for i, edition := range []string{"2000", "2010", "2020"} {
			if row[1+i] == "1" {
				t.rows = append(t.rows, []string{
					row[0], edition, names[row[0]], mode,
					strconv.FormatBool(row[5] == "1"), strconv.FormatBool(row[6] == "1"),
				})
			}
		}
	}
	alias := table{
		name: "incoterm_alias", source: "dhow", licence: "own words", date: "2026",
		columns: []string{"alias:VARCHAR", "code:VARCHAR"}, rows: own(incotermAliases),
	}
	return []table{t, alias}, nil
}
