package unit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected values follow from the dimensions of ref.unit.
func TestComparable(t *testing.T) {
	var a, b udftest.Column
	var want []any
	for _, c := range []struct {
		a, b string
		want any
	}{
		{"kg", "t", true},
		{"KGM", "Kgs.", true},
		{"pairs", "u", true},
		{"kg", "m", false},
		{"l", "kg", false},
		{"LPA", "l", false}, // litres of pure alcohol are no volume
		{"kg", "armful", nil},
		{"gallon", "l", nil}, // of which country?
		{"", "kg", nil},
		{"GM", "g", true},
		{"grams per square metre", "grams per square metre", nil}, // no dimension
	} {
		a, b, want = append(a, c.a, c.a, nil), append(b, c.b, nil, c.b), append(want, c.want, nil, nil)
		same, known, err := Comparable(c.b, c.a)
		if err != nil || known != (c.want != nil) || known && same != c.want {
			t.Errorf("Comparable(%q, %q) = %v, %v, %v, want %v", c.b, c.a, same, known, err, c.want)
		}
	}
	if diff := cmp.Diff(want, udftest.Call(t, comparable, a, b)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestComparableAll compares all pairs of units with their dimensions.
func TestComparableAll(t *testing.T) {
	s, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range s.code {
		if !s.ownsCode(i) {
			continue
		}
		for j := 0; j < len(s.code); j += 37 {
			if !s.ownsCode(j) {
				continue
			}
			same, known, err := Comparable(x, s.code[j])
			kinds := s.dimension[i] != "" && s.dimension[j] != ""
			if err != nil || known != kinds || same != (kinds && s.dimension[i] == s.dimension[j]) {
				t.Errorf("Comparable(%s, %s) = %v, %v, %v", x, s.code[j], same, known, err)
			}
		}
	}
}
