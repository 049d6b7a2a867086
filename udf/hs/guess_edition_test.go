package hs

import (
	"testing"
)

// TestGuessEdition builds files whose edition is known.
func TestGuessEdition(t *testing.T) {
	lists := codesOf(t, 6)
	for _, edition := range editionNames {
		codes := map[string]int{"999999": 3, "01": 1, "9801001010": 7, "horses": 2, "": 1}
		for code := range lists[edition] {
			codes[code[:4]+"."+code[4:]] = 2
		}
		if got, share, ok, err := GuessEdition(nil, codes); got != edition || share != 1 || !ok || err != nil {
			t.Errorf("the codes of %s: %s, %v, %v", edition, got, share, ok)
		}
	}
	// 010121 is in HS2012 and later, 010111 in HS1992 and HS1996, 854911 in HS2022.
	cases := []struct {
		name  string
		codes map[string]int
		want  string
		share float64
		ok    bool
	}{
		{"the newest of several", map[string]int{"010121": 1}, "HS2022", 1, true},
		{"most codes, not most lines", map[string]int{"010121": 1, "854911": 1, "010111": 8}, "HS2022", 0.2, true},
		{"forms of one code", map[string]int{"0101.11": 1, "10111": 1, "010111": 1, "854911": 1, "8549.12": 1}, "HS2022", 0.4, true},
		{"unknown codes", map[string]int{"010121": 3, "010199": 1}, "HS2022", 0.75, true},
		{"no lines", map[string]int{"010121": 0}, "", 0, false},
		{"nothing known", map[string]int{"010199": 3, "0101": 1}, "", 0, false},
		{"nothing", nil, "", 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, share, ok, err := GuessEdition(nil, c.codes); got != c.want || share != c.share || ok != c.ok || err != nil {
				t.Errorf("%s, %v, %v, want %s, %v, %v", got, share, ok, c.want, c.share, c.ok)
			}
		})
	}
}

// TestGuessDeclarations takes real declarations, whose codes have lost their
// zeros. Their publishers say that the codes are those of 2017.
func TestGuessDeclarations(t *testing.T) {
	for _, file := range []string{"train", "valid"} {
		names, rows := rowsOf(t, "kr-declarations/"+file+".csv")
		codes := map[string]int{}
		for _, r := range rows {
			code := r[names["HS6 Code"]]
			for code[0] == '0' {
				code = code[1:]
			}
			codes[code]++
		}
		if got, share, ok, err := GuessEdition(nil, codes); got != "HS2017" || share != 1 || !ok || err != nil {
			t.Errorf("%s: %s, %v, %v, want HS2017, 1", file, got, share, ok)
		}
	}
}
