package ingest

import (
	"strings"
	"unicode"
)

// unlike is how much a name counts whose column holds something else.
const unlike = 0.2

// looksLike returns a factor for a column of the sample: 1 if its cells look
// like the column of the model, little if they can't be.
func looksLike(column targetColumn, sample [][]string, source int) float64 {
	test, least := contentTest(column)
	if test == nil {
		return 1
	}
	filled, fit := 0, 0
	for _, row := range sample {
		if source >= len(row) {
			continue
		}
		cell := strings.TrimSpace(row[source])
		if cell == "" || isEmptyWord(cell) || isTotalWord(cell) {
			continue
		}
		filled++
		if test(cell) {
			fit++
		}
	}
	switch {
	case filled == 0:
		return trimmed // a name without values gives way to one with
	case float64(fit) >= least*float64(filled):
		return 1
	case column.normalizer == "country_normalize":
		return 0.97 // names of countries will do where there are no codes
	}
	return unlike
}

// contentTest returns what cells of a column look like, and which share must.
func contentTest(column targetColumn) (test func(string) bool, least float64) {
	switch column.kind {
	case kindHS:
		return looksLikeHS, 0.3
	case kindNumber, kindWhole:
		return looksLikeNumber, 0.5
	case kindDate:
		return looksLikeDate, 0.5
	}
	switch column.normalizer {
	case "country_normalize":
		return isCountryCode, 0.8
	case "currency_normalize":
		return looksLikeCurrency, 0.5
	}
	return nil, 0
}

func isEmptyWord(cell string) bool {
	return known.words["empty"][strings.Join(headerWords(cell), " ")] || strings.Trim(cell, "-–—.") == ""
}

func isTotalWord(cell string) bool {
	return known.words["total"][strings.Join(headerWords(cell), " ")]
}

// looksLikeHS accepts 2 to 12 digits with the separators that tariffs use.
func looksLikeHS(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case digitOf(r) >= 0:
			digits++
		case !strings.ContainsRune(". -/", r):
			return false
		}
	}
	return digits >= 2 && digits <= 12
}

func looksLikeNumber(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case digitOf(r) >= 0:
			digits++
		case unicode.IsSpace(r), strings.ContainsRune("+-.,'’٫٬،()%eE$€£", r):
		default:
			return false
		}
	}
	return digits > 0
}

func looksLikeDate(s string) bool {
	digits, separators := 0, 0
	for _, r := range s {
		switch {
		case digitOf(r) >= 0:
			digits++
		case strings.ContainsRune("/-.: ", r):
			separators++
		}
	}
	return digits >= 3 && separators >= 2 || digits == len(s) && (digits == 5 || digits == 8)
}

func isCountryCode(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return len(s) == 2 || len(s) == 3
}

// looksLikeCurrency accepts ISO codes and symbols, not amounts.
func looksLikeCurrency(s string) bool {
	for _, r := range s {
		if unicode.IsDigit(r) {
			return false
		}
	}
	return len([]rune(s)) <= 20
}
