package hs

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// editionNames are the editions of the lists of codes, H0 to H6.
var editionNames = []string{"HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022"}

// facts returns columns of a reference table.
func facts(t testing.TB, table string, columns ...string) [][]string {
	t.Helper()
	f, err := udf.FactsSource(table)
	if err != nil {
		t.Fatal(err)
	}
	out, err := f.Select(columns...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// codesOf returns the codes of all editions with so many digits.
func codesOf(t testing.TB, digits int) map[string]map[string]bool {
	t.Helper()
	columns := facts(t, "hs", "edition", "code")
	out := map[string]map[string]bool{}
	for i, code := range columns[1] {
		edition := columns[0][i]
		if out[edition] == nil {
			out[edition] = map[string]bool{}
		}
		if len(code) == digits {
			out[edition][code] = true
		}
	}
	return out
}

// TestValidAll asks every edition for every number of six digits, every
// heading and every chapter.
func TestValidAll(t *testing.T) {
	// Chapters by hand: 1 to 97 without 77. Subheadings: the number that the UN's
	// list has of each edition, without 999999 and the added codes of 2710.
	want := map[int][]int{
		2: {96, 96, 96, 96, 96, 96, 96},
		6: {5020, 5113, 5224, 5052, 5205, 5387, 5612},
	}
	limit := map[int]int{2: 100, 4: 10_000, 6: 1_000_000}
	for _, digits := range []int{2, 4, 6} {
		codes := codesOf(t, digits)
		counts := make([]int, len(editionNames))
		column, names := udftest.Column{}, udftest.Column{}
		for i := range limit[digits] {
			column, names = append(column, fmt.Sprintf("%0*d", digits, i)), append(names, nil)
		}
		for e, name := range editionNames {
			for i := range names {
				names[i] = name
			}
			for i, got := range udftest.Call(t, valid, column, names) {
				if code := column[i].(string); got != codes[name][code] {
					t.Errorf("hs_valid(%s, %s) = %v", code, name, got)
				} else if got == true {
					counts[e]++
				}
			}
		}
		if want[digits] != nil && !slices.Equal(counts, want[digits]) {
			t.Errorf("%d digits: %v codes, want %v", digits, counts, want[digits])
		}
	}
}

func TestValid(t *testing.T) {
	// The codes were looked up in the lists of each edition.
	cases := []struct {
		name, code, edition string
		want                bool
	}{
		{"subheading", "010121", "HS2022", true},
		{"only since HS2012", "010121", "HS2007", false},
		{"chapter", "01", "HS1992", true},
		{"chapter kept empty", "77", "HS1992", false},
		{"heading", "9405", "HS2022", true},
		{"heading since 2022", "8549", "HS2017", false},
		{"national code", "0101.21.00.10", "HS2022", true},
		{"national code of no subheading", "0101220010", "HS2022", false},
		{"lost zero", "10121", "HS2022", true},
		{"statistical name", "010121", "H6", true},
		{"small letters", "010121", " h6 ", true},
		{"small letters of the name", "854911", "hs2022", true},
		{"year", "854911", "2017", false},
		{"national chapter", "9801001010", "HS2022", false},
		{"not specified", "999999", "HS2022", false},
		{"added by statistics", "271011", "HS1992", false},
		{"the same number, later", "271011", "HS2002", true},
		{"no code", "horses", "HS2022", false},
		{"empty", "", "HS2022", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Valid(c.code, c.edition); got != c.want || err != nil {
				t.Errorf("Valid(%q, %q) = %v, %v, want %v", c.code, c.edition, got, err, c.want)
			}
			got := udftest.Call(t, valid, udftest.Column{c.code}, udftest.Column{c.edition})
			if got[0] != c.want {
				t.Errorf("hs_valid(%q, %q) = %v, want %v", c.code, c.edition, got[0], c.want)
			}
		})
	}
	got := udftest.Call(t, valid, udftest.Column{int64(10121), int64(0), nil, int64(1)}, udftest.Column{"H6", "H6", "H6", nil})
	if diff := cmp.Diff([]any{true, false, nil, nil}, got); diff != "" {
		t.Errorf("BIGINT (-want +got):\n%s", diff)
	}
	got = udftest.Call(t, valid, udftest.Column{10121., 6109.1, nil}, udftest.Column{"H6", "H6", "H6"})
	if diff := cmp.Diff([]any{true, false, nil}, got); diff != "" {
		t.Errorf("DOUBLE (-want +got):\n%s", diff)
	}
}

// TestValidInAny: without an edition a code is valid if it has any.
func TestValidInAny(t *testing.T) {
	column, want := udftest.Column{nil}, []any{nil}
	for _, c := range statusCases {
		list, err := Editions(c.text)
		if err != nil {
			t.Fatal(err)
		}
		column, want = append(column, c.text), append(want, len(list) > 0)
	}
	if diff := cmp.Diff(want, udftest.Call(t, valid, column)); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{true, false, nil}, udftest.Call(t, valid, udftest.Column{int64(10111), int64(999999), nil})); diff != "" {
		t.Errorf("BIGINT (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{true, false, nil}, udftest.Call(t, valid, udftest.Column{10111., 6109.1, nil})); diff != "" {
		t.Errorf("DOUBLE (-want +got):\n%s", diff)
	}
}

// TestUnknownEdition holds that each function that takes an edition names
// itself, what it was given, and what it knows.
func TestUnknownEdition(t *testing.T) {
	code, good, bad := udftest.Column{nil, "010121"}, udftest.Column{"H6", "H6"}, udftest.Column{"HS2022", "HS2023"}
	calls := map[string][]udftest.Column{"hs_valid": {code, bad}, "hs_best": {code, good, bad}, "hs_relation": {code, bad, good}, "hs_convert": {code, good, bad}}
	for _, f := range []udf.Func{valid, best, relation, convert} {
		_, err := udftest.TryCall(printed(f), calls[f.Name]...)
		for _, part := range []string{f.Name + ": ", `"HS2023"`, "HS1992 (H0), ", "HS2022 (H6)"} {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%s: error %q is without %q", f.Name, err, part)
			}
		}
	}
	_, err1 := Valid("010121", "HS2023")
	_, err2 := Best("010121", "1992", "")
	_, err3 := Relation("010121", "H7", "H6")
	_, err4 := Convert("none", "H6", "HS 2017")
	for i, err := range []error{err1, err2, err3, err4} {
		if err == nil || !strings.HasPrefix(err.Error(), "hs_") {
			t.Errorf("call %d: error %v", i+1, err)
		}
	}
	_, err := udftest.TryCall(name, udftest.Column{"01"}, udftest.Column{"de"})
	if err == nil || err.Error() != `hs_name: there are no names in language "de"; known are en, fr, ar and those in customs.hs_descriptions` {
		t.Errorf("hs_name: error %v", err)
	}
}

