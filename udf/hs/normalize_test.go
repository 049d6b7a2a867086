package hs

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected codes were made by hand from the rules in the comment of
// Normalize; "" stands for NULL.
var forms = []struct{ name, text, want string }{
	{"chapter", "01", "01"},
	{"heading", "0101", "0101"},
	{"subheading", "010121", "010121"},
	{"8 digits", "01012100", "01012100"},
	{"10 digits", "0101210010", "0101210010"},
	{"12 digits", "010121001000", "010121001000"},
	{"not the lost zero of an even number", "101210", "101210"},

	{"lost zero, 1 digit", "1", "01"},
	{"lost zero, 3 digits", "101", "0101"},
	{"lost zero, 5 digits", "10121", "010121"},
	{"lost zero, 7 digits", "1012100", "01012100"},
	{"lost zero, 9 digits", "101210010", "0101210010"},
	{"lost zero, 11 digits", "10121001000", "010121001000"},
	{"lost zero before a dot", "101.21", "010121"},
	{"lost zero before dots", "101.21.00", "01012100"},
	{"lost zero before blanks", "101 21 00", "01012100"},
	{"lost zero before words", "10121 live horses", "010121"},

	{"dots 4.2", "0101.21", "010121"},
	{"dots 4.2.2", "0101.21.00", "01012100"},
	{"dots 4.2.4", "0101.21.0010", "0101210010"},
	{"dots 4.2.2.2", "0101.21.00.10", "0101210010"},
	{"dots 4.2.2.2.2", "0101.21.00.10.00", "010121001000"},
	{"dots 4.4, Swiss", "0101.2100", "01012100"},
	{"dots 2.2.2", "01.01.21", "010121"},
	{"dot 6.2", "610910.00", "61091000"},
	{"dot 2.2", "84.71", "8471"},
	{"underscores", "0101_21_00", "01012100"},
	{"dashes 4-2-2", "0101-21-00", "01012100"},
	{"dash 6-4", "610910-0000", "6109100000"},
	{"dots and a last dash, Korea", "6109.10-0000", "6109100000"},
	{"blanks", "6109 10 00 00", "6109100000"},
	{"blanks 4 2 4", "6109 10 0010", "6109100010"},
	{"dots and a blank", "0101.21.00 10", "0101210010"},
	{"no-break spaces", "6109\u00a010\u202f00", "61091000"},
	{"en dash", "0101–21", "010121"},
	{"no-break hyphen", "0101\u201121", "010121"},
	{"last dot", "0101.21.", "010121"},

	{"label", "HS 0101.21", "010121"},
	{"label with dots", "H.S. 0101.21", "010121"},
	{"label and noun", "HS Code: 0101.21.00", "01012100"},
	{"label and abbreviated noun", "H.S. code No. 0101.21", "010121"},
	{"label of India", "HSN-61091000", "61091000"},
	{"label without a blank", "HS610910", "610910"},
	{"label and chapter", "HS84.71", "8471"},
	{"label with level", "HS6 610910", "610910"},
	{"label with level and colon", "hs10: 0101.21", "010121"},
	{"label with year", "HS2022 0101.21", "010121"},
	{"heading that is a year", "HS2007 10", "200710"},
	{"label with level only", "HS6", ""},

	{"words behind a dash", "0101.21.00 - live horses", "01012100"},
	{"words behind a blank", "6109 10 00 00 T-shirts", "6109100000"},
	{"words behind a colon", "0101.21: live horses", "010121"},
	{"Arabic words", "0101.21 خيول حية", "010121"},
	{"quantity behind a dotted code", "8471.30 10 kg", "847130"},
	{"quantity with its unit", "8703 23 1500cc", "870323"},
	{"number at the end of words", "84 71 part 12", "8471"},
	{"two codes", "0101.21, 0102.29", "010121"},
	{"two codes in two lines", "0101.21\n0102.29", "010121"},
	{"headings 6109/6110", "6109/6110", "6109"},
	{"two headings", "6109 6110", "6109"},

	{"apostrophe", "'0101.21", "010121"},
	{"quotes", `"010121"`, "010121"},
	{"typographic quotes", "‘010121’", "010121"},
	{"formula", `="010121"`, "010121"},
	{"brackets", "(0101.21)", "010121"},
	{"blanks around", "\t 010121\r\n", "010121"},
	{"byte order mark", "\ufeff010121", "010121"},
	{"direction marks", "\u200f0101.\u200e21\u200f", "010121"},

	{"full-width", "０１０１．２１", "010121"},
	{"Arabic-Indic", "٠١٠١٫٢١", "010121"},
	{"Arabic-Indic, lost zero", "١٠١٢١", "010121"},
	{"Persian", "۰۱۰۱.۲۱.۰۰", "01012100"},

	{"fraction of a number", "10121.0", "010121"},
	{"fraction of a heading", "6109.0", "6109"},
	{"fraction of three zeros", "610910.000", "610910"},
	{"fraction of printf", "10121.000000", "010121"},
	{"other fraction", "610910.5", ""},
	{"long fraction", "6109.105", ""},
	{"fraction below one", "0.5", ""},
	{"last zero lost", "6109.1", "610910"},
	{"both zeros lost", "101.3", "010130"},
	{"last zero lost before words", "6109.1 T-shirts", "610910"},
	{"decimal of a chapter", "84.7", ""},
	{"exponent", "1.0121E+05", "101210"},
	{"exponent, lost zero", "1.0121e4", "010121"},
	{"exponent, comma", "1,0121E+05", "101210"},
	{"exponent, no decimals", "10121E1", "101210"},
	{"exponent, 12 digits in a general cell", "6.1091E+11", "610910000000"},
	{"exponent, all digits of a heading", "6.11E+02", "0611"},
	{"exponent, rounded", "6.11E+09", ""},
	{"exponent, fraction", "1.01215E+04", ""},
	{"exponent, too large", "1.0121E+12", ""},
	{"exponent without a digit", "6109E", ""},
	{"thousands", "610,910", "610910"},
	{"thousands and decimals", "61,091,000.00", "61091000"},
	{"thousands, lost zero", "10,121", "010121"},
	{"thousands of pieces", "10,121 pieces", ""},
	{"comma behind a heading", "6109,10", "6109"},

	{"suffix of Japan", "0101.21-000", "010121"},
	{"suffix of Japan, no dot", "010121-000", "010121"},
	{"check digit of Taiwan", "0101.21.00.00-1", "0101210000"},
	{"suffix of Argentina", "0101.21.00.000X", "01012100"},
	{"suffix of Switzerland", "0101.2100 911", "01012100"},

	{"empty", "", ""},
	{"blank", "  ", ""},
	{"words", "live horses", ""},
	{"words before", "item 0101.21", ""},
	{"label only", "HS code", ""},
	{"chapter 00", "0012", ""},
	{"chapter 00, dotted", "0001.21", ""},
	{"zero", "0", ""},
	{"odd without a lost zero", "01012", ""},
	{"13 digits", "0101210010000", ""},
	{"14 digits in groups", "0101.21.00.10.00.00", ""},
	{"20 digits", "01012100100000000000", ""},
	{"negative", "-10121", ""},
	{"range of headings", "6109-6110", ""},
	{"range of subheadings", "6109.10-6109.90", ""},
	{"range of undotted subheadings", "610910-610990", ""},
	{"letter behind", "610910T", ""},
	{"product name", "3M tape", ""},
	{"quantity", "3 boxes", ""},
	{"hundred pieces", "100 pcs", ""},
	{"percent", "12%", ""},
	{"address", "192.168.10.12", ""},
	{"NaN", "NaN", ""},
}

