package main

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"
)

func init() { generators = append(generators, hijri) }

var (
	// hijri_year.tsv has, for each year of the Umm al-Qura calendar, its first
	// day and the lengths of its months.
	//go:embed hijri_year.tsv
	hijriYears string
	// hijri_alias.tsv has the names of the months.
	//go:embed hijri_alias.tsv
	hijriAliases string
)

// hijri makes the table of the months of the Umm al-Qura calendar, the civil
// calendar of Saudi Arabia, and that of their names. The lengths are those of the
// printed calendars, as R. H. van Gent has collected them and the Python
// package hijridate 2.6 holds them; from 1420 to 1450 the islamic-umalqura
// calendar of ICU 78 has the same in every month.
func hijri(string) ([]table, error) {
	t := table{
		name: "hijri_month", source: "Umm al-Qura calendar (R. H. van Gent; hijridate 2.6)", licence: "facts; MIT", date: "2026",
		columns: []string{"year:INTEGER", "month:INTEGER", "first_day:DATE", "days:INTEGER"},
	}
	next := time.Time{}
	for _, row := range own(hijriYears) {
		day, err := time.Parse("2006-01-02", row[1])
		if err != nil {
			return nil, fmt.Errorf("hijri_year.tsv: %w", err)
		}
		if !next.IsZero() && !day.Equal(next) {
			return nil, fmt.Errorf("hijri_year.tsv: %s begins on %s, not on %s", row[0], row[1], next.Format("2006-01-02"))
		}
		for i, days := range strings.Fields(row[2]) {
			n, err := strconv.Atoi(days)
			if err != nil {
				return nil, fmt.Errorf("hijri_year.tsv: %w", err)
			}
			t.rows = append(t.rows, []string{row[0], strconv.Itoa(i + 1), day.Format("2006-01-02"), days})
			day = day.AddDate(0, 0, n)
		}
		next = day
	}
	alias := table{
		name: "hijri_month_alias", source: "dhow", licence: "MIT", date: "2026",
		columns: []string{"alias:VARCHAR", "month:INTEGER"}, rows: own(hijriAliases),
	}
	return []table{t, alias}, nil
}
