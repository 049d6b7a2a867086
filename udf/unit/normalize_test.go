package unit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected codes were looked up by hand in Recommendations 20 and 21; ""
// stands for NULL.
var forms = []struct{ name, text, want string }{
	{"code", "KGM", "KGM"},
	{"code in small letters", "kgm", "KGM"},
	{"abbreviation", "kgs", "KGM"},
	{"dot", "kg.", "KGM"},
	{"blanks", "  Kg ", "KGM"},
	{"no-break space", "kg\u00a0", "KGM"},
	{"full width", "ＫＧ", "KGM"},
	{"French", "Kilogrammes", "KGM"},
	{"Arabic", "كجم", "KGM"},
	{"Arabic with gh", "كغ", "KGM"},
	{"Arabic with tatweel and marks", "كيلوغـــرامٌ", "KGM"},
	{"Arabic with the article", "الطن", "TNE"},
	{"tonne", "طن", "TNE"},
	{"tonnes with hamza", "أطنان", "TNE"},
	{"tonnes without hamza", "اطنان", "TNE"},
	{"MT is no mat", "MT", "TNE"},
	{"KG is no keg", "KG", "KGM"},
	{"megagram", "Mg", "TNE"},
	{"cartons, not the content ton", "CTN", "XCT"},
	{"kilograms, not kilograms per second", "KGS", "KGM"},
	{"grams, not grams per square metre", "GM", "GRM"},
	{"milligram", "mg", "MGM"},
	{"milligram in capitals", "MG", "MGM"},
	{"megawatt", "MW", "MAW"},
	{"milliwatt", "mW", "C31"},
	{"pieces", "pcs", "H87"},
	{"old code", "PCE", "H87"},
	{"older code", "NMB", "H87"},
	{"number sign in words", "No.", "H87"},
	{"Arabic number", "عدد", "H87"},
	{"Arabic piece", "قطعة", "H87"},
	{"one stays one", "C62", "C62"},
	{"dozen", "dz", "DZN"},
	{"WCO dozen", "12u", "DZN"},
	{"Arabic dozen", "دزينة", "DZN"},
	{"Arabic dozen with heh", "دزينه", "DZN"},
	{"pair", "Pairs", "PR"},
	{"WCO pair", "2u", "PR"},
	{"WCO pack", "U (jeu/pack)", "NMP"},
	{"square metre", "m²", "MTK"},
	{"square metre with a caret", "m^2", "MTK"},
	{"cubic metre", "M3", "MTQ"},
	{"CBM", "CBM", "MTQ"},
	{"litre", "L", "LTR"},
	{"WCO energy", "1000 kWh", "MWH"},
	{"WCO alcohol", "l alc 100%", "LPA"},
	{"carton", "ctns", "XCT"},
	{"deleted carton", "CT", "XCT"},
	{"carat", "ct", "CTM"},
	{"package of Recommendation 21", "XBX", "XBX"},
	{"deleted box", "BX", "XBX"},
	{"pallet", "Pallets", "XPX"},
	{"troy ounce", "ozt", "APZ"},
	{"withdrawn ounce", "OZ", "ONZ"},
	{"name of Recommendation 20", "barrel (UK petroleum)", "J57"},
	{"plural of a name", "hectares", "HAR"},
	{"which gallon?", "gallon", ""},
	{"a gallon", "Gallon (US)", "GLL"},
	{"which hundredweight?", "cwt", ""},
	{"none", "", ""},
	{"blank", " ", ""},
	{"nothing", "???", ""},
	{"number", "12345", ""},
	{"two units", "kg/pcs", ""},
	{"two units, one of them net", "kg - kg net", ""},
	{"code and name", "KGM - Kilogram", "KGM"},
	{"name and code", "PIECES (PCS)", "H87"},
	{"two scripts", "كيلوجرام KG", "KGM"},
	{"no answer", "NA", ""},
	{"no answer with a slash", "N/A", ""},
	{"name of a unit whose code is hidden", "kilogram per second", ""},
	{"deprecated", "NPR", "NPR"},
	{"words", "steel pipes", ""},
	{"not UTF-8", "kg\xff", "KGM"},
	{"very long", strings.Repeat("kilogram", 100), ""},
}

func TestNormalize(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			got := udftest.Call(t, normalize, udftest.Column{f.text, nil})
			var want any
			if f.want != "" {
				want = f.want
			}
			if diff := cmp.Diff([]any{want, nil}, got); diff != "" {
				t.Errorf("unit_normalize(%q) (-want +got):\n%s", f.text, diff)
			}
		})
	}
}