func TestNormalize(t *testing.T) {
	column, want := udftest.Column{}, []any{}
	for _, f := range forms {
		column, want = append(column, f.text, nil), append(want, orNull(f.want), nil)
		t.Run(f.name, func(t *testing.T) {
			if got, ok := Normalize(f.text); got != f.want || ok != (f.want != "") {
				t.Errorf("Normalize(%q) = %q, %v, want %q", f.text, got, ok, f.want)
			}
		})
	}
	if diff := cmp.Diff(want, udftest.Call(t, normalize, column)); diff != "" {
		t.Errorf("kernel with NULL rows between (-want +got):\n%s", diff)
	}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func TestNormalizeNumbers(t *testing.T) {
	// By hand: integers below 10^12 with the lost zero put back.
	column := udftest.Column{1., 12., 101., 10121., 610910., 999999999999., nil, 0., math.Copysign(0, -1), -1., 6109.1, 1e12, math.NaN(), math.Inf(1), math.Inf(-1), 5e-324, math.MaxFloat64}
	want := []any{"01", "12", "0101", "010121", "610910", "999999999999", nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil}
	if diff := cmp.Diff(want, udftest.Call(t, normalize, column)); diff != "" {
		t.Errorf("DOUBLE (-want +got):\n%s", diff)
	}
	column = udftest.Column{int64(1), int64(10121), int64(10_121_001_000), int64(999_999_999_999), nil, int64(0), int64(-10121), int64(1_000_000_000_000), int64(math.MinInt64), int64(math.MaxInt64)}
	want = []any{"01", "010121", "010121001000", "999999999999", nil, nil, nil, nil, nil, nil}
	if diff := cmp.Diff(want, udftest.Call(t, normalize, column)); diff != "" {
		t.Errorf("BIGINT (-want +got):\n%s", diff)
	}
}

// TestUndefinedRows gives NULL rows words that must not be used: a length and
// an address where nothing is.
func TestUndefinedRows(t *testing.T) {
	for _, f := range readers {
		data := make([]udf.Str, 130)
		out := make([]udf.Str, udf.ChunkSize)
		valid := make([]uint64, udf.ChunkSize/64)
		for i := range data {
			data[i] = udf.Str{Lo: '9'<<32 | 1000, Hi: 8}
			if i%3 == 0 {
				data[i] = udf.InlineStr([]byte("0101.21"))
				valid[i>>6] |= 1 << (i & 63)
			}
		}
		c := &udf.Chunk{
			Len:  len(data),
			Args: []udf.Vector{{Data: unsafe.Pointer(&data[0]), Valid: valid}},
			Out:  udf.Output{Data: unsafe.Pointer(&out[0]), Nulls: new([udf.ChunkSize / 64]uint64)},
		}
		if err := f.Kernel.Variants[0].Scalar(c); err != nil {
			t.Fatal(err)
		}
		// 44 of the rows 0..129 are multiples of 3.
		if got := len(data) - c.Out.NullCount(); got != 44 {
			t.Errorf("%s: %d rows are valid, want 44", f.Name, got)
		}
	}
}

// TestNoAllocation holds the promise that no form of text costs an allocation.
func TestNoAllocation(t *testing.T) {
	texts := make([]string, len(forms))
	for i, f := range forms {
		texts[i] = f.text
	}
	c := chunkOf(texts)
	allocs := testing.AllocsPerRun(10, func() {
		if err := normalize.Kernel.Variants[0].Scalar(c); err != nil {
			t.Fatal(err)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations for a chunk, want 0", allocs)
	}
}

// mess draws texts that look like codes, with all that stands around them.
func mess() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringMatching(`[0-9]{1,13}`),
		rapid.StringMatching(`[0-9]{4}\.[0-9]{2}(\.[0-9]{2}){0,3}`),
		rapid.StringMatching(`[0-9]{1,4}([. -][0-9]{1,4}){1,4}`),
		rapid.StringMatching(`[٠-٩۰-۹０-９]{1,6}`),
		rapid.SampledFrom([]string{"HS ", "HS", "E+05", "E", " ", ".", "-", "/", ",", "'", " - ", "%", "\u00a0", "\u200f", "kg", "خيول", "(", "00", "\xff"}),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(t, "pieces"), "")
	})
}

func TestNormalizeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkText(t, mess().Draw(t, "text")) })
}

// checkText checks what holds for every text: the result is NULL or an even
// number of digits and not of chapter 00, is read as itself, and is the same
// without the shortcuts for plain forms.
func checkText(t interface{ Fatalf(string, ...any) }, text string) {
	code, ok := Normalize(text)
	slow, slowOK := read([]byte(text))
	if slow.String() != code || slowOK != ok {
		t.Fatalf("Normalize(%q) = %q, %v, without shortcuts %q, %v", text, code, ok, slow.String(), slowOK)
	}
	if !ok {
		if code != "" {
			t.Fatalf("Normalize(%q) = %q, false", text, code)
		}
		return
	}
	if len(code) < 2 || len(code) > 12 || len(code)%2 != 0 || strings.Trim(code, "0123456789") != "" || code[:2] == "00" {
		t.Fatalf("Normalize(%q) = %q", text, code)
	}
	if again, ok := Normalize(code); again != code || !ok {
		t.Fatalf("Normalize(%q) = %q, %v, want itself", code, again, ok)
	}
	printed, _ := Format(text)
	if again, ok := Normalize(printed); again != code || !ok {
		t.Fatalf("Normalize(%q) = %q, %v, want %q", printed, again, ok, code)
	}
}

// TestNumberAsText compares numbers with the text that is printed for them.
func TestNumberAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Int64Range(-5, 2_000_000_000_000).Draw(t, "x")
		text := strconv.FormatInt(x, 10)
		want, wantOK := Normalize(text)
		got, ok := ofInt(x)
		if got.String() != want || ok != wantOK {
			t.Fatalf("%d = %q, %v, as text %q, %v", x, got.String(), ok, want, wantOK)
		}
		if got, ok = ofFloat(float64(x)); got.String() != want || ok != wantOK {
			t.Fatalf("%d as DOUBLE = %q, %v, as text %q, %v", x, got.String(), ok, want, wantOK)
		}
		if got, ok := Normalize(text + ".0"); got != want || ok != wantOK {
			t.Fatalf("%s.0 = %q, %v, as integer %q, %v", text, got, ok, want, wantOK)
		}
	})
}
