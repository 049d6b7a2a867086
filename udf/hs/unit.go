package hs

import "github.com/dhowdb/dhow/udf"

var unit = udf.Func{
	Name:   "hs_unit",
	Kernel: lookup("hs_unit", Unit, nil, replace((*nomenclature).unitIn)),
	Examples: []udf.Example{
		{SQL: "SELECT hs_unit('0101.21.00')", Want: "u"},
		{SQL: "SELECT hs_unit('640399')", Want: "2u"},
		{SQL: "SELECT hs_unit('9801.00')", Want: "NULL"},
	},
}

// Unit returns the unit in which the World Customs Organization recommends to
// count the goods of a subheading of HS2022: kg, u (pieces), 2u (pairs), 1000u
// (thousands of pieces), U(set/pack), m, m2, m3, l, carat or 1000 kWh. The code is
// what hs_normalize reads in code; of a national code the first six digits
// count. NULL for a chapter or heading, for a code that HS2022 hasn't, and for
// 051110, bovine semen, which has no such unit.
//
// Source: World Customs Organization, Recommendation on the use of standard
// units of quantity; as published with the UN's list of HS2022 codes.
func Unit(code string) (string, error) { return explain(code, (*nomenclature).unitIn) }

func (n *nomenclature) unitIn(code udf.Str) udf.Str {
	if code.Len() < 6 {
		return udf.Str{}
	}
	return n.units[n.unitOf[number(code, 6)]]
}
