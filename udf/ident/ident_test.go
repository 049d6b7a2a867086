package ident

import (
	_ "embed"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// examples are identifiers in the forms that documents hold them in. The valid
// ones are published: containers in ISO 6346 and by their owners, ships in the
// IMO's and flag states' registers (9074729 is the IMO's own example, 9811000
// and 353136000 are the Ever Given), the waybill in IATA's guide, entities in
// the GLEIF register. The others were made from them by hand.
var examples = []struct {
	f     udf.Func
	text  string
	valid bool
}{
	{containerValid, "CSQU3054383", true},
	{containerValid, "MWCU6059784", true},
	{containerValid, "ZEPU0037255", true},
	{containerValid, "MSKU0000080", true}, // remainder 10
	{containerValid, "MSCU6639871", false},
	{containerValid, "csqu 305438 3", true},
	{containerValid, "CSQU-305438/3", true},
	{containerValid, "ＣＳＱＵ３０５４３８３", true},
	{containerValid, "CSQU٣٠٥٤٣٨٣", true},
	{containerValid, "Container No.: CSQU 305438-3", true},
	{containerValid, "Vessel CSQU3054383", false},
	{containerValid, "CSQU305438", false},
	{containerValid, "CSQU30543833", false},
	{containerValid, "CSQA3054383", false}, // no category A
	{containerValid, "C5QU3054383", false},
	{containerValid, "CSQU305438O", false}, // letter O
	{containerValid, "", false},

	{imoValid, "9074729", true},
	{imoValid, "IMO 9074729", true},
	{imoValid, "IMO9074729", true},
	{imoValid, "imo no. 9811000", true},
	{imoValid, "9321483", true},
	{imoValid, "9074728", false},
	{imoValid, "0000000", false},
	{imoValid, "907472", false},
	{imoValid, "90747299", false},
	{imoValid, "MMSI 9074729", false},

	{mmsiValid, "353136000", true},
	{mmsiValid, "MMSI: 470 123 456", true},
	{mmsiValid, "403123000", true}, // Saudi Arabia
	{mmsiValid, "047012345", true}, // group
	{mmsiValid, "004701234", true}, // coast station
	{mmsiValid, "111470123", true}, // aircraft
	{mmsiValid, "847012345", true}, // handheld
	{mmsiValid, "984701234", true}, // craft
	{mmsiValid, "994701234", true}, // navigation mark
	{mmsiValid, "970123456", true}, // distress beacon
	{mmsiValid, "971123456", false},
	{mmsiValid, "123456789", false},
	{mmsiValid, "000000000", false},
	{mmsiValid, "217123456", false}, // 217 is given to nobody
	{mmsiValid, "900000000", false},
	{mmsiValid, "35313600", false},
	{mmsiValid, "35313600A", false},

	{awbValid, "176-12345675", true},
	{awbValid, "176 1234 5675", true},
	{awbValid, "AWB No 176-12345675", true},
	{awbValid, "MAWB:17612345675", true},
	{awbValid, "176-12345676", false},
	{awbValid, "176-1234567", false},
	{awbValid, "000-12345675", false},
	{awbValid, "HAWB17612345675", false},

	{leiValid, "5493001KJTIIGC8Y1R12", true},
	{leiValid, "54930084UKLVMY22DS16", true},
	{leiValid, "213800WSGIIZCXF1P572", true},
	{leiValid, "LEI 5493001kjtiigc8y1r12", true},
	{leiValid, "5493001KJTIIGC8Y1R13", false},
	{leiValid, "5493001KJTIIGC8Y1R1", false},
	{leiValid, "00000000000000000000", false},

	{ibanValid, "GB29NWBK60161331926819", true},
	{ibanValid, "IBAN GB29 NWBK 6016 1331 9268 19", true},
	{ibanValid, "gb29-nwbk-6016-1331-9268-19", true},
	{ibanValid, "GB30NWBK60161331926819", false},
	{ibanValid, "GB29NWBK6016133192681", false},
	{ibanValid, "US29NWBK60161331926819", false},
	{ibanValid, "GB29NWBK6016133192681!", false},
	{ibanValid, "GB", false},
}

func TestExamples(t *testing.T) {
	for _, e := range examples {
		got := udftest.Call(t, e.f, udftest.Column{nil, e.text, nil})
		if diff := cmp.Diff([]any{nil, e.valid, nil}, got); diff != "" {
			t.Errorf("%s(%q) (-want +got):\n%s", e.f.Name, e.text, diff)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		f     udf.Func
		x     int64
		valid bool
	}{
		{imoValid, 9074729, true},
		{imoValid, 9074728, false},
		{imoValid, 90747290, false},
		{imoValid, -9074729, false},
		{mmsiValid, 353136000, true},
		{mmsiValid, 4701234, true}, // coast station 004701234
		{mmsiValid, 0, false},
		{awbValid, 17612345675, true},
		{awbValid, 5712345675, true}, // airline 057
		{awbValid, 117612345675, false},
		{awbValid, 12345675, false},
	} {
		if got := udftest.Call(t, c.f, udftest.Column{c.x, nil}); got[0] != c.valid || got[1] != nil {
			t.Errorf("%s(%d) = %v, want %v", c.f.Name, c.x, got, c.valid)
		}
	}
}

func TestNormalizeContainer(t *testing.T) {
	got := udftest.Call(t, containerNormalize, udftest.Column{
		"CSQU3054383", "csqu 305438-3", "MSCU6639871", nil, "CSQU305438", "", "x", "CNTR NO MSKU0000080", "TRLZ1234567", "HAMJ1234567",
	})
	want := []any{"CSQU3054383", "CSQU3054383", "MSCU6639871", nil, nil, nil, nil, "MSKU0000080", "TRLZ1234567", "HAMJ1234567"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// testdata/iban.txt has one example for each country of the SWIFT registry.
//
//go:embed testdata/iban.txt
var ibanExamples string

func TestIBANOfEachCountry(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(ibanExamples) {
		text := strings.TrimSpace(line)
		if !ValidIBAN(text) {
			t.Errorf("ValidIBAN(%q) is false", text)
		}
		if ValidIBAN(text + "0") {
			t.Errorf("ValidIBAN(%q) is true, though too long", text+"0")
		}
		seen[text[:2]] = true
	}
	for line := range strings.Lines(ibanText) {
		if country, _, _ := strings.Cut(line, "\t"); !seen[country] && country != "country" {
			t.Errorf("no example for %s", country)
		}
	}
}

// TestSingleErrors replaces each sign of valid identifiers by each other one of
// its kind. The schemes miss no such error but those that their arithmetic
// can't see: a digit off by 7 in a waybill; in a ship's number, products of
// weight and difference that are multiples of 10; in a container, letters 11
// apart and the remainders 10 and 0, which share a check digit.
func TestSingleErrors(t *testing.T) {
	missed := map[string]func(at int, from, to byte) bool{
		"awb_valid":  func(at int, from, to byte) bool { return at < 3 || int(from)-int(to) == 7 || int(to)-int(from) == 7 },
		"imo_valid":  func(at int, from, to byte) bool { return at < 6 && (int(from)-int(to))*(7-at)%10 == 0 },
		"lei_valid":  func(int, byte, byte) bool { return false },
		"iban_valid": func(int, byte, byte) bool { return false },
	}
	for _, c := range []struct {
		valid func(string) bool
		name  string
		text  string
	}{
		{ValidAWB, "awb_valid", "17612345675"},
		{ValidIMO, "imo_valid", "9074729"},
		{ValidIMO, "imo_valid", "9811000"},
		{ValidLEI, "lei_valid", "5493001KJTIIGC8Y1R12"},
		{ValidIBAN, "iban_valid", "SA0380000000608010167519"},
		{ValidIBAN, "iban_valid", "MT84MALT011000012345MTLCAST001S"},
	} {
		if !c.valid(c.text) {
			t.Errorf("%s(%q) is false", c.name, c.text)
		}
		for at, wrong := range singleErrors(c.text) {
			for _, text := range wrong {
				if got := c.valid(text); got && !missed[c.name](at, c.text[at], text[at]) {
					t.Errorf("%s(%q) is true, an error in %s", c.name, text, c.text)
				}
			}
		}
	}
}

// singleErrors returns, for each place of a text, the texts in which another
// sign of the same kind stands there.
func singleErrors(text string) [][]string {
	out := make([][]string, len(text))
	for at := range text {
		kind := "0123456789"
		if text[at] > '9' {
			kind = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		}
		for _, sign := range kind {
			if byte(sign) != text[at] {
				out[at] = append(out[at], text[:at]+string(sign)+text[at+1:])
			}
		}
	}
	return out
}

// TestContainerErrors compares with the definition, written out with the
// values of the standard's table.
func TestContainerErrors(t *testing.T) {
	values := map[byte]int{}
	for i := range 10 {
		values[byte('0'+i)] = i
	}
	for i, v := range []int{10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38} {
		values[byte('A'+i)] = v
	}
	remainder := func(text string) int {
		sum := 0
		for i, weight := 0, 1; i < 10; i, weight = i+1, weight*2 {
			sum += values[text[i]] * weight
		}
		return sum % 11
	}
	noticed, all := 0, 0
	for _, text := range []string{"CSQU3054383", "MWCU6059784", "ZEPU0037255", "MSKU0000080"} {
		for at, wrong := range singleErrors(text) {
			for _, text := range wrong {
				want := strings.ContainsRune("UJZ", rune(text[3])) && remainder(text)%10 == int(text[10]-'0')
				if got := ValidContainer(text); got != want {
					t.Errorf("ValidContainer(%q) = %v, want %v", text, got, want)
				}
				if at > 3 {
					all++
					if !want {
						noticed++
					}
				}
			}
		}
	}
	if share := float64(noticed) / float64(all); share < 0.95 {
		t.Errorf("only %.0f %% of the wrong digits are noticed", 100*share)
	}
}

// TestMod97 compares with arbitrary precision.
func TestMod97(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.Uint8Range(0, 35), 0, 40).Draw(t, "signs")
		var digits strings.Builder
		digits.WriteByte('0')
		for _, sign := range v {
			fmt.Fprint(&digits, sign)
		}
		number, _ := new(big.Int).SetString(digits.String(), 10)
		want := number.Mod(number, big.NewInt(97)).Uint64()
		if got := mod97(0, v); got != want {
			t.Fatalf("mod97 of %s = %d, want %d", digits.String(), got, want)
		}
	})
}

// TestPlainAgrees compares texts that stand plainly with the general way, which
// the Go functions go: valid ones, and such with a slip.
func TestPlainAgrees(t *testing.T) {
	shapes := map[string]string{
		"container_valid": `(CSQU|MSKU|TCNJ|AAAZ)[0-9]{7}`, "imo_valid": `[0-9]{7}`, "mmsi_valid": `(0|00|111|8|98|99|970)?[2-7][0-9]{8}`,
		"awb_valid": `[0-9]{3}-[0-9]{8}`, "lei_valid": `[0-9A-Z]{18}[0-9]{2}`, "iban_valid": `(AE[0-9]{21}|DE[0-9]{20}|GB[0-9]{2}[A-Z]{4}[0-9]{14}|KW[0-9]{2}[A-Z]{4}[0-9A-Z]{22})`,
	}
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range checks {
			text := rapid.StringMatching(shapes[c.f.Name]).Draw(t, c.f.Name)
			if c.f.Name == "mmsi_valid" {
				text = text[:9]
			}
			column, want := udftest.Column{}, []any{}
			for digit := range 10 { // one of ten has the right check digit
				tried := text[:len(text)-1] + fmt.Sprint(digit)
				column, want = append(column, tried), append(want, c.valid(tried))
			}
			at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			slip := text[:at] + rapid.StringMatching(`[0-9A-Za-z -]`).Draw(t, "slip") + text[at+1:]
			column, want = append(column, slip), append(want, c.valid(slip))
			got, err := udftest.TryCall(c.f, column)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Fatalf("%s of %q (-want +got):\n%s%v", c.f.Name, column, diff, err)
			}
		}
	})
}

