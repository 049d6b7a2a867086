package party

import (
	_ "embed" // the tables of this package travel inside the binary
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed fold.tsv
var foldTSV string

// tableRows returns the cells of the lines of a table after its title line.
func tableRows(table string) [][]string {
	_, body, _ := strings.Cut(table, "\n")
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	rows := make([][]string, len(lines))
	for i, line := range lines {
		rows[i] = strings.Split(line, "\t")
	}
	return rows
}

// letterFolds are the letters of fold.tsv and what is written for them.
var letterFolds = sync.OnceValue(func() map[rune]string {
	folds := map[rune]string{}
	for _, row := range tableRows(foldTSV) {
		r, _ := utf8.DecodeRuneInString(row[0])
		folds[r] = row[1]
	}
	return folds
})

// What a character is to the scanner, if it isn't a letter or digit.
const (
	gapMark   = 0 // divides words
	noMark    = 1 // is left out
	dotMark   = 2 // divides words, or joins the letters of an abbreviation
	slashMark = 3 // the same
	andMark   = 4 // a word of its own
	longMark  = 5 // first byte of a character that isn't ASCII
)

// asciiMarks gives the upper case of an ASCII letter, the digit itself, or the
// mark of any other byte.
var asciiMarks = func() (marks [256]byte) {
	for c := range marks {
		switch {
		case c >= utf8.RuneSelf:
			marks[c] = longMark
		case 'a' <= c && c <= 'z':
			marks[c] = byte(c) - 'a' + 'A'
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			marks[c] = byte(c)
		}
	}
	marks['.'], marks['/'], marks['&'] = dotMark, slashMark, andMark
	marks['\''], marks['`'] = noMark, noMark
	return marks
}()

const (
	pageSize  = 256
	pageCount = (unicode.MaxRune + 1) / pageSize
	severalOf = 1 << 30 // marks an index into several
)

// foldPage is what the characters of a block of 256 are folded to: a mark, a
// letter, or the index of several characters.
type foldPage struct {
	of      [pageSize]int32
	several []string
}

// foldPages are made when a character of theirs first occurs.
var foldPages [pageCount]atomic.Pointer[foldPage]

// pageOf returns the page of r, which is a valid character.
func pageOf(r rune) *foldPage {
	if p := foldPages[r/pageSize].Load(); p != nil {
		return p
	}
	p := &foldPage{}
	first := r / pageSize * pageSize
	for i := range p.of {
		text := folded(first + rune(i))
		one, n := utf8.DecodeRuneInString(text)
		switch {
		case n == 0:
			p.of[i] = noMark
		case n < len(text):
			p.of[i] = severalOf | int32(len(p.several))
			p.several = append(p.several, text)
		case one < utf8.RuneSelf:
			p.of[i] = int32(asciiMarks[one])
		case isLetter(one):
			p.of[i] = one
		default:
			p.of[i] = gapMark
		}
	}
	foldPages[r/pageSize].Store(p)
	return p
}

func isLetter(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.M) }

// folded returns what r is folded to, whose characters are folded to
// themselves.
func folded(r rune) string {
	text := string(r)
	for range 4 { // a ligature of letters with marks takes three rounds
		var next strings.Builder
		for _, r := range text {
			next.WriteString(foldOnce(r))
		}
		if next.String() == text {
			break
		}
		text = next.String()
	}
	return text
}

// foldOnce takes one step: a letter of the table, else the plain form of a
// presentation form, without diacritics in scripts where names are written
// with and without them.
func foldOnce(r rune) string {
	if to, ok := letterFolds()[r]; ok {
		return to
	}
	switch {
	case isDiacritic(r), unicode.Is(unicode.Cf, r):
		return ""
	case '٠' <= r && r <= '٩':
		return string('0' + r - '٠')
	case '۰' <= r && r <= '۹':
		return string('0' + r - '۰')
	}
	form := norm.NFKC
	if unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew) {
		form = norm.NFKD
	}
	return strings.Map(unicode.ToUpper, form.String(string(r)))
}

// isDiacritic reports whether r is a mark that is left out: Latin accents,
// Arabic and Hebrew vowel signs. Vowel signs of other scripts are letters.
func isDiacritic(r rune) bool {
	switch {
	case 0x0300 <= r && r <= 0x036f, 0x0591 <= r && r <= 0x05c7, 0x1ab0 <= r && r <= 0x1aff,
		0x1dc0 <= r && r <= 0x1dff, 0x20d0 <= r && r <= 0x20ff, 0xfe20 <= r && r <= 0xfe2f:
		return unicode.Is(unicode.M, r)
	}
	return unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Arabic, unicode.Inherited)
}
