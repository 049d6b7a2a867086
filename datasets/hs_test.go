package datasets_test

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/datasets"
)

// hsTable returns the rows of a table of the nomenclature, with its columns
// named as expected.
func hsTable(t *testing.T, name string, columns ...string) [][]string {
	t.Helper()
	table, err := datasets.ReferenceTable(name)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range table.Columns {
		got = append(got, c.Name+" "+c.Type)
	}
	if diff := cmp.Diff(columns, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", name, diff)
	}
	return table.Rows
}

func hsCodes(t *testing.T) [][]string {
	return hsTable(t, "hs", "edition VARCHAR", "level INTEGER", "code VARCHAR", "parent VARCHAR", "section VARCHAR", "unit VARCHAR")
}

func TestHSCounts(t *testing.T) {
	counts := map[string]map[string]int{"2": {}, "4": {}, "6": {}}
	for _, row := range hsCodes(t) {
		counts[row[1]][row[0]]++
	}
	want := map[string]map[string]int{
		// 1 to 97 without 77.
		"2": {"HS1992": 96, "HS1996": 96, "HS2002": 96, "HS2007": 96, "HS2012": 96, "HS2017": 96, "HS2022": 96},
		// As published by the World Customs Organization for each edition.
		"4": {"HS1992": 1241, "HS1996": 1241, "HS2002": 1244, "HS2007": 1221, "HS2012": 1224, "HS2017": 1222, "HS2022": 1228},
		"6": {"HS1992": 5020, "HS1996": 5113, "HS2002": 5224, "HS2007": 5052, "HS2012": 5205, "HS2017": 5387, "HS2022": 5612},
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHSTree holds that every code has its parent in the same edition, its
// section and the right level, and occurs once; and that every heading and
// chapter has a name.
func TestHSTree(t *testing.T) {
	rows := hsCodes(t)
	seen := map[[2]string]bool{}
	for _, row := range rows {
		key := [2]string{row[0], row[2]}
		if seen[key] {
			t.Errorf("%v occurs twice", key)
		}
		seen[key] = true
	}
	headings, chapters := map[string]bool{}, map[string]string{}
	for _, row := range hsTable(t, "hs_heading", "heading VARCHAR", "name_en VARCHAR") {
		headings[row[0]] = row[1] != ""
	}
	for _, row := range hsTable(t, "hs_chapter", "chapter VARCHAR", "section VARCHAR", "name_en VARCHAR", "name_fr VARCHAR", "name_ar VARCHAR") {
		chapters[row[0]] = row[1]
		if slices.Contains(row[2:], "") {
			t.Errorf("chapter %s has not all names: %q", row[0], row)
		}
	}
	for _, row := range rows {
		edition, level, code, parent, section := row[0], row[1], row[2], row[3], row[4]
		digits := map[string]int{"2": 2, "4": 4, "6": 6}[level]
		if len(code) != digits || parent != code[:digits-2] || parent != "" && !seen[[2]string{edition, parent}] {
			t.Errorf("%s has level %s and parent %q", code, level, parent)
		}
		if section == "" || section != chapters[code[:2]] {
			t.Errorf("%s is in section %q, its chapter in %q", code, section, chapters[code[:2]])
		}
		if digits == 4 && !headings[code] {
			t.Errorf("heading %s has no name", code)
		}
	}
}

// TestHSSections compares the sections of the chapters with those that have
// names.
func TestHSSections(t *testing.T) {
	var named, used []string
	for _, row := range hsTable(t, "hs_section", "section VARCHAR", "name_en VARCHAR", "name_fr VARCHAR", "name_ar VARCHAR") {
		named = append(named, row[0])
		if slices.Contains(row, "") {
			t.Errorf("section %s has not all names: %q", row[0], row)
		}
	}
	for _, row := range hsCodes(t) {
		if row[0] == "HS2022" && row[1] == "2" && !slices.Contains(used, row[4]) {
			used = append(used, row[4])
		}
	}
	if diff := cmp.Diff(named, used); diff != "" || len(named) != 21 {
		t.Errorf("%d sections (-named +used):\n%s", len(named), diff)
	}
}

// TestHSCorrelation holds that all links join codes of their editions, that a
// newer code has at most one preferred link, and that the relation is what the
// links say.
func TestHSCorrelation(t *testing.T) {
	official := map[string]bool{}
	for _, row := range hsCodes(t) {
		official[row[0]+row[2]] = true
	}
	rows := hsTable(t, "hs_correlation", "newer VARCHAR", "older VARCHAR", "newer_code VARCHAR", "older_code VARCHAR", "relation VARCHAR", "preferred BOOLEAN")
	pairs, ends, preferred := map[string]int{}, map[string]int{}, map[string]int{}
	for _, row := range rows {
		newer, older, newerCode, olderCode := row[0], row[1], row[2], row[3]
		if newer <= older || !official[newer+newerCode] || !official[older+olderCode] {
			t.Fatalf("no link of codes of a newer and an older edition: %v", row)
		}
		pairs[newer+" "+older]++
		ends[newer+" "+older+" from "+newerCode]++
		ends[newer+" "+older+" to "+olderCode]++
		if row[5] == "true" {
			preferred[newer+" "+older+" "+newerCode]++
		}
	}
	many := map[bool]string{false: "1", true: "n"}
	for _, row := range rows {
		pair := row[0] + " " + row[1]
		want := many[ends[pair+" to "+row[3]] > 1] + ":" + many[ends[pair+" from "+row[2]] > 1]
		if row[4] != want {
			t.Errorf("%v: relation is %s", row, want)
		}
		if n := preferred[pair+" "+row[2]]; n > 1 {
			t.Errorf("%v: %d preferred links", row, n)
		}
	}
	// The UN's table HS2022–HS2017 has 15,657 rows, one of which is 999999.
	if len(pairs) != 21 || pairs["HS2022 HS2017"] != 15_656 {
		t.Errorf("%d pairs of editions, %d links from HS2022 to HS2017, want 21 and 15656", len(pairs), pairs["HS2022 HS2017"])
	}
}

// TestHSSize holds that the tables stay small in the program.
func TestHSSize(t *testing.T) {
	size := int64(0)
	for _, name := range []string{"hs", "hs_correlation", "hs_heading", "hs_chapter", "hs_section"} {
		info, err := os.Stat("ref/" + name + ".tsv.gz")
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if size > 1_500_000 {
		t.Errorf("%d bytes, want at most 1,500,000", size)
	}
}