// TestDecimal compares eight digits at once with one after the other.
func TestDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[0-9]{8}`), rapid.StringMatching(`[0-9:/]{8}`), rapid.StringN(8, 8, 8)).Draw(t, "text")
		if rapid.Bool().Draw(t, "broken") {
			at := rapid.IntRange(0, 7).Draw(t, "at")
			text = text[:at] + string([]byte{rapid.Byte().Draw(t, "byte")}) + text[at+1:]
		}
		w := binary.LittleEndian.Uint64([]byte(text)) ^ zeros
		n, err := strconv.ParseUint(text, 10, 64)
		if are := areDigitValues(w); are != (err == nil) || are && decimal(w) != n {
			t.Fatalf("%q has digits: %v, and is %d", text, are, decimal(w))
		}
	})
}

func TestHash(t *testing.T) {
	same := [][]string{
		{"2024/IM4/123", "2024-im4-123", " 2024 IM4 123 ", "2024//im4//123", "٢٠٢٤/im4/١٢٣", "２０２４/ＩＭ４/123"},
		{"بيان 12", "بيان-١٢"},
		{"A", "a", "(a)"},
	}
	for _, group := range same {
		h := fnv.New64a()
		first := strings.ToUpper(group[0])
		first = strings.NewReplacer("/", "-", " ", "-").Replace(first)
		_, _ = h.Write([]byte(first)) // a hash never fails
		sum := h.Sum64()>>60 ^ h.Sum64()&(1<<60-1)
		bytes := binary.BigEndian.AppendUint64(nil, sum<<4) // 60 bits are 12 digits
		want := base32.NewEncoding(base32Digits).EncodeToString(bytes)[:12]
		for _, text := range group {
			if got := udftest.Call(t, declarationHash, udftest.Column{text}); got[0] != want {
				t.Errorf("declaration_hash(%q) = %v, want %s", text, got[0], want)
			}
		}
	}
	// The hash of "1" is one step of the definition:
	// (0xcbf29ce484222325 XOR 0x31) · 0x100000001b3 mod 2⁶⁴ = 0xaf63ac4c86019afc, which
	// folds to 0xf63ac4c86019af6; in base 32 by another program.
	got := udftest.Call(t, declarationHash, udftest.Column{"1", nil, "", "--", "01", "2024/1/23", "2024/12/3"})
	if got[0] != "yrxc9j3036qp" || got[1] != nil || got[2] != nil || got[3] != nil || got[4] == got[0] || got[5] == got[6] {
		t.Errorf("declaration_hash gives %v", got)
	}
	number := udftest.Call(t, declarationHash, udftest.Column{int64(1), nil, int64(20241231)})
	text := udftest.Call(t, declarationHash, udftest.Column{"1", nil, "20241231"})
	if diff := cmp.Diff(text, number); diff != "" {
		t.Errorf("of BIGINT (-text +number):\n%s", diff)
	}
}

// The expected words were set by hand from the comment of ContainerStatus.
func TestContainerStatus(t *testing.T) {
	texts, want := udftest.Column{nil}, []any{nil}
	for _, c := range [][2]string{
		{"CSQU3054383", "ok"},
		{"csqu3054383", "code"},
		{"CSQU 305438-3", "code"},
		{"Container No. CSQU3054383", "code"},
		{"ＣＳＱＵ３０５４３８３", "code"},
		{"MSCU6639871", "check_digit"},
		{"mscu 663987 1", "check_digit"},
		{"CSQU305438", "too_short"},
		{"CONT CSQU305438", "too_short"},
		{"CSQA305438", "too_short"},
		{"CSQA3054383", "category"},
		{"", "empty"},
		{" - ", "empty"},
		{"CSQU30543833", "unknown"},
		{"C5QU3054383", "unknown"},
		{"CSQU305438O", "unknown"},
		{"20 ft", "unknown"},
		{strings.Repeat("x", 100), "unknown"},
		{"\xff", "unknown"},
	} {
		texts, want = append(texts, c[0]), append(want, c[1])
		number, found := NormalizeContainer(c[0])
		if status := ContainerStatus(c[0]); status != c[1] || found != (c[1] == "ok" || c[1] == "code" || c[1] == "check_digit") {
			t.Errorf("%q is %s and becomes %q, want %s", c[0], status, number, c[1])
		}
	}
	if diff := cmp.Diff(want, udftest.Call(t, containerStatus, texts)); diff != "" {
		t.Errorf("over a column (-want +got):\n%s", diff)
	}
}

// checks are the functions that check an identifier, and their twins in Go.
var checks = []struct {
	f     udf.Func
	valid func(string) bool
}{
	{containerValid, ValidContainer},
	{imoValid, ValidIMO},
	{mmsiValid, ValidMMSI},
	{awbValid, ValidAWB},
	{leiValid, ValidLEI},
	{ibanValid, ValidIBAN},
}

// FuzzFunctionsAgree compares the kernels with the Go functions.
func FuzzFunctionsAgree(f *testing.F) {
	for _, e := range examples {
		f.Add(e.text)
	}
	for _, text := range []string{"2024/IM4/123", "\xff\x00", "IBAN", "AWB", strings.Repeat("9", 80)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		column := udftest.Column{text, nil, text}
		for _, c := range checks {
			want := c.valid(text)
			if diff := cmp.Diff([]any{want, nil, want}, udftest.Call(t, c.f, column)); diff != "" {
				t.Fatalf("%s(%q) (-want +got):\n%s", c.f.Name, text, diff)
			}
		}
		for _, c := range []struct {
			f  udf.Func
			of func(string) (string, bool)
		}{{containerNormalize, NormalizeContainer}, {declarationHash, Hash}} {
			var want any
			if s, ok := c.of(text); ok {
				want = s
			}
			if diff := cmp.Diff([]any{want, nil, want}, udftest.Call(t, c.f, column)); diff != "" {
				t.Fatalf("%s(%q) (-want +got):\n%s", c.f.Name, text, diff)
			}
		}
		status := ContainerStatus(text)
		if diff := cmp.Diff([]any{status, nil, status}, udftest.Call(t, containerStatus, column)); diff != "" {
			t.Fatalf("container_status(%q) (-want +got):\n%s", text, diff)
		}
		if valid := status == "ok" || status == "code"; valid != ValidContainer(text) {
			t.Fatalf("%q is %s, but valid: %v", text, status, !valid)
		}
		if normal, ok := NormalizeContainer(text); ok {
			if again, ok := NormalizeContainer(normal); !ok || again != normal {
				t.Fatalf("%q gives %q, which gives %q", text, normal, again)
			}
		} else if ValidContainer(text) {
			t.Fatalf("%q is a valid container that can't be normalised", text)
		}
	})
}

// TestMadeUp makes identifiers with a check digit from the definition.
func TestMadeUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := rapid.IntRange(0, 9999999).Draw(t, "serial")
		text := fmt.Sprintf("%03d-%07d%d", rapid.IntRange(1, 999).Draw(t, "airline"), serial, serial%7)
		if !ValidAWB(text) {
			t.Fatalf("ValidAWB(%q) is false", text)
		}
		body := strings.ToUpper(rapid.StringMatching(`[0-9A-Z]{18}`).Draw(t, "body"))
		var digits strings.Builder
		for _, r := range body {
			fmt.Fprint(&digits, strings.IndexRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", r))
		}
		number, _ := new(big.Int).SetString(digits.String()+"00", 10)
		check := 98 - number.Mod(number, big.NewInt(97)).Int64()
		if text := fmt.Sprintf("%s%02d", body, check); !ValidLEI(text) {
			t.Fatalf("ValidLEI(%q) is false", text)
		}
	})
}
