package hs

import (
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

var editions = udf.Func{
	Name:   "hs_editions",
	Kernel: listed(lookup("hs_editions", Editions, nil, editionsChunk), editionFields),
	Own:    true,
	Examples: []udf.Example{
		{SQL: "SELECT array_to_string(hs_editions('0101.21.00'), ', ')", Want: "HS2012, HS2017, HS2022"},
		{SQL: "SELECT list_contains(hs_editions(854911), 'HS2017')", Want: "false"},
		{SQL: "SELECT hs_editions('999999')", Want: "NULL"},
	},
}

// editionFields are those of a list of names.
var editionFields = []udf.Field{{Type: udf.Varchar}}

// Editions returns the names of the editions of the Harmonized System that
// have a tariff code, as a list from the oldest. The code is what hs_normalize
// reads in code; of a national code the first six digits count. NULL if no
// edition has it.
//
// An edition that has a code may mean other goods by it than another edition;
// hs_relation tells.
//
// Source: UN Statistics Division, lists of HS codes.
func Editions(code string) ([]string, error) {
	b, err := bookOf(nil)
	if err != nil {
		return nil, err
	}
	c, ok := codeIn(code)
	if !ok {
		return nil, nil
	}
	return b.namesOf(b.in(c)), nil
}

// editionsChunk replaces the codes of the output by the editions they are in.
func editionsChunk(c *udf.Chunk) error {
	b, err := bookOf(c.Own)
	if err != nil {
		return err
	}
	var found [udf.ChunkSize]editionSet
	find := func(i int, code udf.Str) (int, error) {
		found[i] = b.in(code)
		return len(b.lists[found[i]]), nil
	}
	return lists(c, editionFields, find, func(i, at int, to []unsafe.Pointer, total int) {
		copy(unsafe.Slice((*udf.Str)(to[0]), total)[at:], b.lists[found[i]])
	})
}
