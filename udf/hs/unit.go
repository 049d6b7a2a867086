package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

var unit = udf.Func{
	Name: "hs_unit",
	Kernel: udf.Overload(
		lookup("hs_unit", Unit, []udf.Type{udf.Date}, unitsChunk),
		lookup("hs_unit", Unit, nil, unitsChunk),
	),
	Own: true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_unit('0101.21.00')", Want: "u"},
		{SQL: "SELECT hs_unit('640399')", Want: "2u"},
		{SQL: "SELECT hs_unit('9801.00')", Want: "NULL"},
	},
}

// Unit returns the unit in which the goods of a tariff code are counted. If the
// user's own tariff, customs.tariff, has one for the code, it is that, on the
// day if one is given; hs_rate tells how it is found.
//
// Else it is the unit that the World Customs Organization recommends for the
// subheading in the newest edition that has it: kg, u (pieces), 2u (pairs),
// 1000u (thousands of pieces), U(set/pack), m, m2, m3, l, carat or 1000 kWh. The
// code is what hs_normalize reads in code; of a national code the first six digits
// count. NULL for a chapter or heading, for a code that no edition has, and
// for 051110, bovine semen, which has no such unit.
//
// Source: World Customs Organization, Recommendation on the use of standard
// units of quantity; as published with the UN's lists of HS codes.
func Unit(own *udf.Own, code string, day udf.Day) (string, error) {
	b, err := bookOf(own)
	if err != nil {
		return "", fmt.Errorf("hs_unit: %w", err)
	}
	t, at, err := lineFor(own, code, day, hasUnit)
	if err != nil {
		return "", fmt.Errorf("hs_unit: %w", err)
	}
	c, ok := codeIn(code)
	switch {
	case at != noLine:
		return t.labels[t.lines[at].unit].text, nil
	case !ok:
		return "", nil
	}
	u := b.unitIn(c)
	return u.String(), nil
}

func hasUnit(l *tariffLine) bool { return l.unit != noLabel }

// unitsChunk replaces the codes of the output by their units.
func unitsChunk(c *udf.Chunk) error {
	b, err := bookOf(c.Own)
	if err != nil {
		return err
	}
	d, err := daysIn(c)
	if err != nil {
		return err
	}
	codes := udf.Results[udf.Str](&c.Out, c.Len)
	for i, code := range codes {
		if isNull(&c.Out, i) {
			continue
		}
		if d.tariff != nil {
			if at := d.find(code, i, hasUnit); at != noLine {
				d.labels[d.lines[at].unit].put(c, i)
				continue
			}
		}
		if codes[i] = b.unitIn(code); codes[i].Len() == 0 {
			c.Out.SetNull(i)
		}
	}
	return nil
}

func (n *nomenclature) unitIn(code udf.Str) udf.Str {
	if code.Len() < 6 {
		return udf.Str{}
	}
	return n.units[n.unitOf[number(code, 6)]]
}
