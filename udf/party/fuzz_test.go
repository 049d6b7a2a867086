package party

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf/udftest"
)

// checkName holds what is true of the name of any trader.
func checkName(t interface {
	Helper()
	Fatalf(string, ...any)
}, name string,
) {
	t.Helper()
	once, ok := Normalize(name)
	if ok != (once != "") || !utf8.ValidString(once) {
		t.Fatalf("Normalize(%q) = %q, %v", name, once, ok)
	}
	if twice, _ := Normalize(once); twice != once {
		t.Fatalf("Normalize(%q) = %q, and of that %q", name, once, twice)
	}
	slow := scanner{forms: legalForms(), careful: true}
	if fast := scan(nil, []byte(name), legalForms()); string(slow.scan([]byte(name))) != string(fast) {
		t.Fatalf("%q is %q, read as plain words %q", name, slow.out, fast)
	}
	k, found := Key(name)
	if found && !ok || !utf8.ValidString(k) {
		t.Fatalf("Key(%q) = %q, %v", name, k, found)
	}
	if of, _ := Key(once); of != k {
		t.Fatalf("Key(%q) = %q, and of its canonical form %q", name, k, of)
	}
	if s, both := Similarity(name, once); both != ok || ok && s != 1 {
		t.Fatalf("Similarity(%q, %q) = %v, %v", name, once, s, both)
	}
}

// checkPair holds what is true of any two names.
func checkPair(t interface {
	Helper()
	Fatalf(string, ...any)
}, a, b string,
) {
	t.Helper()
	x, okX := Normalize(a)
	y, okY := Normalize(b)
	s, ok := Similarity(a, b)
	back, _ := Similarity(b, a)
	switch {
	case ok != (okX && okY), s != back, s < 0, s > 1, ok && (s == 1) != (x == y):
		t.Fatalf("Similarity(%q, %q) = %v, %v, and back %v", a, b, s, ok, back)
	}
}

func FuzzName(f *testing.F) {
	for _, name := range benchNames {
		f.Add(name, "شركة الخليج & Co. ذ.م.م")
	}
	f.Add("A.B.CD E T & A N D", "M/S x\xff\xd8")
	f.Fuzz(func(t *testing.T, a, b string) {
		checkName(t, a)
		checkPair(t, a, b)
		column, other := udftest.Column{a, nil, b, a + b}, udftest.Column{b, a, nil, b}
		checkKernels(t, column, other)
		if got := Clusters([]string{a, b, a}); got[0] != 0 || got[1] > 1 {
			t.Fatalf("Clusters(%q, %q, %q) = %v", a, b, a, got)
		}
	})
}

// checkKernels compares the kernels with their Go functions.
func checkKernels(t *testing.T, column, other udftest.Column) {
	t.Helper()
	normal, keys := udftest.Call(t, normalize, column), udftest.Call(t, key, column)
	likeness := udftest.Call(t, similarity, column, other)
	for i, x := range column {
		var want [3]any
		if a, ok := x.(string); ok {
			if s, ok := Normalize(a); ok {
				want[0] = s
			}
			if s, ok := Key(a); ok {
				want[1] = s
			}
			if b, ok := other[i].(string); ok {
				if s, ok := Similarity(a, b); ok {
					want[2] = s
				}
			}
		}
		if got := [3]any{normal[i], keys[i], likeness[i]}; got != want {
			t.Fatalf("row %d, %v and %v: %v, want %v", i, x, other[i], got, want)
		}
	}
}

// Names of the pieces that the scanner and the tables treat in their own ways.
func TestNamesOfPieces(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"A", "B.", ".", "/", " ", "&", "and", "E", "T", "N", "D", "LLC", "CO", "و", "م", "ذ.", "شركة", "3", "AL", "ß",
		"S", "SA", "DE", "CV", "KG", "FZ", "é", "ـ", "'", "ABD", "ULLAH", "DIN", "ال", "عبد", "H", "trading", "للتجارة", "mohd",
		"ﷺ", "中", "０", "\xff", "-",
	})
	name := rapid.Custom(func(t *rapid.T) string {
		text := ""
		for _, p := range rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces") {
			text += p
		}
		return text
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		checkName(t, a)
		checkPair(t, a, b)
	})
}