func TestEditions(t *testing.T) {
	// From the lists of codes: 010121 came in 2012, 8549 in 2022; 010111 and
	// 010119 were there until 2007.
	column := udftest.Column{"0101.21", "0101 11 00", "8549", "01", "99", "999999", "none", nil, "77"}
	all := strings.Join(editionNames, " ")
	want := []any{"HS2012 HS2017 HS2022", "HS1992 HS1996", "HS2022", all, nil, nil, nil, nil, nil}
	if diff := cmp.Diff(want, udftest.Call(t, printed(editions), column)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for code := range allCodes(t, 6) {
		list, err := Editions(code)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range editionNames {
			if got, err := Valid(code, name); err != nil || got != slices.Contains(list, name) {
				t.Errorf("%s: hs_valid in %s is %v, %v, hs_editions %q", code, name, got, err, list)
			}
		}
	}
}

// allCodes returns the codes with so many digits of any edition.
func allCodes(t testing.TB, digits int) map[string]bool {
	all := map[string]bool{}
	for _, codes := range codesOf(t, digits) {
		maps.Copy(all, codes)
	}
	return all
}

// TestSections compares the sections with the bounds of their chapters, which
// are those in the table of contents of the Harmonized System.
func TestSections(t *testing.T) {
	last := []int{5, 14, 15, 24, 27, 38, 40, 43, 46, 49, 63, 67, 70, 71, 83, 85, 89, 92, 93, 96, 97}
	roman := strings.Fields("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI")
	column, want := udftest.Column{int64(0), int64(77), int64(98), int64(99), nil}, []any{nil, nil, nil, nil, nil}
	for chapter := 1; chapter <= 97; chapter++ {
		if chapter == 77 {
			continue
		}
		at, _ := slices.BinarySearch(last, chapter)
		column, want = append(column, int64(chapter)), append(want, roman[at])
	}
	if diff := cmp.Diff(want, udftest.Call(t, section, column)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, err := Section("0101.99"); got != "I" || err != nil {
		t.Errorf("Section of a code that doesn't exist = %q, %v, want I", got, err)
	}
}

func TestUnits(t *testing.T) {
	// From the World Customs Organization's list of standard units.
	column := udftest.Column{"010121", "640399", "271600", "710210", "440711", "481092", "220300", "690410", "950440", "0101", "051110", "9801", "999999", "010111", nil, "none", "6403.99.00.11"}
	want := []any{"u", "2u", "1000 kWh", "carat", "m3", "kg", "l", "1000u", "U(set/pack)", nil, nil, nil, nil, "u", nil, nil, "2u"}
	if diff := cmp.Diff(want, udftest.Call(t, unit, column)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	columns := facts(t, "hs", "edition", "code", "unit")
	seen := map[string]int{}
	for i, code := range columns[1] {
		if columns[0][i] != "HS2022" || len(code) != 6 {
			continue
		}
		got, err := Unit(nil, code, lastDay)
		if err != nil || got != columns[2][i] {
			t.Errorf("Unit(%s) = %q, %v, want %q", code, got, err, columns[2][i])
		}
		seen[got]++
	}
	// Counted in the list of HS2022.
	if seen["kg"] != 4237 || seen["u"] != 1191 || seen[""] != 1 {
		t.Errorf("units %v", seen)
	}
}

func TestNames(t *testing.T) {
	codes := udftest.Column{"8703.23.10", "8703.23.10", "8703.23.10", "01", "01", "01", "123456", "010199", "980100", "98", "05119999", "0503", nil, "01", "none"}
	langs := udftest.Column{"en", "fr", "AR", "en", "Fr", " ar", "en", "en", "en", "fr", "en", "en", "en", nil, "ar"}
	// The names are our own.
	want := []any{
		"Passenger cars", "Véhicules et tracteurs", "المركبات والجرارات", "Live animals", "Animaux vivants", "الحيوانات الحية",
		nil, nil, "National provisions", "Dispositions nationales", "Other animal products", "Horsehair (before 2007)", nil, nil, nil,
	}
	chapters := facts(t, "hs_chapter", "chapter", "name_fr", "name_ar")
	at := slices.Index(chapters[0], "87")
	want[1], want[2] = chapters[1][at], chapters[2][at]
	headings := facts(t, "hs_heading", "heading", "name_en")
	want[10], want[11] = headings[1][slices.Index(headings[0], "0511")], headings[1][slices.Index(headings[0], "0503")]
	if diff := cmp.Diff(want, udftest.Call(t, name, codes, langs)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{want[10], nil}, udftest.Call(t, name, udftest.Column{"05119999", nil})); diff != "" {
		t.Errorf("no language (-want +got):\n%s", diff)
	}
}

// TestNamesComplete holds that every code of every edition has a name in each
// language, and that the kernels and the Go function agree.
func TestNamesComplete(t *testing.T) {
	for _, digits := range []int{2, 4, 6} {
		codes := slices.Sorted(maps.Keys(allCodes(t, digits)))
		column := udftest.Column{}
		for _, code := range codes {
			column = append(column, code)
		}
		for _, lang := range []string{"en", "fr", "ar"} {
			langs := slices.Repeat(udftest.Column{lang}, len(codes))
			for i, got := range udftest.Call(t, name, column, langs) {
				want, err := Name(nil, codes[i], lang)
				if err != nil || want == "" || got != want {
					t.Errorf("hs_name(%s, %s) = %v, want %q, %v", codes[i], lang, got, want, err)
				}
			}
		}
	}
}

// TestNationalChapters takes all codes of the United States' imports of a
// year: those of chapters 1 to 97 are in HS2022, and the others are said to be
// of national use.
func TestNationalChapters(t *testing.T) {
	seen := map[string]bool{}
	for _, part := range []string{"1", "2"} {
		names, rows := rowsOf(t, "samples/us_census/us_imports_2024_part"+part+".csv.gz")
		for _, r := range rows {
			seen[r[names["hts10"]]] = true
		}
	}
	national := 0
	for code := range seen {
		if len(code) != 10 {
			t.Fatalf("%q has not 10 digits", code)
		}
		in, err := Valid(code, "HS2022")
		if err != nil {
			t.Fatal(err)
		}
		if code == "2918000000" {
			// One line of the file has this; HS2022 has no subheading 2918.00.
			in = !in
		}
		isNational := code[:2] == "98" || code[:2] == "99"
		if in == isNational {
			t.Errorf("Valid(%s) = %v", code, in)
		}
		if isNational {
			national++
			name, err := Name(nil, code, "fr")
			if err != nil || name != "Dispositions nationales" {
				t.Errorf("Name(%s) = %q, %v", code, name, err)
			}
		}
	}
	// Counted in the file with sort -u and grep -c '^9[89]'.
	if len(seen) != 18_697 || national != 74 {
		t.Errorf("%d codes, %d national, want 18697 and 74", len(seen), national)
	}
}

// TestNoFacts holds that without the tables there is an error and no panic.
func TestNoFacts(t *testing.T) {
	for _, f := range []*udf.Facts{
		{Columns: []string{"edition"}},
		{Columns: []string{"edition", "code", "section", "unit"}, Rows: [][]string{{"HS1992", "0x", "", ""}}},
		{Columns: []string{"edition", "code", "section", "unit"}, Rows: [][]string{{"HS1992", "010", "", ""}}},
		{Columns: []string{"edition", "code", "section", "unit"}, Rows: [][]string{{"HS1992", "010101", "", "a unit of many words"}}},
	} {
		if _, err := newNomenclature(f); err == nil {
			t.Errorf("no error for %v", f)
		}
	}
	many := &udf.Facts{Columns: []string{"edition", "code", "section", "unit"}}
	for i := range maxEditions + 1 {
		many.Rows = append(many.Rows, []string{"HS" + strconv.Itoa(i), "01", "I", ""})
	}
	if _, err := newNomenclature(many); err == nil {
		t.Error("no error for too many editions")
	}
	n, err := loadNomenclature()
	if err != nil {
		t.Fatal(err)
	}
	columns := []string{"newer", "older", "newer_code", "older_code", "preferred"}
	for _, row := range [][]string{
		{"HS1992", "HS1996", "010111", "010111", "true"},
		{"HS1996", "HS1990", "010111", "010111", "true"},
		{"HS1996", "HS1992", "x", "010111", "true"},
		{"HS1996", "HS1992", "010111", "1010111", "true"},
	} {
		if _, err := newCorrelation(n, &udf.Facts{Columns: columns, Rows: [][]string{row}}); err == nil {
			t.Errorf("no error for %v", row)
		}
	}
	before := udf.FactsSource
	defer func() { udf.FactsSource = before }()
	udf.FactsSource = func(string) (*udf.Facts, error) { return nil, errors.New("gone") }
	if _, err := namesIn("hs_chapter", "chapter", "name_en", 100); err == nil {
		t.Error("no error without a table")
	}
}

// TestUndefinedRowsOfLookups gives NULL rows words that must not be used.
func TestUndefinedRowsOfLookups(t *testing.T) {
	for _, f := range Funcs[len(readers):] {
		if f.IsAggregate() {
			continue
		}
		for _, v := range f.Kernel.Variants {
			data, out := make([]udf.Str, 130), make([]udf.Str, udf.ChunkSize)
			bits := make([]uint64, udf.ChunkSize/64)
			more := make([]udf.Str, 130)
			for i := range data {
				data[i], more[i] = udf.Str{Lo: '9'<<32 | 1000, Hi: 8}, udf.Str{Lo: '9'<<32 | 1000, Hi: 8}
				if i%3 == 0 {
					bits[i>>6] |= 1 << (i & 63)
					data[i], more[i] = udf.InlineStr([]byte("0101.21")), udf.InlineStr([]byte("H6"))
					if f.Name == "hs_name" {
						more[i] = udf.InlineStr([]byte("fr"))
					}
				}
			}
			if v.Args[0] != udf.Varchar {
				continue
			}
			c := &udf.Chunk{Len: len(data), Out: udf.Output{
				Items: &udf.Items{},
				Data:  unsafe.Pointer(&out[0]), Nulls: new([udf.ChunkSize / 64]uint64),
				Alloc: func(size int) []byte { return make([]byte, max(size, 1<<16)) },
			}}
			for a := range v.Args {
				from := more
				if a == 0 {
					from = data
				}
				c.Args = append(c.Args, udf.Vector{Data: unsafe.Pointer(&from[0]), Valid: bits})
			}
			if err := v.Scalar(c); err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			// 44 of the rows 0..129 are multiples of 3. Without a tariff nothing is in it.
			want := 44
			if slices.Contains([]string{"hs_rate", "hs_licence", "hs_line"}, f.Name) {
				want = 0
			}
			if got := len(data) - c.Out.NullCount(); got != want {
				t.Errorf("%s: %d rows are valid, want %d", f.Name, got, want)
			}
		}
	}
}

func BenchmarkLookups(b *testing.B) {
	codes := slices.Sorted(maps.Keys(codesOf(b, 6)["HS2022"]))
	rng := rand.New(rand.NewPCG(1, 2))
	rng.Shuffle(len(codes), func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	codes = codes[:udf.ChunkSize]
	arguments := map[string][]string{"hs_valid": {"HS2022"}, "hs_best": {"HS2022", "HS2017"}, "hs_relation": {"H6", "H5"}, "hs_convert": {"H6", "H5"}, "hs_name": {"en"}}
	for _, f := range Funcs[len(readers):] {
		if f.IsAggregate() {
			continue
		}
		b.Run(f.Name, func(b *testing.B) {
			c := chunkOf(codes)
			c.Out.Items = &udf.Items{}
			if _, err := loadCorrelation(); err != nil {
				b.Fatal(err)
			}
			for _, a := range arguments[f.Name] {
				column := slices.Repeat([]udf.Str{udf.InlineStr([]byte(a))}, udf.ChunkSize)
				c.Args = append(c.Args, udf.Vector{Data: unsafe.Pointer(&column[0])})
			}
			variant := slices.IndexFunc(f.Kernel.Variants, func(v udf.Variant) bool { return len(v.Args) == len(c.Args) })
			for b.Loop() {
				c.Out.Dirty = false
				*c.Out.Nulls = [udf.ChunkSize / 64]uint64{}
				if err := f.Kernel.Variants[variant].Scalar(c); err != nil {
					b.Fatal(err)
				}
			}
			rows := float64(b.N) * udf.ChunkSize
			b.ReportMetric(rows/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(b.Elapsed().Seconds()*1e9/rows, "ns/row")
		})
	}
}
