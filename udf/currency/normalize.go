package currency

import "github.com/dhowdb/dhow/udf"

var normalize = udf.Func{
	Name:   "currency_normalize",
	Kernel: udf.Overload(normalizeOf(texts), normalizeOf(wholes), normalizeOf(floats)),
	Examples: []udf.Example{
		{SQL: "SELECT currency_normalize('usd')", Want: "USD"},
		{SQL: "SELECT currency_normalize('US dollar')", Want: "USD"},
		{SQL: "SELECT currency_normalize('ريال سعودي')", Want: "SAR"},
		{SQL: "SELECT currency_normalize('د.إ')", Want: "AED"},
		{SQL: "SELECT currency_normalize('Dhs.')", Want: "AED"},
		{SQL: "SELECT currency_normalize(784)", Want: "AED"},
		{SQL: "SELECT currency_normalize('$')", Want: "NULL"},
	},
}

// Normalize returns the ISO 4217 code of a currency, or NULL (empty) if x isn't
// one currency; currency_status says why.
//
// It reads codes in any case, numeric codes with lost zeros or without ("012",
// 12, 12.0), and the symbols and names in English, French and Arabic that
// ref.currency_alias lists. Case, diacritics, punctuation, blanks and articles
// don't matter, nor, in Arabic, vowel signs, tatweel and the variants of letters.
//
// NULL are names and symbols of several currencies: $, £, ¥, ﷼, dollar, dirham,
// dinar, riyal, درهم, ريال. "SR" is read as the Saudi riyal and "Dhs" as the
// dirham of the Emirates, as they are used in the Gulf; "DH" is NULL.
//
// Withdrawn currencies keep their code (DEM is DEM). ISO gives the number of a
// withdrawn currency again; then the one in use is meant.
//
// Source: ISO 4217, lists one and three; names and symbols of our own.
func Normalize(x string) (string, error) {
	b, v, err := verdictOf(x)
	if err != nil || !v.found() {
		return "", err
	}
	return b.all[v.at()].code.String(), nil
}

// normalizeOf is the kernel for a type. Codes in capitals, which most rows of a
// clean column are, are found without a call.
func normalizeOf[T any](t column[T]) udf.Kernel {
	return udf.Vectorized(Normalize, []udf.Type{t.typ}, udf.Varchar, func(c *udf.Chunk) error {
		b, err := facts()
		if err != nil {
			return err
		}
		nulls := c.Out.NullsOf(&c.Args[0], c.Len)
		in := udf.Values[T](&c.Args[0], c.Len)
		out := udf.Results[udf.Str](&c.Out, c.Len)[:len(in)]
		strs, _ := any(in).([]udf.Str)
		for i := range in {
			if strs != nil && b.isCode(strs[i]) { // NULL rows may hold one too
				out[i] = strs[i]
				continue
			}
			if nulls && c.Out.IsNull(i) {
				continue
			}
			v := t.verdict(b, &in[i])
			if !v.found() {
				c.Out.SetNull(i)
				continue
			}
			out[i] = b.all[v.at()].code
		}
		return nil
	})
}

var status = udf.Func{
	Name:   "currency_status",
	Kernel: udf.Overload(statusOf(texts), statusOf(wholes), statusOf(floats)),
	Examples: []udf.Example{
		{SQL: "SELECT currency_status('AED')", Want: "ok"},
		{SQL: "SELECT currency_status(784)", Want: "code"},
		{SQL: "SELECT currency_status('€')", Want: "alias"},
		{SQL: "SELECT currency_status('DEM')", Want: "historic"},
		{SQL: "SELECT currency_status('درهم')", Want: "ambiguous"},
		{SQL: "SELECT currency_status('bitcoin')", Want: "unknown"},
	},
}

// Status returns how currency_normalize reads x.
//
//	ok         a code in capitals, as it should be
//	code       a numeric code, or one in small letters
//	alias      a name or a symbol
//	historic   a currency that has been withdrawn
//	ambiguous  what several currencies are called: NULL
//	empty      nothing but blanks and punctuation: NULL
//	unknown    anything else: NULL
func Status(x string) (string, error) {
	_, v, err := verdictOf(x)
	return readings[v.reading()], err
}

func statusOf[T any](t column[T]) udf.Kernel {
	var words [len(readings)]udf.Str
	for r, word := range readings {
		words[r] = udf.InlineStr([]byte(word))
	}
	return kernel(t, Status, udf.Varchar, func(_ *book, c *udf.Chunk, i int, v verdict, _ *T) error {
		udf.Results[udf.Str](&c.Out, i+1)[i] = words[v.reading()]
		return nil
	})
}
