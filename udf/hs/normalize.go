package hs

import "github.com/dhowdb/dhow/udf"

var normalize = udf.Func{
	Name:   "hs_normalize",
	Kernel: kernel(Normalize, nil),
	Examples: []udf.Example{
		{SQL: "SELECT hs_normalize('HS 0101.21.00 - live horses')", Want: "01012100"},
		{SQL: "SELECT hs_normalize('10121.0')", Want: "010121"},
		{SQL: "SELECT hs_normalize(10121)", Want: "010121"},
		{SQL: "SELECT hs_normalize('٦١٠٩٫١٠')", Want: "610910"},
		{SQL: "SELECT hs_normalize('6109.1')", Want: "610910"},
		{SQL: "SELECT hs_normalize('live horses')", Want: "NULL"},
	},
}

// Normalize returns the digits of a tariff code, 2 to 12 of them and always an
// even number, or NULL (false) if x can't be read as one code. It does not say
// whether the code exists. Its results are read as themselves.
//
// Digits may be ASCII, full-width, Arabic-Indic or Persian. Before the code
// there may be blanks, quotes, brackets, an equals sign and a label such as
// "HS", "H.S. code:" or "HS6"; after it blanks, punctuation and words. In doubt
// the result is the shorter code, which is true in either reading, or NULL.
//
// A run of 1, 3, 5, 7, 9 or 11 digits has lost its leading zero, which is put
// back: "10121" is 010121. Before words this holds from 5 digits on, as "3
// boxes" is no code. There is no chapter 00, so "00…" and "01012", which lost
// another digit, are NULL.
//
// Groups are joined by a dot or underscore (2 or 4 digits each), by a dash (2,
// and after six digits 4), or by a blank (2, and 4 at the end after six
// digits). "0101.21.00", "0101 21 00" and "101.21" are such codes. A
// joined group of another size after six digits is a national suffix or check
// digit, and ends the code: Japan's "0101.21-000" is 010121. Before that it
// gives NULL. After a dotted code, a group behind a blank counts only if no
// words follow: "8471.30 10" is 84713010, "8471.30 10 kg" is 847130.
// Ranges such as "6109-6110" are NULL.
//
// Numbers that spreadsheets wrote as text are read as numbers: an odd number
// of zeros, or more than four, behind a single dot is a fraction ("10121.0" is
// 010121, but "610910.00" is the code 61091000); commas between groups of
// three are thousands separators; "1.0121E+05" is 101210. Of a number with an
// exponent at least five digits, or all, must be written: "6.11E+09" has been
// rounded and is NULL. Any other fraction is NULL, with one exception:
// "6109.1", a heading and one digit, has lost its last zero and is 610910. If
// instead the five-digit subheading 6109.1 was meant, this is still right, or
// a code that no table has: no subheading ending in 0 has siblings.
//
// BIGINT and DOUBLE are read as integers of at most 12 digits with the leading
// zero lost. Zero, negative numbers, fractions (6109.1 too, as it may be a
// price), NaN and infinities are NULL.
//
// Source: World Customs Organization, Harmonized System, general rules and
// structure of the nomenclature (chapter, heading, subheading: 2, 4, 6 digits).
func Normalize(x string) (string, bool) {
	s := udf.MakeStr([]byte(x))
	code, ok := ofText(&s)
	return code.String(), ok
}
