package spelling

import (
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a table says of a character that isn't a letter.
const (
	gone  = 0 // it is left out and doesn't end a word
	blank = 1 // it ends a word
	quote = 2 // it ends a word, and is an apostrophe
	other = 3 // it is a letter, or several
)

// ascii has the small letter for letters, digits and the dollar sign, and 0
// for other bytes.
var ascii = func() (t [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	t['$'] = '$'
	return t
}()

// Arabic letters become one byte each: 0x80 and the low seven bits of the code
// point, 0xa1 to 0xca. No other letter of a key begins with these bytes, as
// those below U+02C0 are folded to ASCII.
const arabicByte = 0x80

// arabicLetter returns the byte of an Arabic letter.
func arabicLetter(r rune) byte { return byte(r-0x600) + arabicByte }

var (
	alef = arabicLetter('ا')
	lam  = arabicLetter('ل')
	heh  = arabicLetter('ه')
	waw  = arabicLetter('و')
)

// variants are the forms of Arabic letters that are written for one another.
var variants = map[rune]rune{
	'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ٲ': 'ا', 'ٳ': 'ا',
	'ى': 'ي', 'ئ': 'ي', 'ی': 'ي', 'ې': 'ي', 'ؤ': 'و', 'ة': 'ه', 'ۀ': 'ه', 'ہ': 'ه', 'ە': 'ه', 'ھ': 'ه',
	'ک': 'ك', 'گ': 'ج', 'غ': 'ج', 'چ': 'ج', 'پ': 'ب', 'ڤ': 'ف', 'ژ': 'ز', 'ں': 'ن',
}

// arabic has the byte for U+0600 to U+06FF.
var arabic = func() (t [256]byte) {
	for i := range t {
		r := rune(0x600 + i)
		switch to, ok := variants[r]; {
		case ok:
			t[i] = arabicLetter(to)
		case r >= 'ء' && r <= 'ي' && r != 'ـ' && r != 'ء' && unicode.IsLetter(r):
			t[i] = arabicLetter(r)
		case r >= '٠' && r <= '٩':
			t[i] = byte('0' + r - '٠')
		case r >= '۰' && r <= '۹':
			t[i] = byte('0' + r - '۰')
		case r == 'ـ' || r == 'ء' || unicode.IsMark(r) || unicode.Is(unicode.Cf, r):
			t[i] = gone
		default:
			t[i] = blank
		}
	}
	return t
}()

// foldArabicWord folds the article at the beginning of a word, behind و if the
// word follows another, and its last letter. It returns the new length.
func foldArabicWord(w []byte, follows bool) int {
	n := len(w)
	if w[n-1] == heh && n > 3 {
		w[n-1] = alef
	}
	from := 0
	if follows && w[0] == waw {
		from = 1
	}
	if n-from >= 5 && w[from] == alef && w[from+1] == lam {
		n = from + copy(w[from:], w[from+2:])
	}
	return n
}

// fold is the text of what a rune becomes.
type fold [6]byte

// folding is what a rune becomes, and what it is if that is nothing.
type folding struct {
	text fold
	n    uint8
	is   byte
}

// written are letters that don't fall into a letter and marks.
var written = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th",
	'ł': "l", 'ı': "i", 'ħ': "h", 'ŋ': "n", 'ŧ': "t", 'ŀ': "l", 'ĸ': "k", 'ŉ': "n", 'ſ': "s",
}

// pages have the folds of 256 runes each, made at their first use.
var pages [(utf8.MaxRune + 1) >> 8]atomic.Pointer[[256]folding]

// foldRune returns what a rune becomes.
func foldRune(r rune) *folding {
	page := pages[r>>8].Load()
	if page == nil {
		page = new([256]folding)
		for i := range page {
			page[i] = decompose(r&^0xff + rune(i))
		}
		pages[r>>8].Store(page) // another may have made the same
	}
	return &page[r&0xff]
}

// asciiFolds has what ASCII characters become.
var asciiFolds = func() (t [utf8.RuneSelf]folding) {
	for c := range t {
		t[c].is = blank
		if f := ascii[c]; f != 0 {
			t[c] = letters(string(rune(f)))
		}
	}
	t['\''].is = quote
	return t
}()

// decompose folds a rune by its decomposition.
func decompose(r rune) folding {
	switch {
	case r == '’':
		return folding{is: quote}
	case r >= 0x600 && r <= 0x6ff:
		return arabicFold(arabic[r-0x600])
	case r == utf8.RuneError:
		return folding{is: blank}
	case unicode.IsMark(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Lm, r):
		return folding{is: gone}
	case unicode.Is(unicode.Sc, r):
		return letters(string(r))
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return folding{is: blank}
	}
	if s, ok := written[unicode.ToLower(r)]; ok {
		return letters(s)
	}
	var out []byte
	for _, p := range norm.NFKD.String(string(unicode.ToLower(r))) {
		out = appendPart(out, p)
	}
	if len(out) == 0 {
		return folding{is: gone}
	}
	return letters(string(out))
}

func arabicFold(f byte) folding {
	if f == gone || f == blank {
		return folding{is: f}
	}
	return folding{text: fold{f}, n: 1, is: other}
}

// appendPart appends the fold of a part of a decomposition.
func appendPart(out []byte, p rune) []byte {
	switch {
	case p < utf8.RuneSelf:
		if f := ascii[p]; f != 0 {
			out = append(out, f)
		}
	case p >= 0x600 && p <= 0x6ff:
		if f := arabic[p-0x600]; f > blank {
			out = append(out, f)
		}
	case unicode.IsLetter(p) && p >= 0x300:
		out = utf8.AppendRune(out, p)
	}
	return out
}

// letters cuts what is longer than a fold: no name has such ligatures.
func letters(s string) folding {
	f := folding{is: other}
	f.n = uint8(copy(f.text[:], s))
	return f
}
