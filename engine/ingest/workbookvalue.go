package ingest

import (
	"math"
	"strconv"
	"strings"
	"time"
)

type valueKind uint8

const (
	valueNull valueKind = iota
	valueNumber
	valueDigits // a number stored as text that loses nothing as a number
	valueText
	valueBool
	valueDate
	valueTimestamp
	valueTime // a time without a day; a text to everyone else
)

// value is a cell with its number format applied.
type value struct {
	kind   valueKind
	number float64
	when   time.Time
	text   string
}

func (w *Workbook) valueOf(c *rawCell) value {
	switch c.kind {
	case cellNumber:
		return w.numberValue(c)
	case cellBool:
		return value{kind: valueBool, number: c.number}
	case cellText:
		if strings.TrimSpace(c.text) == "" {
			return value{}
		}
		if isDigits(c.text) {
			n, _ := strconv.ParseFloat(c.text, 64) // isDigits admits only what parses
			return value{kind: valueDigits, number: n, text: c.text}
		}
		return value{kind: valueText, text: c.text}
	case cellDate:
		return isoValue(c.text)
	}
	return value{}
}

func (w *Workbook) numberValue(c *rawCell) value {
	format := formatPlain
	if c.style >= 0 && c.style < len(w.parts.formats) {
		format = w.parts.formats[c.style]
	}
	if format == formatPlain {
		return value{kind: valueNumber, number: c.number}
	}
	if format == formatTime && c.number >= 0 && c.number < 1 {
		return value{kind: valueTime, number: c.number}
	}
	when, ok := serialTime(c.number, w.parts.date1904)
	switch {
	case !ok || format == formatTime: // Excel shows ##### and a duration
		return value{kind: valueNumber, number: c.number}
	case format == formatTimestamp || c.number != math.Floor(c.number):
		return value{kind: valueTimestamp, when: when}
	}
	return value{kind: valueDate, when: when}
}

// isoValue reads a cell of type "d".
func isoValue(text string) value {
	if t, err := time.Parse("2006-01-02", text); err == nil {
		return value{kind: valueDate, when: t}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return value{kind: valueTimestamp, when: time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)}
		}
	}
	return value{kind: valueText, text: text}
}

// maxDigits is how many decimal digits a float64 keeps.
const maxDigits = 15

// isDigits tells whether a text is a plain number that loses nothing as one: no
// leading zero, sign of a code, nor more digits than a number keeps.
func isDigits(s string) bool {
	s = strings.TrimPrefix(s, "-")
	if at := strings.IndexAny(s, "eE"); at > 0 {
		// 8.30145E+11: a spreadsheet has rounded it already.
		power := strings.TrimLeft(s[at+1:], "+-")
		if len(power) > 2 || len(s)-at-1-len(power) > 1 || !onlyDigits(power) {
			return false
		}
		s = s[:at]
	}
	whole, fraction, point := strings.Cut(s, ".")
	if len(whole)+len(fraction) > maxDigits || !onlyDigits(whole) || (point && !onlyDigits(fraction)) {
		return false
	}
	return len(whole) == 1 || whole[0] != '0'
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// String returns the value as the text column that holds everything shows it.
func (v *value) String() string {
	switch v.kind {
	case valueNumber:
		if math.Abs(v.number) < 1e15 {
			return strconv.FormatFloat(v.number, 'f', -1, 64)
		}
		return strconv.FormatFloat(v.number, 'g', -1, 64)
	case valueBool:
		return strconv.FormatBool(v.number != 0)
	case valueDate:
		return v.when.Format("2006-01-02")
	case valueTimestamp:
		return v.when.Format("2006-01-02 15:04:05.999")
	case valueTime:
		return time.UnixMilli(int64(math.Round(v.number * 24 * 60 * 60 * 1000))).UTC().Format("15:04:05.999")
	}
	return v.text
}
