package ingest

import (
	"slices"
	"strings"

	"github.com/dhowdb/dhow/udf/currency"
	"github.com/dhowdb/dhow/udf/unit"
)

// Marks of a currency that a header doesn't name.
const (
	localCurrency   = "local"   // CIF_VALUE_LC, FOB (local currency)
	foreignCurrency = "foreign" // VALUE_FC
)

// qualifiers are what a header says of the cells below it, besides what they
// are: Net Weight (t), Value in 1000 USD.
type qualifiers struct {
	currency string
	unit     string
	scale    float64
	percent  bool
}

// qualifiersOf finds them anywhere in a header.
func qualifiersOf(header string, words []string) qualifiers {
	q := qualifiers{scale: 1}
	for i := range words {
		for n := min(longestQualifier, len(words)-i); n > 0; n-- {
			part := words[i : i+n]
			if q.currency == "" {
				q.currency = currencyOf(part)
			}
			if q.unit == "" {
				q.unit = unitOf(header, part)
			}
		}
		switch {
		case i > 0 && timesOf(words[i]) > 1:
			q.scale *= timesOf(words[i])
		case words[i] == "percent":
			q.percent = true
		}
	}
	return q
}

// longestQualifier is how many words a currency or a unit has: new taiwan dollar.
const longestQualifier = 3

// apply adds the qualifiers to what a header may name. A percentage is a rate,
// or else nothing that the model has.
func (q qualifiers) apply(found []match) []match {
	var out []match
	for _, m := range found {
		rate := strings.HasSuffix(m.column, "_rate")
		if q.percent && !rate && m.column != none {
			continue
		}
		m.currency, m.unit, m.scale = q.currency, q.unit, q.scale
		out = append(out, m)
	}
	return out
}

// tailLength returns how many words at the end of a header are a qualifier;
// ok if the last one is, at a cost.
func tailLength(words []string) (n int, ok bool) {
	for n := min(longestQualifier, len(words)-1); n > 0; n-- {
		tail := words[len(words)-n:]
		if currencyOf(tail) != "" || unitOf("("+strings.Join(tail, " ")+")", tail) != "" {
			return n, true
		}
	}
	last := words[len(words)-1]
	if len(words) > 1 && (timesOf(last) > 1 || last == "percent") {
		return 1, true
	}
	return 0, false
}

// currencyOf returns the code of a currency that words name, or whose it is:
// the local one, or a foreign one.
func currencyOf(words []string) string {
	text := strings.Join(words, " ")
	switch {
	case known.is("local", text):
		return localCurrency
	case known.is("foreign", text):
		return foreignCurrency
	case known.is("plain", text) || len(words) == 1 && len(text) < 2:
		return ""
	}
	code, err := currency.Normalize(text)
	if err != nil || onlyDigits(text) {
		return ""
	}
	return code
}

// Units whose name says which mass is meant: in Weight Gross (kg) the word gross
// belongs to the name of the column.
const (
	grossKilogram = "E4"
	netKilogram   = "58"
)

// unitOf returns the code of a unit of mass, volume, length, area or energy
// that words name. A single letter is one only in brackets.
func unitOf(header string, words []string) string {
	text := strings.Join(words, " ")
	if known.is("plain", text) || len(text) == 1 && !strings.ContainsAny(header, "([{") {
		return ""
	}
	code, ok := unit.Normalize(text)
	if !ok || onlyDigits(text) || code == grossKilogram || code == netKilogram {
		return ""
	}
	dimension, err := unit.Dimension(code)
	if err != nil || !slices.Contains([]string{"mass", "volume", "length", "area", "energy"}, dimension) {
		return ""
	}
	return code
}

// timesOf returns by how much a word says that values are to be multiplied.
func timesOf(word string) float64 {
	switch {
	case known.is("thousand", word):
		return 1e3
	case known.is("lakh", word):
		return 1e5
	case known.is("million", word):
		return 1e6
	case known.is("crore", word):
		return 1e7
	case known.is("billion", word):
		return 1e9
	}
	return 1
}
