package country

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

// forms are texts that files hold, with what they are by hand.
var forms = []struct{ name, text, code, status string }{
	{"clean", "AE", "AE", "ok"},
	{"small letters", "ae", "AE", "code"},
	{"mixed letters", "Ae", "AE", "code"},
	{"blanks around", "  AE ", "AE", "code"},
	{"brackets around", "(AE)", "AE", "code"},
	{"no-break space", "AE\u00a0", "AE", "code"},
	{"full width", "ＡＥ", "AE", "code"},
	{"alpha-3", "ARE", "AE", "code"},
	{"alpha-3 small", "are", "AE", "code"},
	{"number", "784", "AE", "code"},
	{"number of a spreadsheet", "784.0", "AE", "code"},
	{"lost zeros", "4", "AF", "code"},
	{"zeros kept", "004", "AF", "code"},
	{"Arabic-Indic digits", "٧٨٤", "AE", "code"},
	{"Persian digits", "۰۰۴", "AF", "code"},
	{"fraction", "784.5", "", "unknown"},
	{"negative", "-784", "", "unknown"},
	{"long number", "7840", "", "unknown"},
	{"no country's number", "999", "", "unknown"},
	{"France of Comtrade", "251", "FR", "code"},
	{"Namibia", "NA", "NA", "ok"},
	{"not available", "N/A", "", "unknown"},
	{"not available, dotted", "n.a.", "", "unknown"},
	{"initials", "U.S.A.", "US", "alias"},
	{"initials apart", "U S A", "US", "alias"},
	{"British initials", "u.k.", "GB", "alias"},
	{"not a code by its parts", "A E", "", "unknown"},
	{"Greece of the EU", "EL", "GR", "alias"},
	{"English", "Saudi Arabia", "SA", "alias"},
	{"capitals", "SAUDI ARABIA", "SA", "alias"},
	{"article in brackets", "United Arab Emirates (the)", "AE", "alias"},
	{"article in front", "The Gambia", "GM", "alias"},
	{"turned around", "Korea, Republic of", "KR", "alias"},
	{"and", "Trinidad & Tobago", "TT", "alias"},
	{"abbreviations", "St Kitts and Nevis", "KN", "alias"},
	{"French", "Émirats arabes unis (les)", "AE", "alias"},
	{"French without marks", "emirats arabes unis", "AE", "alias"},
	{"French elision", "Algérie (l’)", "DZ", "alias"},
	{"marks apart", "Cote\u0302 d'Ivoire", "CI", "alias"},
	{"apostrophe lost", "COTE D IVOIRE", "CI", "alias"},
	{"curly apostrophe", "Côte d’Ivoire", "CI", "alias"},
	{"dotted capital", "TÜRKİYE", "TR", "alias"},
	{"Arabic", "الإمارات العربية المتحدة", "AE", "alias"},
	{"no hamza, no article", "امارات", "AE", "alias"},
	{"vowel signs", "عُمَان", "OM", "alias"},
	{"tatweel", "قطـــر", "QA", "alias"},
	{"ta marbuta as ha", "المملكه العربيه السعوديه", "SA", "alias"},
	{"alef maqsura", "تركيى", "", "unknown"},
	{"ya as alef maqsura", "الاتحاد الروسى", "RU", "alias"},
	{"presentation forms", "ﻣﺼﺮ", "EG", "alias"},
	{"Egyptian g", "هونج كونج", "HK", "alias"},
	{"direction marks", "\u200fالبحرين\u200e", "BH", "alias"},
	{"code and name", "784 - United Arab Emirates", "AE", "alias"},
	{"name and code", "United Arab Emirates (AE)", "AE", "alias"},
	{"two scripts", "المملكة العربية السعودية Saudi Arabia", "SA", "alias"},
	{"two scripts with a slash", "الصين / China", "CN", "alias"},
	{"code and another name", "AE - Oman", "", "unknown"},
	{"two countries", "China, India", "", "unknown"},
	{"Burma", "Burma", "MM", "historic"},
	{"Zaire", "Zaïre", "CD", "historic"},
	{"East Germany", "DDR", "DE", "historic"},
	{"USSR", "U.S.S.R.", "", "split"},
	{"old Sudan of Comtrade", "736", "", "split"},
	{"Czechoslovakia or Serbia and Montenegro", "CS", "", "split"},
	{"Congo", "The Congo", "", "ambiguous"},
	{"Korea", "كوريا", "", "ambiguous"},
	{"world", "World", "", "area"},
	{"European Union", "EU", "", "area"},
	{"areas", "Areas, nes", "", "area"},
	{"Taiwan of Comtrade", "Other Asia, nes", "TW", "alias"},
	{"Kosovo", "Kosovo", "XK", "alias"},
	{"misspelling", "Germanyy", "", "unknown"},
	{"part of a name", "Germany, Hamburg", "", "unknown"},
	{"empty", "", "", "empty"},
	{"blanks", "  ", "", "empty"},
	{"dashes", "---", "", "empty"},
	{"broken UTF-8", "\xff\xfe", "", "empty"},
	{"old Arabic encoding", "\xc7\xe1\xc7\xe3\xc7\xd1\xc7\xca", "", "empty"},
	{"too long", strings.Repeat("x", 5000), "", "unknown"},
	{"long blanks", strings.Repeat(" ", 5000), "", "unknown"},
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
		column = append(column, f.text)
		statuses = append(statuses, f.status)
		if f.code == "" {
			codes = append(codes, nil)
		} else {
			codes = append(codes, f.code)
		}
	}
	if diff := cmp.Diff(codes, udftest.Call(t, normalize, column)); diff != "" {
		t.Errorf("country_normalize over a column (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(statuses, udftest.Call(t, status, column)); diff != "" {
		t.Errorf("country_status over a column (-want +got):\n%s", diff)
	}
}

