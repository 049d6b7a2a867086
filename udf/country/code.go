package country

import "github.com/dhowdb/dhow/udf"

var alpha3 = udf.Func{
	Name: "country_alpha3",
	Kernel: strict("country_alpha3", Alpha3, udf.Varchar, func(_ *book, c *udf.Chunk, i int, p *place) error {
		udf.Results[udf.Str](&c.Out, i+1)[i] = p.alpha3
		return nil
	}),
	Examples: []udf.Example{
		{SQL: "SELECT country_alpha3('AE')", Want: "ARE"},
		{SQL: "SELECT country_alpha3('Allemagne')", Want: "DEU"},
		{SQL: "SELECT country_alpha3(251)", Want: "FRA"},
	},
}

// Alpha3 returns the ISO 3166-1 alpha-3 code of a country, which may be written
// in every form that country_normalize reads. What is no country is an error.
// Kosovo is XKX.
//
// Source: ISO 3166-1.
func Alpha3(x string) (string, error) {
	p, err := placeOf("country_alpha3", x)
	if err != nil {
		return "", err
	}
	return p.alpha3.String(), nil
}

var m49 = udf.Func{
	Name:   "country_m49",
	Kernel: numberOf("country_m49", M49, func(p *place) int32 { return p.m49 }),
	Examples: []udf.Example{
		{SQL: "SELECT country_m49('FR')", Want: "250"},
		{SQL: "SELECT country_m49('Afghanistan')", Want: "4"},
	},
}

// M49 returns the number that UN M49 gives a country, which may be written in
// every form that country_normalize reads. What is no country is an error. It is
// also the ISO 3166-1 numeric code, without leading zeros: printf('%03d', …)
// puts them back. Taiwan (158) and Kosovo (412), which the published list
// leaves out, have the numbers of the UN's population statistics.
//
// UN Comtrade has numbers of its own for some countries: see country_comtrade.
//
// Source: UN Statistics Division, Standard country or area codes for
// statistical use (M49).
func M49(x string) (int32, error) {
	p, err := placeOf("country_m49", x)
	if err != nil {
		return 0, err
	}
	return p.m49, nil
}

var comtrade = udf.Func{
	Name:   "country_comtrade",
	Kernel: numberOf("country_comtrade", Comtrade, func(p *place) int32 { return p.comtrade }),
	Examples: []udf.Example{
		{SQL: "SELECT country_comtrade('FR')", Want: "251"},
		{SQL: "SELECT country_comtrade('India')", Want: "699"},
		{SQL: "SELECT country_comtrade('AE')", Want: "784"},
		{SQL: "SELECT country_comtrade('Réunion')", Want: "NULL"},
	},
}

// Comtrade returns the number that UN Comtrade gives a country today as a
// partner, and as a reporter if it is one (ref.country tells). The country may
// be written in every form that country_normalize reads; what is no country is
// an error. NULL for territories whose trade is counted with a country, such as
// Réunion with France.
//
// It differs from M49 for France (251), India (699), Norway (579), Switzerland
// (757), the United States (842) and Taiwan (490, "Other Asia, nes").
//
// Source: UN Statistics Division, Comtrade country codes, 2025.
func Comtrade(x string) (int32, error) {
	p, err := placeOf("country_comtrade", x)
	if err != nil {
		return 0, err
	}
	return p.comtrade, nil
}
