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

// tariffLine is a row of the user's tariff.
type tariffLine struct {
	code          udf.Str
	text          string  // the code again
	from, to      udf.Day // first and last day on which it is valid
	rate          float64 // per cent; NaN for none
	unit, licence string
	description   string
}

// tariff is the user's own tariff, customs.tariff.
type tariff struct {
	lines   map[udf.Str][]tariffLine // of each code, the one that is valid last first
	lengths [maxDigits + 1]bool      // whether there are codes of so many digits
}

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
	t := &tariff{lines: map[udf.Str][]tariffLine{}}
	for r.next() {
		l, err := r.tariffLine()
		if err != nil {
			return nil, err
		}
		for _, other := range t.lines[l.code] {
			if other.from == l.from {
				return nil, r.errorf("code %s has another row with the same valid_from; delete one, or give the days on which each is valid", l.text)
			}
		}
		t.lines[l.code] = append(t.lines[l.code], l)
		t.lengths[l.code.Len()] = true
	}
	for _, lines := range t.lines {
		slices.SortFunc(lines, func(a, b tariffLine) int { return cmp.Compare(b.from, a.from) })
	}
	return t, nil
}

// tariffLine reads the current row.
func (r *ownRows) tariffLine() (l tariffLine, err error) {
	l = tariffLine{unit: r.get("unit"), licence: r.get("licence"), description: r.get("description")}
	if l.code, err = r.code("code"); err != nil {
		return l, err
	}
	l.text = l.code.String()
	if l.from, err = r.day("valid_from", firstDay); err != nil {
		return l, err
	}
	if l.to, err = r.day("valid_to", lastDay); err != nil {
		return l, err
	}
	if l.to < l.from {
		return l, r.errorf("code %s is valid to %s, which is before %s", l.text, r.get("valid_to"), r.get("valid_from"))
	}
	l.rate = math.NaN()
	if text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(r.get("rate")), "%")); text != "" {
		if l.rate, err = strconv.ParseFloat(text, 64); err != nil || math.IsNaN(l.rate) || math.IsInf(l.rate, 0) {
			return l, r.errorf("rate %q of code %s is no number of per cent; leave it NULL for a duty that isn't", r.get("rate"), l.text)
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

// find returns the line that says something of a code on a day: that of the
// code, else of the longest code that it begins with, in which says is true.
func (t *tariff) find(code udf.Str, day udf.Day, says func(*tariffLine) bool) *tariffLine {
	if t == nil {
		return nil
	}
	for n := code.Len(); n >= 2; n -= 2 {
		if !t.lengths[n] {
			continue
		}
		lines := t.lines[begin(code, n)]
		for i := range lines {
			if lines[i].from > day {
				continue
			}
			if (lines[i].to >= day || day == lastDay) && says(&lines[i]) {
				return &lines[i]
			}
			break // the line that began last counts
		}
	}
	return nil
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

// lineFor returns the line that says something of what stands in a Go text.
func lineFor(own *udf.Own, code string, day udf.Day, says func(*tariffLine) bool) (*tariffLine, error) {
	b, err := bookOf(own)
	if err != nil {
		return nil, err
	}
	t, err := b.tariff()
	if err != nil {
		return nil, err
	}
	c, ok := codeIn(code)
	if !ok {
		return nil, nil
	}
	return t.find(c, day, says), nil
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

// find returns the line that says something of the code in row i.
func (d *tariffDays) find(code udf.Str, i int, says func(*tariffLine) bool) *tariffLine {
	day := lastDay
	if d.days != nil {
		day = d.days[i]
	}
	return d.tariff.find(code, day, says)
}

// tariffTexts is a kernel that returns the text that lines of the tariff have.
func tariffTexts(name string, doc any, says func(*tariffLine) bool, text func(*tariffLine) string) udf.Kernel {
	chunk := func(c *udf.Chunk) error {
		d, err := daysIn(c)
		if err != nil {
			return err
		}
		for i, code := range udf.Results[udf.Str](&c.Out, c.Len) {
			if isNull(&c.Out, i) {
				continue
			}
			if l := d.find(code, i, says); l != nil {
				c.Out.SetText(i, text(l))
			} else {
				c.Out.SetNull(i)
			}
		}
		return nil
	}
	return udf.Overload(lookup(name, doc, []udf.Type{udf.Date}, chunk), lookup(name, doc, nil, chunk))
}
