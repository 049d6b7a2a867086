package hs

import "github.com/dhowdb/dhow/udf"

var subheading = udf.Func{
	Name:   "hs6",
	Kernel: kernel(Subheading, cut(6)),
	Examples: []udf.Example{
		{SQL: "SELECT hs6('6109 10 00 00 T-shirts')", Want: "610910"},
		{SQL: "SELECT hs6(101210000)", Want: "010121"},
		{SQL: "SELECT hs6('6109')", Want: "NULL"},
	},
}

// Subheading returns the subheading of a tariff code, on which all countries
// agree: the first 6 digits of what hs_normalize reads in x. NULL if x holds
// no code or a shorter one.
//
// Source: the structure of the Harmonized System, see hs_normalize.
func Subheading(x string) (string, bool) { return prefix(x, 6) }
