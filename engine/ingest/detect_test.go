package ingest

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Texts as they stand in files of customs, made for the test.
var detected = map[string]string{
	"arabic": "رقم البيان;رمز النظام المنسق;وصف البضاعة;بلد المنشأ;القيمة الجمركية\n" +
		"1045;870323;سيارة ركوب خاصة سعة المحرك 1998 سم مكعب;اليابان;38500\n" +
		"1046;610910;قمصان داخلية من قطن مصنرة للرجال;الصين;12000\n" +
		"1047;090121;بن محمص غير منزوع الكافيين;إثيوبيا;7350\n",
	"arabic short": "code;name;value\n870323;سيارة;5\n090121;قهوة;7\n",
	"arabic mixed": "hs_code,description,value\n851712,هاتف محمول SAMSUNG GALAXY A15,300\n847130,حاسوب محمول LENOVO V15,900\n",
	"russian": "номер декларации;код товара;описание товара;страна происхождения;таможенная стоимость\n" +
		"10702070/120324;8703239011;Автомобиль легковой бывший в эксплуатации;Япония;385000\n" +
		"10702070/120325;6109100000;Футболки трикотажные мужские;Китай;12000\n",
	"russian capitals": "КОД;НАИМЕНОВАНИЕ;СТОИМОСТЬ\n870323;АВТОМОБИЛЬ ЛЕГКОВОЙ;385000\n090121;КОФЕ ЖАРЕНЫЙ;7350\n610910;ФУТБОЛКИ;1\n",
	"french": "numéro;code sh;désignation;pays d'origine;valeur en douane\n" +
		"1045;870323;Véhicules à moteur pour le transport de personnes, usagés;Japon;38500\n" +
		"1046;090121;Café torréfié, non décaféiné;Éthiopie;7350\n1047;010121;Chevaux reproducteurs de race pure – mâles;Côte d'Ivoire;1\n",
	"spanish":        "partida;descripción;país de origen;valor\n870323;Automóvil de turismo, año 2019;España;38500\n220410;Vino espumoso;México;12\n",
	"french little":  "code sh;libellé;valeur\n870323;Véhicules à moteur;5\n",
	"turkish":        "gtip;eşya tanımı;menşe ülke;kıymet\n870323;Binek otomobili, kullanılmış;Almanya;38500\n610910;Pamuklu tişört, örülmüş;Çin ağırlık;12\n",
	"german, quotes": "Warennummer;Bezeichnung;Wert\n870323;Personenkraftwagen für die Beförderung – „gebraucht“;5\n220421;Weißwein, übrige Größen;7\n",
}

func TestLegacyEncoding(t *testing.T) {
	for _, c := range []struct {
		text, want string
		encoding   encoding.Encoding
	}{
		{"arabic", "windows-1256", charmap.Windows1256},
		{"arabic", "iso-8859-6", charmap.ISO8859_6},
		{"arabic short", "windows-1256", charmap.Windows1256},
		{"arabic short", "iso-8859-6", charmap.ISO8859_6},
		{"arabic mixed", "windows-1256", charmap.Windows1256},
		{"arabic mixed", "iso-8859-6", charmap.ISO8859_6},
		{"russian", "koi8-r", charmap.KOI8R},
		{"russian", "windows-1251", charmap.Windows1251},
		{"russian", "cp866", charmap.CodePage866},
		{"russian capitals", "koi8-r", charmap.KOI8R},
		{"russian capitals", "windows-1251", charmap.Windows1251},
		{"russian capitals", "cp866", charmap.CodePage866},
		{"french", "windows-1252", charmap.Windows1252},
		{"french little", "windows-1252", charmap.Windows1252},
		{"french little", "cp850", charmap.CodePage850},
		{"spanish", "windows-1252", charmap.Windows1252},
		{"turkish", "windows-1254", charmap.Windows1254},
		{"german, quotes", "windows-1252", charmap.Windows1252},
	} {
		t.Run(c.want+" "+c.text, func(t *testing.T) {
			b, err := c.encoding.NewEncoder().Bytes([]byte(detected[c.text]))
			if err != nil {
				t.Fatal(err)
			}
			if got := encodingOf(b); got != c.want {
				t.Errorf("%s", got)
			}
		})
	}
}

// The pages with a table of our own, read back through the table.
func TestCodepages(t *testing.T) {
	for _, name := range []string{"cp720", "cp864"} {
		page := codepages[name]
		of := map[rune]byte{}
		for i := len(page) - 1; i >= 0; i-- {
			if r := []rune(page[i]); len(r) == 1 {
				of[r[0]] = byte(128 + i)
			}
		}
		var b []byte
		for _, r := range detected["arabic"] {
			if r < 128 {
				b = append(b, byte(r))
			} else if c, ok := of[r]; ok {
				b = append(b, c)
			} else if name == "cp720" || r != 'إ' { // 864 has no alef with hamza below
				t.Errorf("%s has no %c", name, r)
			}
		}
		want := name
		if name == "cp864" {
			want = "cp864 or iso-8859-6" // the same letters, but for a few shapes
		}
		if got := legacyEncoding(b); !strings.Contains(want, got) {
			t.Errorf("%s is taken for %s", name, got)
		}
		text, err := decodeHead(b, name)
		if err != nil {
			t.Fatal(err)
		}
		if want := detected["arabic"]; name == "cp720" && string(text) != want {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	// 0x9D is lam with alef in code page 864, 0xC8 beh (Unicode, CP864.TXT).
	if got, _ := decodeHead([]byte("\x9d\xc8"), "864"); string(got) != "لاب" {
		t.Errorf("864: %q", got)
	}
	// 0xA0 is beh in 720, 0x91 shadda (Microsoft, code page 720).
	if got, _ := decodeHead([]byte("\xa0\x91"), "DOS-720"); string(got) != "ب\u0651" {
		t.Errorf("720: %q", got)
	}
	for name, want := range map[string]string{"cp1256": "ح", "1256": "ح", "IBM866": "═", "ansi": "", "KOI8-R": "м", "utf-8": "\xcd", "iso-8859-6": "ح"} {
		got, err := decodeHead([]byte{0xcd}, name)
		if (err != nil) != (want == "") || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
