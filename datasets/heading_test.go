package datasets_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/datasets"
)

// longestName is what a column of a terminal table can give to a name.
const longestName = 45

func TestHeadingName(t *testing.T) {
	// The goods of each heading are those of the Harmonized System, 2022 edition.
	for _, c := range []struct{ name, code, want string }{
		{"heading", "8703", "Passenger cars"},
		{"heading with a dot", "87.03", "Passenger cars"},
		{"subheading", "870323", "Passenger cars"},
		{"national code with dots", "8703.23.10.00", "Passenger cars"},
		{"leading zero", "0101", "Live horses and donkeys"},
		{"knitted", "6109", "T-shirts and vests, knitted"},
		{"not knitted sister", "6205", "Men's shirts, not knitted"},
		{"dropped in 2007", "0503", "Horsehair (before 2007)"},
		{"number given to other goods", "8485", "3D printers (before 2007: machine parts)"},
		{"new in 2022", "8806", "Drones"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := datasets.HeadingName(c.code); !ok || got != c.want {
				t.Errorf("HeadingName(%q) = %q, %v; want %q", c.code, got, ok, c.want)
			}
		})
	}
}

func TestHeadingNameRefuses(t *testing.T) {
	for _, c := range []struct{ name, code string }{
		{"empty", ""},
		{"chapter", "87"},
		{"three digits and a dot", "87.0"},
		{"no such heading", "8799"},
		{"empty chapter", "7701"},
		{"lost leading zero", "101"},
		{"letters", "8703AB"},
		{"space", " 8703"},
		{"Arabic digits", "٨٧٠٣"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := datasets.HeadingName(c.code); ok || got != "" {
				t.Errorf("HeadingName(%q) = %q, %v; want none", c.code, got, ok)
			}
		})
	}
}

func TestChapterName(t *testing.T) {
	for _, c := range []struct {
		name, code, lang, want string
		ok                     bool
	}{
		{"English", "87", "en", "Vehicles", true},
		{"Arabic", "87", "ar", "المركبات", true},
		{"French", "87", "fr", "Véhicules", true},
		{"from a heading", "8703", "en", "Vehicles", true},
		{"from a code with dots", "87.03.23", "en", "Vehicles", true},
		{"national", "98", "en", "National provisions", true},
		{"kept empty", "77", "en", "", false},
		{"no chapter", "00", "en", "", false},
		{"one digit", "8", "en", "", false},
		{"unknown language", "87", "de", "", false},
		{"no language", "87", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := datasets.ChapterName(c.code, c.lang)
			if got != c.want || ok != c.ok {
				t.Errorf("ChapterName(%q, %q) = %q, %v; want %q, %v", c.code, c.lang, got, ok, c.want, c.ok)
			}
		})
	}
}

// readTable checks the form of a file that is parsed without errors at run
// time, and returns its rows without the title line.
func readTable(t *testing.T, file, title string) [][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(text) || !strings.HasSuffix(string(text), "\n") || strings.Contains(string(text), "\r") {
		t.Fatalf("%s: want UTF-8 lines that all end in a line feed", file)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if lines[0] != title {
		t.Fatalf("%s: first line is %q, want %q", file, lines[0], title)
	}
	width := strings.Count(title, "\t") + 1
	var rows [][]string
	for i, line := range lines[1:] {
		row := strings.Split(line, "\t")
		if len(row) != width {
			t.Fatalf("%s:%d: %d columns, want %d", file, i+2, len(row), width)
		}
		for _, cell := range row {
			checkCell(t, fmt.Sprintf("%s:%d", file, i+2), cell)
		}
		rows = append(rows, row)
	}
	if !slices.IsSortedFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) }) {
		t.Errorf("%s: lines are not in the order of the codes", file)
	}
	return rows
}

func checkCell(t *testing.T, place, cell string) {
	t.Helper()
	switch {
	case cell == "":
		t.Errorf("%s: an empty cell", place)
	case cell != strings.Join(strings.Fields(cell), " "):
		t.Errorf("%s: %q has stray spaces", place, cell)
	case utf8.RuneCountInString(cell) > longestName:
		t.Errorf("%s: %q is longer than %d characters", place, cell, longestName)
	}
}

func TestHeadingFile(t *testing.T) {
	sentence := regexp.MustCompile(`^[A-Z0-9][A-Za-z0-9 ,:()%'-]*[A-Za-z0-9)%]$`)
	code := regexp.MustCompile(`^\d{4}$`)
	first := map[string]string{}
	rows := readTable(t, "heading.tsv", "heading\tname")
	for _, row := range rows {
		if !code.MatchString(row[0]) {
			t.Errorf("%q is not a heading", row[0])
		}
		if !sentence.MatchString(row[1]) {
			t.Errorf("%s: %q is not plain English in sentence case", row[0], row[1])
		}
		key := row[0][:2] + strings.ToLower(row[1])
		if other, taken := first[key]; taken {
			t.Errorf("%s and %s are both called %q", other, row[0], row[1])
		}
		first[key] = row[0]
	}
	list := datasets.HeadingNames()
	if len(list) != len(rows) {
		t.Fatalf("HeadingNames has %d headings, the file %d", len(list), len(rows))
	}
	for i, h := range list {
		if h.Code != rows[i][0] || h.Name != rows[i][1] {
			t.Errorf("HeadingNames()[%d] = %v, the file has %q", i, h, rows[i])
		}
		if _, ok := datasets.ChapterName(h.Code, "en"); !ok {
			t.Errorf("%s: its chapter has no name", h.Code)
		}
	}
}

