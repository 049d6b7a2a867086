package hs

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected values were made by hand from the comment of Status and the
// lists of codes.
var statusCases = []struct{ name, text, want string }{
	{"subheading", "010121", "ok"},
	{"heading", "0101", "ok"},
	{"chapter", "01", "ok"},
	{"dots", "0101.21.00", "ok"},
	{"blanks", "6109 10 00 00", "ok"},
	{"label and words", "HS 0101.21 - live horses", "ok"},
	{"label with level", "HS6 610910", "ok"},
	{"Arabic-Indic digits", "٦١٠٩٫١٠", "ok"},
	{"empty fraction", "610910.0", "ok"},
	{"long empty fraction", "610910.000", "ok"},
	{"thousands", "610,910", "ok"},
	{"thousands with decimals", "61,091,000.00", "ok"},
	{"an old edition's code", "010111", "ok"},
	{"exponent with all digits", "6.10910E+05", "ok"},

	{"lost zero", "10121", "padded"},
	{"lost zero of a national code", "1012100", "padded"},
	{"lost zero of ten digits", "101210010", "padded"},
	{"lost zero of a heading", "101", "padded"},
	{"lost zero before a dot", "101.21", "padded"},
	{"lost zero before dots", "101.21.00", "padded"},
	{"lost zero and empty fraction", "10121.0", "padded"},
	{"lost zero and quotes", "'10121'", "padded"},
	{"lost zero and words", "10121 live horses", "padded"},
	{"lost zero of thousands", "10,121", "padded"},
	{"lost zero and exponent", "1.0121e4", "padded"},
	{"last zero", "6109.1", "padded"},
	{"both zeros", "101.3", "padded"},

	{"suffix of Japan", "0101.21-000", "truncated"},
	{"suffix of Switzerland", "0101.2100 911", "truncated"},
	{"suffix of Argentina", "0101.21.00.000X", "truncated"},
	{"check digit", "0101.21.00.00-1", "truncated"},
	{"quantity", "8471.30 10 kg", "truncated"},
	{"two codes", "0101.21, 0102.29", "truncated"},
	{"two headings", "6109/6110", "truncated"},
	{"lost zero and suffix", "101.21-000", "truncated"},
	{"comma behind a heading", "6109,10", "truncated"},

	{"meat or coffee extract", "21011", "ambiguous"},
	{"with quotes", "'21011'", "ambiguous"},
	{"heading", "210", "ambiguous"},
	{"chapter", "1", "ambiguous"},
	{"last digit lost", "84713", "ambiguous"},
	{"last digit of a national code lost", "8471300", "ambiguous"},
	{"rounded", "6.1091E+05", "ambiguous"},
	{"rounded national code", "6.1091E+11", "ambiguous"},

	{"no such subheading", "010199", "unknown"},
	{"no such heading", "0199", "unknown"},
	{"no such chapter", "77", "unknown"},
	{"national code", "9801.00.10.10", "national"},
	{"national code with suffix", "9801.00-1", "national"},
	{"low value shipments of the United States", "9999950000", "national"},
	{"national chapter", "98", "national"},
	{"national heading", "9999", "national"},

	{"not specified", "999999", "unknown"},
	{"not specified, with zeros", "9999.99.00", "unknown"},
	{"added by statistics", "271026", "unknown"},
	{"neither zero nor last digit", "19991", "unknown"},
	{"with label", "HS 0101.99", "unknown"},

	{"words", "live horses", "not_a_code"},
	{"empty", "", "not_a_code"},
	{"quantity of boxes", "3 boxes", "not_a_code"},
	{"range", "6109-6110", "not_a_code"},
	{"fraction", "610910.5", "not_a_code"},
	{"chapter 00", "0012", "not_a_code"},
	{"too long", "0101210010000", "not_a_code"},
	{"rounded to three digits", "6.11E+09", "not_a_code"},
}

func TestStatus(t *testing.T) {
	column, want := udftest.Column{nil}, []any{nil}
	for _, c := range statusCases {
		column, want = append(column, c.text, nil), append(want, c.want, nil)
		t.Run(c.want+"/"+c.name, func(t *testing.T) {
			if got, err := Status(c.text); got != c.want || err != nil {
				t.Errorf("Status(%q) = %q, %v, want %q", c.text, got, err, c.want)
			}
		})
	}
	if diff := cmp.Diff(want, udftest.Call(t, status, column)); diff != "" {
		t.Errorf("kernel (-want +got):\n%s", diff)
	}
	got := udftest.Call(t, status, udftest.Column{610910., 10121., 21011., 6109.1, nil, 999999., 0.})
	if diff := cmp.Diff([]any{"ok", "padded", "ambiguous", "not_a_code", nil, "unknown", "not_a_code"}, got); diff != "" {
		t.Errorf("DOUBLE (-want +got):\n%s", diff)
	}
}

