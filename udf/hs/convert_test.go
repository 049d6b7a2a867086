package hs

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// pairsOf reads the published tables: for each newer and older edition the
// older codes of each newer one.
func pairsOf(t *testing.T, path, newer, older, newerCode, olderCode string) map[[2]string]map[string][]string {
	t.Helper()
	names, rows := rowsOf(t, path)
	official := codesOf(t, 6)
	out := map[[2]string]map[string][]string{}
	edition := func(name string) string { return editionNames[name[1]-'0'] }
	for _, r := range rows {
		pair := [2]string{edition(r[names[newer]]), edition(r[names[older]])}
		n, o := r[names[newerCode]], r[names[olderCode]]
		if !official[pair[0]][n] || !official[pair[1]][o] {
			continue
		}
		if out[pair] == nil {
			out[pair] = map[string][]string{}
		}
		out[pair][n] = append(out[pair][n], o)
	}
	return out
}

// known gaps: codes that no table links, by the editions from and to.
var gaps = map[[2]string][]string{
	{"HS1992", "HS2007"}: {"380999"},
	{"HS1992", "HS2012"}: {"380999"},
	{"HS2007", "HS2012"}: {"291636"},
	{"HS2017", "HS2022"}: {"300219"},
}

// TestConvertAll converts every code of every edition to every edition.
func TestConvertAll(t *testing.T) {
	codes := codesOf(t, 6)
	for _, from := range editionNames {
		for _, to := range editionNames {
			var lost []string
			reached := map[string]bool{}
			for _, code := range slices.Sorted(maps.Keys(codes[from])) {
				targets, err := Convert(code, from, to)
				if err != nil {
					t.Fatal(err)
				}
				if len(targets) == 0 {
					lost = append(lost, code)
					continue
				}
				checkTargets(t, code, from, to, targets, codes[to])
				for _, target := range targets {
					reached[target.Code] = true
				}
			}
			if diff := cmp.Diff(gaps[[2]string{from, to}], lost); diff != "" {
				t.Errorf("%s to %s: codes without a link (-want +got):\n%s", from, to, diff)
			}
			if want := len(codes[to]) - len(gaps[[2]string{to, from}]); len(reached) != want {
				t.Errorf("%s to %s: %d codes are reached, want %d", from, to, len(reached), want)
			}
		}
	}
}

func checkTargets(t *testing.T, code, from, to string, targets []Target, codes map[string]bool) {
	t.Helper()
	sum, last := 0., math.Inf(1)
	seen := map[string]bool{}
	for _, target := range targets {
		if !codes[target.Code] || seen[target.Code] || target.Weight > last || target.Weight < 0 {
			t.Errorf("%s from %s to %s: wrong or repeated target, or out of order: %v", code, from, to, target)
		}
		if (target.Relation[2] == 'n') != (len(targets) > 1) {
			t.Errorf("%s from %s to %s: %d targets, relation %s", code, from, to, len(targets), target.Relation)
		}
		seen[target.Code], last = true, target.Weight
		sum += target.Weight
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("%s from %s to %s: weights sum to %v", code, from, to, sum)
	}
	best, err := Best(code, from, to)
	if err != nil || best != targets[0].Code {
		t.Errorf("%s from %s to %s: best is %q, %v, first target %s", code, from, to, best, err, targets[0].Code)
	}
	relation, err := Relation(code, from, to)
	want := []byte("1:1")
	for _, target := range targets {
		want[0], want[2] = max(want[0], target.Relation[0]), max(want[2], target.Relation[2])
	}
	if err != nil || relation != string(want) {
		t.Errorf("%s from %s to %s: relation %q, %v, want %s", code, from, to, relation, err, want)
	}
}

// TestPublished compares the links with the published tables: those of the
// correlation, of the conversion, and no others; and relations with those
// counted anew.
func TestPublished(t *testing.T) {
	conversion := pairsOf(t, "reference/hs/hs_conversion_all.csv.gz", "from", "to", "from_code", "to_code")
	correlation := pairsOf(t, "reference/hs/hs_correlation_all.csv.gz", "newer", "older", "newer_code", "older_code")
	if len(conversion) != 21 || len(correlation) != 21 {
		t.Fatalf("%d and %d pairs of editions, want 21", len(conversion), len(correlation))
	}
	alone := 0
	for pair, links := range correlation {
		for code, older := range conversion[pair] {
			if len(older) != 1 {
				t.Fatalf("%v: %s is converted to %v", pair, code, older)
			}
			if !slices.Contains(links[code], older[0]) {
				links[code] = append(links[code], older[0])
				alone++
			}
		}
		back := map[string][]string{}
		for newer, olders := range links {
			for _, older := range olders {
				back[older] = append(back[older], newer)
			}
		}
		for newer, olders := range links {
			compareTargets(t, newer, pair[0], pair[1], olders, back)
			if want := conversion[pair][newer]; len(want) == 1 {
				if got, err := Best(newer, pair[0], pair[1]); err != nil || got != want[0] {
					t.Errorf("Best(%s, %s, %s) = %s, %v, want %s", newer, pair[0], pair[1], got, err, want[0])
				}
			}
		}
		for older, newers := range back {
			compareTargets(t, older, pair[1], pair[0], newers, links)
			checkSplit(t, older, pair, newers, conversion[pair], links)
		}
	}
	// Counted in the tables: pairs of official codes that only a conversion has.
	if alone != 16 {
		t.Errorf("%d links are in conversions only, want 16", alone)
	}
}

