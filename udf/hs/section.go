package hs

import "github.com/dhowdb/dhow/udf"

var section = udf.Func{
	Name:   "hs_section",
	Kernel: lookup("hs_section", Section, nil, replace((*nomenclature).section)),
	Own:    true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_section('0101.21.00')", Want: "I"},
		{SQL: "SELECT hs_section(8703)", Want: "XVII"},
		{SQL: "SELECT hs_section('98')", Want: "NULL"},
	},
}

// Section returns the section of the Harmonized System, I to XXI, that the
// chapter of a tariff code belongs to. The code is what hs_normalize reads in
// code; whether its further digits exist plays no part. NULL if there is no
// code, for chapter 77, which is kept empty, and for chapters 98 and 99,
// which are for national use.
//
// Source: World Customs Organization, Harmonized System, table of contents; the
// sections have been the same in all editions since 1992.
func Section(code string) (string, error) { return explain(code, (*nomenclature).section) }

func (n *nomenclature) section(code udf.Str) udf.Str { return n.sections[number(code, 2)] }
