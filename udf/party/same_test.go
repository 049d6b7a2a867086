package party

import (
	"testing"

	"pgregory.net/rapid"
)

// TestAreSame compares the decision with the similarity that it is about, for
// spellings that are near each other and for any names.
func TestAreSame(t *testing.T) {
	names, _ := madeUpNames(3000)
	for _, row := range spellings(t) {
		names = append(names, row...)
	}
	names = append(names, "Trading", "Gulf Trading LLC", "Noor", "نور", "a", "123")
	m := newMatcher()
	same := 0
	check := func(fatal func(string, ...any), a, b string) {
		x, y := string(m.forms.strip(scan(nil, []byte(a), m.forms))), string(m.forms.strip(scan(nil, []byte(b), m.forms)))
		if x == "" || y == "" || x == y {
			return
		}
		m.read(&m.a, []byte(x), maxSounds)
		m.read(&m.b, []byte(y), maxSounds)
		want := m.alike(&m.a, &m.b) >= sameFirm
		if got := m.areSame(&m.a, &m.b, m.weights(m.a.sounds), m.weights(m.b.sounds)); got != want {
			fatal("%q and %q: %v, similarity %v", a, b, got, m.alike(&m.a, &m.b))
		}
		if want {
			same++
		}
	}
	for i := range names {
		for j := i + 1; j < min(i+12, len(names)); j++ {
			check(t.Errorf, names[i], names[j])
		}
	}
	if same < 1000 {
		t.Errorf("only %d pairs are the same", same)
	}
	rapid.Check(t, func(t *rapid.T) {
		pick := rapid.OneOf(rapid.SampledFrom(names), rapid.StringMatching(`[a-eA-E شركةنور]{1,12}`))
		check(t.Fatalf, pick.Draw(t, "a"), pick.Draw(t, "b"))
	})
}
