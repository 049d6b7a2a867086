package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// headerWords cuts a header into words that compare equal however it is
// written: small letters without diacritics, one form of each Arabic letter,
// western digits, no punctuation. TotalValue and HS6 are two words each, and a
// percent sign is the word percent.
func headerWords(header string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	last := rune(0)
	for _, r := range norm.NFKD.String(header) {
		if unicode.Is(unicode.Mn, r) || r == 'ـ' || unicode.Is(unicode.Cf, r) {
			continue // diacritics, tatweel, direction marks
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			last = 0
			if r == '%' || r == '٪' {
				words = append(words, "percent")
			}
			continue
		}
		if wordBreak(last, r) {
			flush()
		}
		last = r
		word = append(word, foldLetter(r))
	}
	flush()
	return words
}

func wordBreak(last, r rune) bool {
	return unicode.IsLower(last) && unicode.IsUpper(r) ||
		last != 0 && unicode.IsDigit(last) != unicode.IsDigit(r)
}

// foldLetter gives letters one form. Decomposition has already taken hamza and
// madda off their carriers.
func foldLetter(r rune) rune {
	switch r {
	case 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case 'ı':
		return 'i'
	}
	if unicode.IsDigit(r) {
		if d := digitOf(r); d >= 0 {
			return '0' + rune(d)
		}
	}
	return unicode.ToLower(r)
}

// digitOf returns the value of a western, Arabic-Indic or Persian digit, or -1.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '۰' && r <= '۹':
		return int(r - '۰')
	}
	return -1
}

// mendHeader undoes what programs do to the accents of a header: UTF-8 that
// was read as windows-1252 is read again, and a question mark that stands for
// a letter goes.
func mendHeader(header string) string {
	if strings.ContainsAny(header, "ÃÂØÙ") {
		if raw, err := charmap.Windows1252.NewEncoder().String(header); err == nil && utf8.ValidString(raw) {
			header = raw
		}
	}
	var b strings.Builder
	last := ' '
	for i, r := range header {
		_, size := utf8.DecodeRuneInString(header[i:]) // a byte that is no UTF-8 is one rune too
		next, _ := utf8.DecodeRuneInString(header[i+size:])
		if (r == '?' || r == utf8.RuneError) && unicode.IsLetter(last) && (unicode.IsLetter(next) || i+size == len(header)) {
			continue
		}
		last = r
		b.WriteRune(r)
	}
	return b.String()
}

// smallWords join the others of a name, and are left out where names are
// compared loosely.
func smallWord(w string) bool { return known.is("small", w) }

// looseWords writes the words of a header in one form: no small words, no
// plural, no Arabic article. Words that may be abbreviations are written out
// as well, in all ways.
func looseWords(words []string) [][]string {
	ways := [][]string{nil}
	for _, w := range words {
		if smallWord(w) {
			continue
		}
		meant := append([]string{w}, abbreviations()[w]...)
		var more [][]string
		for _, way := range ways {
			for _, m := range meant {
				next := append([]string(nil), way...)
				for _, part := range strings.Fields(m) {
					if !smallWord(part) {
						next = append(next, singular(part))
					}
				}
				more = append(more, next)
			}
		}
		if len(more) > mostWays {
			more = more[:mostWays]
		}
		ways = more
	}
	return ways
}

// nameWords writes the words of a name in the form of looseWords. Names are
// written out already.
func nameWords(words []string) []string {
	var out []string
	for _, w := range words {
		if !smallWord(w) {
			out = append(out, singular(w))
		}
	}
	return out
}

// mostWays is in how many ways abbreviations of one header are written out.
const mostWays = 64

// singular takes off the s of a plural and the Arabic article.
func singular(w string) string {
	if rest, ok := strings.CutPrefix(w, "ال"); ok && utf8.RuneCountInString(rest) >= 3 {
		return rest
	}
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return w[:len(w)-1]
	}
	return w
}
