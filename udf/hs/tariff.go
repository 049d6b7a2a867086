package hs

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dhowdb/dhow/udf"
)

// tariffLine is what is looked up in a row of the user's tariff. It is small, so
// that a tariff stays in the memory near the processor.
type tariffLine struct {
	from, to      udf.Day // first and last day on which it is valid
	rate          float64 // per cent; NaN for none
	unit, licence int32   // places in the labels of the tariff, noLabel for none
}

const noLabel = 0

// tariffRow is a row of the user's tariff.
type tariffRow struct {
	tariffLine
	code        udf.Str
	description string
}

// labelOfOwn is [labelOf] for a text that doesn't last.
func labelOfOwn(text string) label {
	if len(text) > udf.InlineLen {
		return label{text: text}
	}
	return labelOf(text)
}

// tariff is the user's own tariff, customs.tariff.
type tariff struct {
	lines        []tariffLine // of a code behind each other, the one that begins last first
	codes        []udf.Str    // of the lines
	descriptions []string     // of the lines
	labels       []label
	index        *index[linesOf] // by code
}

// linesOf is where the lines of a code stand.
type linesOf struct{ first, end int32 }

const (
	firstDay = udf.Day(math.MinInt32)
	lastDay  = udf.Day(math.MaxInt32)
)

// newTariff reads the user's tariff: code, and as far as they are there
// description, rate, unit, licence, valid_from and valid_to.
func newTariff(o *udf.Own) (*tariff, error) {
	r, err := ownTable(o, ownTariff, "code")
	if err != nil {
		return nil, err
	}
	t, labels := &tariff{labels: []label{noLabel: {}}}, map[string]int32{"": noLabel}
	place := func(text string) int32 {
		at, ok := labels[text]
		if !ok {
			at = int32(len(t.labels))
			labels[text], t.labels = at, append(t.labels, labelOfOwn(text))
		}
		return at
	}
	lines, places := map[udf.Str][]tariffRow{}, map[udf.Str]linesOf{}
	for r.next() {
		l, err := r.tariffRow(place)
		if err != nil {
			return nil, err
		}
		for _, other := range lines[l.code] {
			if other.from == l.from {
				return nil, r.errorf("code %s has another row with the same valid_from; delete one, or give the days on which each is valid", l.code.String())
			}
		}
		lines[l.code] = append(lines[l.code], l)
	}
	for code, of := range lines {
		slices.SortFunc(of, func(a, b tariffRow) int { return cmp.Compare(b.from, a.from) })
		places[code] = linesOf{int32(len(t.lines)), int32(len(t.lines) + len(of))}
		for _, l := range of {
			t.lines, t.codes = append(t.lines, l.tariffLine), append(t.codes, l.code)
			t.descriptions = append(t.descriptions, l.description)
		}
	}
	t.index = newIndex(places)
	return t, nil
}

// tariffRow reads the current row; place finds the places of labels.
func (r *ownRows) tariffRow(place func(string) int32) (l tariffRow, err error) {
	l.unit, l.licence, l.description = place(r.get("unit")), place(r.get("licence")), r.get("description")
	if l.code, err = r.code("code"); err != nil {
		return l, err
	}
	if l.from, err = r.day("valid_from", firstDay); err != nil {
		return l, err
	}
	if l.to, err = r.day("valid_to", lastDay); err != nil {
		return l, err
	}
	if l.to < l.from {
		return l, r.errorf("code %s is valid to %s, which is before %s", l.code.String(), r.get("valid_to"), r.get("valid_from"))
	}
	l.rate = math.NaN()
	if text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(r.get("rate")), "%")); text != "" {
		if l.rate, err = strconv.ParseFloat(text, 64); err != nil || math.IsNaN(l.rate) || math.IsInf(l.rate, 0) {
			return l, r.errorf("rate %q of code %s is no number of per cent; leave it NULL for a duty that isn't", r.get("rate"), l.code.String())
		}
	}
	return l, nil
}

// day reads a date of the current row.
func (r *ownRows) day(column string, otherwise udf.Day) (udf.Day, error) {
	text := r.get(column)
	if text == "" {
		return otherwise, nil
	}
	date, _, _ := strings.Cut(text, " ") // the time of a TIMESTAMP
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0, r.errorf("%s %q is no date as 2024-12-31", column, text)
	}
	return udf.Day(t.Unix() / 86400), nil
}

// noLine is the place of no line.
const noLine = -1

// find returns the place of the line that says something of a code on a day: that
// of the code, else of the longest code that it begins with, in which says is true.
func (t *tariff) find(code udf.Str, day udf.Day, says func(*tariffLine) bool) int {
	if t == nil {
		return noLine
	}
	for n := code.Len(); n >= 2; n -= 2 {
		at, _ := t.index.find(code, n)
		lines := t.lines[at.first:at.end]
		for i := range lines {
			if lines[i].from > day {
				continue
			}
			if (lines[i].to >= day || day == lastDay) && says(&lines[i]) {
				return int(at.first) + i
			}
			break // the line that began last counts
		}
	}
	return noLine
}

// begin returns the first n digits of a code.
func begin(code udf.Str, n int) udf.Str {
	code.Lo = code.Lo&begins[n].Lo | uint64(n)
	code.Hi &= begins[n].Hi
	return code
}

// begins are masks for the first digits, by their number.
var begins = func() (t [maxDigits + 1]udf.Str) {
	for n := range t {
		t[n] = udf.InlineStr([]byte(strings.Repeat("\xff", n)))
		t[n].Lo &^= 0xffff_ffff
	}
	return t
}()

// lineFor returns the tariff and the place of the line that says something of
// what stands in a Go text.
func lineFor(own *udf.Own, code string, day udf.Day, says func(*tariffLine) bool) (*tariff, int, error) {
	b, err := bookOf(own)
	if err != nil {
		return nil, noLine, err
	}
	t, err := b.tariff()
	if err != nil {
		return nil, noLine, err
	}
	c, ok := codeIn(code)
	if !ok {
		return t, noLine, nil
	}
	return t, t.find(c, day, says), nil
}

// tariffDays is the user's tariff and the days for which a chunk asks.
type tariffDays struct {
	*tariff
	days []udf.Day // of each row; nil for the last of all days
}

// daysIn returns the days in the second argument of a chunk, if it has one.
func daysIn(c *udf.Chunk) (d tariffDays, err error) {
	b, err := bookOf(c.Own)
	if err != nil {
		return d, err
	}
	if len(c.Args) > 1 {
		d.days = udf.Values[udf.Day](&c.Args[1], c.Len)
	}
	d.tariff, err = b.tariff()
	return d, err
}

// find returns the place of the line that says something of the code in row i.
func (d *tariffDays) find(code udf.Str, i int, says func(*tariffLine) bool) int {
	day := lastDay
	if d.days != nil {
		day = d.days[i]
	}
	return d.tariff.find(code, day, says)
}

// tariffTexts is a kernel that returns the text that lines of the tariff have.
func tariffTexts(name string, doc any, says func(*tariffLine) bool, text func(*tariff, int) label) udf.Kernel {
	chunk := func(c *udf.Chunk) error {
		d, err := daysIn(c)
		if err != nil {
			return err
		}
		for i, code := range udf.Results[udf.Str](&c.Out, c.Len) {
			if isNull(&c.Out, i) {
				continue
			}
			if at := d.find(code, i, says); at != noLine {
				text(d.tariff, at).put(c, i)
			} else {
				c.Out.SetNull(i)
			}
		}
		return nil
	}
	return udf.Overload(lookup(name, doc, []udf.Type{udf.Date}, chunk), lookup(name, doc, nil, chunk))
}
