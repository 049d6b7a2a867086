package export

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// maxExact is the largest integer up to which a double holds every one.
const maxExact = 1 << 53

// maxDigits is how many digits of a number Excel keeps.
const maxDigits = 15

// firstDay is the first day from which all spreadsheet programs count alike:
// Excel has a 29 February 1900, which never was.
var firstDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)

// lastDay is the first day that Excel doesn't know any more.
var lastDay = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)

// cell returns a value as the stream writer takes it.
func (w *Workbook) cell(rows Rows, col, row int) (any, error) {
	if rows.IsNull(col, row) {
		return nil, nil
	}
	switch w.columns[col].Kind {
	case Boolean:
		return rows.Bool(col, row), nil
	case Integer:
		n := rows.Int(col, row)
		if n > maxExact || n < -maxExact {
			return strconv.FormatInt(n, 10), nil
		}
		return n, nil
	case Float:
		return floatCell(rows.Float(col, row)), nil
	case Decimal:
		return decimalCell(rows.Text(col, row)), nil
	case Date:
		t := rows.Time(col, row)
		return dated(t, w.styles.date, "2006-01-02"), nil
	case Timestamp:
		t := rows.Time(col, row)
		return dated(t, w.styles.timestamp, "2006-01-02 15:04:05.999999"), nil
	}
	return textCell(rows.Text(col, row))
}

// floatCell writes what no cell can hold as a number as DuckDB's text.
func floatCell(f float64) any {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	return f
}

func decimalCell(s string) any {
	digits := strings.TrimLeft(strings.TrimPrefix(s, "-"), "0.")
	if n := len(strings.Replace(digits, ".", "", 1)); n > maxDigits {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	return f
}

// dated returns a time as the number of days since 1899-12-30 that a style
// shows as a date. The clock is what it shows, in whatever zone.
func dated(t time.Time, style int, layout string) any {
	t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	if t.Before(firstDay) || !t.Before(lastDay) {
		return t.Format(layout)
	}
	const perDay = 24 * 60 * 60
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()
	seconds := t.Unix() - epoch
	days := float64(seconds / perDay)
	clock := (float64(seconds%perDay) + float64(t.Nanosecond())/1e9) / perDay
	return excelize.Cell{StyleID: style, Value: days + clock}
}

// textCell refuses a text that Excel would cut. It is written as an inline
// text, which no program takes for a formula.
func textCell(s string) (any, error) {
	if len(s) > maxCellUnits {
		if n := len(utf16.Encode([]rune(s))); n > maxCellUnits {
			return nil, fmt.Errorf("a text of %d characters doesn't fit a cell, which holds %d; shorten it with left(…, %d)", n, maxCellUnits, maxCellUnits)
		}
	}
	return s, nil
}
