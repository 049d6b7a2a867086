package capi

import (
	"strconv"
	"time"
	// Tables of time zones for computers that have none.
	"math"
	_ "time/tzdata"
)

// moment is a date or a timestamp: seconds since 1970-01-01 00:00 and the
// nanoseconds after them, or infinity.
type moment struct {
	seconds  int64
	nanos    int64
	infinite int // -1, 0 or 1
}

const secondsPerDay = 86400

// moment returns a date or timestamp, and false for other types.
func (v *Vector) moment(row int) (moment, bool) {
	switch v.id {
	case typeDate:
		days := *at[int32](v.data, row)
		return moment{int64(days) * secondsPerDay, 0, infinity(int64(days), math.MaxInt32)}, true
	case typeTimestamp:
		return momentOf(*at[int64](v.data, row), 1e6), true
	case typeTimestampS:
		return momentOf(*at[int64](v.data, row), 1), true
	case typeTimestampMS:
		return momentOf(*at[int64](v.data, row), 1e3), true
	case typeTimestampNS:
		return momentOf(*at[int64](v.data, row), 1e9), true
	case typeTimestampTZ:
		return zonedMoment(*at[int64](v.data, row)), true
	}
	return moment{}, false
}

func momentOf(count, perSecond int64) moment {
	seconds, rest := floorDiv(count, perSecond)
	return moment{seconds, rest * (1e9 / perSecond), infinity(count, math.MaxInt64)}
}

// maxExactMillis is 2⁵³: from there on, ICU's milliseconds, which are floats,
// are rounded, and DuckDB's text of such far times with them.
const maxExactMillis = 1 << 53

func zonedMoment(micros int64) moment {
	millis, rest := floorDiv(micros, 1000)
	if infinity(micros, math.MaxInt64) == 0 && (millis > maxExactMillis || millis < -maxExactMillis) {
		millis = int64(float64(millis))
		seconds, ms := floorDiv(millis, 1000)
		return moment{seconds, ms*1e6 + rest*1000, 0}
	}
	return momentOf(micros, 1e6)
}

// infinity tells the two values that stand for infinity of a type.
func infinity(n, highest int64) int {
	switch n {
	case highest:
		return 1
	case -highest:
		return -1
	}
	return 0
}

func floorDiv(a, b int64) (quotient, rest int64) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		return quotient - 1, rest + b
	}
	return quotient, rest
}

func (v *Vector) appendMoment(dst []byte, row int) []byte {
	m, _ := v.moment(row)
	if m.infinite < 0 {
		dst = append(dst, '-')
	}
	if m.infinite != 0 {
		return append(dst, "infinity"...)
	}
	switch v.id {
	case typeDate:
		return appendDate(dst, m.seconds/secondsPerDay)
	case typeTimestampTZ:
		_, offset := time.Unix(m.seconds, 0).In(v.zone).Zone()
		m.seconds += int64(offset)
		dst = appendTimestamp(dst, m)
		// As DuckDB does, seconds of the offset, which only local mean times
		// have, are left out.
		return appendOffset(dst, offset/60*60)
	}
	return appendTimestamp(dst, m)
}

func appendTimestamp(dst []byte, m moment) []byte {
	days, seconds := floorDiv(m.seconds, secondsPerDay)
	dst = append(appendDate(dst, days), ' ')
	return appendClock(dst, seconds, m.nanos)
}

