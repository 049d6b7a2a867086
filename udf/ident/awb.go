package ident

import "github.com/dhowdb/dhow/udf"

var awbValid = udf.Func{
	Name:   "awb_valid",
	Kernel: awb.textsAndNumbers(ValidAWB),
	Examples: []udf.Example{
		{SQL: "SELECT awb_valid('176-12345675')", Want: "true"},
		{SQL: "SELECT awb_valid('176 1234 5675')", Want: "true"},
		{SQL: "SELECT awb_valid('176-12345676')", Want: "false"},
	},
}

// ValidAWB reports whether x is the number of an air waybill: three digits of
// the airline, not 000, a serial number of seven digits and a check digit d:
//
//	d = serial mod 7
//
// "AWB" or "MAWB" may stand before it. The airline is not covered by the check
// digit. BIGINT lacks leading zeros, which are put back. Anything else is false,
// house waybills too, which have no common form.
//
// Source: IATA Resolution 600a, The Air Waybill.
func ValidAWB(x string) bool { return awb.validText(x) }

func isAWB(s *signs) bool {
	v := s.of(11, "AWB", "MAWB")
	if v == nil || !areDigits(v) || v[0]|v[1]|v[2] == 0 {
		return false
	}
	serial := 0
	for _, d := range v[3:10] {
		serial = serial*10 + int(d)
	}
	return serial%7 == int(v[10])
}
