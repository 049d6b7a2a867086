package datasets

import (
	"fmt"
	"math"
	"time"
)

// A sample covers these years, whatever its size: row 0 is registered on the
// first day and the last row on the last.
var (
	firstDay = time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	endDay   = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
)

const (
	fridayVolume   = 0.40 // of a working day; goods cross borders every day
	saturdayVolume = 0.45
	holidayVolume  = 0.35
	ramadanVolume  = 0.85 // short working hours
	decemberVolume = 1.25 // year end
	yearlyGrowth   = 0.07
)

// calendar is what the days of a sample have in common.
type calendar struct {
	first   int32             // days since 1970
	until   []float64         // share of all declarations up to the end of a day
	seasons map[string][]bool // days on which goods of a season are in demand
	years   []byte            // year of a day since 2000
	days    int
}

func newCalendar(rows [][]string) (*calendar, error) {
	c := &calendar{
		first: int32(firstDay.Unix() / 86400), days: int(endDay.Sub(firstDay).Hours() / 24),
		seasons: map[string][]bool{},
	}
	for _, row := range rows {
		from, err := time.Parse(time.DateOnly, row[1])
		if err != nil {
			return nil, fmt.Errorf("first day of %s: %w", row[0], err)
		}
		to, err := time.Parse(time.DateOnly, row[2])
		if err != nil {
			return nil, fmt.Errorf("last day of %s: %w", row[0], err)
		}
		if c.seasons[row[0]] == nil {
			c.seasons[row[0]] = make([]bool, c.days)
		}
		for d := c.dayOf(from); d <= c.dayOf(to); d++ {
			if d < 0 || d >= c.days {
				return nil, fmt.Errorf("%s from %s to %s is outside of the sample's years", row[0], row[1], row[2])
			}
			c.seasons[row[0]][d] = true
		}
	}
	c.count()
	return c, nil
}

func (c *calendar) dayOf(t time.Time) int { return int(t.Sub(firstDay).Hours() / 24) }

// count computes the share of declarations up to each day.
func (c *calendar) count() {
	ramadan, holiday := c.seasons["ramadan"], c.seasons["holiday"]
	c.until = make([]float64, c.days)
	c.years = make([]byte, c.days)
	sum := 0.0
	for d := range c.until {
		date := firstDay.AddDate(0, 0, d)
		c.years[d] = byte(date.Year() - 2000)
		volume := math.Pow(1+yearlyGrowth, float64(d)/365)
		switch date.Weekday() {
		case time.Friday:
			volume *= fridayVolume
		case time.Saturday:
			volume *= saturdayVolume
		}
		if ramadan != nil && ramadan[d] {
			volume *= ramadanVolume
		}
		if holiday != nil && holiday[d] {
			volume *= holidayVolume
		}
		if date.Month() == time.December {
			volume *= decemberVolume
		}
		sum += volume
		c.until[d] = sum
	}
	for d := range c.until {
		c.until[d] /= sum
	}
}
