package calendar

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/dhowdb/dhow/udf"
)

var hijriDate = udf.Func{
	Name:   "hijri_date",
	Kernel: udf.Maybe1(Date),
	Examples: []udf.Example{
		{SQL: "SELECT hijri_date('1445-01-01')", Want: "2023-07-19"},
		{SQL: "SELECT hijri_date('١٤٤٥/٩/١ هـ')", Want: "2024-03-11"},
		{SQL: "SELECT hijri_date('1 شوال 1445')", Want: "2024-04-10"},
		{SQL: "SELECT hijri_date('30/01/1445')", Want: "NULL"},
		{SQL: "SELECT hijri_date('2024-03-11')", Want: "NULL"},
	},
}

// Date returns the Gregorian date of a day of the Umm al-Qura calendar, or
// NULL if x is none.
//
// The year has four digits and stands first or last; the day stands at the other
// end and the month, a number or a name in Arabic or English, between them:
// 1445-09-01, 1/9/1445, 1 رمضان 1445. Eight digits are year, month and day.
// Digits may be western, Arabic-Indic or Persian, and هـ or AH may follow. The
// years are 1343 to 1500, that is 1924-08-01 to 2077-11-16. A day that its month
// doesn't have is NULL.
//
// From 1420 on the months are those of ICU too; before, the printed calendars
// that are used here differ from it by a day in about half of the months.
//
// Source: R. H. van Gent, The Umm al-Qura Calendar of Saudi Arabia.
func Date(x string) (udf.Day, bool) {
	m, err := months()
	if err != nil {
		return 0, false
	}
	year, month, day, ok := m.parts(x)
	if !ok {
		return 0, false
	}
	return m.day(year, month, day)
}

var hijriText = udf.Func{
	Name:   "hijri_text",
	Kernel: udf.Maybe1(Text),
	Examples: []udf.Example{
		{SQL: "SELECT hijri_text(DATE '2023-07-19')", Want: "1445-01-01"},
		{SQL: "SELECT hijri_text(DATE '1900-01-01')", Want: "NULL"},
	},
}

// Text returns a Gregorian date as year, month and day of the Umm al-Qura
// calendar, such as 1445-01-01, or NULL before 1924-08-01 and after 2077-11-16.
//
// Source: R. H. van Gent, The Umm al-Qura Calendar of Saudi Arabia.
func Text(date udf.Day) (string, bool) {
	m, err := months()
	if err != nil {
		return "", false
	}
	i := sort.Search(len(m.first), func(i int) bool { return m.first[i] > date }) - 1
	if i < 0 || date >= m.end {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", m.year+i/12, i%12+1, date-m.first[i]+1), true
}

// calendar is what the family makes of the reference facts.
type calendar struct {
	year  int       // the first
	first []udf.Day // of each month, from the first of that year on
	end   udf.Day   // the day behind the last
	names map[string]int
}

var months = sync.OnceValues(func() (*calendar, error) {
	c, err := newCalendar()
	if err != nil {
		return nil, fmt.Errorf("load the Hijri calendar: %w", err)
	}
	return c, nil
})

func newCalendar() (*calendar, error) {
	facts, err := udf.FactsSource("hijri_month")
	if err != nil {
		return nil, err
	}
	columns, err := facts.Select("year", "first_day", "days")
	if err != nil {
		return nil, err
	}
	c := &calendar{names: map[string]int{}}
	for i := range columns[0] {
		day, err := time.Parse("2006-01-02", columns[1][i])
		if err != nil {
			return nil, err
		}
		days, err := strconv.Atoi(columns[2][i])
		if err != nil {
			return nil, err
		}
		c.first = append(c.first, udf.Day(day.Unix()/(24*60*60)))
		c.end = c.first[i] + udf.Day(days)
	}
	if c.year, err = strconv.Atoi(columns[0][0]); err != nil {
		return nil, err
	}
	return c, c.readNames()
}

func (c *calendar) readNames() error {
	facts, err := udf.FactsSource("hijri_month_alias")
	if err != nil {
		return err
	}
	columns, err := facts.Select("alias", "month")
	if err != nil {
		return err
	}
	for i, alias := range columns[0] {
		month, err := strconv.Atoi(columns[1][i])
		if err != nil {
			return err
		}
		c.names[fold(alias)] = month
	}
	return nil
}

// day returns the day of a date.
func (c *calendar) day(year, month, day int) (udf.Day, bool) {
	i := (year-c.year)*12 + month - 1
	if month < 1 || month > 12 || i < 0 || i >= len(c.first) || day < 1 {
		return 0, false
	}
	next := c.end
	if i+1 < len(c.first) {
		next = c.first[i+1]
	}
	d := c.first[i] + udf.Day(day-1)
	return d, d < next
}

// parts cuts a date into numbers.
func (c *calendar) parts(x string) (year, month, day int, ok bool) {
	numbers, widths, name := cut(x)
	switch {
	case len(numbers) == 1 && widths[0] == 8 && name == "":
		return numbers[0] / 10_000, numbers[0] / 100 % 100, numbers[0] % 100, true
	case len(numbers) == 2 && c.names[name] > 0:
		numbers, widths = []int{numbers[0], c.names[name], numbers[1]}, []int{widths[0], 2, widths[1]}
	case len(numbers) != 3 || name != "":
		return 0, 0, 0, false
	}
	switch {
	case widths[0] == 4 && widths[1] <= 2 && widths[2] <= 2:
		return numbers[0], numbers[1], numbers[2], true
	case widths[2] == 4 && widths[1] <= 2 && widths[0] <= 2:
		return numbers[2], numbers[1], numbers[0], true
	}
	return 0, 0, 0, false
}

// longest bounds what can be a date.
const longest = 80

// cut returns the numbers of a text, how many digits each has, and the words
// between them without the signs of the era.
func cut(x string) (numbers, widths []int, words string) {
	if len(x) > longest {
		return nil, nil, ""
	}
	var name strings.Builder
	within := false
	for _, r := range x {
		d := digit(r)
		switch {
		case d >= 0 && within && widths[len(widths)-1] < 9:
			n := len(numbers) - 1
			numbers[n], widths[n] = numbers[n]*10+d, widths[n]+1
		case d >= 0:
			numbers, widths = append(numbers, d), append(widths, 1)
			within = true
		default:
			within = false
			name.WriteRune(r)
		}
	}
	return numbers, widths, withoutEra(fold(name.String()))
}

// withoutEra takes the sign of the era off the end: هـ, ه, AH, H.
func withoutEra(words string) string {
	for _, era := range []string{"هـ", "ه", "ah", "h"} {
		if words == era {
			return ""
		}
		if rest, ok := strings.CutSuffix(words, " "+era); ok {
			return rest
		}
	}
	return words
}

// fold writes words in one way: small letters, one form of alef and yeh, and a
// blank for all that is no letter or digit.
func fold(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			continue
		case strings.ContainsRune("أإآ", r):
			r = 'ا'
		case r == 'ى':
			r = 'ي'
		case r == 'ة':
			r = 'ه'
		case digit(r) >= 0:
			r = '0' + rune(digit(r))
		case !unicode.IsLetter(r):
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// digit returns the value of a western, Arabic-Indic or Persian digit, -1 for
// anything else.
func digit(r rune) int {
	for _, zero := range []rune{'0', '٠', '۰'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}
