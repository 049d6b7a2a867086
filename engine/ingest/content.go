package ingest

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/dhowdb/dhow/udf/country"
	"github.com/dhowdb/dhow/udf/currency"
	"github.com/dhowdb/dhow/udf/hs"
	"github.com/dhowdb/dhow/udf/ident"
	"github.com/dhowdb/dhow/udf/incoterm"
	"github.com/dhowdb/dhow/udf/unit"
)

// How much a name counts by what its column holds.
const (
	unlike   = 0.2  // it can't be that
	doubtful = 0.92 // it may be, in a way that isn't known here
	spelt    = 0.97 // names where there may be codes in another column
)

// spelledOut is the score of a cell with a name where codes are usual.
const spelledOut = 0.9

// contentTest says what cells of a column look like. A cell gives 1 if it is
// surely one, a part of 1 if it may be, and 0 if it can't be.
type contentTest struct {
	what  string // in the plural
	cell  func(string) float64
	least float64 // share of sure cells from which the column is confirmed
}

// looksLike returns a factor for a column of the sample: 1 if its cells look
// like the column of the model, little if they can't be; and what was seen.
func looksLike(column targetColumn, sample [][]string, source int) (factor float64, seen string) {
	test := contentOf(column)
	if test.cell == nil {
		return emptiness(sample, source), ""
	}
	filled, sure, spelled, possible := 0, 0, 0, 0
	for _, row := range sample {
		cell, ok := cellAt(row, source)
		if !ok {
			continue
		}
		filled++
		score := test.cell(cell)
		if score == 1 {
			sure++
		}
		if score >= spelledOut {
			spelled++
		}
		if score > 0 {
			possible++
		}
	}
	share := func(n int) float64 { return float64(n) / float64(filled) }
	switch {
	case filled == 0:
		return emptiness(sample, source), ""
	case share(sure) >= test.least:
		return 1, fmt.Sprintf("%.0f %% of its cells are %s", 100*share(sure), test.what)
	case share(spelled) >= test.least:
		return spelt, fmt.Sprintf("%.0f %% of its cells are names of %s", 100*share(spelled), test.what)
	case share(possible) >= test.least:
		return doubtful, "its cells may be " + test.what
	}
	return unlike, "its cells are no " + test.what
}

// emptiness is the factor of a column of which the cells say nothing: a name
// without values gives way to one with.
func emptiness(sample [][]string, source int) float64 {
	if len(sample) == 0 {
		return 1
	}
	for _, row := range sample {
		if _, ok := cellAt(row, source); ok {
			return 1
		}
	}
	return trimmed
}

// cellAt returns a cell that says something.
func cellAt(row []string, source int) (string, bool) {
	if source >= len(row) {
		return "", false
	}
	cell := strings.TrimSpace(row[source])
	return cell, cell != "" && !isEmptyWord(cell) && !isTotalWord(cell)
}

// contentOf returns what the cells of a column of the model look like.
func contentOf(column targetColumn) contentTest {
	switch column.kind {
	case kindHS:
		return contentTest{"HS codes", hsCell, 0.3}
	case kindNumber:
		return contentTest{"numbers", numberCell, 0.5}
	case kindWhole:
		return contentTest{"whole numbers", wholeCell, 0.5}
	case kindDate:
		return contentTest{"dates", dateCell, 0.5}
	case kindTruth:
		return contentTest{"yes or no", truthCell, 0.5}
	case kindFlow:
		return contentTest{"directions of trade", flowCell, 0.5}
	}
	switch column.normalizer {
	case "country_normalize":
		return contentTest{"countries", countryCell, 0.5}
	case "currency_normalize":
		return contentTest{"currencies", currencyCell, 0.5}
	case "unit_normalize":
		return contentTest{"units", unitCell, 0.5}
	case "incoterm_normalize":
		return contentTest{"Incoterms", incotermCell, 0.3}
	}
	switch column.name {
	case "container":
		return contentTest{"containers with a right check digit", containerCell, 0.3}
	case "description":
		return contentTest{"texts", textCell, 0.2}
	}
	return contentTest{}
}

func isEmptyWord(cell string) bool {
	if strings.Trim(cell, "-–—.") == "" {
		return true
	}
	return len(cell) < longestWord && known.is("empty", strings.Join(headerWords(cell), " "))
}

