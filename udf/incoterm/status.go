package incoterm

import (
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

var status = udf.Func{
	Name:   "incoterm_status",
	Kernel: lookup.Status(Status, readingOf),
	Examples: []udf.Example{
		{SQL: "SELECT incoterm_status('CIF')", Want: "ok"},
		{SQL: "SELECT incoterm_status('c.i.f.')", Want: "code"},
		{SQL: "SELECT incoterm_status('C&F Dammam')", Want: "alias"},
		{SQL: "SELECT incoterm_status('DDU')", Want: "historic"},
		{SQL: "SELECT incoterm_status('FOB/CIF')", Want: "ambiguous"},
		{SQL: "SELECT incoterm_status('as usual')", Want: "unknown"},
	},
}

// Status returns how incoterm_normalize reads x.
//
//	ok         a code of Incoterms 2020 in capitals, as it should be
//	code       one in another writing
//	alias      a name or an abbreviation, or a term with words around it
//	historic   a term that Incoterms 2020 no longer has, in any of these forms
//	ambiguous  more than one term: NULL
//	empty      nothing but blanks and punctuation: NULL
//	unknown    anything else: NULL
func Status(x string) (string, error) {
	r, err := readingOf([]byte(x))
	return r.String(), err
}

func readingOf(text []byte) (lookup.Reading, error) {
	t, err := load()
	if err != nil {
		return lookup.Unknown, err
	}
	n, err := t.find(text)
	switch {
	case err != nil:
		return lookup.Unknown, err
	case n >= 0 && t.retired[n]:
		return lookup.Historic, nil
	case n >= 0:
		return lookup.ReadingOf(text, t.codes[n], false), nil
	}
	return lookup.ReadingOf(text, "", n == several), nil
}
