package ingest_test

import (
	"context"
	"database/sql"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// withMacros returns a connection that has the functions of the statements.
func withMacros(t testing.TB) *sql.Conn {
	t.Helper()
	conn := connect(t, "")
	for _, name := range []string{"cell.sql", "number.sql", "date.sql"} {
		text, err := os.ReadFile(repository(t, "engine", "ingest", "sql", name))
		if err != nil {
			t.Fatal(err)
		}
		run(t, conn, string(text))
	}
	return conn
}

var digits = strings.NewReplacer(
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
	"\u00a0", " ", "\u202f", " ", "\u2009", " ", "’", " ", "−", "-", "€", "", "£", "", "¥", "", "﷼", "", "\u200e", "", "\u200f", "", "\u061c", "")

// numberTwin reads a number the slow, obvious way: character by character.
func numberTwin(s string, point, group rune) (float64, bool) {
	s = digits.Replace(s)
	s = strings.NewReplacer("'", " ", "$", "", "%", "").Replace(s)
	s = strings.Trim(s, " ")
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && len(s) >= 2 {
		s = "-" + strings.Trim(s[1:len(s)-1], " ")
	} else if n := len(s); n >= 2 && s[n-1] == '-' {
		s = "-" + strings.Trim(s[:n-1], " ")
	}
	s = strings.NewReplacer("٫", string(point), "٬", string(group), "،", ",").Replace(s)
	sign := 1.0
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = -1, strings.TrimLeft(rest, " \t\n\r\f\v")
	} else {
		s = strings.TrimLeft(strings.TrimPrefix(s, "+"), " \t\n\r\f\v")
	}
	exponent := ""
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		exponent, s = s[i+1:], s[:i]
		if !regexp.MustCompile(`^[+-]?\d{1,3}$`).MatchString(exponent) {
			return 0, false
		}
		exponent = "e" + exponent
	}
	whole, fraction, hasPoint := strings.Cut(s, string(point))
	if strings.Trim(fraction, "0123456789") != "" || whole == "" && (!hasPoint || fraction == "") {
		return 0, false
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == group || r == ' ' })
	if strings.Join(groups, "") == "" && whole != "" || strings.Count(whole, " ")+strings.Count(whole, string(group)) != max(len(groups)-1, 0) {
		return 0, false
	}
	for i, g := range groups {
		last := i == len(groups)-1
		least, most := 3, 3
		switch {
		case len(groups) == 1:
			least, most = 1, len(g)
		case i == 0:
			least, most = 1, 3
		case !last && group == ',':
			least = 2
		}
		if strings.Trim(g, "0123456789") != "" || len(g) < least || len(g) > most {
			return 0, false
		}
	}
	f, err := strconv.ParseFloat(strings.Join(groups, "")+"."+fraction+"0"+exponent, 64)
	if err != nil && !math.IsInf(f, 0) {
		return 0, false
	}
	return sign * f, true
}

func checkNumber(t testing.TB, conn *sql.Conn, s string) {
	var point, comma sql.NullFloat64
	err := conn.QueryRowContext(context.Background(),
		"SELECT TRY_CAST(ingest_number_point($1) AS DOUBLE), TRY_CAST(ingest_number_comma($1) AS DOUBLE)", s).Scan(&point, &comma)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	for _, c := range []struct {
		name         string
		point, group rune
		got          sql.NullFloat64
	}{{"point", '.', ',', point}, {"comma", ',', '.', comma}} {
		want, ok := numberTwin(s, c.point, c.group)
		if c.got.Valid != ok || ok && c.got.Float64 != want && math.Abs(c.got.Float64-want) > 1e-12*math.Abs(want) {
			t.Fatalf("%q with a decimal %s is %v (%v), the twin says %v (%v)", s, c.name, c.got.Float64, c.got.Valid, want, ok)
		}
	}
}

func TestNumberRules(t *testing.T) {
	conn := withMacros(t)
	// By hand: each cell and what it means with a decimal point and comma.
	for _, c := range []struct{ cell, point, comma string }{
		{"1,234.50", "1234.5", "NULL"},
		{"1.234,50", "NULL", "1234.5"},
		{"1,234", "1234.0", "1.234"},
		{"1.234", "1.234", "1234.0"},
		{"12,34", "NULL", "12.34"},
		{"12,34,567", "1234567.0", "NULL"}, // India
		{"1 234 567,8", "NULL", "1234567.8"},
		{"1'234.5", "1234.5", "NULL"}, // Switzerland
		{"12 34", "NULL", "NULL"},
		{"(1,234.5)", "-1234.5", "NULL"},
		{"15-", "-15.0", "-15.0"},
		{"١٬٢٣٤٫٥", "1234.5", "1234.5"},
		{"٪٥", "NULL", "NULL"},
		{"5 %", "5.0", "5.0"},
		{"$1,000", "1000.0", "1.0"},
		{"1,,000", "NULL", "NULL"},
		{"-", "NULL", "NULL"},
		{"", "NULL", "NULL"},
		{"1e3", "1000.0", "1000.0"},
		{"12abc", "NULL", "NULL"},
	} {
		if got := one(t, conn, "SELECT TRY_CAST(ingest_number_point($1) AS DOUBLE)", c.cell); got != c.point {
			t.Errorf("%q with a point is %s, want %s", c.cell, got, c.point)
		}
		if got := one(t, conn, "SELECT TRY_CAST(ingest_number_comma($1) AS DOUBLE)", c.cell); got != c.comma {
			t.Errorf("%q with a comma is %s, want %s", c.cell, got, c.comma)
		}
		checkNumber(t, conn, c.cell)
	}
	rapid.Check(t, func(rt *rapid.T) {
		checkNumber(t, conn, rapid.StringOfN(rapid.SampledFrom([]rune("0123456789012345.,-+ ()٣٫٬،e%'$")), 0, 14, -1).Draw(rt, "cell"))
	})
}

