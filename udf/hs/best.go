package hs

import "github.com/dhowdb/dhow/udf"

var best = udf.Func{
	Name:   "hs_best",
	Kernel: lookup("hs_best", Best, []udf.Type{udf.Varchar, udf.Varchar}, conversion(bestAt)),
	Own:    true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_best('852580', 'HS2017', 'HS2022')", Want: "852581"},
		{SQL: "SELECT hs_best('8525.89.00', 'HS2022', 'HS2017')", Want: "852580"},
		{SQL: "SELECT hs_best(10121, '2022', '2002')", Want: "010110"},
		{SQL: "SELECT hs_best('8525', 'HS2022', 'HS2017')", Want: "NULL"},
	},
}

// Best returns the one subheading of the edition to that stands best for a
// tariff code of the edition from. The code is what hs_normalize reads in code;
// of a national code the first six digits are converted, so the result always
// has six. NULL for a chapter or heading, and if the edition from hasn't the
// code or the tables know nothing that it became: these are 291636 from HS2007
// to HS2012, 300219 from HS2017 to HS2022, and 380999 from HS1992 to HS2007 and
// HS2012.
//
// To an older edition it is the code in the conversion table of the UN
// Statistics Division, which has one older code for each newer one. Four
// cases that the table leaves out keep their number: 710820 and 711890 of HS1996
// and HS2002. To a newer edition, and where there is no conversion, it is the
// first of the codes that the correlation table links, in this order:
//
//  1. codes that the conversion table leads back to the code,
//  2. the code with the same number,
//  3. the code that is linked to the fewest codes of the edition from: waste
//     and other codes that draw from hundreds come last,
//  4. the code with the most first digits in common,
//  5. the lowest code.
//
// So Best from an edition to a newer one and back gives the code again wherever
// the conversion table leads to it at all. Tables of all pairs of editions
// are used directly; no conversion goes by way of a third edition. The user's own
// trade and editions change that; see hs_convert. How sure the result is,
// hs_relation tells. Editions are named as in hs_valid; another name
// is an error.
//
// Source: UN Statistics Division, correlation and conversion tables HS1992 to
// HS2022.
func Best(code, from, to string) (string, error) {
	links, err := convertTexts("hs_best", code, from, to)
	if err != nil || len(links) == 0 {
		return "", err
	}
	s := subheadingOf(links[0].target())
	return s.String(), nil
}

func bestAt(d *direction, place int) udf.Str { return subheadingOf(d.of(place)[0].target()) }
