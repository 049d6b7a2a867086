package hs

import "github.com/dhowdb/dhow/udf"

var relation = udf.Func{
	Name:   "hs_relation",
	Kernel: lookup("hs_relation", Relation, []udf.Type{udf.Varchar, udf.Varchar}, conversion(relationAt)),
	Own:    true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_relation('010121', 'HS2022', 'HS2017')", Want: "1:1"},
		{SQL: "SELECT hs_relation('690890', 'HS2012', 'HS2017')", Want: "n:n"},
		{SQL: "SELECT hs_relation('999999', 'HS2022', 'HS2017')", Want: "NULL"},
	},
}

// Relation returns how a tariff code of the edition from is linked to the
// edition to: 1:1 if it became one code that stands for nothing else, 1:n if it
// was split, n:1 if it was merged with others into one code, n:n if it was split
// and a part of it merged with others. The number does not tell: a code may
// keep its number and change its goods, or the reverse.
//
// The code is what hs_normalize reads in code; of a national code the first six
// digits count. NULL where hs_best is. Editions are named as in hs_valid;
// another name is an error.
//
// Source: counted in the correlation tables of the UN Statistics Division,
// completed by the pairs that only its conversion tables have.
func Relation(code, from, to string) (string, error) {
	links, err := convertTexts("hs_relation", code, from, to)
	if err != nil || len(links) == 0 {
		return "", err
	}
	bits := uint32(0)
	for _, l := range links {
		bits |= l.bits >> codeBits
	}
	s := relations[bits]
	return s.String(), nil
}

func relationAt(d *direction, place int) udf.Str { return relations[d.relations[place]] }
