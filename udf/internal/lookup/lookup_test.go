package lookup

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// TestCache compares a cache with asking each time, for texts of all lengths,
// in several goroutines at once.
func TestCache(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringMatching(`[ab]{0,9}`), 1, 600).Draw(t, "texts")
		for i := range texts {
			if i%3 == 0 {
				texts[i] += strings.Repeat(" long", i%30) + "tail"
			}
		}
		var cache Cache
		var group sync.WaitGroup
		errs := make([]error, 2)
		for worker := range errs {
			group.Go(func() {
				for _, text := range texts {
					b := []byte(text)
					s := udf.MakeStr(b)
					n, err := cache.Number(&s, func(text []byte) (int32, error) { return numberOf(string(text)), nil })
					if want := numberOf(text); n != want || err != nil {
						errs[worker] = fmt.Errorf("the number of %q is %d, %v, want %d", text, n, err, want)
					}
					runtime.KeepAlive(b)
				}
			})
		}
		group.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	})
}

// TestCacheOverflows sends more texts than a cache has room for through it,
// with some that come again and again.
func TestCacheOverflows(t *testing.T) {
	var cache Cache
	asked := 0
	find := func(text []byte) (int32, error) {
		asked++
		return numberOf(string(text)), nil
	}
	var held [][]byte
	number := func(text string) {
		held = append(held, []byte(text))
		s := udf.MakeStr(held[len(held)-1])
		if n, _ := cache.Number(&s, find); n != numberOf(text) {
			t.Fatalf("the number of %q is %d", text, n)
		}
	}
	const often, seldom = 100, 100_000
	for i := range seldom {
		number(fmt.Sprint("once ", i))
		number(fmt.Sprint("often ", i%often))
	}
	if asked > seldom*21/20 {
		t.Errorf("%d texts were looked up, of which %d came often", asked, seldom)
	}
	kept := 0
	for i := range cache.sets {
		for way := range cache.sets[i].entries {
			if cache.sets[i].entries[way].Load() != nil {
				kept++
			}
		}
	}
	if most := cacheWays << cacheBits; kept > most {
		t.Errorf("%d texts are kept, more than %d", kept, most)
	}
	runtime.KeepAlive(held)
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

func TestCacheAsksOnce(t *testing.T) {
	asked := map[string]int{}
	find := func(text []byte) (int32, error) {
		asked[string(text)]++
		return 7, nil
	}
	var cache Cache
	texts := []string{"", "kg", "a text of more than twelve bytes", strings.Repeat("long ", cacheText)}
	for range 100 {
		for _, text := range texts {
			b := []byte(text) // in another place each time
			s := udf.MakeStr(b)
			if n, err := cache.Number(&s, find); n != 7 || err != nil {
				t.Fatal(n, err)
			}
			runtime.KeepAlive(b)
		}
	}
	want := map[string]int{texts[0]: 1, texts[1]: 1, texts[2]: 1, texts[3]: 100}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("how often texts were looked up (-want +got):\n%s", diff)
	}
	failure := errors.New("no facts")
	s := udf.MakeStr([]byte("pcs"))
	for range 2 {
		if _, err := cache.Number(&s, func([]byte) (int32, error) { return 0, failure }); !errors.Is(err, failure) {
			t.Errorf("the error is %v, want %v each time", err, failure)
		}
	}
}

func TestReadingOf(t *testing.T) {
	for _, c := range []struct {
		text, code string
		several    bool
		want       string
	}{
		{"KGM", "KGM", false, "ok"},
		{" kgm.", "KGM", false, "code"},
		{"kilo", "KGM", false, "alias"},
		{"gallon", "", true, "ambiguous"},
		{" -- ", "", false, "empty"},
		{"", "", false, "empty"},
		{"furlongs", "", false, "unknown"},
		{strings.Repeat("x", 2*MaxKey), "", false, "unknown"},
	} {
		if got := ReadingOf([]byte(c.text), c.code, c.several); got.String() != c.want || got.Found() != (c.code != "") {
			t.Errorf("%q for %q is %v, want %s", c.text, c.code, got, c.want)
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
