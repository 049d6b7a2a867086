package sensitive

import (
	"strconv"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/hs"
)

var goods = udf.Func{
	Name: "sensitive_goods",
	Kernel: udf.Overload(
		kernel(udf.Varchar, func(v *udf.Vector, i int) string { return udf.At[string](v, i) }),
		kernel(udf.BigInt, func(v *udf.Vector, i int) string { return strconv.FormatInt(udf.At[int64](v, i), 10) }),
	),
	Own: true,
	Examples: []udf.Example{
		{SQL: "SELECT sensitive_goods('2903.41.00')[1].category", Want: "montreal_hfc_kigali"},
		{SQL: "SELECT sensitive_goods(85423100)[1].basis", Want: "Common High Priority List, February 2024, tier 1"},
		{SQL: "SELECT list_transform(sensitive_goods('9301'), g -> g.category || ', ' || g.verify)", Want: "['arms, verify before use']"},
		{SQL: "SELECT len(sensitive_goods('0201.10')) > 0", Want: "false"},
	},
}

// Goods returns the entries of the lists of sensitive goods that a tariff code
// is on: those whose prefix the code begins with, the longest prefix first, and
// an empty list if there are none. The code is what hs_normalize reads in code;
// NULL if there is none.
//
// The lists are ref.sensitive_goods and the user's own table
// customs.sensitive_goods, if there is one, whose rows are added:
//
//	CREATE SCHEMA IF NOT EXISTS customs;
//	CREATE TABLE customs.sensitive_goods AS
//	  SELECT '9503' AS hs_prefix, 'toy_safety' AS category, 'Decree 12 of 2023' AS basis;
//
// It must have the column hs_prefix, of 2 to 12 digits in any form that
// hs_normalize reads, and may have category, basis and verify; it can be a view.
// FROM sensitive_list() shows both lists as one.
//
// Each entry has its category, what it rests on (basis), and verify: "verify
// before use" where the prefix is no official list but was found by reading the
// scope of subheadings, empty else. A listed prefix says that some of its goods
// are meant, seldom all.
//
// The prefixes are of HS2022. A code of an older edition is converted first:
// sensitive_goods(hs_best(code, 'HS2017', 'HS2022')). A code that is shorter
// than a prefix is not on the list for it.
//
// Source: scope of the subheadings of HS2022 under the Montreal Protocol, the
// Basel, Rotterdam, Stockholm and Chemical Weapons Conventions, CITES and the GCC
// excise agreement; Common High Priority List of the EU, the United Kingdom, Japan and
// the United States, February 2024.
func Goods(own *udf.Own, code string) ([]Entry, error) {
	b, err := bookOf(own)
	if err != nil {
		return nil, err
	}
	digits, ok := hs.Normalize(code)
	if !ok {
		return nil, nil
	}
	return b.on(nil, digits), nil
}

// kernel is the loop over codes of a type.
func kernel(typ udf.Type, text func(v *udf.Vector, i int) string) udf.Kernel {
	fields := []udf.Field{
		{Name: "category", Type: udf.Varchar},
		{Name: "hs_prefix", Type: udf.Varchar},
		{Name: "basis", Type: udf.Varchar},
		{Name: "verify", Type: udf.Varchar},
	}
	return udf.Lists(Goods, []udf.Type{typ}, fields, func(c *udf.Chunk, i int, items *udf.Items) error {
		b, err := bookOf(c.Own)
		if err != nil {
			return err
		}
		digits, ok := hs.Normalize(text(&c.Args[0], i))
		if !ok {
			c.Out.SetNull(i)
			return nil
		}
		for _, e := range b.on(nil, digits) {
			items.Text(0, e.Category)
			items.Text(1, e.Prefix)
			items.Text(2, e.Basis)
			items.Text(3, e.Verify)
			items.Next()
		}
		return nil
	})
}
