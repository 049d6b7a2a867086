package text

import (
	"strings"

	"github.com/dhowdb/dhow/udf"
)

var decimals = udf.Func{
	Name:   "text_decimals",
	Kernel: udf.Maybe1(Decimals),
	Unit:   "digits",
	Examples: []udf.Example{
		{SQL: "SELECT text_decimals('1250.50')", Want: "2"},
		{SQL: "SELECT text_decimals('12')", Want: "0"},
		{SQL: "SELECT text_decimals('012')", Want: "NULL"},
		{SQL: "SELECT text_decimals('1,250.50')", Want: "NULL"},
	},
}

// longest is the number of digits up to which a DOUBLE gives a number back as
// it was written (DBL_DIG of C).
const longest = 15

// Decimals returns how many decimals a number is written with, or NULL where
// the text isn't a number in its plain form: digits with at most one point and
// a minus, no zero in front that could be left out, no plus, exponent, blank or
// separator of groups.
//
// A number with more than 15 digits gives NULL, as a DOUBLE may not give it
// back, and so does one nearer to zero than 0.0001, which DuckDB prints with an
// exponent. So a text with n decimals is what a number prints as with n
// decimals, digit by digit.
func Decimals(text string) (int32, bool) {
	digits := strings.TrimPrefix(text, "-")
	point, zeros := -1, true
	for i := range len(digits) {
		switch c := digits[i]; {
		case c == '.' && point < 0:
			point = i
		case c < '0' || c > '9':
			return 0, false
		case c != '0':
			zeros = false
		}
	}
	whole, count := len(digits), int32(0)
	if point >= 0 {
		whole, count = point, int32(len(digits)-point-1)
	}
	switch {
	case whole == 0, point >= 0 && count == 0, // .5 and 5.
		whole > 1 && digits[0] == '0',
		whole+int(count) > longest,
		zeros && len(digits) < len(text), // -0
		!zeros && strings.HasPrefix(digits, "0.0000"):
		return 0, false
	}
	return count, true
}
