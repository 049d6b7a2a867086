package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

func TestAnswer(t *testing.T) {
	two := ingest.Doubt{Column: "origin", Candidates: []string{"Origin", "Country"}}
	needed := ingest.Doubt{Column: "value", Candidates: []string{"A", "B"}, Needed: []string{"value", "quantity"}}
	for _, c := range []struct {
		name, line string
		doubt      ingest.Doubt
		want       map[string]string
	}{
		{"first of two", "1", two, map[string]string{"Origin": "origin", "Country": ""}},
		{"none of two", "0", two, map[string]string{"Origin": "", "Country": ""}},
		{"another", "Made in", two, map[string]string{"Origin": "", "Country": "", "Made in": "origin"}},
		{"gives up", "", two, nil},
		{"needed", "2", needed, map[string]string{"B": "value"}},
		{"another field", "B=quantity", needed, map[string]string{"B": "quantity"}},
		{"a needed one can't be none", "0", needed, nil},
		{"a name with =", "x=y=quantity", needed, map[string]string{"x=y": "quantity"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, answer(c.line, c.doubt)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// A doubt of two parts is asked in two questions; the end of the input gives up.
func TestAsking(t *testing.T) {
	doubt := &ingest.DoubtError{Target: "customs.declaration", Doubts: []ingest.Doubt{
		{Column: "origin", Candidates: []string{"Origin", "Country"}},
		{Column: "hs_code", Candidates: []string{"Kod"}, Needed: []string{"hs_code"}},
	}}
	var prompts strings.Builder
	a := &app{in: strings.NewReader("2\n1\n"), err: &prompts}
	ask := a.asking(nil)
	got, err := ask("a.csv", doubt)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]string{"Country": "origin", "Origin": "", "Kod": "hs_code"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for _, say := range []string{"a.csv: which column is origin?", "1  Origin", "customs.declaration needs hs_code"} {
		if !strings.Contains(prompts.String(), say) {
			t.Errorf("%q doesn't say %q", prompts.String(), say)
		}
	}
	if got, err := ask("a.csv", doubt); got != nil || err != nil {
		t.Errorf("answers %v, %v at the end", got, err)
	}
}
