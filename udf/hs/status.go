package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

var status = udf.Func{
	Name: "hs_status",
	Kernel: udf.Overload(
		udf.Vectorized(Status, []udf.Type{udf.Varchar}, udf.Varchar, statuses(statusOfText)),
		udf.Vectorized(Status, []udf.Type{udf.BigInt}, udf.Varchar, statuses(func(n *nomenclature, x *int64) outcome {
			return n.statusOfNumber(ofInt(*x))
		})),
		udf.Vectorized(Status, []udf.Type{udf.Double}, udf.Varchar, statuses(func(n *nomenclature, x *float64) outcome {
			return n.statusOfNumber(ofFloat(*x))
		})),
	),
	Own: true,
	Examples: []udf.Example{
		{SQL: "SELECT hs_status('0101.21.00')", Want: "ok"},
		{SQL: "SELECT hs_status(10121)", Want: "padded"},
		{SQL: "SELECT hs_status('0101.21-000')", Want: "truncated"},
		{SQL: "SELECT hs_status('21011')", Want: "ambiguous"},
		{SQL: "SELECT hs_status('9801.00.10.10')", Want: "national"},
		{SQL: "SELECT hs_status('010199')", Want: "unknown"},
		{SQL: "SELECT hs_status('live horses')", Want: "not_a_code"},
	},
}

// Status returns what hs_normalize did to read the tariff code in x, and
// whether any edition of the Harmonized System has it; of a national code the
// first six digits count. It is the first of these that holds:
//
//   - not_a_code: hs_normalize gives NULL.
//   - ambiguous: digits are missing, and which is not certain. Either an odd
//     number of digits in one piece got a zero in front, though a code that
//     begins with the digits as written exists as well: "21011" is read as 021011,
//     bacon, but 210111, coffee extract, may have lost its last digit. Or a number with
//     an exponent shows fewer digits than it has, as "6.1091E+05" does, and may have
//     been rounded.
//   - national: the code is in chapter 98 or 99, which no edition has: each country
//     uses them as it likes. Whether it is in a tariff only that tells, see hs_line.
//   - unknown: no edition has the code. That includes 999999, which trade
//     statistics use for goods without a code.
//   - truncated: digits behind the code were left out, as they are no part of it
//     for sure: a national suffix or check digit ("0101.21-000"), a quantity
//     ("8471.30 10 kg"), a second code ("6109/6110").
//   - padded: a lost zero was put back, in front (10121) or at the end ("6109.1").
//   - ok: the digits were taken as they are. Labels, blanks, dots, words and an
//     empty fraction ("610910.0") don't matter.
//
// To tell whether a code is in the edition that a file should use, see
// hs_valid.
//
// Source: the rules of hs_normalize; UN Statistics Division, lists of HS codes.
func Status(x string) (string, error) {
	b, err := bookOf(nil)
	if err != nil {
		return "", fmt.Errorf("hs_status: %w", err)
	}
	s := udf.MakeStr([]byte(x))
	name := outcomes[statusOfText(b.nomenclature, &s)]
	return name.String(), nil
}

// outcome is a result of [Status].
type outcome uint8

const (
	outcomeOK outcome = iota
	outcomePadded
	outcomeTruncated
	outcomeAmbiguous
	outcomeNational
	outcomeUnknown
	outcomeNoCode
)

var outcomes = [...]udf.Str{
	outcomeOK:        udf.InlineStr([]byte("ok")),
	outcomePadded:    udf.InlineStr([]byte("padded")),
	outcomeTruncated: udf.InlineStr([]byte("truncated")),
	outcomeAmbiguous: udf.InlineStr([]byte("ambiguous")),
	outcomeNational:  udf.InlineStr([]byte("national")),
	outcomeUnknown:   udf.InlineStr([]byte("unknown")),
	outcomeNoCode:    udf.InlineStr([]byte("not_a_code")),
}

// statuses is the loop over a chunk of texts or numbers.
func statuses[T any](of func(*nomenclature, *T) outcome) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		b, err := bookOf(c.Own)
		if err != nil {
			return fmt.Errorf("hs_status: %w", err)
		}
		c.Out.NullsOf(&c.Args[0], c.Len)
		n, in := b.nomenclature, udf.Values[T](&c.Args[0], c.Len)
		out := udf.Results[udf.Str](&c.Out, len(in))
		texts, _ := any(in).([]udf.Str)
		for i := range in {
			switch {
			case isNull(&c.Out, i):
			case texts != nil && isSubheading(texts[i]) && n.subheadings[number(texts[i], 6)] != 0:
				out[i] = outcomes[outcomeOK]
			default:
				out[i] = outcomes[of(n, &in[i])]
			}
		}
		return nil
	}
}

// statusOfNumber is the status of a number that gave the code.
func (n *nomenclature) statusOfNumber(code udf.Str, ok bool) outcome {
	switch {
	case !ok:
		return outcomeNoCode
	case byte(code.Lo>>32) == '0':
		return n.statusOfPadded(code)
	case n.in(code) == 0:
		return missing(code)
	}
	return outcomeOK
}

// statusOfPadded is the status of digits in one piece that got a zero in front.
func (n *nomenclature) statusOfPadded(code udf.Str) outcome {
	switch {
	case n.begins(code):
		return outcomeAmbiguous
	case n.in(code) == 0:
		return missing(code)
	}
	return outcomePadded
}

// missing is the status of a code that no edition has.
func missing(code udf.Str) outcome {
	if number(code, 2) < firstNational || code.Len() >= 6 && number(code, 6) == unclassified {
		return outcomeUnknown
	}
	return outcomeNational
}

// begins reports whether there are codes that begin with the digits behind the
// leading zero of a code.
func (n *nomenclature) begins(code udf.Str) bool {
	var codes []editionSet
	switch code.Len() {
	case 2:
		first := number(code, 2) * 10
		codes = n.chapters[first : first+10]
	case 4:
		first := number(code, 4) * 10
		codes = n.headings[first : first+10]
	case 6:
		first := number(code, 6) * 10
		codes = n.subheadings[first : first+10]
	default:
		next := uint32(byte(code.Hi>>16) - '0')
		first := number(code, 6)*10 + next
		codes = n.subheadings[first : first+1]
	}
	for _, editions := range codes {
		if editions != 0 {
			return true
		}
	}
	return false
}
