// Package hs has the SQL functions for codes of the Harmonized System: they
// read a tariff code in the forms that files hold it in, and cut, measure and
// print the code.
//
// It knows how codes are written, not which codes exist: whether a code is in
// an edition of the nomenclature is a join with the tables of that edition.
package hs

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{normalize, chapter, heading, subheading, level, format}

// maxDigits is the length of the longest national codes, such as those of the
// Gulf states' and Turkey's tariffs.
const maxDigits = udf.InlineLen
