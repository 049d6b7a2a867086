package hs

import "github.com/dhowdb/dhow/udf"

var heading = udf.Func{
	Name:   "hs4",
	Kernel: kernel(Heading, cut(4)),
	Examples: []udf.Example{
		{SQL: "SELECT hs4('0101.21.00')", Want: "0101"},
		{SQL: "SELECT hs4(1012100)", Want: "0101"},
		{SQL: "SELECT hs4('84')", Want: "NULL"},
	},
}

// Heading returns the heading of a tariff code: the first 4 digits of what
// hs_normalize reads in x. NULL if x holds no code or only a chapter.
//
// Source: the structure of the Harmonized System, see hs_normalize.
func Heading(x string) (string, bool) { return prefix(x, 4) }
