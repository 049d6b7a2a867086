package hs

import (
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

var convert = udf.Func{
	Name:   "hs_convert",
	Kernel: listed(lookup("hs_convert", Convert, []udf.Type{udf.Varchar, udf.Varchar}, convertChunk), targetFields),
	Own:    true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_convert('681510', 'HS2012', 'HS2017')[2].code", Want: "962000"},
		{SQL: "SELECT hs_convert('0101.21.00', 'HS2022', 'HS2002')[1].relation", Want: "n:1"},
		{SQL: "SELECT len(hs_convert(690890, 'H4', 'H5'))", Want: "5"},
		{SQL: "SELECT hs_convert('999999', 'HS2022', 'HS2017')", Want: "NULL"},
	},
}

// Target is a code that a code of another edition became.
type Target struct {
	Code     string  // six digits
	Weight   float64 // share of the trade in the code, 0 to 1
	Relation string  // 1:1, 1:n, n:1 or n:n
}

// targetFields are those of a [Target] in SQL.
var targetFields = []udf.Field{
	{Name: "code", Type: udf.Varchar},
	{Name: "weight", Type: udf.Double},
	{Name: "relation", Type: udf.Varchar},
}

// Convert returns all subheadings of the edition to that a tariff code of the
// edition from is linked to, the best one, which hs_best gives, first. The weights
// sum to 1. The relation is that of the pair: its first part is n if the target
// is linked to other codes of the edition from as well, its second part is n if
// the code has other targets.
//
// To an older edition the target of the conversion table weighs 1 and the
// others 0. To a newer edition the weight goes to the targets that the conversion
// table leads back to the code: they are what it was split into. They share it in
// proportion to 1/s, where s is the number of codes of the edition from that the
// target is linked to, and 1 for the code that kept its number. Where there are
// no such targets, the one that hs_best gives weighs 1.
//
// So 851712, telephones, of HS2017 becomes 851713 and 851714 of HS2022 with about
// a half each, while the six codes of display modules, which the conversion table
// leads to it as well, have less than 1 % together, as they are linked to 483
// codes. A target that weighs 0 is possible, but nothing says that trade in
// it is common.
//
// Where the user's own trade is known it decides instead: the table
// customs.hs_weight has the columns code, weight and edition, the trade in a code of
// that edition; without an edition the code counts in all. Each target with trade
// then has a share of it: 1 if it kept its number, else 1/s; and the weights are
// these shares, made to sum to 1. The targets are sorted by it, so hs_best is the
// one with the largest share. A code whose targets have no trade stays as it is.
//
// An edition that the user has loaded (see hs_valid) is linked by the table
// customs.hs_correlation, which has the columns of ref.hs_correlation: newer, older,
// newer_code, older_code, and preferred if that is known. Codes that both editions
// have and no row has are linked to themselves. To an edition that no row joins
// it to, conversion goes by way of the newest that one does, and the weights
// of both steps are multiplied.
//
// The code is what hs_normalize reads in code; of a national code the first six
// digits are converted. There are no targets where hs_best is NULL. Editions
// are named as in hs_valid; another name is an error.
//
// Source: UN Statistics Division, correlation and conversion tables HS1992 to
// HS2022.
func Convert(code, from, to string) ([]Target, error) {
	links, err := convertTexts("hs_convert", code, from, to)
	if err != nil || len(links) == 0 {
		return nil, err
	}
	targets := make([]Target, len(links))
	for i, l := range links {
		code := subheadingOf(l.target())
		relation := l.relation()
		targets[i] = Target{Code: code.String(), Weight: l.weight, Relation: relation.String()}
	}
	return targets, nil
}

// convertChunk replaces the codes of the output by their targets between the
// editions of the second and the third argument.
func convertChunk(c *udf.Chunk) error {
	p, err := pathOf(c)
	if err != nil {
		return err
	}
	var found [udf.ChunkSize][]link
	find := func(i int, code udf.Str) (int, error) {
		place, err := p.place(i, code)
		if err == nil {
			found[i] = p.of(place)
		}
		return len(found[i]), err
	}
	return lists(c, targetFields, find, func(i, at int, to []unsafe.Pointer, total int) {
		codes, weights := unsafe.Slice((*udf.Str)(to[0]), total), unsafe.Slice((*float64)(to[1]), total)
		kinds := unsafe.Slice((*udf.Str)(to[2]), total)
		for n, l := range found[i] {
			codes[at+n], weights[at+n], kinds[at+n] = subheadingOf(l.target()), l.weight, l.relation()
		}
	})
}
