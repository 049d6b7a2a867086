package hs

import "github.com/dhowdb/dhow/udf"

var editions = udf.Func{
	Name:   "hs_editions",
	Kernel: lookup("hs_editions", Editions, nil, editionsChunk),
	Examples: []udf.Example{
		{SQL: "SELECT hs_editions('0101.21.00')", Want: "HS2012, HS2017, HS2022"},
		{SQL: "SELECT hs_editions(854911)", Want: "HS2022"},
		{SQL: "SELECT hs_editions('999999')", Want: "NULL"},
	},
}

// Editions returns the names of the editions of the Harmonized System that
// have a tariff code, from the oldest, with commas between them. The code is
// what hs_normalize reads in code; of a national code the first six digits
// count. NULL if no edition has it.
//
// An edition that has a code may mean other goods by it than another edition;
// hs_relation tells.
//
// Source: UN Statistics Division, lists of HS codes.
func Editions(code string) (string, error) {
	n, err := loadNomenclature()
	if err != nil {
		return "", err
	}
	c, ok := codeIn(code)
	if !ok {
		return "", nil
	}
	return n.lists[n.in(c)], nil
}

// editionsChunk replaces the codes of the output by the editions they are in.
func editionsChunk(c *udf.Chunk) error {
	n, err := loadNomenclature()
	if err != nil {
		return err
	}
	for i, code := range udf.Results[udf.Str](&c.Out, c.Len) {
		if isNull(&c.Out, i) {
			continue
		}
		if list := n.lists[n.in(code)]; list != "" {
			c.Out.SetText(i, list)
		} else {
			c.Out.SetNull(i)
		}
	}
	return nil
}
