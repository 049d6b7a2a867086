package incoterm

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected codes were made by hand; "" stands for NULL.
var forms = []struct{ name, text, want string }{
	{"code", "CIF", "CIF"},
	{"small letters", "cif", "CIF"},
	{"dots", "C.I.F.", "CIF"},
	{"dots and a place", "C.I.F. Jebel Ali", "CIF"},
	{"dots, blanks and a place", "C. I. F. Jebel Ali", "CIF"},
	{"place", "FOB Shanghai", "FOB"},
	{"place in brackets", "FOB(Shanghai)", "FOB"},
	{"place behind a dash", "EXW - Hamburg", "EXW"},
	{"place that is a code", "FOB DES MOINES", "FOB"},
	{"place and edition", "CIF Jebel Ali, Incoterms 2020", "CIF"},
	{"label", "Incoterms 2020: fob Shanghai", "FOB"},
	{"label with of", "Terms of delivery: DAP Riyadh", "DAP"},
	{"edition before", "2010 DAT Jeddah", "DAT"},
	{"place before", "Jebel Ali CIF", "CIF"},
	{"small code behind a place", "vente des machines", ""},
	{"C&F", "C&F Dammam", "CFR"},
	{"C and F", "C and F", "CFR"},
	{"CNF", "CNF Karachi", "CFR"},
	{"name", "Cost, Insurance and Freight (Jebel Ali)", "CIF"},
	{"name of one part more", "delivered at place unloaded Doha", "DPU"},
	{"name of one part less", "delivered at place Doha", "DAP"},
	{"ex works", "Ex-Works Milano", "EXW"},
	{"ex factory", "ex factory", "EXW"},
	{"French", "Départ usine Lyon", "EXW"},
	{"Arabic", "سيف جبل علي", "CIF"},
	{"Arabic words", "تسليم المصنع", "EXW"},
	{"retired DAF", "DAF", "DAF"},
	{"retired DES", "DES", "DES"},
	{"retired DEQ", "D.E.Q.", "DEQ"},
	{"retired DDU", "ddu Amman", "DDU"},
	{"retired DAT", "DAT", "DAT"},
	{"older than 2000", "FOR Basra", ""},
	{"two terms", "FOB/CIF", ""},
	{"two terms with or", "FOB or CIF", ""},
	{"two terms in places", "port FOB then CIF", ""},
	{"same term twice", "CIF/CIF Dubai", "CIF"},
	{"inside a word", "SPECIFIC", ""},
	{"unknown", "XYZ", ""},
	{"empty", "", ""},
	{"blank", "  ", ""},
	{"label only", "Incoterms 2020", ""},
	{"many words", "a b c d e f g h i j k l m n o p q r s t u v w x y z CIF", ""},
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
				t.Errorf("incoterm_normalize(%q) (-want +got):\n%s", f.text, diff)
			}
		})
	}
}

func TestFacts(t *testing.T) {
	terms, err := datasets.ReferenceTable("incoterm")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range terms.Rows {
		for _, text := range []string{row[0], row[2], row[2] + ", Port Said", row[0] + " Port Said"} {
			if got, _ := Normalize(text); got != row[0] {
				t.Errorf("Normalize(%q) = %q, want %s", text, got, row[0])
			}
		}
	}
	aliases, err := datasets.ReferenceTable("incoterm_alias")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range aliases.Rows {
		for _, text := range []string{row[0], " " + row[0] + ".", row[0] + " Doha"} {
			if got, _ := Normalize(text); got != row[1] {
				t.Errorf("Normalize(%q) = %q, want %s", text, got, row[1])
			}
		}
	}
}

func TestNormalizeIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(C|c|CI|D|FO|incoterms )?[A-Za-z.&/ ]{0,8}`).Draw(t, "text")
		if code, ok := Normalize(text); ok {
			if again, _ := Normalize(code); again != code || len(code) != 3 {
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
		for _, got := range udftest.Call(t, normalize, udftest.Column{text, text, text}) {
			if got != want {
				t.Fatalf("incoterm_normalize(%q) = %v in a chunk, %v alone", text, got, want)
			}
		}
	})
}
