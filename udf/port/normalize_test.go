package port

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected codes were looked up by hand in UN/LOCODE 2024-2; "" stands for
// NULL.
var forms = []struct{ name, text, want string }{
	{"code", "AEJEA", "AEJEA"},
	{"code with a blank", "AE JEA", "AEJEA"},
	{"code with a dash in small letters", "ae-jea", "AEJEA"},
	{"code outside the list of ports", "CNYTN", "CNYTN"},
	{"code of an inland place", "SARUH", "SARUH"},
	{"code with a digit", "IQB9T", "IQB9T"},
	{"unknown code", "AEXXX", ""},
	{"name", "Jebel Ali", "AEJEA"},
	{"capitals", "JEBEL ALI", "AEJEA"},
	{"Port of", "Port of Jebel Ali", "AEJEA"},
	{"Arabic", "جبل علي", "AEJEA"},
	{"Arabic with mina", "ميناء جبل علي", "AEJEA"},
	{"Arabic with hamza", "ميناء جدة الاسلامي", "SAJED"},
	{"other spelling", "Djebel Ali", "AEJEA"},
	{"article", "Ad-Dammam", "SADMM"},
	{"without the article", "Dammam", "SADMM"},
	{"accents", "Gênes", "ITGOA"},
	{"name in brackets", "Damietta", "EGDAM"},
	{"Port belongs to the name", "Port Said", "EGPSD"},
	{"Port behind the name", "Umm Qasr Port", "IQUQR"},
	{"country as letters", "Hamburg, DE", "DEHAM"},
	{"country without comma", "Rotterdam NL", "NLRTM"},
	{"country in brackets", "Jebel Ali (UAE)", "AEJEA"},
	{"country as name", "Hamburg, Germany", "DEHAM"},
	{"country in Arabic", "جدة، السعودية", "SAJED"},
	{"wrong country", "Hamburg, Kuwait", ""},
	{"tail that is no country", "Hamburg, somewhere", ""},
	{"several", "Tripoli", ""},
	{"one of several", "Tripoli, Libya", "LYTIP"},
	{"the other of several", "Tripoli (LB)", "LBKYE"},
	{"several in a country", "Springfield, US", ""},
	{"IATA code", "DXB", "AEDXB"},
	{"IATA code in small letters", "lhr", "GBLHR"},
	{"name of an airport", "Dubai International Airport", "AEDXB"},
	{"place without a port", "Milano", "ITMIL"},
	{"nothing", "nowhere at all", ""},
	{"empty", "", ""},
	{"blank", " ", ""},
	{"only a word before names", "Port of", ""},
	{"only a country", ", DE", ""},
	{"digits", "12345", ""},
	{"very long", strings.Repeat("Jebel Ali ", 50), ""},
}

func TestNormalize(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			var want any
			if f.want != "" {
				want = f.want
			}
			got := udftest.Call(t, normalize, udftest.Column{f.text, nil})
			if diff := cmp.Diff([]any{want, nil}, got); diff != "" {
				t.Errorf("port_normalize(%q) (-want +got):\n%s", f.text, diff)
			}
			if f.want == "" {
				_, err := udftest.TryCall(country, udftest.Column{f.text})
				if err == nil || !strings.HasPrefix(err.Error(), "port_country: ") {
					t.Errorf("port_country(%q) gives the error %v", f.text, err)
				}
				return
			}
			got = udftest.Call(t, country, udftest.Column{nil, f.text})
			if diff := cmp.Diff([]any{nil, f.want[:2]}, got); diff != "" {
				t.Errorf("port_country(%q) (-want +got):\n%s", f.text, diff)
			}
		})
	}
}

func rows(t testing.TB, table string) [][]string {
	t.Helper()
	facts, err := datasets.ReferenceTable(table)
	if err != nil {
		t.Fatal(err)
	}
	return facts.Rows
}

// hidden are codes that are read as the alias of a port: AQABA is a place in
// Antarctica.
var hidden = map[string]string{"AQABA": "JOAQJ"}

// TestEachCode holds that all other codes are read as themselves.
func TestEachCode(t *testing.T) {
	for _, table := range []string{"port", "locode"} {
		for _, row := range rows(t, table) {
			code := row[0]
			for _, text := range []string{code, code[:2] + " " + code[2:], strings.ToLower(code)} {
				want, ok := hidden[code]
				if !ok {
					want = code
				}
				if got, _ := Normalize(text); got != want {
					t.Errorf("Normalize(%q) = %q, want %s", text, got, want)
				}
			}
		}
	}
}

