package spelling

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// arabicKey is the key that Arabic letters have, without any other folding.
func arabicKey(letters string) string {
	var b []byte
	for _, r := range letters {
		b = append(b, arabicLetter(r))
	}
	return string(b)
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ name, text, key string }{
		{"case", "GerMany", "germany"},
		{"marks", "Réunion", "reunion"},
		{"marks apart", "Re\u0301union", "reunion"},
		{"letters that are two", "Ærø Straße Œuvre", "aerostrasseoeuvre"},
		{"dotted capital", "TÜRKİYE", "turkiye"},
		{"full width", "Ｏｍａｎ１", "oman1"},
		{"punctuation", " Guinea-Bissau. * ", "guineabissau"},
		{"articles", "The Republic of the Congo (la)", "republiccongo"},
		{"article elided", "l'Islande", "islande"},
		{"article elided behind", "Islande (l’)", "islande"},
		{"l is a letter", "l islande", "lislande"},
		{"articles alone", "de la", "dela"},
		{"one article", "La", "la"},
		{"short words", "St. Kitts Isds", "saintkittsislands"},
		{"short word alone", "st", "st"},
		{"initials", "U.S.A.", ".usa"},
		{"initials with a slash", "n/a", ".na"},
		{"short name with an article", "Mali (le)", "mali"},
		{"digits", "٠١٢ ۳۴۵", "012345"},
		{"signs of currencies", "US$ €", "us$€"},
		{"alef and hamza", "أإآٱؤئء", arabicKey("ااااوي")},
		{"article", "الأردن", arabicKey("اردن")},
		{"short word keeps it", "الس", arabicKey("الس")},
		{"article behind and", "البوسنة والهرسك", arabicKey("بوسنا") + arabicKey("وهرسك")},
		{"and apart", "البوسنة و الهرسك", arabicKey("بوسنا") + arabicKey("وهرسك")},
		{"vowel signs and tatweel", "عُمَــان", arabicKey("عمان")},
		{"ta marbuta and ha", "مكه", arabicKey("مكه")},
		{"ta marbuta of a longer word", "سورية", arabicKey("سوريا")},
		{"Persian letters", "پاکستان گینه", arabicKey("باكستان") + arabicKey("جينا")},
		{"presentation forms", "ﻻﻭﺱ", arabicKey("لاوس")},
		{"Chinese", "中国", "中国"},
		{"nothing", " -،. ", ""},
		{"broken UTF-8", "a\xffb", ".ab"},
		{"too many letters", strings.Repeat("a", 200), ""},
		{"too many words", strings.Repeat("a ", 100), ""},
		{"too long", strings.Repeat(" ", MaxText) + "a", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var k Key
			if ok := k.Set([]byte(c.text)); string(k.Bytes()) != c.key || ok != (c.key != "") {
				t.Errorf("%q has the key %q, want %q", c.text, k.Bytes(), c.key)
			}
		})
	}
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]int64{
		"4": 4, "004": 4, " 784 ": 784, "784.0": 784, "784.": 784, "٧٨٤": 784, "۷۸۴": 784, "７８４": 784,
		"99999999999999999999": 1000, "": -1, " ": -1, ".": -1, ".5": -1, "4.5": -1, "-4": -1, "4a": -1, "a4": -1, "4 4": -1, "1.0.0": -1,
	} {
		n, ok := Number([]byte(text), 1000)
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q is %d, want %d", text, n, want)
		}
	}
}

// TestTable holds a table against a map.
func TestTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table Table
		twin := map[string]uint16{}
		keys := rapid.SliceOf(rapid.StringN(1, 6, 24)).Draw(t, "keys")
		for i, key := range keys {
			old, there := twin[key]
			value, added := table.Add([]byte(key), uint16(i))
			if added == there || there && value != old {
				t.Fatalf("adding %q again gives %d, %v", key, value, added)
			}
			if !there {
				twin[key] = uint16(i)
			}
			if i%3 == 0 {
				table.Put([]byte(key), uint16(i+1))
				twin[key] = uint16(i + 1)
			}
		}
		if table.Len() != len(twin) {
			t.Fatalf("%d keys, want %d", table.Len(), len(twin))
		}
		for _, key := range append(keys, rapid.SliceOf(rapid.String()).Draw(t, "others")...) {
			value, ok := table.Find([]byte(key))
			if want, there := twin[key]; ok != there || value != want {
				t.Fatalf("%q has %d, %v; want %d, %v", key, value, ok, want, there)
			}
		}
	})
}

// FuzzKey: a key doesn't depend on what a Key held before, on case or on
// blanks around, and isn't longer than it may be.
func FuzzKey(f *testing.F) {
	for _, text := range []string{"The Gambia", "l'Île", "البوسنة والهرسك", "U.S.A.", "ﻻﻭﺱ", "中国 ½ ǆ", "a\xffb", strings.Repeat("ﷺ ", 20)} {
		f.Add(text)
	}
	var used Key
	f.Fuzz(func(t *testing.T, text string) {
		var fresh, other Key
		ok := fresh.Set([]byte(text))
		if used.Set([]byte(text)) != ok || string(used.Bytes()) != string(fresh.Bytes()) {
			t.Fatalf("%q has the key %q, then %q", text, used.Bytes(), fresh.Bytes())
		}
		if ok != (len(fresh.Bytes()) > 0) || len(fresh.Bytes()) > maxKey {
			t.Fatalf("%q has a key of %d bytes, %v", text, len(fresh.Bytes()), ok)
		}
		if len(text) < MaxText-2 {
			other.Set([]byte(" " + text + "\n"))
			if string(other.Bytes()) != string(fresh.Bytes()) {
				t.Fatalf("%q has the key %q, between blanks %q", text, fresh.Bytes(), other.Bytes())
			}
		}
		ascii := strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
		if other.Set([]byte(strings.ToUpper(text))); ascii && string(other.Bytes()) != string(fresh.Bytes()) {
			t.Fatalf("%q has the key %q, in capitals %q", text, fresh.Bytes(), other.Bytes())
		}
		Number([]byte(text), 1000)
	})
}
