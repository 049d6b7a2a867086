package country

import (
	"fmt"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var census = udf.Func{
	Name:   "country_from_census",
	Kernel: udf.Maybe1(FromCensus),
	Examples: []udf.Example{
		{SQL: "SELECT country_from_census('1220')", Want: "CA"},
		{SQL: "SELECT country_from_census('5700')", Want: "CN"},
		{SQL: "SELECT country_from_census('0003')", Want: "NULL"},
	},
}

// FromCensus returns the ISO 3166-1 alpha-2 code of the country that US trade
// statistics give a number of four digits, the Schedule C code. NULL for the
// codes of groups and regions (0003 is the European Union, 4XXX Europe) and for
// what is none. The Gaza Strip and the West Bank, which have a number each, are
// both PS; 1000, the United States, is what imports of own goods come from.
//
// country_normalize doesn't read these numbers: those of ISO 3166-1, UN M49 and
// UN Comtrade have three digits.
//
// Source: US Census Bureau, Schedule C, Classification of Country and Territory
// Designations for U.S. Import and Export Statistics; ref.country_census.
func FromCensus(x string) (string, bool) {
	codes, err := censusCodes()
	if err != nil {
		return "", false
	}
	alpha2, ok := codes[x]
	return alpha2, ok
}

// censusCodes are read at the first use of the function.
var censusCodes = sync.OnceValues(func() (map[string]string, error) {
	f, err := udf.FactsSource("country_census")
	if err != nil {
		return nil, fmt.Errorf("read the reference facts country_census: %w", err)
	}
	c, err := f.Select("code", "alpha2")
	if err != nil {
		return nil, err
	}
	codes := map[string]string{}
	for i, code := range c[0] {
		codes[code] = c[1][i]
	}
	return codes, nil
})
