package port

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

var normalize = udf.Func{
	Name:   "port_normalize",
	Kernel: udf.Vectorized(Normalize, []udf.Type{udf.Varchar}, udf.Varchar, normalizeChunk),
	Examples: []udf.Example{
		{SQL: "SELECT port_normalize('AE JEA')", Want: "AEJEA"},
		{SQL: "SELECT port_normalize('Jebel Ali')", Want: "AEJEA"},
		{SQL: "SELECT port_normalize('ميناء جبل علي')", Want: "AEJEA"},
		{SQL: "SELECT port_normalize('dxb')", Want: "AEDXB"},
		{SQL: "SELECT port_normalize('Tripoli')", Want: "NULL"},
		{SQL: "SELECT port_normalize('Tripoli, LB')", Want: "LBKYE"},
	},
}

var country = udf.Func{
	Name:   "port_country",
	Kernel: udf.Vectorized(Country, []udf.Type{udf.Varchar}, udf.Varchar, countryChunk),
	Examples: []udf.Example{
		{SQL: "SELECT port_country('Jebel Ali')", Want: "AE"},
		{SQL: "SELECT port_country('DEHAM')", Want: "DE"},
		{SQL: "SELECT TRY(port_country('nowhere'))", Want: "NULL"},
	},
}

// Normalize returns the UN/LOCODE of a port, airport or other place, or NULL if
// x names none, or one of several: port_status says which. Its results are read
// as themselves.
//
// Read are, the first of these that fits, each without regard to case, accents
// and punctuation:
//
//   - spellings of ref.port_alias, also Arabic,
//   - codes, with or without a blank ("AE JEA"),
//   - names of sea ports, in ref.port,
//   - IATA codes of airports, in ref.airport, and names of airports, if their
//     code ends a UN/LOCODE nearby,
//   - names of all other places, in ref.locode.
//
// "Port of", "Mina", ميناء, "airport" and the article may be there or not, and
// a country may stand behind the name: "Hamburg, Germany", "Tripoli (LB)". A
// name that is also a code is read as the name only if it has both capitals
// and small letters.
//
// Whether a place has a port isn't checked for codes: "SARUH" is Riyadh. Codes
// that UN/LOCODE holds without coordinates are known only if they are seaports
// in ref.port; the others are NULL.
//
// Source: UNECE Recommendation 16, UN/LOCODE, edition 2024-2; IATA codes as
// collected by OurAirports.
func Normalize(x string) (string, bool) {
	g, err := load()
	if err != nil {
		return "", false
	}
	p, err := g.placeIn([]byte(x))
	if err != nil || !p.found() {
		return "", false
	}
	code := p.code()
	return code.String(), true
}

// Country returns the two-letter code of the country of a place, in any form
// that port_normalize reads. An error if that reads no place in x.
//
// Source: UNECE Recommendation 16: the first two letters of a UN/LOCODE are the
// country's ISO 3166-1 code.
func Country(x string) (string, error) {
	code, ok := Normalize(x)
	if !ok {
		return "", unknownPlace(x)
	}
	return code[:2], nil
}

func unknownPlace(text string) error {
	return fmt.Errorf("port_country: %q is no place that port_normalize reads; see ref.port, ref.airport and ref.locode", text)
}

func normalizeChunk(c *udf.Chunk) error {
	return chunk(c, place.code, nil)
}

func countryChunk(c *udf.Chunk) error {
	return chunk(c, place.country, unknownPlace)
}

// chunk is the loop over a chunk of texts. Those that mean no place become NULL,
// or the error that unknown makes.
func chunk(c *udf.Chunk, result func(place) udf.Str, unknown func(string) error) error {
	g, err := load()
	if err != nil {
		return err
	}
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	out := udf.Results[udf.Str](&c.Out, c.Len)[:len(in)]
	for i := range in {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		n, err := g.texts.Number(&in[i], g.lookUp)
		switch {
		case err != nil:
			return err
		case n >= 0:
			out[i] = result(place(n))
		case unknown != nil:
			return unknown(in[i].String())
		default:
			c.Out.SetNull(i)
		}
	}
	return nil
}
