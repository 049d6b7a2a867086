package hs

import "github.com/dhowdb/dhow/udf"

var chapter = udf.Func{
	Name:   "hs2",
	Kernel: kernel(Chapter, cut(2)),
	Examples: []udf.Example{
		{SQL: "SELECT hs2('0101.21.00')", Want: "01"},
		{SQL: "SELECT hs2(10121)", Want: "01"},
		{SQL: "SELECT hs2('none')", Want: "NULL"},
	},
}

// Chapter returns the chapter of a tariff code: the first 2 digits of what
// hs_normalize reads in x. NULL if x holds no code.
//
// Source: the structure of the Harmonized System, see hs_normalize.
func Chapter(x string) (string, bool) { return prefix(x, 2) }