// TestStatusAll asks for each code of any edition: as it is it is ok, and
// without its zero it is padded, or ambiguous where another code begins so.
func TestStatusAll(t *testing.T) {
	all := allCodes(t, 6)
	heads := map[string]bool{}
	for code := range all {
		heads[code[:5]] = true
	}
	ambiguous := 0
	for code := range all {
		if got, err := Status(code); got != "ok" || err != nil {
			t.Errorf("Status(%s) = %s, %v", code, got, err)
		}
		if code[0] != '0' {
			continue
		}
		want := "padded"
		if heads[code[1:]] {
			want = "ambiguous"
			ambiguous++
		}
		if got, err := Status(code[1:]); got != want || err != nil {
			t.Errorf("Status(%s) = %s, %v, want %s", code[1:], got, err, want)
		}
	}
	t.Logf("%d codes are ambiguous without their zero", ambiguous)
}

// TestStatusOfNumbers compares numbers with the text that is printed for them.
func TestStatusOfNumbers(t *testing.T) {
	n, err := loadNomenclature()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Int64Range(-5, 2_000_000_000_000).Draw(t, "x")
		if rapid.Bool().Draw(t, "short") {
			x %= 1_000_000
		}
		want, err := Status(strconv.FormatInt(x, 10))
		if err != nil {
			t.Fatal(err)
		}
		got := outcomes[n.statusOfNumber(ofInt(x))]
		if got.String() != want {
			t.Fatalf("hs_status(%d) = %s, as text %s", x, got.String(), want)
		}
		got = outcomes[n.statusOfNumber(ofFloat(float64(x)))]
		if got.String() != want {
			t.Fatalf("hs_status(%d.0) = %s, as text %s", x, got.String(), want)
		}
	})
}

// TestStatusDeclarations takes real declarations as the integers that
// spreadsheets make of them: no lost zero makes a code unknown.
func TestStatusDeclarations(t *testing.T) {
	names, rows := rowsOf(t, "kr-declarations/train.csv")
	seen := map[string]int{}
	column := udftest.Column{}
	for _, r := range rows {
		column = append(column, strings.TrimLeft(r[names["HS6 Code"]], "0"))
	}
	for _, s := range udftest.Call(t, status, column) {
		seen[s.(string)]++
	}
	// 1756 codes of the file begin with a zero, by grep.
	if seen["padded"]+seen["ambiguous"] != 1756 || seen["ok"] != len(rows)-1756 {
		t.Errorf("%v", seen)
	}
	t.Logf("%v", seen)
}

// checkStatus checks what holds for every text.
func checkStatus(t interface{ Fatalf(string, ...any) }, text string) {
	got, err := Status(text)
	if err != nil {
		t.Fatalf("Status(%q): %v", text, err)
	}
	code, ok := Normalize(text)
	if (got == "not_a_code") == ok {
		t.Fatalf("Status(%q) = %s, Normalize gives %q, %v", text, got, code, ok)
	}
	if !ok {
		return
	}
	again, err := Status(code)
	if err != nil {
		t.Fatalf("Status(%q): %v", code, err)
	}
	list, err := Editions(code)
	if err != nil || (len(list) > 0) != (again == "ok") || again != "ok" && again != "unknown" && again != "national" {
		t.Fatalf("Status(%q) = %s, Status(%q) = %s, editions %v, %v", text, got, code, again, list, err)
	}
	if (again == "national") != (code >= "98" && !strings.HasPrefix(code, "999999")) {
		t.Fatalf("Status(%q) = %s", code, again)
	}
	if got != "ambiguous" && (got == "unknown" || got == "national" || again != "ok") && got != again {
		t.Fatalf("Status(%q) = %s, Status(%q) = %s", text, got, code, again)
	}
	digits := 0
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹' || r >= '０' && r <= '９' {
			digits++
		}
	}
	if got == "ok" && digits < len(code) {
		t.Fatalf("Status(%q) = ok, but %s has more digits", text, code)
	}
}

func TestStatusProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkStatus(t, mess().Draw(t, "text")) })
}

func FuzzStatus(f *testing.F) {
	for _, c := range statusCases {
		f.Add(c.text)
	}
	for _, form := range forms {
		f.Add(form.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkStatus(t, text)
		checkConvert(t, text, "HS2022", "HS1992")
		for _, fn := range Funcs[len(readers):] {
			if fn.IsAggregate() {
				continue
			}
			columns := []udftest.Column{{text, nil, text}}
			switch fn.Name {
			case "hs_valid":
				columns = append(columns, udftest.Column{"H5", nil, "2017"})
			case "hs_best", "hs_relation", "hs_convert":
				columns = append(columns, udftest.Column{"H5", nil, "2017"}, udftest.Column{"H6", nil, "hs2022"})
			case "hs_name":
				columns = append(columns, udftest.Column{"ar", nil, "AR"})
			}
			got := udftest.Call(t, printed(fn), columns...)
			if got[0] != got[2] || got[1] != nil {
				t.Fatalf("%s(%q) = %v", fn.Name, text, got)
			}
		}
	})
}
