// Package lookup turns the texts of a column into rows of a table of reference
// facts: it folds spellings that differ only in case, accents and punctuation
// into one, and looks a text that a chunk repeats up only once.
//
// It knows no table: the families of functions bring theirs.
package lookup

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxKey is the length in bytes of the longest folded text.
const MaxKey = 96

// Fold appends the letters and digits of text to dst, so that spellings of one
// name become equal, and reports whether they fit into [MaxKey] bytes:
//
//   - Latin letters lose their accents and become capitals,
//   - Arabic letters lose their marks and the tatweel, and variants of alef,
//     yeh and teh marbuta become one,
//   - digits of other scripts, full-width and superscript ones become ASCII,
//   - blanks, punctuation and signs but "/" and "%" are left out.
//
// It allocates nothing when dst has the room. Folding twice changes nothing.
func Fold(dst, text []byte) ([]byte, bool) {
	for i := 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf {
			i++
			if b = ascii[b]; b == 0 {
				continue
			}
			if len(dst) >= MaxKey {
				return dst, false
			}
			dst = append(dst, b)
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		if len(dst) > MaxKey-utf8.UTFMax {
			return dst, false
		}
		dst = appendFolded(dst, r)
	}
	return dst, true
}

// ascii is what an ASCII character becomes, 0 for nothing.
var ascii = func() (t [utf8.RuneSelf]byte) {
	for b := range t {
		c := byte(b)
		switch {
		case 'a' <= c && c <= 'z':
			t[b] = c - 'a' + 'A'
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '/', c == '%':
			t[b] = c
		}
	}
	return t
}()

// latin has the ASCII letters of the letters from U+00C0 to U+017F that have
// one below their accent.
var latin = func() (t [0x180 - 0xC0]byte) {
	for i := range t {
		if base := norm.NFD.String(string(rune(0xC0 + i)))[0]; base < utf8.RuneSelf {
			t[i] = ascii[base]
		}
	}
	for r, b := range map[rune]byte{'Ø': 'O', 'ø': 'O', 'Đ': 'D', 'đ': 'D', 'Ð': 'D', 'ð': 'D', 'Ł': 'L', 'ł': 'L', 'ı': 'I', 'Ħ': 'H', 'ħ': 'H'} {
		t[r-0xC0] = b
	}
	return t
}()

func appendFolded(dst []byte, r rune) []byte {
	switch {
	case 0xC0 <= r && r < 0x180 && latin[r-0xC0] != 0:
		return append(dst, latin[r-0xC0])
	case 0x0600 <= r && r < 0x0700:
		return appendArabic(dst, r)
	case 0xFF01 <= r && r <= 0xFF5E: // full-width forms of ASCII
		if b := ascii[r-0xFF01+'!']; b != 0 {
			dst = append(dst, b)
		}
		return dst
	}
	switch r {
	case 'ß':
		return append(dst, "SS"...)
	case 'Æ', 'æ':
		return append(dst, "AE"...)
	case 'Œ', 'œ':
		return append(dst, "OE"...)
	case '²':
		return append(dst, '2')
	case '³':
		return append(dst, '3')
	case '¹':
		return append(dst, '1')
	case 'µ', 'μ': // micro, which is written u in ASCII
		return append(dst, 'U')
	}
	if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return dst
	}
	return utf8.AppendRune(dst, upper(r))
}

// upper is unicode.ToUpper for letters whose capital folds into itself.
func upper(r rune) rune {
	if u := unicode.ToUpper(r); unicode.ToUpper(u) == u && (u < 0xC0 || u >= 0x180) && u >= utf8.RuneSelf {
		return u
	}
	return r
}

func appendArabic(dst []byte, r rune) []byte {
	switch {
	case '٠' <= r && r <= '٩':
		return append(dst, byte(r-'٠')+'0')
	case '۰' <= r && r <= '۹':
		return append(dst, byte(r-'۰')+'0')
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		r = 'ا'
	case 'ى', 'ی', 'ئ':
		r = 'ي'
	case 'ة', 'ۀ':
		r = 'ه'
	case 'ک':
		r = 'ك'
	case 'ؤ':
		r = 'و'
	case 'ـ', 'ء': // tatweel; a lone hamza is often left out
		return dst
	}
	const first, last = 'ء', 'ي' // of the letters of Arabic itself
	if (r < first || r > last) && !unicode.IsLetter(r) {
		return dst
	}
	return utf8.AppendRune(dst, r)
}
