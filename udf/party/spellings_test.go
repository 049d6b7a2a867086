package party

import (
	"os"
	"strings"
	"testing"
)

// spellings.tsv holds names as they are common in the Gulf and the Maghreb,
// written down by hand: the Arabic spelling, and Latin ones of the same name.
func spellings(t testing.TB) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/spellings.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		rows = append(rows, strings.Split(strings.TrimSpace(line), "\t"))
	}
	return rows
}

// An article that is joined with its s, and no l left, can't be told from a
// vowel.
var otherKeys = map[string]bool{"Asharif": true}

func TestSpellings(t *testing.T) {
	for _, row := range spellings(t) {
		want, _ := Key(row[0])
		for _, latin := range row[1:] {
			got, _ := Key(latin)
			if (got == want) == otherKeys[latin] {
				t.Errorf("Key(%q) = %q, that of %s is %q", latin, got, row[0], want)
			}
			if s, _ := Similarity(row[0], latin); s < 0.85 {
				t.Errorf("Similarity(%q, %q) = %.3f", row[0], latin, s)
			}
		}
	}
}

// Pairs of different names that have something in common.
func TestOtherNames(t *testing.T) {
	pairs := [][2]string{
		{"Al Noor Trading LLC", "Al Noor Contracting LLC"},
		{"Al Futtaim Motors", "Al Habtoor Motors"},
		{"Khalid Hassan Trading", "Hassan Khalid Trading"},
		{"Mohammed Ahmed Trading", "Mohammed Saeed Trading"},
		{"Zayed Trading", "Dawood Trading"},
		{"زايد للتجارة", "Dawood Trading"},
		{"شركة الغرير", "Al Ghanim Co."},
		{"Abdul Rahman Saleh", "Abdul Rahim Saleh"},
		{"Gulf General Trading", "Gulf Trading"},
		{"Omar Transport", "Amira Transport"},
		{"Bin Ali Trading", "Bin Alia Contracting"},
		{"中国贸易", "日本贸易"},
		{"Noor 1 Trading", "Noor 2 Trading"},
	}
	for _, p := range pairs {
		if s, _ := Similarity(p[0], p[1]); s >= sameFirm {
			t.Errorf("Similarity(%q, %q) = %.3f", p[0], p[1], s)
		}
	}
}

// Expected keys are by hand, from the tables in the comment of Key.
func TestKey(t *testing.T) {
	tests := []struct{ name, want string }{
		{"Mohamed Hussain Al-Futtaim Gen. Trdg. L.L.C.", "MHMTHSNFTM general trade"},
		{"شركة محمد حسين الفطيم للتجارة العامة ذ.م.م", "MHMTHSNFTM general trade"},
		{"Gulf Foodstuff Trading", "food gulf trade"},
		{"Trading Foodstuffs of the Gulf", "food gulf trade"},
		{"Wael", "WL"},
		{"وائل", "WL"},
		{"Yaqoub", "YKB"},
		{"Ali", "AL"},
		{"The Group", "TKRB"}, // nothing but words that say nothing
		{"3M", "3M"},
		{"中国", "中国"},
		{"L.L.C.", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, ok := Key(tt.name)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("Key(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The tables use no sound and no meaning that isn't there.
func TestTables(t *testing.T) {
	sounds := map[string]bool{}
	for _, row := range tableRows(soundsTSV) {
		sounds[row[0]] = true
	}
	for _, row := range tableRows(lettersTSV) {
		for _, s := range row[2] {
			if !sounds[string(s)] {
				t.Errorf("letters.tsv: %q has the sound %q", row[1], s)
			}
		}
	}
	for _, row := range tableRows(nearTSV) {
		if !sounds[row[0]] || !sounds[row[1]] || len(row[2]) != 1 || row[2] < "0" || row[2] > "8" {
			t.Errorf("near.tsv: %q", row)
		}
	}
	meanings := map[string]string{}
	for _, row := range tableRows(wordsTSV) {
		word := canonical(row[0])
		if other, ok := meanings[word]; ok && other != row[2] {
			t.Errorf("words.tsv: %s is %s and %s", row[0], other, row[2])
		}
		if strings.Contains(word, " ") || word == "" {
			t.Errorf("words.tsv: %s is %q", row[0], word)
		}
		meanings[word] = row[2]
	}
	if n := len(theDictionary().names); n > 64*len(meaningsOf(0)) || theDictionary().names[filler] != "-" {
		t.Errorf("%d meanings, %q first", n, theDictionary().names[0])
	}
}

func meaningsOf(m meaning) (set meanings) {
	set.add(m)
	return set
}
