package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

// converter finds the links of codes between editions. A code of an edition
// has one link to the same edition, to itself.
type converter struct {
	nomenclature *nomenclature
	correlation  *correlation
}

func newConverter() (*converter, error) {
	n, err := loadNomenclature()
	if err != nil {
		return nil, err
	}
	c, err := loadCorrelation()
	if err != nil {
		return nil, err
	}
	return &converter{nomenclature: n, correlation: c}, nil
}

// links returns the links of a code of the edition from to the edition to, the
// best one first. They must not be changed.
func (v *converter) links(code udf.Str, from, to int) []link {
	if code.Len() < 6 {
		return nil
	}
	c := number(code, 6)
	if from != to {
		return v.correlation.linksOf(c, from, to)
	}
	if v.nomenclature.subheadings[c]>>from&1 == 0 {
		return nil
	}
	return []link{{bits: c, weight: 1}}
}

// convertTexts returns the links of what stands in a Go text between the
// editions of these names; function stands before errors.
func convertTexts(function, code, from, to string) ([]link, error) {
	v, err := newConverter()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", function, err)
	}
	f, err := v.nomenclature.edition(from)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", function, err)
	}
	t, err := v.nomenclature.edition(to)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", function, err)
	}
	c, ok := codeIn(code)
	if !ok {
		return nil, nil
	}
	return v.links(c, f, t), nil
}

// conversion is the loop over the codes of the output that replaces each by
// what of makes of its links; a code without links gives NULL. The editions
// are the second and the third argument.
func conversion(of func([]link) udf.Str) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		v, err := newConverter()
		if err != nil {
			return err
		}
		from, to := editionsIn(c, 1), editionsIn(c, 2)
		codes := udf.Results[udf.Str](&c.Out, c.Len)
		for i, code := range codes {
			if isNull(&c.Out, i) {
				continue
			}
			f, err := from.at(v.nomenclature, i)
			if err != nil {
				return err
			}
			t, err := to.at(v.nomenclature, i)
			if err != nil {
				return err
			}
			links := v.links(code, f, t)
			if len(links) == 0 {
				c.Out.SetNull(i)
				continue
			}
			codes[i] = of(links)
		}
		return nil
	}
}
