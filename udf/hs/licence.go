package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

var licence = udf.Func{
	Name:   "hs_licence",
	Kernel: tariffTexts("hs_licence", Licence, hasLicence, func(t *tariff, at int) label { return t.labels[t.lines[at].licence] }),
	Own:    true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_licence('0101.21.00', DATE '2024-12-31')", Want: "NULL"},
	},
}

// Licence returns the licence flags that the user's own tariff has for a
// tariff code on a day: the text in the column licence of customs.tariff.
// It is found as the rate is; see hs_rate. NULL if there are none.
func Licence(own *udf.Own, code string, day udf.Day) (string, bool, error) {
	t, at, err := lineFor(own, code, day, hasLicence)
	if err != nil {
		return "", false, fmt.Errorf("hs_licence: %w", err)
	}
	if at == noLine {
		return "", false, nil
	}
	return t.labels[t.lines[at].licence].text, true, nil
}

func hasLicence(l *tariffLine) bool { return l.licence != noLabel }