func TestNormalizeNumbers(t *testing.T) {
	whole := udftest.Column{int64(784), int64(4), int64(842), int64(490), int64(0), int64(-4), int64(1000), int64(math.MaxInt64), int64(810), nil}
	if diff := cmp.Diff([]any{"AE", "AF", "US", "TW", nil, nil, nil, nil, nil, nil}, udftest.Call(t, normalize, whole)); diff != "" {
		t.Errorf("BIGINT (-want +got):\n%s", diff)
	}
	other := udftest.Column{784.0, 4.0, 4.5, math.NaN(), math.Inf(1), -4.0, 1e300, nil}
	if diff := cmp.Diff([]any{"AE", "AF", nil, nil, nil, nil, nil, nil}, udftest.Call(t, normalize, other)); diff != "" {
		t.Errorf("DOUBLE (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{"code", "split", "area", "unknown"}, udftest.Call(t, status, udftest.Column{int64(784), int64(810), int64(899), int64(12345)})); diff != "" {
		t.Errorf("status (-want +got):\n%s", diff)
	}
}

// TestCodes: the other codes of a country, and the errors of what is none.
func TestCodes(t *testing.T) {
	for _, c := range []struct {
		name string
		f    udf.Func
		args []udftest.Column
		want any
		err  string
	}{
		{"alpha-3", alpha3, []udftest.Column{{"Allemagne"}}, "DEU", ""},
		{"alpha-3 of a number", alpha3, []udftest.Column{{int64(699)}}, "IND", ""},
		{"alpha-3 of Kosovo", alpha3, []udftest.Column{{"XK"}}, "XKX", ""},
		{"alpha-3 of nothing", alpha3, []udftest.Column{{nil}}, nil, ""},
		{"alpha-3 of no country", alpha3, []udftest.Column{{"Atlantis"}}, nil, `country_alpha3: "Atlantis" is no country that is known; FROM ref.country_alias lists the names`},
		{"alpha-3 of an empty text", alpha3, []udftest.Column{{""}}, nil, `country_alpha3: "" is empty; NULL is what is missing`},
		{"alpha-3 of two", alpha3, []udftest.Column{{"Congo"}}, nil, `country_alpha3: "Congo" may be CD or CG; write the code`},
		{"alpha-3 of several", alpha3, []udftest.Column{{"SU"}}, nil, `country_alpha3: "SU" was a country that several followed; write the one that is meant`},
		{"alpha-3 of an area", alpha3, []udftest.Column{{int64(899)}}, nil, `country_alpha3: 899 is an area, not a country; country_status tells them apart`},
		{"M49", m49, []udftest.Column{{"USA"}}, int32(840), ""},
		{"M49 of Comtrade's number", m49, []udftest.Column{{579.0}}, int32(578), ""},
		{"M49 of no number", m49, []udftest.Column{{1.5}}, nil, `country_m49: 1.5 is no country that is known; FROM ref.country_alias lists the names`},
		{"Comtrade", comtrade, []udftest.Column{{"USA"}}, int32(842), ""},
		{"Comtrade of Taiwan", comtrade, []udftest.Column{{"TW"}}, int32(490), ""},
		{"Comtrade of Réunion", comtrade, []udftest.Column{{"RE"}}, nil, ""},
		{"English name", name, []udftest.Column{{"sa"}, {"en"}}, "Saudi Arabia", ""},
		{"long French name", name, []udftest.Column{{"GS"}, {"FR"}}, "Géorgie du Sud-et-les Îles Sandwich du Sud", ""},
		{"Arabic name", name, []udftest.Column{{int64(512)}, {"ar"}}, "عُمان", ""},
		{"German name", name, []udftest.Column{{"SA"}, {"de"}}, nil, `country_name: there are no names in "de", only in en, fr, ar`},
		{"name in nothing", name, []udftest.Column{{"SA"}, {nil}}, nil, ""},
		{"in", in, []udftest.Column{{"Oman"}, {"GCC"}}, true, ""},
		{"in by another writing", in, []udftest.Column{{"MA"}, {"Arab League"}}, true, ""},
		{"not in", in, []udftest.Column{{"YE"}, {"gcc"}}, false, ""},
		{"in no group", in, []udftest.Column{{"YE"}, {"NATO"}}, nil, `country_in: there is no group "NATO", only AGADIR, AMU, ARAB_LEAGUE, COMESA, EAEU, ECO, EFTA, EU, GAFTA, GCC, LDC, MENA`},
		{"no country in", in, []udftest.Column{{"World"}, {"GCC"}}, nil, `country_in: "World" is an area, not a country; country_status tells them apart`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := udftest.TryCall(c.f, c.args...)
			if c.err != "" {
				if err == nil || err.Error() != c.err {
					t.Fatalf("error %v\nwant  %s", err, c.err)
				}
				return
			}
			if err != nil || got[0] != c.want {
				t.Errorf("%v, %v; want %v", got, err, c.want)
			}
		})
	}
}