func FuzzNumber(f *testing.F) {
	conn := withMacros(f)
	for _, s := range []string{"1,234.5", "١٬٢٣٤٫٥", "(1)", "1e5", "5-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 100 && !strings.ContainsRune(s, 0) && strings.ToValidUTF8(s, "") == s {
			checkNumber(t, conn, s)
		}
	})
}

// dateTwin reads a date through time.Parse.
func dateTwin(s string, monthFirst bool) (time.Time, bool) {
	s = strings.Trim(digits.Replace(s), " ")
	if i := regexp.MustCompile(`[T ]+\d{1,2}:\d\d`).FindStringIndex(s); i != nil {
		if strings.ContainsRune(s[i[0]:], '\n') {
			return time.Time{}, false
		}
		s = s[:i[0]]
	}
	s = strings.NewReplacer("/", "-", ".", "-", ",", "-", " ", "-").Replace(s)
	s = strings.ReplaceAll(strings.ReplaceAll(s, "--", "-"), "--", "-")
	if regexp.MustCompile(`^[2-7]\d{4}(-\d+)?$`).MatchString(s) {
		n, _ := strconv.Atoi(s[:5])
		t := time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC)
		return t, t.Year() >= 1900 && t.Year() <= 2099
	}
	layouts := []string{"2-1-2006", "2-1-06"}
	if monthFirst {
		layouts = []string{"1-2-2006", "1-2-06"}
	}
	for _, layout := range append(layouts, "2006-1-2", "20060102", "2-Jan-2006", "2-January-2006", "2-Jan-06", "2-January-06", "Jan-2-2006", "January-2-2006") {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1900 && t.Year() <= 2099 {
			return t, true
		}
	}
	return time.Time{}, false
}

func checkDate(t testing.TB, conn *sql.Conn, s string) {
	var dmy, mdy sql.NullTime
	if err := conn.QueryRowContext(context.Background(), "SELECT ingest_date_dmy($1), ingest_date_mdy($1)", s).Scan(&dmy, &mdy); err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	for _, c := range []struct {
		month bool
		got   sql.NullTime
	}{{false, dmy}, {true, mdy}} {
		if want, ok := dateTwin(s, c.month); c.got.Valid != ok || ok && !c.got.Time.Equal(want) {
			t.Fatalf("%q (month first: %v) is %v, the twin says %v %v", s, c.month, c.got, want, ok)
		}
	}
}

func TestDateRules(t *testing.T) {
	conn := withMacros(t)
	// By hand.
	for _, c := range []struct{ cell, dmy, mdy string }{
		{"2024-02-29", "2024-02-29", "2024-02-29"},
		{"2023-02-29", "NULL", "NULL"},
		{"01/02/2024", "2024-02-01", "2024-01-02"},
		{"13.2.2024", "2024-02-13", "NULL"},
		{"1-2-24", "2024-02-01", "2024-01-02"},
		{"1-2-69", "1969-02-01", "1969-01-02"},
		{"٢٩/٠٢/٢٠٢٤", "2024-02-29", "NULL"},
		{"20240229", "2024-02-29", "2024-02-29"},
		{"45351", "2024-02-29", "2024-02-29"},
		{"45351.75", "2024-02-29", "2024-02-29"},
		{"29-Feb-2024", "2024-02-29", "2024-02-29"},
		{"29 FEBRUARY 24", "2024-02-29", "2024-02-29"},
		{"Feb 29, 2024", "2024-02-29", "2024-02-29"},
		{"29/02/2024 23:59:59", "2024-02-29", "NULL"},
		{"2024-02-29T23:59:59+03:00", "2024-02-29", "2024-02-29"},
		{"1899-12-31", "NULL", "NULL"},
		{"2024", "NULL", "NULL"},
		{"", "NULL", "NULL"},
	} {
		if got := one(t, conn, "SELECT ingest_date_dmy($1)", c.cell); got != c.dmy {
			t.Errorf("%q with the day first is %s, want %s", c.cell, got, c.dmy)
		}
		if got := one(t, conn, "SELECT ingest_date_mdy($1)", c.cell); got != c.mdy {
			t.Errorf("%q with the month first is %s, want %s", c.cell, got, c.mdy)
		}
		checkDate(t, conn, c.cell)
	}
	rapid.Check(t, func(rt *rapid.T) {
		checkDate(t, conn, rapid.StringMatching(`[0-3]?[0-9][-/. ][0-3]?[0-9][-/. ](19|20)?[0-9]{2}|(19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9]|[0-9]{5}(\.5)?`).Draw(rt, "cell"))
	})
	// The quick way agrees with the thorough one wherever it answers.
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringMatching(`[0-2][0-9]{3}-[0-9]{2}-[0-9x]{2}( [0-9]{2}:[0-9]{2})?`).Draw(rt, "cell")
		quick, slow := one(t, conn, "SELECT ingest_date_iso($1)", s), one(t, conn, "SELECT ingest_date_dmy($1)", s)
		if quick != "NULL" && quick != slow {
			rt.Fatalf("%q is %s, slowly %s", s, quick, slow)
		}
	})
}

func FuzzDate(f *testing.F) {
	conn := withMacros(f)
	for _, s := range []string{"01/02/2024", "45351.5", "Feb 29, 2024", "2024-02-29T10:00", "٢٩/٠٢/٢٠٢٤"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 60 && !strings.ContainsRune(s, 0) && strings.ToValidUTF8(s, "") == s {
			checkDate(t, conn, s)
		}
	})
}
