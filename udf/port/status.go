package port

import (
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

var status = udf.Func{
	Name:   "port_status",
	Kernel: lookup.Status(Status, readingOf),
	Examples: []udf.Example{
		{SQL: "SELECT port_status('AEJEA')", Want: "ok"},
		{SQL: "SELECT port_status('AE JEA')", Want: "code"},
		{SQL: "SELECT port_status('Jebel Ali')", Want: "alias"},
		{SQL: "SELECT port_status('Tripoli')", Want: "ambiguous"},
		{SQL: "SELECT port_status('nowhere')", Want: "unknown"},
	},
}

// Status returns how port_normalize reads x.
//
//	ok         a UN/LOCODE in capitals, as it should be
//	code       one in another writing, or the IATA code of an airport
//	alias      a name
//	ambiguous  what several places are called: NULL; a country behind it may help
//	empty      nothing but blanks and punctuation: NULL
//	unknown    anything else: NULL
func Status(x string) (string, error) {
	r, err := readingOf([]byte(x))
	return r.String(), err
}

func readingOf(text []byte) (lookup.Reading, error) {
	g, err := load()
	if err != nil {
		return lookup.Unknown, err
	}
	p, err := g.placeIn(text)
	if err != nil {
		return lookup.Unknown, err
	}
	code := ""
	if p.found() {
		s := p.code()
		code = s.String()
	}
	r := lookup.ReadingOf(text, code, p == several)
	if r == lookup.Alias && isIATA(text, code) {
		return lookup.Code, nil
	}
	return r, nil
}

// isIATA reports whether a text is the IATA code that ends a UN/LOCODE.
func isIATA(text []byte, code string) bool {
	var buffer [lookup.MaxKey]byte
	key, ok := lookup.Fold(buffer[:0], text)
	return ok && string(key) == code[2:] && !hasBothCases(text)
}