// TestDistance holds distances against the spherical law of cosines, computed
// apart from the reference coordinates of the countries, as
// R·acos(sin φ₁ sin φ₂ + cos φ₁ cos φ₂ cos Δλ) in another language.
func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"AE", "FR", 5220.9648},
		{"NZ", "Spain", 19392.4876}, // nearly opposite
		{"Fiji", "WS", 1126.9845},   // over the 180th meridian
		{"Saudi Arabia", "682", 0},
	} {
		got, err := DistanceKm(c.a, c.b)
		if err != nil || math.Abs(got-c.want) > 0.001 {
			t.Errorf("%s to %s: %v km, %v; want %v", c.a, c.b, got, err, c.want)
		}
		back, _ := DistanceKm(c.b, c.a)
		if back != got {
			t.Errorf("%s to %s is %v km, back %v", c.a, c.b, got, back)
		}
	}
	got := udftest.Call(t, distance, udftest.Column{int64(784), nil}, udftest.Column{int64(251), int64(251)})
	if km, ok := got[0].(float64); !ok || math.Abs(km-5220.9648) > 0.001 || got[1] != nil {
		t.Errorf("over numbers: %v", got)
	}
	if _, err := DistanceKm("AE", "Dubay"); err == nil || !strings.HasPrefix(err.Error(), `country_distance_km: "Dubay" is no country`) {
		t.Errorf("error %v", err)
	}
}

// TestEveryDistance: all pairs lie between 0 and half the equator, and nearer
// than over a third country.
func TestEveryDistance(t *testing.T) {
	b, err := facts()
	if err != nil {
		t.Fatal(err)
	}
	third := &b.places[b.byCode["EG"]]
	for i := range b.places {
		for j := range b.places {
			p, q := &b.places[i], &b.places[j]
			d := p.distance(q)
			if !(d >= 0 && d <= math.Pi*earthRadius) || (d == 0) != (i == j) || d > p.distance(third)+third.distance(q)+1e-6 {
				t.Fatalf("%s to %s: %v km", p.alpha2.String(), q.alpha2.String(), d)
			}
		}
	}
}

// TestSpoilt: what files do to a name doesn't change what it is read as, and
// a result is read as itself.
func TestSpoilt(t *testing.T) {
	aliases := table(t, "country_alias")
	rapid.Check(t, func(t *rapid.T) {
		a := aliases[rapid.IntRange(0, len(aliases)-1).Draw(t, "alias")]
		text := spoil(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)), a["alias"])
		code, err := Normalize(text)
		if err != nil || code != a["alpha2"] {
			t.Fatalf("%q is read as %q, %v; want %s", text, code, err, a["alpha2"])
		}
		if status, _ := Status(code); status != "ok" {
			t.Fatalf("the result %s is %s", code, status)
		}
	})
}

// FuzzNormalize: reading is the same in a column as alone, wherever NULLs are.
func FuzzNormalize(f *testing.F) {
	for _, form := range forms {
		f.Add(form.text, uint64(0b101))
	}
	f.Fuzz(func(t *testing.T, text string, valid uint64) {
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
		var column udftest.Column
		var want []any
		for i := range 70 {
			if valid>>(i%64)&1 == 0 {
				column, want = append(column, nil), append(want, nil)
				continue
			}
			column, want = append(column, text), append(want, any(code))
			if code == "" {
				want[i] = nil
			}
		}
		if diff := cmp.Diff(want, udftest.Call(t, normalize, column)); diff != "" {
			t.Fatalf("%q over a column (-want +got):\n%s", text, diff)
		}
	})
}