// appendDate writes the date that is so many days after 1970-01-01 in the
// proleptic Gregorian calendar.
func appendDate(dst []byte, days int64) []byte {
	year, month, day := civil(days)
	bc := year <= 0
	if bc {
		year = 1 - year
	}
	if year < 10000 {
		dst = appendPadded(dst, uint64(year), 4)
	} else {
		dst = strconv.AppendInt(dst, year, 10)
	}
	dst = append(dst, '-', byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
	if bc {
		dst = append(dst, " (BC)"...)
	}
	return dst
}

// civil converts days since 1970-01-01 to a date. It counts years from March,
// so that the leap day is the last of a year, in cycles of 400 years.
func civil(days int64) (year int64, month, day int) {
	const (
		daysBefore1970 = 719468 // from 0000-03-01
		daysPerCycle   = 146097 // 400 · 365.2425
	)
	cycle, dayOfCycle := floorDiv(days+daysBefore1970, daysPerCycle)
	yearOfCycle := (dayOfCycle - dayOfCycle/1460 + dayOfCycle/36524 - dayOfCycle/146096) / 365
	dayOfYear := dayOfCycle - (365*yearOfCycle + yearOfCycle/4 - yearOfCycle/100)
	// Months from March on have 30.6 days on average: 153 in each five.
	monthFromMarch := (5*dayOfYear + 2) / 153
	day = int(dayOfYear-(153*monthFromMarch+2)/5) + 1
	year = cycle*400 + yearOfCycle
	month = int(monthFromMarch) + 3
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// appendClock writes hours, minutes, seconds and what is not zero of the
// fraction.
func appendClock(dst []byte, seconds, nanos int64) []byte {
	hours := seconds / 3600
	if hours < 100 {
		dst = appendPadded(dst, uint64(hours), 2)
	} else {
		dst = strconv.AppendInt(dst, hours, 10) // intervals only
	}
	m, s := seconds/60%60, seconds%60
	dst = append(dst, ':', byte('0'+m/10), byte('0'+m%10), ':', byte('0'+s/10), byte('0'+s%10))
	if nanos == 0 {
		return dst
	}
	dst = appendPadded(append(dst, '.'), uint64(nanos), 9)
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// appendOffset writes a distance from UTC in seconds: hours, and each of
// minutes and seconds that is not zero. As DuckDB does, it leaves out minutes
// of zero also where seconds follow.
func appendOffset(dst []byte, offset int) []byte {
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	dst = appendPadded(append(dst, sign), uint64(offset/3600), 2)
	for _, n := range [...]int{offset / 60 % 60, offset % 60} {
		if n != 0 {
			dst = appendPadded(append(dst, ':'), uint64(n), 2)
		}
	}
	return dst
}

// A TIME WITH TIME ZONE has the microseconds above its 24 bits of offset, which
// is stored downwards from the largest one, 15:59:59, so that equal moments
// sort by it.
const (
	offsetBits = 24
	maxOffset  = 16*3600 - 1
)

func (v *Vector) appendTime(dst []byte, row int) []byte {
	n := *at[int64](v.data, row)
	switch v.id {
	case typeTimeNS:
		return appendClock(dst, n/1e9, n%1e9)
	case typeTimeTZ:
		micros := int64(uint64(n) >> offsetBits)
		dst = appendClock(dst, micros/1e6, micros%1e6*1000)
		return appendOffset(dst, maxOffset-int(n&(1<<offsetBits-1)))
	}
	return appendClock(dst, n/1e6, n%1e6*1000)
}

// interval has the layout of duckdb_interval.
type interval struct {
	months int32
	days   int32
	micros int64
}

func appendInterval(dst []byte, iv interval) []byte {
	from := len(dst)
	part := func(n int32, unit string) {
		if n == 0 {
			return
		}
		if len(dst) > from {
			dst = append(dst, ' ')
		}
		dst = append(append(strconv.AppendInt(dst, int64(n), 10), ' '), unit...)
		if n != 1 && n != -1 {
			dst = append(dst, 's')
		}
	}
	part(iv.months/12, "year")
	part(iv.months%12, "month")
	part(iv.days, "day")
	if iv.micros == 0 && len(dst) > from {
		return dst
	}
	if len(dst) > from {
		dst = append(dst, ' ')
	}
	micros := uint64(iv.micros)
	if iv.micros < 0 {
		dst = append(dst, '-')
		micros = -micros
	}
	return appendClock(dst, int64(micros/1e6), int64(micros%1e6)*1000)
}
