package party

import "github.com/dhowdb/dhow/udf"

var normalize = udf.Func{
	Name:   "party_normalize",
	Kernel: udf.Vectorized(Normalize, []udf.Type{udf.Varchar}, udf.Varchar, normalizeTexts),
	Examples: []udf.Example{
		{SQL: "SELECT party_normalize('M/s. Al-Noor Gen. Trading Co. (L.L.C.)')", Want: "AL NOOR GEN TRADING"},
		{SQL: "SELECT party_normalize('شركة الأمانــة للتجارة العامة ش.ذ.م.م')", Want: "الامانه للتجاره العامه"},
		{SQL: "SELECT party_normalize('S.A.R.L. Frères Bénali et Fils')", Want: "FRERES BENALI & FILS"},
		{SQL: "SELECT party_normalize('L.L.C.')", Want: "NULL"},
	},
}

// Normalize returns a trader's name in a canonical form of its own script, or
// NULL (false) if nothing is left of it. Its results are read as themselves.
//
// Letters are upper case and without diacritics, tatweel and vowel signs;
// full-width and presentation forms are plain letters; digits are ASCII. The
// forms of alef are one letter, as are ya and alef maqsura, and ta marbuta and
// ha; a hamza is its carrier, or nothing. Persian and Urdu forms of the
// same letters are the Arabic ones. Apostrophes are left out, and everything
// else that is no letter or digit divides words, which have one blank
// between them.
//
// "&", "and", "et", "und", "ve" and "و" as a word of its own are "&". Letters
// that stand alone are joined, be it by dots or blanks: "L.L.C." and
// "L L C" are LLC, and "A. B. Smith" is AB SMITH. So is a first letter with a slash:
// "F/Stuff" is FSTUFF.
//
// Legal forms (LLC, W.L.L., S.A.R.L., GmbH, ذ.م.م, شركة … in the file
// forms.tsv with their language) are left out at the end, and where that is
// their use, at the beginning, as often as they occur; "M/s" too. Words of
// trade remain: "Noor Trading Est." is NOOR TRADING.
//
// Source: Unicode Standard Annex 15 on compatibility forms; the legal forms
// are those of the countries' laws on companies.
func Normalize(name string) (string, bool) {
	forms := legalForms()
	out := forms.strip(scan(nil, []byte(name), forms))
	return string(out), len(out) > 0
}

// normalizeTexts is the loop over a chunk.
func normalizeTexts(c *udf.Chunk) error {
	c.Out.NullsOf(&c.Args[0], c.Len)
	in, forms := udf.Values[udf.Str](&c.Args[0], c.Len), legalForms()
	var buf []byte
	for i := range in {
		if isNull(&c.Out, i) {
			continue
		}
		buf = scan(buf[:0], in[i].Bytes(), forms)
		name := forms.strip(buf)
		if len(name) == 0 {
			c.Out.SetNull(i)
			continue
		}
		c.Out.SetString(i, name)
	}
	return nil
}

func isNull(o *udf.Output, i int) bool {
	return o.Nulls[i>>6]>>(i&63)&1 == 1
}
