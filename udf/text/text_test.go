package text_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf/text"
)

// By hand.
func TestDecimals(t *testing.T) {
	for s, want := range map[string]int32{
		"0": 0, "12": 0, "-12": 0, "0.0": 1, "108.0": 1, "1250.50": 2, "-0.5": 1, "123456789012.345": 3, "0.0001": 4, "0.00000": 5,
	} {
		if got, ok := text.Decimals(s); !ok || got != want {
			t.Errorf("%q: %d, %t, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{
		"", "-", ".", ".5", "5.", "012", "00", "00.5", "+5", " 5", "5 ", "1e5", "1,250", "1.2.3", "--5", "5-", "-0", "-0.00", "٥",
		"1234567890123456", "0.00001", "nan",
	} {
		if got, ok := text.Decimals(s); ok {
			t.Errorf("%q: %d, want NULL", s, got)
		}
	}
}

// What Decimals says is enough to print the number as it was written.
func TestDecimalsPrintBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`-?[0-9]{0,12}(\.[0-9]{0,6})?`).Draw(t, "text")
		n, ok := text.Decimals(s)
		if !ok {
			return
		}
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatalf("%q is no number: %v", s, err)
		}
		if got := strconv.FormatFloat(x, 'f', int(n), 64); got != s {
			t.Fatalf("%q prints as %q", s, got)
		}
	})
}

func TestShape(t *testing.T) {
	for s, want := range map[string]string{"": "", "2024-02-29": "9999-99-99", "AED 1.5kg": "AAA 9.9aa", "É9": "É9", "٢٠٢٤": "٢٠٢٤"} {
		if got := text.Shape(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		got := text.Shape(s)
		if len(got) != len(s) || text.Shape(got) != got || strings.ContainsAny(got, "012345678BZbz") {
			t.Fatalf("%q: %q", s, got)
		}
	})
}
