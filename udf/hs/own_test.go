package hs

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// ownOf returns a user's table, whose first row has the names of its columns.
func ownOf(name string, rows ...[]string) *udf.Own {
	return udf.NewOwn(map[string]*udf.Facts{name: {Columns: rows[0], Rows: rows[1:]}})
}

// TestTariffFind compares the search in a tariff with a slow one that looks at
// every row.
func TestTariffFind(t *testing.T) {
	codes := rapid.SampledFrom([]string{"01", "0101", "010121", "01012100", "0101210010", "0102", "010221"})
	days := rapid.SampledFrom([]string{"", "2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"})
	rapid.Check(t, func(t *rapid.T) {
		rows, seen := [][]string{{"code", "rate", "valid_from", "valid_to"}}, map[string]bool{}
		for range rapid.IntRange(0, 12).Draw(t, "rows") {
			row := []string{codes.Draw(t, "code"), rapid.SampledFrom([]string{"", "5", "7.5"}).Draw(t, "rate"), days.Draw(t, "from"), days.Draw(t, "to")}
			if seen[row[0]+row[2]] || row[3] != "" && row[3] < row[2] {
				continue
			}
			seen[row[0]+row[2]] = true
			rows = append(rows, row)
		}
		own := ownOf(ownTariff, rows...)
		code, on := codes.Draw(t, "asked"), days.Filter(func(d string) bool { return d != "" }).Draw(t, "on")
		date, err := time.Parse(time.DateOnly, on)
		if err != nil {
			t.Fatal(err)
		}
		day := udf.Day(date.Unix() / 86400)
		want := ""
		for n := len(code); n >= 2 && want == ""; n -= 2 {
			want = rateOfRows(rows[1:], code[:n], on)
		}
		rate, ok, err := Rate(own, code, day)
		got := ""
		if ok {
			got = fmt.Sprint(rate)
		}
		if err != nil || got != want {
			t.Fatalf("Rate(%s, %s) = %q, %v, want %q of %v", code, on, got, err, want, rows)
		}
	})
}

// rateOfRows returns the rate of just this code on a day.
func rateOfRows(rows [][]string, code, day string) string {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return r[0] != code || r[2] > day })
	if len(rows) == 0 {
		return ""
	}
	last := slices.MaxFunc(rows, func(a, b []string) int { return strings.Compare(a[2], b[2]) })
	if last[3] != "" && last[3] < day {
		return ""
	}
	return last[1]
}

// TestOwnTables holds that kernels and Go functions agree on own tables, and
// that without the chunk's tables kernels know nothing of them.
func TestOwnTables(t *testing.T) {
	own := ownOf(ownTariff, []string{"code", "licence", "unit", "description"}, []string{"0101.21", "V", "a unit that is long", "Horses for breeding"})
	for _, c := range []struct {
		f    udf.Func
		want any
	}{{licence, "V"}, {unit, "a unit that is long"}, {name, "Horses for breeding"}, {line, "010121"}} {
		column := udftest.Column{"01012100", "0102", nil}
		if got := udftest.CallOwn(t, own, c.f, column)[0]; got != c.want {
			t.Errorf("%s = %v, want %v", c.f.Name, got, c.want)
		}
		if got := udftest.Call(t, c.f, column)[0]; got == c.want {
			t.Errorf("%s = %v without the table", c.f.Name, got)
		}
	}
}

// TestBridge converts a made edition that is linked to HS2022 only, and
// compares conversions to HS2012 with the products of both steps.
func TestBridge(t *testing.T) {
	own := udf.NewOwn(map[string]*udf.Facts{
		ownEditions: {Columns: []string{"edition", "code"}, Rows: [][]string{{"HS2028", "010121"}, {"HS2028", "851712"}, {"HS2028", "010199"}}},
		ownLinks: {Columns: []string{"newer", "older", "newer_code", "older_code"}, Rows: [][]string{
			{"HS2028", "HS2022", "851712", "851713"}, {"HS2028", "HS2022", "851712", "851714"}, {"HS2028", "HS2022", "010199", "010129"},
		}},
	})
	b, err := bookOf(own)
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.correlation()
	if err != nil {
		t.Fatal(err)
	}
	links := func(code uint32, from, to string) []link {
		f, err1 := b.edition(from)
		second, err2 := b.edition(to)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		return c.directions[f*c.editions+second].of(int(c.place[code]))
	}
	for _, code := range []uint32{10121, 851712, 10199} {
		want := map[uint32]float64{}
		for _, l := range links(code, "HS2028", "HS2022") {
			for _, m := range links(l.target(), "HS2022", "HS2012") {
				want[m.target()] += l.weight * m.weight
			}
		}
		got := links(code, "H7", "HS2012")
		if len(got) == 0 || len(got) != len(want) {
			t.Errorf("%06d: %d targets, want %d", code, len(got), len(want))
		}
		for _, l := range got {
			if math.Abs(l.weight-want[l.target()]) > 1e-12 {
				t.Errorf("%06d to %06d weighs %v, want %v", code, l.target(), l.weight, want[l.target()])
			}
		}
	}
	// 010121 stands in no row and is in both editions: it is linked to itself.
	if got := links(10121, "HS2028", "HS2022"); len(got) != 1 || got[0].target() != 10121 || got[0].relation() != relations[0] {
		t.Errorf("010121 has the links %v", got)
	}
}
