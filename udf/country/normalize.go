package country

import "github.com/dhowdb/dhow/udf"

var normalize = udf.Func{
	Name: "country_normalize",
	Kernel: udf.Overload(
		udf.Vectorized(Normalize, []udf.Type{udf.Varchar}, udf.Varchar, normalizeOf(texts)),
		udf.Vectorized(Normalize, []udf.Type{udf.BigInt}, udf.Varchar, normalizeOf(wholes)),
		udf.Vectorized(Normalize, []udf.Type{udf.Double}, udf.Varchar, normalizeOf(floats)),
	),
	Examples: []udf.Example{
		{SQL: "SELECT country_normalize('United Arab Emirates (the)')", Want: "AE"},
		{SQL: "SELECT country_normalize('الامارات')", Want: "AE"},
		{SQL: "SELECT country_normalize('cote d''ivoire')", Want: "CI"},
		{SQL: "SELECT country_normalize('KSA')", Want: "SA"},
		{SQL: "SELECT country_normalize('784 - U.A.E.')", Want: "AE"},
		{SQL: "SELECT country_normalize(4)", Want: "AF"},
		{SQL: "SELECT country_normalize(842)", Want: "US"},
		{SQL: "SELECT country_normalize('Zaire')", Want: "CD"},
		{SQL: "SELECT country_normalize('Congo')", Want: "NULL"},
	},
}

// Normalize returns the ISO 3166-1 alpha-2 code of a country, or NULL (empty)
// if x isn't one country; country_status says why. Kosovo, which ISO gives no
// code, is XK, as in the European Union's customs.
//
// It reads alpha-2 and alpha-3 codes; the numbers of ISO 3166-1, UN M49 and UN
// Comtrade with lost zeros or without ("004", 4, 4.0; France is 250 and 251,
// Taiwan 158 and 490); names in English, French and Arabic and what else
// ref.country_alias lists. Case, diacritics, punctuation, blanks, articles and
// "(the)" don't matter, nor, in Arabic, vowel signs, tatweel, the forms of
// alef, hamza, ya and ta marbuta, the article, and ج for غ.
//
// Former countries (ISO 3166-3, and those of UN Comtrade) are what followed
// them, if that is one country: Zaire is CD, East Germany DE. A text that names
// one country twice, as "AE - UAE" or "الصين / China", is that country; one that
// names two is NULL.
//
// NULL are former countries that several followed (USSR), names that may be
// several countries (Congo, Korea, Virgin Islands), and areas (World, European
// Union, "Areas, nes"). Initials with a break between them are read as names
// only: "U.S.A." is US, but "N/A" and "n.a." aren't Namibia. "NA" is.
//
// Source: ISO 3166-1 and 3166-3; UN Statistics Division, M49 and Comtrade
// country codes; names from Unicode CLDR and the UN's terminology database.
func Normalize(x string) (string, error) {
	b, v, err := verdictOf(x)
	if err != nil || !v.found() {
		return "", err
	}
	return b.places[v.at()].alpha2.String(), nil
}

// normalizeOf is the loop over a chunk. Codes in capitals, which most rows of
// a clean column are, are found without a call.
func normalizeOf[T any](t column[T]) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		b, err := facts()
		if err != nil {
			return err
		}
		c.Out.NullsOf(&c.Args[0], c.Len)
		in := udf.Values[T](&c.Args[0], c.Len)
		out := udf.Results[udf.Str](&c.Out, c.Len)[:len(in)]
		strs, _ := any(in).([]udf.Str)
		for i := range in {
			if strs != nil {
				s := strs[i]
				one, two := s.Lo>>32&0xff-'A', s.Lo>>40-'A'
				if uint32(s.Lo) == 2 && one < letters && two < letters && b.standing[one*letters+two] {
					out[i] = s
					continue
				}
			}
			if c.Out.Dirty && isNull(&c.Out, i) {
				continue
			}
			v := t.verdict(b, &in[i])
			if !v.found() {
				c.Out.SetNull(i)
				continue
			}
			out[i] = b.places[v.at()].alpha2
		}
		return nil
	}
}
