package country

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/country/spelling"
)

var in = udf.Func{
	Name: "country_in",
	Kernel: strict("country_in", In, udf.Boolean, func(b *book, c *udf.Chunk, i int, p *place) error {
		g, err := b.group(&udf.Values[udf.Str](&c.Args[1], i+1)[i])
		if err != nil {
			return err
		}
		udf.Results[bool](&c.Out, i+1)[i] = p.groups>>g&1 == 1
		return nil
	}, udf.Varchar),
	Examples: []udf.Example{
		{SQL: "SELECT country_in('OM', 'GCC')", Want: "true"},
		{SQL: "SELECT country_in('Maroc', 'Arab League')", Want: "true"},
		{SQL: "SELECT country_in('GB', 'EU')", Want: "false"},
	},
}

// In reports whether a country is in a group: GCC, GAFTA, ARAB_LEAGUE, MENA (as
// the World Bank drew it until 2025), EU, EFTA, AGADIR, AMU, COMESA, EAEU, ECO
// or LDC. ref.country_group lists the members. The case of a group's name and
// blanks in it don't matter. The country may be written in every form that
// country_normalize reads; what is no country, and another group, is an error.
//
// Membership is today's: a former member isn't in the group for the past
// either. LDC is the list after December 2024.
//
// Source: the groups' own lists of members; UN Committee for Development
// Policy, list of least developed countries, 2024.
func In(x, group string) (bool, error) {
	p, err := placeOf("country_in", x)
	if err != nil {
		return false, err
	}
	b, err := facts()
	if err != nil {
		return false, err
	}
	s := udf.MakeStr([]byte(group))
	g, err := b.group(&s)
	if err != nil {
		return false, err
	}
	return p.groups>>g&1 == 1, nil
}

// group returns the number of a group. Its name is short, so that two words
// tell whether it is written as in the table.
func (b *book) group(name *udf.Str) (uint16, error) {
	for g := range b.groupStrs {
		if b.groupStrs[g] == *name {
			return uint16(g), nil
		}
	}
	var k spelling.Key
	k.Set(name.Bytes())
	g, ok := b.groupIndex.Find(k.Bytes())
	if !ok {
		return 0, fmt.Errorf("country_in: there is no group %q, only %s", name.Bytes(), strings.Join(slices.Sorted(slices.Values(b.groups)), ", "))
	}
	return g, nil
}
