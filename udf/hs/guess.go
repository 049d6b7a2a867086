package hs

import (
	"strconv"

	"github.com/dhowdb/dhow/udf"
)

var guess = udf.Func{
	Name:   "hs_guess_edition",
	Kernel: udf.OverOwn(guessed),
	Own:    true,
	Input:  "TRY_CAST(hs6($) AS DOUBLE)",
	Examples: []udf.Example{
		{SQL: "SELECT hs_guess_edition(code) FROM (VALUES ('610910'), ('8549.11.00'), ('010121')) t(code)", Want: "HS2022"},
		{SQL: "SELECT hs_guess_edition(code) FROM ref.hs WHERE edition = 'HS2007'", Want: "HS2007"},
		{SQL: "SELECT hs_guess_edition('none')", Want: "NULL"},
	},
}

// guessed returns the edition of the Harmonized System that most of the
// distinct codes of a column are in: of several the newest one. The codes are
// what hs_normalize reads; national codes count with their first six digits, and
// chapters 98 and 99 and shorter codes not at all. NULL if no code is in any
// edition. hs_valid then tells which lines don't fit it.
//
// Source: UN Statistics Division, lists of HS codes.
func guessed(own *udf.Own, code []float64) (string, bool, error) {
	lines := map[float64]int{}
	for _, c := range code {
		lines[c]++
	}
	codes := make(map[string]int, len(lines))
	for c, n := range lines {
		if c >= 10000 && c < 1e6 {
			s := strconv.Itoa(int(c) + 1e6) // a one before it keeps the zero
			codes[s[1:]] = n
		}
	}
	edition, _, ok, err := GuessEdition(own, codes)
	return edition, ok, err
}