// compareTargets compares the targets of a code with those counted from the
// tables; back has the sources of each target.
func compareTargets(t *testing.T, code, from, to string, want []string, back map[string][]string) {
	t.Helper()
	targets, err := Convert(code, from, to)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, target := range targets {
		got = append(got, target.Code)
		sources := "1"
		if len(back[target.Code]) > 1 {
			sources = "n"
		}
		if target.Relation[:1] != sources {
			t.Errorf("%s from %s to %s: %s has %d sources, relation %s", code, from, to, target.Code, len(back[target.Code]), target.Relation)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(slices.Compact(want), got) {
		t.Errorf("%s from %s to %s: %v, want %v", code, from, to, got, want)
	}
}

// checkSplit checks the weights to a newer edition: in proportion to 1/s for
// the targets that the conversion leads back, or all for the best one. And it
// checks the way there and back.
func checkSplit(t *testing.T, older string, pair [2]string, newers []string, conversion, links map[string][]string) {
	t.Helper()
	parts := map[string]float64{}
	sum := 0.
	for _, newer := range newers {
		if slices.Contains(conversion[newer], older) {
			parts[newer] = 1
			if newer != older {
				parts[newer] = 1 / float64(len(links[newer]))
			}
			sum += parts[newer]
		}
	}
	targets, err := Convert(older, pair[1], pair[0])
	if err != nil {
		t.Fatal(err)
	}
	for i, target := range targets {
		want := 0.
		if len(parts) > 0 {
			want = parts[target.Code] / sum
		} else if i == 0 {
			want = 1
		}
		if math.Abs(target.Weight-want) > 1e-12 {
			t.Errorf("%s from %s to %s: %s weighs %v, want %v", older, pair[1], pair[0], target.Code, target.Weight, want)
		}
	}
	back, err := Best(targets[0].Code, pair[0], pair[1])
	if err != nil || len(parts) > 0 && back != older {
		t.Errorf("%s from %s to %s and back: %s, %v", older, pair[1], pair[0], back, err)
	}
}

func TestConvertCases(t *testing.T) {
	codes := func(targets []Target) (out []string) {
		for _, target := range targets {
			out = append(out, target.Code)
		}
		return out
	}
	convert := func(code, from, to string) []Target {
		t.Helper()
		targets, err := Convert(code, from, to)
		if err != nil {
			t.Fatal(err)
		}
		return targets
	}
	// Graphite articles: the monopods among them moved to heading 9620.
	if got := codes(convert("681510", "HS2012", "HS2017")); !slices.Equal(got, []string{"681510", "962000"}) {
		t.Errorf("681510 = %v", got)
	}
	// Glazed tiles: heading 6908 was merged into 6907.
	tiles := codes(convert("690890", "HS2012", "HS2017"))
	slices.Sort(tiles)
	if !slices.Equal(tiles, []string{"690721", "690722", "690723", "690730", "690740"}) {
		t.Errorf("690890 = %v", tiles)
	}
	// Electronic waste is linked to 1019 codes, one of which has the weight.
	waste := convert("854921", "HS2022", "HS2017")
	if len(waste) != 1019 || waste[0] != (Target{"854231", 1, "n:n"}) || waste[1].Weight != 0 {
		t.Errorf("854921 = %d targets, first %v", len(waste), waste[:min(2, len(waste))])
	}
	// Telephones were split in two; modules of displays are linked, and no more.
	phones := convert("851712", "HS2017", "HS2022")
	for i, want := range []string{"851713", "851714"} {
		if phones[i].Code != want || phones[i].Weight < 0.49 {
			t.Errorf("851712 = %v, want %s with about a half", phones[i], want)
		}
	}
	// A code that kept its number is not lost to waste that is linked to it.
	laptops := convert("847130", "HS2017", "HS2022")
	if laptops[0].Code != "847130" || laptops[0].Weight < 0.99 {
		t.Errorf("847130 = %v", laptops[0])
	}
	// 25 codes of HS2017 are in no conversion from HS2022; all but the gap have a link.
	forgotten := 0
	for code := range codesOf(t, 6)["HS2017"] {
		targets := convert(code, "HS2017", "HS2022")
		if len(targets) == 0 {
			forgotten++
		} else if back, err := Best(targets[0].Code, "HS2022", "HS2017"); err != nil {
			t.Fatal(err)
		} else if back != code {
			forgotten++
		}
	}
	if forgotten != 26 {
		t.Errorf("%d codes of HS2017 don't come back, want 26", forgotten)
	}
	if diff := cmp.Diff([]Target{{"010121", 1, "1:1"}}, convert("0101.21.00.10", "2022", "h6")); diff != "" {
		t.Errorf("same edition (-want +got):\n%s", diff)
	}
	for _, code := range []string{"0101", "01", "", "none", "010199", "999999", "9801001010", "854911"} {
		if got := convert(code, "HS2017", "HS2022"); got != nil {
			t.Errorf("Convert(%s) = %v, want none", code, got)
		}
		if got := convert(code, "HS2017", "HS2017"); got != nil {
			t.Errorf("Convert(%s) within HS2017 = %v, want none", code, got)
		}
	}
}

// TestBestKernels compares the kernels with the Go functions, for all types.
func TestBestKernels(t *testing.T) {
	texts, ints, floats, from, to := udftest.Column{}, udftest.Column{}, udftest.Column{}, udftest.Column{}, udftest.Column{}
	add := func(code int, f, t any) {
		texts, ints, floats = append(texts, fmt.Sprintf("%06d", code)), append(ints, int64(code)), append(floats, float64(code))
		from, to = append(from, f), append(to, t)
	}
	for i, code := range slices.Sorted(maps.Keys(allCodes(t, 6))) {
		number := 0
		for _, d := range code {
			number = number*10 + int(d-'0')
		}
		add(number, editionNames[i%7], editionNames[i/7%7])
		if i%5 == 0 {
			add(number, nil, "H5")
			add(i, "H6", nil)
			add(i+1000, "2022", "h5")
		}
	}
	texts[3], ints[3], floats[3] = nil, nil, nil
	functions := map[string]func(code, from, to string) (string, error){
		"hs_best": Best, "hs_relation": Relation,
		"hs_convert": func(code, from, to string) (string, error) {
			targets, err := Convert(code, from, to)
			var texts []string
			for _, target := range targets {
				texts = append(texts, fmt.Sprintf("%s/%v/%s", target.Code, target.Weight, target.Relation))
			}
			return strings.Join(texts, " "), err
		},
	}
	for _, f := range []udf.Func{best, relation, convert} {
		want := make([]any, len(texts))
		for i := range texts {
			if texts[i] == nil || from[i] == nil || to[i] == nil {
				continue
			}
			s, err := functions[f.Name](texts[i].(string), from[i].(string), to[i].(string))
			if err != nil {
				t.Fatal(err)
			}
			want[i] = orNull(s)
		}
		for name, column := range map[string]udftest.Column{"text": texts, "BIGINT": ints, "DOUBLE": floats} {
			if diff := cmp.Diff(want, udftest.Call(t, printed(f), column, from, to)); diff != "" {
				t.Errorf("%s of %s (-want +got):\n%.2000s", f.Name, name, diff)
			}
		}
	}
}

// TestConvertProperties holds what must be true of any text.
func TestConvertProperties(t *testing.T) {
	known := slices.Sorted(maps.Keys(allCodes(t, 6)))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(mess(), rapid.SampledFrom(known)).Draw(t, "text")
		from, to := rapid.SampledFrom(editionNames).Draw(t, "from"), rapid.SampledFrom(editionNames).Draw(t, "to")
		checkConvert(t, text, from, to)
	})
}

func checkConvert(t interface{ Fatalf(string, ...any) }, text, from, to string) {
	targets, err := Convert(text, from, to)
	if err != nil {
		t.Fatalf("Convert(%q): %v", text, err)
	}
	six, _ := Subheading(text)
	known, err := Valid(six, from)
	if err != nil || len(targets) > 0 && !known {
		t.Fatalf("Convert(%q, %s, %s) = %v, though %q is not in the edition; %v", text, from, to, targets, six, err)
	}
	sum := 0.
	for _, target := range targets {
		sum += target.Weight
		back, err := Convert(target.Code, to, from)
		if err != nil || !slices.ContainsFunc(back, func(b Target) bool { return b.Code == six }) {
			t.Fatalf("Convert(%q, %s, %s): %s doesn't lead back: %v, %v", text, from, to, target.Code, back, err)
		}
	}
	if len(targets) > 0 && math.Abs(sum-1) > 1e-12 {
		t.Fatalf("Convert(%q, %s, %s): weights sum to %v", text, from, to, sum)
	}
}
