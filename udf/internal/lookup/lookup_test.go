package lookup

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf"
)

// The expected keys were made by hand from the rules in the comment of Fold.
func TestFold(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Kg. ", "KG"},
		{"m²/kg", "M2/KG"},
		{"l alc 100 %", "LALC100%"},
		{"Gênes", "GENES"},
		{"Łódź-Øst", "LODZOST"},
		{"Straße", "STRASSE"},
		{"ＫＧ１", "KG1"},
		{"٢٠۲", "202"},
		{"أُوقيّـــة", "اوقيه"},
		{"مينـاء", "مينا"},
		{"москва", "МОСКВА"},
		{"µg", "UG"},
		{"\xffa\u200f", "A"},
		{"", ""},
	} {
		if got, ok := Fold(nil, []byte(c.text)); !ok || string(got) != c.want {
			t.Errorf("Fold(%q) = %q, %v, want %q", c.text, got, ok, c.want)
		}
	}
	if _, ok := Fold(nil, []byte(strings.Repeat("a", MaxKey+1))); ok {
		t.Error("a text longer than a key is folded")
	}
	if got, ok := Fold(nil, []byte(strings.Repeat("a ", MaxKey))); !ok || len(got) != MaxKey {
		t.Errorf("a text as long as a key gives %q, %v", got, ok)
	}
}

func FuzzFold(f *testing.F) {
	for _, text := range []string{"Kg.", "Gênes", "أوقية", "ＫＧ１", "ǆ\xff", "ŉ", "ſ", "K", "İ", "ΐ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, ok := Fold(nil, []byte(text))
		if !ok {
			return
		}
		twice, ok := Fold(nil, once)
		if !ok || string(twice) != string(once) {
			t.Fatalf("%q folds to %q, and that to %q, %v", text, once, twice, ok)
		}
	})
}

// TestMemo compares a memo with asking each time, for texts of all lengths,
// more than it has room for.
func TestMemo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringMatching(`[ab]{0,9}`), 1, 600).Draw(t, "texts")
		asked := 0
		find := func(text []byte) (int32, error) {
			asked++
			return numberOf(string(text)), nil
		}
		var memo Memo
		var held [][]byte
		for i, text := range texts {
			if i%3 == 0 {
				text += "a long tail"
			}
			b := []byte(text)
			held = append(held, b)
			s := udf.MakeStr(b)
			want := numberOf(text)
			if got, err := memo.Number(&s, find); got != want || err != nil {
				t.Fatalf("the number of %q is %d, %v, want %d", text, got, err, want)
			}
		}
		runtime.KeepAlive(held)
	})
}

// numberOf is a number that tells short texts apart, None for no text.
func numberOf(text string) int32 {
	if text == "" {
		return None
	}
	n := int32(1)
	for _, r := range text {
		n = n*31 + r
	}
	return n & 0x7fffffff
}

func TestMemoAsksOnce(t *testing.T) {
	asked := map[string]int{}
	find := func(text []byte) (int32, error) {
		asked[string(text)]++
		return 7, nil
	}
	var memo Memo
	texts := [][]byte{[]byte("kg"), []byte("a text of more than twelve bytes")}
	var held [][]byte
	for range 100 {
		for _, text := range texts {
			held = append(held, bytes.Clone(text))
			s := udf.MakeStr(held[len(held)-1])
			if n, err := memo.Number(&s, find); n != 7 || err != nil {
				t.Fatal(n, err)
			}
		}
	}
	if asked["kg"] != 1 {
		t.Errorf("a short text was looked up %d times", asked["kg"])
	}
	if n := asked[string(texts[1])]; n != 1 {
		t.Errorf("a long text was looked up %d times", n)
	}
	runtime.KeepAlive(held)
	failure := errors.New("no facts")
	s := udf.MakeStr([]byte("pcs"))
	for range 2 {
		if _, err := memo.Number(&s, func([]byte) (int32, error) { return 0, failure }); !errors.Is(err, failure) {
			t.Errorf("the error is %v, want %v each time", err, failure)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for _, text := range []string{"Kilograms", "كيلوغرام", "Port of Jebel Ali, AE"} {
		b.Run(fmt.Sprint(len(text)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var buffer [MaxKey]byte
				if _, ok := Fold(buffer[:0], []byte(text)); !ok {
					b.Fatal("too long")
				}
			}
		})
	}
}