// The Comtrade codes are those of UN Comtrade's list of quantity units.
func TestComtradeCodes(t *testing.T) {
	got := udftest.Call(t, normalize, udftest.Column{int64(8), int64(5), int64(5), nil, int64(-1), int64(0), int64(11), int64(20), int64(99), int64(10), int64(39)})
	want := []any{"KGM", "H87", "H87", nil, nil, nil, "DZN", "K6", nil, "NMP", "GRT"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func table(t testing.TB, name string) *datasets.Table {
	t.Helper()
	table, err := datasets.ReferenceTable(name)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// hidden are the codes that an abbreviation in customs files hides.
var hidden = map[string]string{
	"KGS": "KGM", "CTN": "XCT", "GM": "GRM", "HA": "HAR", "IU": "NIU", "GJ": "GV", "KJ": "KJO",
	"KL": "K6", "KW": "KWT", "MTS": "TNE", "2U": "PR",
	"NA": "", // no answer
}

// TestCodes holds that each code in force that is not hidden is read as itself.
func TestCodes(t *testing.T) {
	units := table(t, "unit")
	for _, row := range units.Rows {
		if row[units.Column("deprecated")] == "true" {
			continue
		}
		for _, text := range []string{row[0], " " + row[0] + "."} {
			want, ok := hidden[row[0]]
			if !ok {
				want = row[0]
			}
			if got, _ := Normalize(text); got != want {
				t.Errorf("Normalize(%q) = %q, want %s", text, got, want)
			}
		}
	}
}

// TestAliases holds that each alias is read as its unit, in any case unless
// case matters, and that no alias hides another.
func TestAliases(t *testing.T) {
	for _, row := range table(t, "unit_alias").Rows {
		texts := []string{row[0]}
		if row[2] != "true" {
			texts = append(texts, " "+row[0], row[0]+".")
			if up := strings.ToUpper(row[0]); !caseMatters(up) {
				texts = append(texts, up)
			}
		}
		for _, text := range texts {
			if got, _ := Normalize(text); got != row[1] {
				t.Errorf("Normalize(%q) = %q, want %s", text, got, row[1])
			}
		}
	}
}

func caseMatters(text string) bool {
	s, err := load()
	_, exact := s.exact[text]
	return err == nil && exact
}

// TestNamesAreIdempotent holds for each name and symbol that what it is read as
// is read as itself.
func TestNamesAreIdempotent(t *testing.T) {
	units := table(t, "unit")
	for _, row := range units.Rows {
		for _, column := range []string{"code", "name", "symbol", "wco"} {
			text := row[units.Column(column)]
			code, ok := Normalize(text)
			if again, _ := Normalize(code); ok && again != code {
				t.Errorf("%q is read as %s, and that as %q", text, code, again)
			}
			checkStatus(t, text)
		}
		if wco := row[units.Column("wco")]; wco != "" {
			if code, _ := Normalize(wco); code != row[0] {
				t.Errorf("the WCO's %q is read as %q, want %s", wco, code, row[0])
			}
		}
	}
}

func TestNormalizeIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z0-9 ./²³%]{1,5}`)).Draw(t, "text")
		once, ok := Normalize(text)
		if !ok {
			return
		}
		if twice, _ := Normalize(once); twice != once {
			t.Fatalf("Normalize(%q) = %q, but that is read as %q", text, once, twice)
		}
	})
}

func FuzzNormalize(f *testing.F) {
	for _, form := range forms {
		f.Add(form.text, uint64(0b101))
	}
	f.Fuzz(func(t *testing.T, text string, valid uint64) {
		checkStatus(t, text)
		column := udftest.Column{}
		for i := range 70 {
			if valid>>(i%64)&1 == 0 {
				column = append(column, nil)
				continue
			}
			column = append(column, text[:len(text)*i/69])
		}
		for i, got := range udftest.Call(t, normalize, column) {
			var want any
			if text, ok := column[i].(string); ok {
				if code, ok := Normalize(text); ok {
					want = code
					if again, _ := Normalize(code); again != code {
						t.Fatalf("%q gives %q, which gives %q", text, code, again)
					}
				}
			}
			if got != want {
				t.Fatalf("unit_normalize(%q) = %v in a chunk, %v alone", column[i], got, want)
			}
		}
	})
}
