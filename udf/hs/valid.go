package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

var valid = udf.Func{
	Name: "hs_valid",
	Kernel: udf.Overload(
		udf.Vectorized(Valid, []udf.Type{udf.Varchar, udf.Varchar}, udf.Boolean, validity(ofText)),
		udf.Vectorized(Valid, []udf.Type{udf.BigInt, udf.Varchar}, udf.Boolean, validity(func(x *int64) (udf.Str, bool) { return ofInt(*x) })),
		udf.Vectorized(Valid, []udf.Type{udf.Double, udf.Varchar}, udf.Boolean, validity(func(x *float64) (udf.Str, bool) { return ofFloat(*x) })),
		udf.Vectorized(Valid, []udf.Type{udf.Varchar}, udf.Boolean, validity(ofText)),
		udf.Vectorized(Valid, []udf.Type{udf.BigInt}, udf.Boolean, validity(func(x *int64) (udf.Str, bool) { return ofInt(*x) })),
		udf.Vectorized(Valid, []udf.Type{udf.Double}, udf.Boolean, validity(func(x *float64) (udf.Str, bool) { return ofFloat(*x) })),
	),
	Own: true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_valid('0101.21.00', 'HS2022')", Want: "true"},
		{SQL: "SELECT hs_valid('854911', 'H5')", Want: "false"},
		{SQL: "SELECT hs_valid(10121, '2022')", Want: "true"},
		{SQL: "SELECT hs_valid('854911')", Want: "true"},
		{SQL: "SELECT hs_valid('none', 'HS2022')", Want: "false"},
	},
}

// Valid reports whether an edition of the Harmonized System has a tariff code, or
// any edition if none is given.
// The code is what hs_normalize reads in code: a chapter, heading or
// subheading must be in the edition, and of a national code the first six
// digits. It is false if there is no code, for the codes of chapters 98 and 99,
// which are for national use, and for 999999 and the other codes that trade
// statistics have added. NULL only for NULL.
//
// The edition is named HS1992, HS1996, HS2002, HS2007, HS2012, HS2017 or HS2022,
// or H0 to H6 as in trade statistics, or by the year as a text, in any case.
// Another name is an error.
//
// The user can add a newer edition: the table customs.hs has the columns of ref.hs,
// of which edition, as HS2028, and code must be there. All functions then know it;
// it is H7, and chapters and headings follow from its subheadings. Kernels read
// the table as it is committed when a query begins.
//
// Source: UN Statistics Division, lists of HS codes: 5,020, 5,113, 5,224, 5,052,
// 5,205, 5,387 and 5,612 subheadings.
func Valid(code, edition string) (bool, error) {
	b, err := bookOf(nil)
	if err != nil {
		return false, err
	}
	place, err := b.edition(edition)
	if err != nil {
		return false, fmt.Errorf("hs_valid: %w", err)
	}
	c, ok := codeIn(code)
	return ok && b.in(c)>>place&1 == 1, nil
}

// validity is the loop over a chunk of texts or numbers; of gives a row's code.
func validity[T any](of func(*T) (udf.Str, bool)) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		b, err := bookOf(c.Own)
		if err != nil {
			return fmt.Errorf("hs_valid: %w", err)
		}
		for a := range c.Args {
			c.Out.NullsOf(&c.Args[a], c.Len)
		}
		n, in := b.nomenclature, udf.Values[T](&c.Args[0], c.Len)
		out := udf.Results[bool](&c.Out, len(in))
		if len(c.Args) == 1 {
			validInAny(c, n, in, out, of)
			return nil
		}
		editions := editionsIn(c, 1)
		if texts, ok := any(in).([]udf.Str); ok {
			return n.validTexts(texts, out, &editions, c.Out.Nulls)
		}
		for i := range in {
			if isNull(&c.Out, i) {
				continue
			}
			place, err := editions.at(n, i)
			if err != nil {
				return fmt.Errorf("hs_valid: %w", err)
			}
			code, ok := of(&in[i])
			out[i] = ok && n.in(code)>>place&1 == 1
		}
		return nil
	}
}

// validInAny is the loop for codes without an edition.
func validInAny[T any](c *udf.Chunk, n *nomenclature, in []T, out []bool, of func(*T) (udf.Str, bool)) {
	texts, _ := any(in).([]udf.Str)
	for i := range in {
		switch {
		case isNull(&c.Out, i):
		case texts != nil && isSubheading(texts[i]):
			out[i] = n.subheadings[number(texts[i], 6)] != 0
		default:
			code, ok := of(&in[i])
			out[i] = ok && n.in(code) != 0
		}
	}
}

// isSubheading reports whether a text is what most of them are, a code of six or
// more digits and nothing else. It may be of chapter 00, which no table has.
func isSubheading(s udf.Str) bool { return notDigits(s) == 0 && s.Lo&15 >= 6 }

// validTexts is the loop for texts.
func (n *nomenclature) validTexts(in []udf.Str, out []bool, editions *editionColumn, nulls *[udf.ChunkSize / 64]uint64) error {
	names, last, place := editions.names[:len(in)], editions.last, 0
	for i, s := range in {
		if nulls[i>>6]>>(i&63)&1 == 1 {
			continue
		}
		if names[i] != last {
			var err error
			if place, err = editions.at(n, i); err != nil {
				return fmt.Errorf("hs_valid: %w", err)
			}
			last = names[i]
		}
		if isSubheading(s) {
			out[i] = n.subheadings[number(s, 6)]>>place&1 == 1
			continue
		}
		code, ok := ofText(&in[i])
		out[i] = ok && n.in(code)>>place&1 == 1
	}
	return nil
}