func TestHeadingNamesIsTheCallersOwn(t *testing.T) {
	datasets.HeadingNames()[0].Name = "changed"
	if got := datasets.HeadingNames()[0].Name; got == "changed" {
		t.Error("a change to the slice of one caller reaches the next")
	}
}

func TestChapterFile(t *testing.T) {
	rows := readTable(t, "chapter.tsv", "chapter\tname\tname_ar\tname_fr")
	// The Harmonized System has chapters 01 to 97, keeps 77 empty and leaves
	// 98 and 99 to the countries.
	var want, got []string
	for n := 1; n <= 99; n++ {
		if n != 77 {
			want = append(want, fmt.Sprintf("%02d", n))
		}
	}
	first := map[string]string{}
	for _, row := range rows {
		got = append(got, row[0])
		if !strings.ContainsFunc(row[2], func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			t.Errorf("chapter %s: %q is not Arabic", row[0], row[2])
		}
		for i, lang := range []string{"en", "ar", "fr"} {
			cell := row[i+1]
			if name, ok := datasets.ChapterName(row[0], lang); !ok || name != cell {
				t.Errorf("ChapterName(%q, %q) = %q, %v; the file has %q", row[0], lang, name, ok, cell)
			}
			other, taken := first[lang+cell]
			if taken && row[0] != "99" {
				t.Errorf("chapters %s and %s are both called %q", other, row[0], cell)
			}
			first[lang+cell] = row[0]
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("chapters are %v, want %v", got, want)
	}
}

// headingYears reads the years of the editions that have each heading from the
// reference list, which is not part of the project.
func headingYears(t *testing.T) map[string][]int {
	t.Helper()
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("no go.mod above the test")
		}
		root = filepath.Dir(root)
	}
	data := filepath.Join(root, "..", "shared", "data")
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the reference data is absent: ../shared/data beside the repository")
	}
	f, err := os.Open(filepath.Join(data, "reference", "hs", "hs_codes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("read hs_codes.csv: %v", err)
	}
	years := map[string][]int{}
	for i, r := range records[1:] { // edition, year, level, code, …
		year, err := strconv.Atoi(r[1])
		if err != nil {
			t.Fatalf("hs_codes.csv row %d: %v", i+2, err)
		}
		if r[2] == "4" {
			years[r[3]] = append(years[r[3]], year)
		}
	}
	return years
}

func TestEveryHeadingOfEveryEditionHasAName(t *testing.T) {
	reference := headingYears(t)
	if len(reference) < 1200 { // the 2022 edition alone has 1,228
		t.Fatalf("the reference list has only %d headings", len(reference))
	}
	for code := range reference {
		if _, ok := datasets.HeadingName(code); !ok {
			t.Errorf("heading %s has no name", code)
		}
	}
	for _, h := range datasets.HeadingNames() {
		if reference[h.Code] == nil {
			t.Errorf("%s %q is a heading of no edition", h.Code, h.Name)
		}
	}
}

// TestDroppedHeadingsSayWhen holds the promise of HeadingNames: a heading that
// the 2022 edition no longer has names the first edition without it, and one
// that it has never reads as if it were gone.
func TestDroppedHeadingsSayWhen(t *testing.T) {
	editions := []int{1992, 1996, 2002, 2007, 2012, 2017, 2022}
	for code, years := range headingYears(t) {
		name, _ := datasets.HeadingName(code)
		last := slices.Max(years)
		if last == 2022 {
			if strings.Contains(name, "(before") && !strings.Contains(name, ": ") {
				t.Errorf("%s %q is in the 2022 edition", code, name)
			}
			continue
		}
		gone := editions[slices.Index(editions, last)+1]
		if end := fmt.Sprintf(" (before %d)", gone); !strings.HasSuffix(name, end) {
			t.Errorf("%s %q: want it to end in %q", code, name, end)
		}
	}
}

func TestLongerCodesKeepTheirHeading(t *testing.T) {
	list := datasets.HeadingNames()
	rapid.Check(t, func(t *rapid.T) {
		h := rapid.SampledFrom(list).Draw(t, "heading")
		tail := rapid.StringMatching(`[0-9.]{0,10}`).Draw(t, "tail")
		dot := rapid.SampledFrom([]string{"", "."}).Draw(t, "dot")
		code := h.Code[:2] + dot + h.Code[2:] + tail
		if got, ok := datasets.HeadingName(code); !ok || got != h.Name {
			t.Fatalf("HeadingName(%q) = %q, %v; want %q", code, got, ok, h.Name)
		}
	})
}

// FuzzHeadingName compares the lookup with a slow twin: strip the dots, check
// the digits, walk the list.
func FuzzHeadingName(f *testing.F) {
	for _, code := range []string{"", "8703", "87.03.23", "0101", "870", "8703x", "....", "٨٧٠٣", "9999"} {
		f.Add(code)
	}
	list := datasets.HeadingNames()
	digits := regexp.MustCompile(`^[0-9]{4,}$`)
	f.Fuzz(func(t *testing.T, code string) {
		plain, want := strings.ReplaceAll(code, ".", ""), ""
		if digits.MatchString(plain) {
			for _, h := range list {
				if h.Code == plain[:4] {
					want = h.Name
				}
			}
		}
		if got, ok := datasets.HeadingName(code); got != want || ok != (want != "") {
			t.Errorf("HeadingName(%q) = %q, %v; want %q", code, got, ok, want)
		}
	})
}

func BenchmarkHeadingName(b *testing.B) {
	for b.Loop() {
		if _, ok := datasets.HeadingName("8703.23.10"); !ok {
			b.Fatal("no name")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
