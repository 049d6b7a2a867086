package main

import (
	_ "embed"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

func init() { generators = append(generators, sensitiveGoods) }

// sensitive_basis.tsv says on what the categories of goods rest.
//
//go:embed sensitive_basis.tsv
var sensitiveBases string

// verifyFirst marks prefixes that were found by reading the scope of
// subheadings, not taken from an official list.
const verifyFirst = "verify before use"

// sensitiveGoods makes the table of goods to look at, by prefix of their code.
func sensitiveGoods(from string) ([]table, error) {
	dir := filepath.Join(from, "sensitive")
	curated, err := readCSV(filepath.Join(dir, "sensitive_prefixes_hs2022.csv"))
	if err != nil {
		return nil, fmt.Errorf("read the sensitive goods: %w", err)
	}
	priority, err := readCSV(filepath.Join(dir, "chpl_2024-02.csv"))
	if err != nil {
		return nil, fmt.Errorf("read the high-priority list: %w", err)
	}
	bases := map[string]string{}
	for _, row := range own(sensitiveBases) {
		bases[row[0]] = row[1]
	}
	t := table{
		name: "sensitive_goods", source: "scope of HS 2022 subheadings; Common High Priority List (EU, US, UK, JP) of February 2024",
		licence: "facts", date: "2024-02",
		columns: []string{"hs_prefix:VARCHAR", "edition:VARCHAR", "category:VARCHAR", "basis:VARCHAR", "verify:VARCHAR"},
	}
	for _, row := range curated {
		basis, ok := bases[row[0]]
		if !ok {
			return nil, fmt.Errorf("sensitive goods: category %q has no basis in sensitive_basis.tsv", row[0])
		}
		t.rows = append(t.rows, []string{row[1], "HS2022", row[0], basis, verifyFirst})
	}
	for _, row := range priority {
		t.rows = append(t.rows, []string{
			row[0], "HS2022", "dual_use_high_priority",
			"Common High Priority List, February 2024, tier " + row[1], "",
		})
	}
	slices.SortFunc(t.rows, func(a, b []string) int {
		return strings.Compare(a[0]+"\t"+a[2], b[0]+"\t"+b[2])
	})
	return []table{t}, nil
}
