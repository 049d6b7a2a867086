package party

import (
	"sync"

	"github.com/dhowdb/dhow/udf"
)

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
	return eachText(c, &normalizers, func(r *remembering, text []byte) []byte {
		r.out = scan(r.out[:0], text, r.forms)
		return r.forms.strip(r.out)
	})
}

// eachText computes a chunk by a function of one text, of which nothing is NULL,
// for texts that weren't seen just before.
func eachText(c *udf.Chunk, pool *sync.Pool, f func(r *remembering, text []byte) []byte) error {
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	r := pool.Get().(*remembering)
	defer pool.Put(r)
	r.look(&c.Out, in, nulls)
	for i := range in {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		text := in[i].Bytes()
		var result []byte
		if place := r.recall(i, text, nil); place != nowhere {
			result = r.memo.text(place)
		} else {
			result = f(r, text)
			r.memo.keep(r.hashes[i], text, nil, answer{text: result})
		}
		if len(result) == 0 {
			c.Out.SetNull(i)
			continue
		}
		c.Out.SetString(i, result)
	}
	return nil
}
