package main

import (
	_ "embed" // currency_alias.tsv has names of our own
	"path/filepath"
	"strings"
)

func init() { generators = append(generators, currencies) }

//go:embed currency_alias.tsv
var currencyAliasTSV string

// currencies makes the tables of currencies and of their names and symbols.
func currencies(from string) ([]table, error) {
	list, err := csvRecords(filepath.Join(from, "currencies", "currencies.csv"))
	if err != nil {
		return nil, err
	}
	aliases, err := tsvRecords(currencyAliasTSV)
	if err != nil {
		return nil, err
	}
	codes := table{
		name: "currency", source: "ISO 4217 list of SIX, by datasets/currency-codes", licence: "facts; PDDL", date: "2026-02",
		columns: []string{"code:VARCHAR", "numeric:VARCHAR", "minor_unit:INTEGER", "status:VARCHAR", "withdrawn:VARCHAR"},
	}
	for _, c := range list {
		codes.rows = append(codes.rows, []string{c["code"], c["numeric"], c["minor_unit_iso"], c["status"], c["withdrawn"]})
	}
	names := table{
		name: "currency_alias", source: "dhow", licence: "own words", date: countryDate,
		columns: []string{"alias:VARCHAR", "code:VARCHAR"},
	}
	for _, a := range aliases {
		for code := range strings.FieldsSeq(a["codes"]) {
			names.rows = append(names.rows, []string{a["alias"], code})
		}
	}
	return []table{codes, names}, nil
}
