package ingest

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf/unit"
)

//go:embed massunit.tsv
var massUnitTSV string

// anyMass stands for every column of a mass in massunit.tsv.
const anyMass = "*"

// massUnitNames are the names of columns with the unit of a mass, by the
// column of the mass.
var massUnitNames = sync.OnceValue(func() map[string]map[string]bool {
	names := map[string]map[string]bool{}
	for _, f := range tableRows(massUnitTSV, 2) {
		if names[f[0]] == nil {
			names[f[0]] = map[string]bool{}
		}
		names[f[0]][strings.Join(nameWords(headerWords(f[1])), " ")] = true
	}
	return names
})

// withMassUnits adds to each mass in kilograms the column of the file that
// says in which unit the cell is. A unit that the name of the mass says, or the
// user, goes before it.
func withMassUnits(t *target, mapped []Mapped, header []string, sample [][]string) []Mapped {
	for i, m := range mapped {
		if t.column(m.Column).unit != "kg" || t.kind(m.Column) != kindNumber || m.Unit != "" || m.Scale != 0 || m.Read != "" {
			continue
		}
		for _, column := range []string{m.Column, anyMass} {
			at := slices.IndexFunc(header, func(h string) bool { return namesMassUnit(column, h) })
			if at >= 0 && !slices.ContainsFunc(mapped, func(o Mapped) bool { return o.Source == header[at] }) && hasMassUnits(sample, at) {
				mapped[i].UnitFrom = header[at]
				mapped[i].Why = "unit in " + header[at] + "; " + m.Why
				break
			}
		}
	}
	return mapped
}

func namesMassUnit(column, header string) bool {
	return slices.ContainsFunc(looseWords(headerWords(mendHeader(header))), func(way []string) bool {
		return massUnitNames()[column][strings.Join(way, " ")]
	})
}

// hasMassUnits tells whether at least half of the cells of a column that say
// something are units of mass.
func hasMassUnits(sample [][]string, source int) bool {
	filled, masses := 0, 0
	for _, row := range sample {
		if cell, ok := cellAt(row, source); ok {
			filled++
			if _, err := unit.Convert(1, cell, "KGM"); err == nil {
				masses++
			}
		}
	}
	return masses > 0 && 2*masses >= filled
}

// massUnit names the unit of a mass in the statement that loads a file.
func massUnit(m Mapped) string { return "unit_of_" + m.Column }

// massUnitCell returns the unit of a mass, NULL where its row says none.
func (st *statement) massUnitCell(m Mapped) string {
	u := cell(st.source.column(m.UnitFrom))
	return fmt.Sprintf("CASE WHEN NOT %s THEN %s END", listed("lower("+u+")", "empty"), u)
}

// inKilograms converts a mass that is in the unit of its row, kilograms if that
// says none. What is no unit of mass gives NULL, and so a reject.
func (st *statement) inKilograms(m Mapped, mass string) string {
	u := st.massUnitCell(m)
	return fmt.Sprintf("%s * CASE WHEN coalesce(%s, 'KGM') IN ('kg', 'KG', 'KGM') THEN 1 ELSE TRY(unit_convert(1, %[2]s, 'KGM')) END", mass, u)
}

// massReason tells why a mass could not be read if that is for its unit, and
// otherwise the reason that is given.
func massReason(m Mapped, other string) string {
	u := massUnit(m)
	return fmt.Sprintf("CASE WHEN %s IS NOT NULL AND TRY(unit_convert(1, %[1]s, 'KGM')) IS NULL THEN 'is in ' || %[1]s || ', which is no unit of mass' ELSE %s END", u, other)
}
