package ident

import (
	_ "embed" // mid.tsv has the maritime identification digits
	"strconv"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf"
)

var imoValid = udf.Func{
	Name:   "imo_valid",
	Kernel: imo.textsAndNumbers(ValidIMO),
	Examples: []udf.Example{
		{SQL: "SELECT imo_valid('IMO 9074729')", Want: "true"},
		{SQL: "SELECT imo_valid(9074729)", Want: "true"},
		{SQL: "SELECT imo_valid('9074728')", Want: "false"},
	},
}

// ValidIMO reports whether x is the number of a ship given by the International
// Maritime Organization: seven digits, with or without "IMO" before them, of
// which the last is the check digit:
//
//	d₇ = Σ dᵢ · (8 − i) mod 10, i = 1 … 6
//
// The first digit is not 0. Numbers of companies follow another scheme.
// Anything else is false.
//
// Source: IMO Resolution A.1117(30), IMO Ship Identification Number Scheme, 2017.
func ValidIMO(x string) bool { return imo.validText(x) }

func isIMO(s *signs) bool {
	v := s.of(7, "IMO")
	if v == nil || !areDigits(v) || v[0] == 0 {
		return false
	}
	sum := 0
	for i, d := range v[:6] {
		sum += int(d) * (7 - i)
	}
	return sum%10 == int(v[6])
}

var mmsiValid = udf.Func{
	Name:   "mmsi_valid",
	Kernel: mmsi.textsAndNumbers(ValidMMSI),
	Examples: []udf.Example{
		{SQL: "SELECT mmsi_valid('470123456')", Want: "true"},
		{SQL: "SELECT mmsi_valid(470123456)", Want: "true"},
		{SQL: "SELECT mmsi_valid('123456789')", Want: "false"},
	},
}

// ValidMMSI reports whether x is an identity in the maritime mobile service:
// nine digits of which three, the maritime identification digits (MID), are
// given to a country. They stand first in the number of a ship, behind 0 for a
// group of ships, 00 for a coast station, 111 for an aircraft, 8 for a
// handheld radio, 98 for a craft of a ship and 99 for a navigation mark.
// Distress beacons (970, 972, 974) have none. There is no check digit, so most
// slips in the last six digits go unnoticed. BIGINT lacks leading zeros, which
// are put back. Anything else is false.
//
// Source: Recommendation ITU-R M.585-9, Assignment and use of identities in the
// maritime mobile service, 2022; ITU table of maritime identification digits.
func ValidMMSI(x string) bool { return mmsi.validText(x) }

//go:embed mid.tsv
var midText string

// mids tells which maritime identification digits are given to a country.
var mids = sync.OnceValue(func() *[1000]bool {
	var t [1000]bool
	for line := range strings.Lines(midText) {
		mid, _, _ := strings.Cut(line, "\t")
		if n, err := strconv.Atoi(mid); err == nil && n < len(t) { // not the header
			t[n] = true
		}
	}
	return &t
})

func isMMSI(s *signs) bool {
	v := s.of(9, "MMSI")
	return v != nil && areDigits(v) && isMMSINumber((*[9]uint8)(v))
}

func isMMSINumber(v *[9]uint8) bool {
	first := int(v[0])*100 + int(v[1])*10 + int(v[2])
	behind := func(at int) bool { return mids()[int(v[at])*100+int(v[at+1])*10+int(v[at+2])] }
	switch {
	case first == 970, first == 972, first == 974:
		return true
	case first == 111:
		return behind(3)
	case first < 100 && v[1] == 0, first >= 980:
		return behind(2)
	case first < 100, v[0] == 8:
		return behind(1)
	}
	return behind(0)
}
