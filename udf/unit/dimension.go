package unit

import (
	"fmt"
	"strings"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

var dimension = udf.Func{
	Name: "unit_dimension",
	Kernel: lookup.Required(Dimension, func() (*lookup.Answers, error) {
		s, err := load()
		if err != nil {
			return nil, err
		}
		return s.dimensions, nil
	}, noDimension),
	Examples: []udf.Example{
		{SQL: "SELECT unit_dimension('kg')", Want: "mass"},
		{SQL: "SELECT unit_dimension('dozen')", Want: "count"},
		{SQL: "SELECT unit_dimension('carton')", Want: "package"},
		{SQL: "SELECT unit_dimension('LPA')", Want: "pure alcohol"},
	},
}

// Dimension returns what a unit measures: mass, length, area, volume, count,
// energy, power, pressure, time, radioactivity, "pure alcohol" (litres of it
// are no volume of the drink), potency (international units), substance (of
// which a part counts, such as kilograms of nitrogen), tonnage, container or
// package. The unit may be written in any form that unit_normalize reads. NULL
// for a unit of another kind, such as grams per square metre; an error if x
// names no unit.
//
// Source: UNECE, Recommendation 20, whose categories these follow.
func Dimension(x string) (string, error) {
	s, err := load()
	if err != nil {
		return "", err
	}
	n, err := s.find([]byte(x))
	if err != nil {
		return "", err
	}
	if n < 0 {
		return "", s.noUnit("unit_dimension", x)
	}
	return s.dimension[n], nil
}

// noDimension is the error for a text that names no unit.
func noDimension(text []byte) error {
	s, err := load()
	if err != nil {
		return err
	}
	return s.noUnit("unit_dimension", string(text))
}

// noUnit says why a text names no unit, and what to do.
func (s *system) noUnit(function, text string) error {
	if key, ok := lookup.Fold(nil, []byte(text)); ok {
		if either := s.ambiguous[strings.TrimPrefix(string(key), article)]; either != "" {
			return fmt.Errorf("%s: %q may be %s; write the code", function, text, either)
		}
	}
	return fmt.Errorf("%s: %q is no unit that unit_normalize reads; see ref.unit and ref.unit_alias", function, text)
}
