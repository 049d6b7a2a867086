package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

var line = udf.Func{
	Name:   "hs_line",
	Kernel: tariffTexts("hs_line", Line, isLine, codeOfLine),
	Own:    true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_line('0101.21.00', DATE '2024-12-31')", Want: "NULL"},
	},
}

// Line returns the code in the user's own tariff, customs.tariff, that
// stands for a tariff code on a day: the code itself, else the longest one that it
// begins with. A code that is not its own line isn't in the tariff. NULL if
// there is none; how rows are found, hs_rate tells.
func Line(own *udf.Own, code string, day udf.Day) (string, bool, error) {
	t, at, err := lineFor(own, code, day, isLine)
	if err != nil {
		return "", false, fmt.Errorf("hs_line: %w", err)
	}
	if at == noLine {
		return "", false, nil
	}
	return t.codes[at].String(), true, nil
}

func codeOfLine(t *tariff, at int) label { return label{str: t.codes[at]} }

func isLine(*tariffLine) bool { return true }
