package party

import "github.com/dhowdb/dhow/udf"

var key = udf.Func{
	Name:   "party_key",
	Kernel: udf.Vectorized(Key, []udf.Type{udf.Varchar}, udf.Varchar, keyTexts),
	Examples: []udf.Example{
		{SQL: "SELECT party_key('Mohamed Hussain Al-Futtaim Gen. Trdg. L.L.C.')", Want: "MHMTHSNFTM general trade"},
		{SQL: "SELECT party_key('شركة محمد حسين الفطيم للتجارة العامة ذ.م.م')", Want: "MHMTHSNFTM general trade"},
		{SQL: "SELECT party_key('Gulf Foodstuff Trading')", Want: "food gulf trade"},
		{SQL: "SELECT party_key('L.L.C.')", Want: "NULL"},
	},
}

// Key returns a key under which the Arabic and the Latin spellings of a
// trader's name meet, or NULL (false) if nothing is left of the name but its legal
// form. It is made to find spellings, not to tell names apart: names of few
// consonants share keys, so compare what meets by party_similarity.
//
// The key is a skeleton of the name's own words, without blanks, and behind it
// the words of trade in any order: "general trade". Those are recognised in
// English, French and Arabic, with usual abbreviations and Arabic
// prefixes (file words.tsv), as are "sons", "brothers", "gulf", "first" and the like.
// Words that say nothing (company, group, goods, the) are left out.
//
// A skeleton has a letter for each consonant, of classes whose members are
// written for each other in some region (files letters.tsv, sounds.tsv):
//
//	B  b p ب           L  l ل       S  s c(e, i, y) س ص
//	C  sh ch ش         M  m م       T  t d th dh z ت ث د ذ ز ض ط ظ
//	F  f ph v ف ڤ      N  n ن       X  kh خ
//	H  h ح ه           R  r ر
//	K  k q c g gh j dj ق ك ج غ گ
//
// Vowels, w, y, ع, ا, و and ي are left out, but for the first sound of
// the name, which is A, W or Y. Doubled Latin letters count once. H and t
// at the end of a word are left out, as in Waha, Wahah, Wahat. So are
// articles, apart or attached: al, el, ul, the assimilated ones before sun
// letters (As-Salam, Ennour) and ال; within Abdul-, Abu l-, -uddin and -ullah
// too. Mohd, Ibn and others of short.tsv are written out. Digits and letters of
// other scripts stand for themselves.
//
// Source: the classes follow the transliterations of Arabic in ISO 233 and in
// French and English use; the tables are dhow's own.
func Key(name string) (string, bool) {
	m := newMatcher()
	out := m.appendKeyOf(nil, []byte(name))
	return string(out), len(out) > 0
}

// appendKeyOf appends the key of a name, or nothing.
func (m *matcher) appendKeyOf(to, name []byte) []byte {
	m.nameA = scan(m.nameA[:0], name, m.forms)
	m.read(&m.a, m.forms.strip(m.nameA), 0)
	return m.appendKey(to, &m.a)
}

// keyTexts is the loop over a chunk.
func keyTexts(c *udf.Chunk) error {
	return eachText(c, &keepers, func(r *remembering, text []byte) []byte {
		r.out = r.appendKeyOf(r.out[:0], text)
		return r.out
	})
}
