package ingest

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

//go:embed letter.tsv
var letterTSV string

// letterShares are the logarithms of the shares of letters, by script.
var letterShares = sharesOf(letterTSV)

func sharesOf(table string) map[string]map[rune]float64 {
	shares := map[string]map[rune]float64{}
	for _, f := range tableRows(table, 2) {
		logs := map[rune]float64{}
		words := strings.Fields(f[1])
		for i := 0; i+1 < len(words); i += 2 {
			letter, _ := utf8.DecodeRuneInString(words[i])
			share, err := strconv.ParseFloat(words[i+1], 64)
			if err != nil {
				panic("letter.tsv: share " + words[i+1])
			}
			logs[letter] = math.Log(share / 10_000)
		}
		shares[f[0]] = logs
	}
	return shares
}

// legacyCandidates are the encodings of one byte a character that are told
// from each other; of two that fit equally well the first counts.
var legacyCandidates = []struct{ encoding, script string }{
	{encodingArabic, "arabic"},
	{"iso-8859-6", "arabic"},
	{"cp720", "arabic"},
	{shapedArabic, "arabic"},
	{"windows-1251", "cyrillic"},
	{"koi8-r", "cyrillic"},
	{"cp866", "cyrillic"},
	{encodingLatin, "latin"},
	{"windows-1254", "latin"},
	{"cp850", "latin"},
}

// shapedArabic has a byte for each shape of a letter, so any bytes from 0x80 on
// make letters in it. It has to fit clearly better than others do.
const (
	shapedArabic = "cp864"
	shapedFactor = 1.25
)

// Costs of what a right guess seldom gives, as logarithms of probabilities:
// they only need to be well below those of letters, and in this order.
const (
	capitalCost = 1.5 // a letter in the rarer case, on top of its letter
	symbolCost  = 5.5 // a sign, or a letter of the script that isn't listed
	brokenCost  = 4   // a letter where its script has none, on top of its letter
	otherCost   = 10  // a letter of another script
	nothingCost = 14  // a byte that stands for nothing, or a control character
)

// mostDetected bounds the bytes beyond ASCII that decide.
const mostDetected = 20_000

// legacyEncoding tells the encoding of text in one byte a character: the one
// that makes of its bytes the likeliest letters where letters stand.
func legacyEncoding(b []byte) string {
	best, least := encodingLatin, math.Inf(1)
	for _, c := range legacyCandidates {
		cost := costOf(b, runesOf(c.encoding), c.script)
		if c.encoding == shapedArabic {
			cost *= shapedFactor
		}
		if cost < least {
			best, least = c.encoding, cost
		}
	}
	return best
}

// runesOf returns what each byte stands for in an encoding.
func runesOf(encoding string) (runes [256]rune) {
	for i := range runes {
		runes[i] = rune(i)
		if i < utf8.RuneSelf {
			continue
		}
		runes[i] = utf8.RuneError
		if t, err := decoderOf(encoding); err == nil {
			if text, _, err := transform.Bytes(t, []byte{byte(i)}); err == nil {
				runes[i], _ = utf8.DecodeRune(text)
			}
		}
	}
	return runes
}

func costOf(b []byte, runes [256]rune, script string) float64 {
	shares := letterShares[script]
	cost, seen, upper, lower := 0.0, 0, 0, 0
	for i, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		if seen++; seen > mostDetected {
			break
		}
		r := runes[c]
		cost += costOfRune(r, shares)
		if !unicode.IsLetter(r) {
			continue
		}
		if unicode.IsUpper(r) {
			upper++
		} else {
			lower++
		}
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = b[i-1]
		}
		if i+1 < len(b) {
			after = b[i+1]
		}
		if script == "latin" {
			// An accented letter stands among plain ones, or is a word.
			if before >= utf8.RuneSelf && after >= utf8.RuneSelf && unicode.IsLetter(runes[before]) && unicode.IsLetter(runes[after]) {
				cost += brokenCost
			}
		} else if isLatin(before) || isLatin(after) {
			cost += brokenCost
		}
		if unicode.IsUpper(r) && unicode.IsLower(runes[before]) {
			cost += brokenCost
		}
	}
	if script == "cyrillic" {
		return cost + capitalCost*float64(min(upper, lower))
	}
	return cost + capitalCost*float64(upper)
}

func costOfRune(r rune, shares map[rune]float64) float64 {
	if share, ok := shares[r]; ok {
		return -share
	}
	if share, ok := shares[unicode.ToLower(r)]; ok {
		return -share
	}
	switch {
	case r == utf8.RuneError, unicode.IsControl(r):
		return nothingCost
	case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
		return otherCost
	}
	return symbolCost
}

func isLatin(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
