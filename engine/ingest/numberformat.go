package ingest

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// numberFormat is what matters of how a cell is shown: a date is only a
// number with a format.
type numberFormat uint8

const (
	formatPlain     numberFormat = iota
	formatDate                   // a day
	formatTimestamp              // a day and a time
	formatTime                   // a time alone, or a duration
)

// formatOf reads a number format: one of those that Excel knows by number
// (ECMA-376 part 1, 18.8.30), or a code such as dd/mm/yyyy.
func formatOf(id, code string) numberFormat {
	if code != "" {
		return formatOfCode(code)
	}
	n, err := strconv.Atoi(id)
	if err != nil {
		return formatPlain
	}
	switch {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return formatDate
	case n == 22:
		return formatTimestamp
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return formatTime
	}
	return formatPlain
}

func formatOfCode(code string) numberFormat {
	code, _, _ = strings.Cut(code, ";") // the others are for negative numbers and texts
	var day, month, clock bool
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				i = len(code)
				break
			}
			i += end + 1
		case '\\', '_', '*':
			i++ // the next character is shown, skipped or repeated
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i - 1
			}
			inside := strings.ToLower(strings.Trim(code[i:i+end], "[]"))
			clock = clock || (inside != "" && (strings.Trim(inside, "h") == "" || strings.Trim(inside, "m") == "" || strings.Trim(inside, "s") == ""))
			i += end
		case 'y', 'Y', 'd', 'D':
			day = true
		case 'm', 'M':
			month = true
		case 'h', 'H', 's', 'S':
			clock = true
		case '0', '#', '?':
			if !clock { // 0.00 before any clock is a number; ss.00 isn't
				return formatPlain
			}
		case 'G', 'g':
			if strings.HasPrefix(strings.ToLower(code[i:]), "general") {
				return formatPlain
			}
		}
	}
	switch {
	case day && clock:
		return formatTimestamp
	case clock:
		return formatTime
	case day, month:
		return formatDate
	}
	return formatPlain
}

// lastSerial is 9999-12-31, the last day that Excel knows.
const lastSerial = 2958465

// serialTime turns a serial date into a time, to the millisecond as Excel
// shows it. Excel counts a 29 February 1900 that never was, as day 60.
func serialTime(serial float64, date1904 bool) (time.Time, bool) {
	if !(serial >= 0 && serial < lastSerial+1) {
		return time.Time{}, false
	}
	day := math.Floor(serial)
	millis := math.Round((serial - day) * 24 * 60 * 60 * 1000)
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day < 60:
		base = base.AddDate(0, 0, 1)
	}
	return base.AddDate(0, 0, int(day)).Add(time.Duration(millis) * time.Millisecond), true
}