func isTotalWord(cell string) bool {
	return len(cell) < longestWord && known.is("total", strings.Join(headerWords(cell), " "))
}

// longestWord is more than the bytes of any word for nothing or a total.
const longestWord = 48

// sureIf is the score of a cell that is one thing or can't be it.
func sureIf(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// hsCell accepts 2 to 12 digits in the forms that tariffs use.
func hsCell(s string) float64 {
	code, ok := hs.Normalize(s)
	return sureIf(ok && len(code) >= 2)
}

func numberCell(s string) float64 {
	digits := 0
	for _, r := range s {
		switch {
		case digitOf(r) >= 0:
			digits++
		case unicode.IsSpace(r), strings.ContainsRune("+-.,'’٫٬،()%eE$€£", r):
		default:
			return 0
		}
	}
	return sureIf(digits > 0)
}

// wholeCell accepts whole numbers, also with a decimal part of zeros.
func wholeCell(s string) float64 {
	whole, part, _ := strings.Cut(s, ".")
	for _, r := range whole {
		if digitOf(r) < 0 {
			return 0
		}
	}
	return sureIf(whole != "" && strings.Trim(part, "0") == "")
}

// dateCell accepts two or more separators between digits, with the names of
// months too, and the numbers 20240131, 202401 and 45322 (days of a
// spreadsheet).
func dateCell(s string) float64 {
	digits, separators, letters := 0, 0, 0
	for _, r := range s {
		switch {
		case digitOf(r) >= 0:
			digits++
		case strings.ContainsRune("/-.: ,T", r):
			separators++
		case unicode.IsLetter(r):
			letters++
		default:
			return 0
		}
	}
	if separators >= 2 {
		return sureIf(digits >= 3 && digits <= 20 && letters <= 12)
	}
	return sureIf(letters == 0 && separators == 0 && (digits == 5 || digits == 6 || digits == 8 || digits == 14))
}

func truthCell(s string) float64 {
	word := strings.ToLower(s)
	return sureIf(known.is("yes", word) || known.is("no", word))
}

func flowCell(s string) float64 {
	word := strings.Join(headerWords(s), " ")
	for _, code := range []string{"M", "X", "RM", "RX"} {
		if known.is(code, word) {
			return 1
		}
	}
	return 0.5
}

// countryCell is sure of codes only: names of countries are worth less where
// another column has the codes. Numbers of a country's own list may be codes.
func countryCell(s string) float64 {
	code, err := country.Normalize(s)
	switch {
	case err == nil && code != "" && len(s) <= 3:
		return 1
	case err == nil && code != "":
		return spelledOut
	case len([]rune(s)) > 60 || strings.Contains(s, "@"):
		return 0
	case numberCell(s) == 1:
		return sureIf(len(s) <= 4 && wholeCell(s) == 1) / 2
	}
	return 0.5
}

// currencyCell accepts codes, symbols and names; an amount is none.
func currencyCell(s string) float64 {
	code, err := currency.Normalize(s)
	switch {
	case err == nil && code != "":
		return 1
	case strings.ContainsFunc(s, unicode.IsDigit) || len([]rune(s)) > 20:
		return 0
	}
	return 0.5
}

// unitCell accepts codes, symbols and names; a quantity is none.
func unitCell(s string) float64 {
	_, ok := unit.Normalize(s)
	switch {
	case ok:
		return 1
	case numberCell(s) == 1:
		return sureIf(len(s) <= 2 && wholeCell(s) == 1) / 2
	case len([]rune(s)) > 30:
		return 0
	}
	return 0.5
}

func incotermCell(s string) float64 {
	code, ok := incoterm.Normalize(s)
	switch {
	case ok && code != "":
		return 1
	case numberCell(s) == 1 && len(s) > 2:
		return 0
	}
	return 0.5
}

// containerCell looks for a number with a right check digit in a cell that may
// have several.
func containerCell(s string) float64 {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;/| \n", r) }) {
		if ident.ValidContainer(part) {
			return 1
		}
	}
	if len(s) < 4 || numberCell(s) == 1 && len(s) < 7 {
		return 0
	}
	return 0.5
}

// textCell accepts what isn't just a number.
func textCell(s string) float64 { return 1 - numberCell(s) }
