package datasets

import (
	"math"
	"strconv"
	"testing"
)

func coordinates(t *testing.T, row map[string]string) (lat, lon float64) {
	t.Helper()
	lat, err1 := strconv.ParseFloat(row["lat"], 64)
	lon, err2 := strconv.ParseFloat(row["lon"], 64)
	if err1 != nil || err2 != nil || math.Abs(lat) > 90 || math.Abs(lon) > 180 {
		t.Errorf("%s lies at %q, %q", row["code"], row["lat"], row["lon"])
	}
	return lat, lon
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		table   string
		atLeast int // rows
	}{{"port", 1650}, {"airport", 4500}, {"locode", 94000}} {
		seen, unknown := map[string]bool{}, 0
		rows := factsOf(t, c.table)
		for _, row := range rows {
			code := row["code"]
			if seen[code] || row["name"] == "" {
				t.Errorf("%s %q is there twice, or has no name", c.table, code)
			}
			seen[code] = true
			if want := map[bool]int{true: 3, false: 5}[c.table == "airport"]; len(code) != want {
				t.Errorf("%s has the code %q", c.table, code)
			}
			if row["lat"] == "" && row["lon"] == "" {
				unknown++
			} else {
				coordinates(t, row)
			}
			if c.table == "port" && row["country"] != code[:2] {
				t.Errorf("the port %s is in %s", code, row["country"])
			}
			if l := row["locode"]; l != "" && l != row["country"]+code {
				t.Errorf("the airport %s of %s has the UN/LOCODE %s", code, row["country"], l)
			}
		}
		if unknown > 20 {
			t.Errorf("%s has %d rows without coordinates", c.table, unknown)
		}
		if len(rows) < c.atLeast {
			t.Errorf("%s has only %d rows", c.table, len(rows))
		}
	}
}

// TestCoordinates checks some ports against the position on a chart, to half a
// degree.
func TestCoordinates(t *testing.T) {
	want := map[string][2]float64{
		"AEJEA": {25.0, 55.1}, "SAJED": {21.5, 39.2}, "QAHMD": {25.0, 51.6}, "EGPSD": {31.3, 32.3},
		"NLRTM": {51.9, 4.5}, "SGSIN": {1.3, 103.8}, "BRSSZ": {-23.9, -46.3}, "USLAX": {33.7, -118.3},
	}
	for _, row := range factsOf(t, "port") {
		at, ok := want[row["code"]]
		if !ok {
			continue
		}
		delete(want, row["code"])
		if lat, lon := coordinates(t, row); math.Abs(lat-at[0]) > 0.5 || math.Abs(lon-at[1]) > 0.5 {
			t.Errorf("%s lies at %v, %v, want %v", row["code"], lat, lon, at)
		}
	}
	if len(want) > 0 {
		t.Errorf("no ports %v", want)
	}
}

func TestPortAliases(t *testing.T) {
	known := map[string]bool{}
	for _, table := range []string{"port", "locode"} {
		for _, row := range factsOf(t, table) {
			known[row["code"]] = true
		}
	}
	for _, a := range factsOf(t, "port_alias") {
		if !known[a["code"]] {
			t.Errorf("the alias %q is for the unknown place %s", a["alias"], a["code"])
		}
	}
}
