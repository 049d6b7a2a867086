package datasets

import (
	_ "embed" // heading.tsv and chapter.tsv travel inside the binary
	"slices"
	"strings"
	"sync"
)

//go:embed heading.tsv
var headingTSV string

//go:embed chapter.tsv
var chapterTSV string

const (
	headingDigits = 4
	chapterDigits = 2
)

// Heading is a four-digit heading of the Harmonized System with dhow's own
// short English name for it.
type Heading struct {
	Code string
	Name string
}

// nomenclature is what the two files hold, in the order of the files and by code.
type nomenclature struct {
	headings []Heading
	byCode   map[string]string
	chapters map[string]chapterNames
}

type chapterNames struct{ en, ar, fr string }

// The files are read when a name is first asked for: a run that asks for none
// pays nothing at its start.
var harmonized = sync.OnceValue(readHarmonized)

func readHarmonized() nomenclature {
	n := nomenclature{byCode: map[string]string{}, chapters: map[string]chapterNames{}}
	for code, name := range codeRows(headingTSV) {
		n.headings = append(n.headings, Heading{Code: code, Name: name})
		n.byCode[code] = name
	}
	for code, columns := range codeRows(chapterTSV) {
		en, others, _ := strings.Cut(columns, "\t")
		ar, fr, _ := strings.Cut(others, "\t")
		n.chapters[code] = chapterNames{en: en, ar: ar, fr: fr}
	}
	return n
}

// codeRows yields the code and the remaining columns of each line after the title
// line. It has no error to return: that every line has its columns is a fact
// of the embedded files, and the tests hold it.
func codeRows(table string) func(yield func(code, columns string) bool) {
	return func(yield func(code, columns string) bool) {
		_, body, _ := strings.Cut(table, "\n")
		for line := range strings.Lines(body) {
			code, columns, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !yield(code, columns) {
				return
			}
		}
	}
}

// HeadingNames returns every heading that occurs in any edition of the
// Harmonized System from 1992 to 2022, ordered by code. The slice is the
// caller's to change.
//
// The names are plain words for reading tables, not the legal text, and decide
// no classification. A heading that an edition dropped says so: "Horsehair
// (before 2007)". Where a number was given to other goods, the name is today's
// and the former goods follow: "3D printers (before 2007: machine parts)".
// 9999 is no heading of the system; trade statistics write it for goods
// without one.
func HeadingNames() []Heading { return slices.Clone(harmonized().headings) }

// HeadingName returns the short English name of the heading that a code
// belongs to. The code may be longer than a heading and may carry dots:
// "8703", "87.03" and "8703.23.10" all give "Passenger cars".
//
// It is false for a code with fewer than four digits, with anything but the
// digits 0 to 9 and dots, or whose heading no edition has.
func HeadingName(code string) (string, bool) {
	head, ok := leadingDigits(code, headingDigits)
	if !ok {
		return "", false
	}
	name, ok := harmonized().byCode[string(head[:])]
	return name, ok
}

// ChapterName returns the short name of the chapter that a code belongs to, in
// English ("en"), Arabic ("ar") or French ("fr"). The code is the chapter's
// two digits or longer, with or without dots.
//
// Chapter 77 is kept empty by the Harmonized System and has no name; 98 and 99
// are for each country's own use. It is false for 77 and 00, for a code with
// fewer than two digits or with anything but digits and dots, and for any
// other language.
func ChapterName(code, lang string) (string, bool) {
	head, ok := leadingDigits(code, chapterDigits)
	if !ok {
		return "", false
	}
	c, ok := harmonized().chapters[string(head[:chapterDigits])]
	if !ok {
		return "", false
	}
	switch lang {
	case "en":
		return c.en, true
	case "ar":
		return c.ar, true
	case "fr":
		return c.fr, true
	}
	return "", false
}

// leadingDigits returns the first want digits of a code; dots don't count. An
// array keeps the lookup of a million declarations free of allocations.
func leadingDigits(code string, want int) (head [headingDigits]byte, ok bool) {
	seen := 0
	for i := range len(code) {
		switch c := code[i]; {
		case c == '.':
		case c < '0' || c > '9':
			return head, false
		default:
			if seen < want {
				head[seen] = c
			}
			seen++
		}
	}
	return head, seen >= want
}
