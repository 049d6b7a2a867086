// Package hs has the SQL functions for codes of the Harmonized System. One half
// reads a tariff code in the forms that files hold it in, and cuts, measures and
// prints the code; it knows how codes are written, not which exist. The other half
// knows the editions of the nomenclature from HS1992 to HS2022 and how their
// codes are linked; it reads the tables of reference facts hs, hs_correlation,
// hs_heading and hs_chapter when one of its functions is first called.
//
// It comes with no national tariff: a national code is judged and converted by
// its first six digits. A user's own tariff, descriptions, editions and trade
// weights are tables of their database, see [OwnTables]; kernels get them with
// each chunk.
package hs

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{
	normalize, chapter, heading, subheading, level, format,
	status, valid, editions, section, unit, name, best, relation, guess, convert,
	line, rate, licence,
}

// maxDigits is the length of the longest national codes, such as those of the
// Gulf states' and Turkey's tariffs.
const maxDigits = udf.InlineLen
