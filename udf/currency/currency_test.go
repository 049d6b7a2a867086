package currency

import (
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// forms are texts that files hold, with what they are by hand.
var forms = []struct{ name, text, code, status string }{
	{"clean", "AED", "AED", "ok"},
	{"small letters", "aed", "AED", "code"},
	{"blanks around", " Aed ", "AED", "code"},
	{"full width", "ＵＳＤ", "USD", "code"},
	{"number", "784", "AED", "code"},
	{"lost zero", "12", "DZD", "code"},
	{"zero kept", "012", "DZD", "code"},
	{"number of a spreadsheet", "840.0", "USD", "code"},
	{"Arabic-Indic digits", "٧٨٤", "AED", "code"},
	{"no number", "001", "", "unknown"},
	{"amount", "840.50", "", "unknown"},
	{"dollar of the United States", "US$", "USD", "alias"},
	{"dollar of the United States in words", "U.S. Dollars", "USD", "alias"},
	{"in French", "dollar des États-Unis", "USD", "alias"},
	{"in Arabic", "دولار امريكي", "USD", "alias"},
	{"euro", "€", "EUR", "alias"},
	{"Gulf abbreviation", "Dhs.", "AED", "alias"},
	{"Saudi abbreviation", "SR", "SAR", "alias"},
	{"Saudi abbreviation with points", "S.R.", "SAR", "alias"},
	{"Saudi riyal", "ريال سعودى", "SAR", "alias"},
	{"Kuwaiti sign", "د.ك", "KWD", "alias"},
	{"Kuwaiti sign with point", "د.ك.", "KWD", "alias"},
	{"sign of the Emirates", "د.إ", "AED", "alias"},
	{"sign of Jordan", " د.أ ", "JOD", "alias"},
	{"sign of either", "د.ا", "", "ambiguous"},
	{"French dinar", "Dinar koweitien", "KWD", "alias"},
	{"offshore yuan", "CNH", "CNY", "alias"},
	{"zloty", "ZŁ", "PLN", "alias"},
	{"withdrawn", "DEM", "DEM", "historic"},
	{"withdrawn number", "276", "DEM", "historic"},
	{"number given again", "532", "XCG", "code"}, // was ANG
	{"number of two withdrawn", "890", "", "ambiguous"},
	{"dollar", "$", "", "ambiguous"},
	{"dirham", "درهم", "", "ambiguous"},
	{"dirham with the article", "الدرهم", "", "ambiguous"},
	{"dinar", "Dinar", "", "ambiguous"},
	{"riyal sign", "﷼", "", "ambiguous"},
	{"pound", "£", "", "ambiguous"},
	{"name of none", "Bitcoin", "", "unknown"},
	{"amount with a code", "100 USD", "", "unknown"},
	{"empty", "", "", "empty"},
	{"dash", "-", "", "empty"},
	{"too long", strings.Repeat("x", 5000), "", "unknown"},
}

func TestNormalize(t *testing.T) {
	column, codes, statuses := udftest.Column{nil}, []any{nil}, []any{nil}
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			code, err := Normalize(f.text)
			status, _ := Status(f.text)
			if err != nil || code != f.code || status != f.status {
				t.Errorf("%q is read as %q (%s), %v; want %q (%s)", f.text, code, status, err, f.code, f.status)
			}
		})
		column, statuses, codes = append(column, f.text), append(statuses, f.status), append(codes, any(f.code))
		if f.code == "" {
			codes[len(codes)-1] = nil
		}
	}
	if diff := cmp.Diff(codes, udftest.Call(t, normalize, column)); diff != "" {
		t.Errorf("currency_normalize over a column (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(statuses, udftest.Call(t, status, column)); diff != "" {
		t.Errorf("currency_status over a column (-want +got):\n%s", diff)
	}
}

