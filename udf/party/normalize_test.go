package party

import (
	"testing"

	"github.com/dhowdb/dhow/udf/udftest"
)

// Expected values are by hand, from the rules in the comment of Normalize.
func TestNormalize(t *testing.T) {
	tests := []struct{ name, want string }{
		{"M/s. Al-Noor Gen. Trading Co. (L.L.C.)", "AL NOOR GEN TRADING"},
		{"شركة الأمانــة للتجارة العامة ش.ذ.م.م", "الامانه للتجاره العامه"},
		{"S.A.R.L. Frères Bénali et Fils", "FRERES BENALI & FILS"},
		{"L.L.C.", ""},
		{"", ""},
		{" - ", ""},
		{"شركة", ""},
		{"Khalid & Sons Co. W.L.L", "KHALID & SONS"},
		{"Khalid & Co", "KHALID"},
		{"ＡＢＣ　Ｔｒａｄｉｎｇ　ＬＬＣ", "ABC TRADING"},
		{"A B C Trading L L C", "ABC TRADING"},
		{"A. B. Smith", "AB SMITH"},
		{"J.Smith Ltd", "J SMITH"},
		{"J.K.Smith Ltd", "JK SMITH"},
		{"مؤسسة خالد وأولاده", "خالد واولاده"},
		{"خالد و أولاده ذ م م", "خالد & اولاده"},
		{"مُحَمَّد عَلِيّ", "محمد علي"},
		{"ﻣﺤﻤﺪ", "محمد"},
		{"ﷲ", "الله"},
		{"Muller GmbH & Co. KG", "MULLER"},
		{"Müller & Söhne", "MULLER & SOHNE"},
		{"Groß Handels AG", "GROSS HANDELS"},
		{"F/Stuff Trdg FZ-LLC", "FSTUFF TRDG"},
		{"Agro S.A. de C.V.", "AGRO"},
		{"Al Noor Trading Est.", "AL NOOR TRADING"},
		{"H&M", "H & M"},
		{"La'ali", "LAALI"},
		{"شرکت ۱۲۳", "123"},
		{"E.T. Trading", "E T TRADING"},
		{"K E.T.", "KET"},
		{"Bad\xffbytes", "BAD BYTES"},
		{"中国 贸易", "中国 贸易"},
		{"हिन्दी", "हिन्दी"},
		{"İstanbul Ltd. Şti.", "ISTANBUL"},
	}
	for _, tt := range tests {
		got, ok := Normalize(tt.name)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("Normalize(%q) = %q, want %q", tt.name, got, tt.want)
		}
		if again, _ := Normalize(got); again != got {
			t.Errorf("Normalize(%q) = %q", got, again)
		}
	}
}

func TestNormalizeNull(t *testing.T) {
	got := udftest.Call(t, normalize, udftest.Column{nil, "Noor LLC", "LLC", nil})
	want := []any{nil, "NOOR", nil, nil}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// Every legal form of the table is left out at the end that it stands at.
func TestFormsAreStripped(t *testing.T) {
	for _, row := range tableRows(formsTSV) {
		if len(row) != 4 {
			t.Fatalf("forms.tsv has the row %q", row)
		}
		name, other := "Zzyzx Qwert", "ZZYZX QWERT"
		if row[2] == "arabic" {
			name, other = "زنبق ظظظ", "زنبق ظظظ"
		}
		place := row[3]
		if place == "last" || place == "both" {
			if got, _ := Normalize(name + " " + row[0]); got != other {
				t.Errorf("%s at the end: %q", row[0], got)
			}
		}
		if place == "first" || place == "both" {
			if got, _ := Normalize(row[0] + " " + name); got != other {
				t.Errorf("%s at the beginning: %q", row[0], got)
			}
		}
		if got, _ := Normalize(name + " " + row[0] + " " + name); place == "joins" && got != other+" & "+other {
			t.Errorf("%s between: %q", row[0], got)
		}
	}
}

// The canonical letters of all characters of Unicode are canonical.
func TestFoldedIsFolded(t *testing.T) {
	for r := rune(0x80); r <= 0x10ffff; r++ {
		text := folded(r)
		for _, to := range text {
			if folded(to) != string(to) {
				t.Fatalf("%q (%U) is folded to %q, and %q in it to %q", r, r, text, to, folded(to))
			}
		}
	}
}