func TestEachAlias(t *testing.T) {
	for _, row := range rows(t, "port_alias") {
		for _, text := range []string{row[0], strings.ToUpper(row[0]), " " + row[0] + " "} {
			if got, _ := Normalize(text); got != row[1] {
				t.Errorf("Normalize(%q) = %q, want %s", text, got, row[1])
			}
		}
	}
}

// TestEachAirport holds that IATA codes are read, but for those that are also
// the name or the alias of a port.
func TestEachAirport(t *testing.T) {
	otherwise := map[string]bool{}
	for _, row := range rows(t, "airport") {
		want := row[2]
		if got, _ := Normalize(row[0]); want != "" && got != want {
			otherwise[row[0]] = true
		}
	}
	if len(otherwise) > 20 {
		t.Errorf("%d IATA codes mean something else: %v", len(otherwise), otherwise)
	}
	for _, code := range []string{"DXB", "AUH", "DOH", "RUH", "JED", "KWI", "BAH", "MCT", "CAI", "AMM", "BEY", "CMN", "TUN", "ALG", "IST", "FRA", "LHR", "CDG", "JFK", "HKG", "SIN", "PVG"} {
		if otherwise[code] {
			t.Errorf("the airport %s is not read", code)
		}
	}
}

// TestEachPort holds that the name of a port with its country is read as it, or
// as nothing where the country has several of that name.
func TestEachPort(t *testing.T) {
	none := 0
	all := rows(t, "port")
	for _, row := range all {
		got, ok := Normalize(row[1] + ", " + row[2])
		if !ok {
			none++
		} else if got[:2] != row[2] {
			t.Errorf("Normalize(%q) = %s", row[1]+", "+row[2], got)
		}
	}
	if none*20 > len(all) {
		t.Errorf("%d of %d ports are not found by name and country", none, len(all))
	}
}

func TestPlace(t *testing.T) {
	for _, code := range []string{"AEJEA", "US8XZ", "ZZ999", "AA222"} {
		p := placeOf(code)
		text, letters := p.code(), p.country()
		if text.String() != code || letters.String() != code[:2] {
			t.Errorf("place %s is printed as %s and %s", code, text.String(), letters.String())
		}
	}
	for _, text := range []string{"", "AEJE", "AEJEAA", "A1JEA", "aejea", "AEJE-"} {
		if placeOf(text) != nowhere {
			t.Errorf("placeOf(%q) is a place", text)
		}
	}
}

func TestNormalizeIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(port of |mina )?[A-Za-z]{3,5}( [A-Za-z]{3})?(, [A-Z]{2})?`).Draw(t, "text")
		if code, ok := Normalize(text); ok {
			if again, _ := Normalize(code); again != code {
				t.Fatalf("%q gives %q, which gives %q", text, code, again)
			}
		}
	})
}

func FuzzNormalize(f *testing.F) {
	for _, form := range forms {
		f.Add(form.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkStatus(t, text)
		var want any
		if code, ok := Normalize(text); ok {
			want = code
			if again, _ := Normalize(code); again != code {
				t.Fatalf("%q gives %q, which gives %q", text, code, again)
			}
		}
		for _, got := range udftest.Call(t, normalize, udftest.Column{text, "AEJEA", text})[:1] {
			if got != want {
				t.Fatalf("port_normalize(%q) = %v in a chunk, %v alone", text, got, want)
			}
		}
	})
}

// held keeps the texts of a benchmark, which a Str hides from the collector.
var held [][]byte

func BenchmarkNormalize(b *testing.B) {
	var texts []string
	for i, row := range rows(b, "port") {
		switch i % 8 {
		case 0, 1:
			texts = append(texts, row[0])
		case 2:
			texts = append(texts, row[0][:2]+" "+row[0][2:])
		case 3:
			texts = append(texts, row[1]+", "+row[2])
		}
	}
	texts = texts[:200]
	data := make([]udf.Str, udf.ChunkSize)
	for i := range data {
		// A few ports have most of the trade.
		text := []byte(texts[(i*i%199)*(i%7)/7])
		held = append(held, text)
		data[i] = udf.MakeStr(text)
	}
	c := &udf.Chunk{Len: udf.ChunkSize, Args: []udf.Vector{{Data: unsafe.Pointer(unsafe.SliceData(data))}}, Out: udf.Output{
		Data:  unsafe.Pointer(unsafe.SliceData(make([]udf.Str, udf.ChunkSize))),
		Nulls: new([udf.ChunkSize / 64]uint64),
	}}
	if err := normalizeChunk(c); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		*c.Out.Nulls = [udf.ChunkSize / 64]uint64{}
		if err := normalizeChunk(c); err != nil {
			b.Fatal(err)
		}
	}
	rows := float64(b.N) * udf.ChunkSize
	b.ReportMetric(b.Elapsed().Seconds()*1e9/rows, "ns/row")
}