// TestTables: every code, number and name of the tables is read as they say.
func TestTables(t *testing.T) {
	inUse := map[string]string{} // by number
	for _, c := range table(t, "currency") {
		if c["status"] == "current" {
			if other, ok := inUse[c["numeric"]]; ok {
				t.Errorf("%s and %s have the number %s", other, c["code"], c["numeric"])
			}
			inUse[c["numeric"]] = c["code"]
		}
	}
	for _, c := range table(t, "currency") {
		for _, text := range []string{c["code"], strings.ToLower(c["code"]), " " + c["code"] + "."} {
			if code, _ := Normalize(text); code != c["code"] {
				t.Errorf("%q is read as %q, want %s", text, code, c["code"])
			}
		}
		want, ok := inUse[c["numeric"]]
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(c["numeric"], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []any{c["numeric"], n, float64(n)} {
			if got := udftest.Call(t, normalize, udftest.Column{x})[0]; got != want {
				t.Errorf("%T %v is read as %v, want %s", x, x, got, want)
			}
		}
	}
	candidates := map[string][]string{}
	for _, a := range table(t, "currency_alias") {
		candidates[a["alias"]] = append(candidates[a["alias"]], a["code"])
	}
	for alias, codes := range candidates {
		code, _ := Normalize(alias)
		status, _ := Status(alias)
		if len(codes) > 1 && status != "ambiguous" || len(codes) == 1 && code != codes[0] {
			t.Errorf("%q is read as %q (%s), want %v", alias, code, status, codes)
		}
	}
}

func TestMinorUnits(t *testing.T) {
	// ISO 4217, list one; CLDR shows 0 digits for IQD, LBP, SYP and YER.
	want := map[string]int32{
		"IQD": 3, "LBP": 2, "SYP": 2, "YER": 2, "JPY": 0, "KWD": 3, "BHD": 3, "OMR": 3, "TND": 3, "JOD": 3, "LYD": 3,
		"AED": 2, "SAR": 2, "QAR": 2, "USD": 2, "EUR": 2, "KRW": 0, "CLF": 4, "DJF": 0, "KMF": 0, "dinar irakien": 3, "048": 3,
	}
	for text, digits := range want {
		if got := udftest.Call(t, minorUnits, udftest.Column{text})[0]; got != digits {
			t.Errorf("%s has %v digits, want %d", text, got, digits)
		}
	}
	if got := udftest.Call(t, minorUnits, udftest.Column{int64(414), int64(392), nil, int64(959), int64(276)}); !cmp.Equal(got, []any{int32(3), int32(0), nil, nil, nil}) {
		t.Errorf("over numbers: %v", got)
	}
	for text, want := range map[string]string{
		"Bitcoin": `currency_minor_units: "Bitcoin" is no currency that is known; FROM ref.currency lists the codes`,
		"درهم":    `currency_minor_units: "درهم" may be AED or MAD; write the code`,
		"":        `currency_minor_units: "" is empty; NULL is what is missing`,
	} {
		if _, err := udftest.TryCall(minorUnits, udftest.Column{text}); err == nil || err.Error() != want {
			t.Errorf("error %v\nwant  %s", err, want)
		}
		if _, _, err := MinorUnits(text); err == nil || err.Error() != want {
			t.Errorf("error %v\nwant  %s", err, want)
		}
	}
	if _, err := udftest.TryCall(minorUnits, udftest.Column{math.NaN()}); err == nil || err.Error() != "currency_minor_units: NaN is no currency that is known; FROM ref.currency lists the codes" {
		t.Errorf("error %v", err)
	}
}

// FuzzNormalize: reading is the same in a column as alone, and a result is
// read as itself.
func FuzzNormalize(f *testing.F) {
	for _, form := range forms {
		f.Add(form.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, err := Normalize(text)
		if err != nil {
			t.Fatal(err)
		}
		status, _ := Status(text)
		if known := status == "ok" || status == "code" || status == "alias" || status == "historic"; known != (code != "") {
			t.Fatalf("%q is %s and %q", text, status, code)
		}
		if again, _ := Normalize(code); again != code {
			t.Fatalf("%q is read as %q, which is read as %q", text, code, again)
		}
		got := udftest.Call(t, normalize, udftest.Column{nil, text})
		if want := any(code); code != "" && got[1] != want || code == "" && got[1] != nil || got[0] != nil {
			t.Fatalf("%q over a column: %v, want %q", text, got, code)
		}
	})
}

func BenchmarkNormalize(b *testing.B) {
	var codes, aliases []string
	for _, c := range table(b, "currency") {
		codes = append(codes, c["code"])
	}
	for _, a := range table(b, "currency_alias") {
		aliases = append(aliases, a["alias"])
	}
	for name, texts := range map[string][]string{"codes": codes, "aliases": aliases} {
		b.Run(name, func(b *testing.B) {
			data, held := make([]udf.Str, udf.ChunkSize), [][]byte{}
			for i := range data {
				held = append(held, []byte(texts[i%len(texts)]))
				data[i] = udf.MakeStr(held[i])
			}
			c := &udf.Chunk{Len: udf.ChunkSize, Args: []udf.Vector{{Data: unsafe.Pointer(&data[0])}}, Out: udf.Output{
				Data: unsafe.Pointer(unsafe.SliceData(make([]udf.Str, udf.ChunkSize))), Nulls: new([udf.ChunkSize / 64]uint64),
			}}
			b.ReportAllocs()
			for b.Loop() {
				*c.Out.Nulls = [udf.ChunkSize / 64]uint64{}
				if err := normalize.Kernel.Variants[0].Scalar(c); err != nil {
					b.Fatal(err)
				}
			}
			rows := float64(b.N) * udf.ChunkSize
			b.ReportMetric(rows/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(b.Elapsed().Seconds()*1e9/rows, "ns/row")
			runtime.KeepAlive(held)
		})
	}
}
