package country

import "github.com/dhowdb/dhow/udf"

var status = udf.Func{
	Name: "country_status",
	Kernel: udf.Overload(
		statusOf(texts), statusOf(wholes), statusOf(floats),
	),
	Examples: []udf.Example{
		{SQL: "SELECT country_status('AE')", Want: "ok"},
		{SQL: "SELECT country_status('ARE')", Want: "code"},
		{SQL: "SELECT country_status('Émirats arabes unis')", Want: "alias"},
		{SQL: "SELECT country_status('Zaire')", Want: "historic"},
		{SQL: "SELECT country_status('USSR')", Want: "split"},
		{SQL: "SELECT country_status('Congo')", Want: "ambiguous"},
		{SQL: "SELECT country_status('Areas, nes')", Want: "area"},
		{SQL: "SELECT country_status('Atlantis')", Want: "unknown"},
	},
}

// Status returns how country_normalize reads x.
//
//	ok         an alpha-2 code in capitals, as it should be
//	code       another code: alpha-3, a number, small letters
//	alias      a name
//	historic   a former country that one country followed: the result is that
//	split      a former country that several followed: NULL
//	ambiguous  a name that may be several countries: NULL
//	area       a group of countries or what is none, such as a free zone: NULL
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
	return udf.Vectorized(Status, []udf.Type{t.typ}, udf.Varchar, rows(func(b *book, c *udf.Chunk, i int) error {
		v := t.verdict(b, &udf.Values[T](&c.Args[0], i+1)[i])
		udf.Results[udf.Str](&c.Out, i+1)[i] = words[v.reading()]
		return nil
	}))
}

// verdictOf returns the verdict on a single text.
func verdictOf(x string) (*book, verdict, error) {
	b, err := facts()
	if err != nil {
		return nil, 0, err
	}
	s := udf.MakeStr([]byte(x))
	return b, b.ofStr(&s), nil
}
