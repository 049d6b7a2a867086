package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/engine/ingest"
)

func TestAnswer(t *testing.T) {
	header := []string{"Origin", "Country", "Made in", "A", "B", "x=y", "7"}
	two := ingest.Doubt{Column: "origin", Candidates: []string{"Origin", "Country"}}
	needed := ingest.Doubt{Column: "value", Candidates: []string{"A", "B"}, Needed: []string{"value", "quantity"}}
	for _, c := range []struct {
		name, line string
		doubt      ingest.Doubt
		want       map[string]string // nil is asked again
	}{
		{"first of two", "1", two, map[string]string{"Origin": "origin", "Country": ""}},
		{"none of two", "0", two, map[string]string{"Origin": "", "Country": ""}},
		{"another", "made in", two, map[string]string{"Origin": "", "Country": "", "Made in": "origin"}},
		{"needed", "2", needed, map[string]string{"B": "value"}},
		{"a free column", "3", needed, map[string]string{"Origin": "value"}},
		{"a number that is a name", "7", needed, map[string]string{"7": "value"}},
		{"another field", "B=quantity", needed, map[string]string{"B": "quantity"}},
		{"another field by number", "2 = quantity", needed, map[string]string{"B": "quantity"}},
		{"a usual name of a field", "B=net weight", needed, map[string]string{"B": "net_mass"}},
		{"a name with =", "x=y=quantity", needed, map[string]string{"x=y": "quantity"}},
		{"a needed one can't be none", "0", needed, nil},
		{"no number of the list", "9", needed, nil},
		{"no column", "C", needed, nil},
		{"no column of another field", "C=quantity", needed, nil},
		{"no field", "B=shoe size", needed, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			doubt := &ingest.DoubtError{Target: "customs.declaration", Header: header, Doubts: []ingest.Doubt{c.doubt}, Mapping: []ingest.Mapped{{Source: "Country", Column: "sent_from"}, {Source: "x=y"}, {Source: "7"}, {Source: "Made in"}}}
			q := newQuestion("a.csv", doubt, 0)
			got, err := q.answer(c.line)
			if d := cmp.Diff(c.want, got); d != "" || (err == nil) != (c.want != nil) {
				t.Errorf("%v (-want +got):\n%s", err, d)
			}
		})
	}
}

// What a question offers fills nothing else, and its lines fit the terminal.
func TestQuestion(t *testing.T) {
	doubt := &ingest.DoubtError{
		Target: "customs.declaration", Header: []string{"Kod", "Made in", "Notes"},
		Doubts:   []ingest.Doubt{{Column: "value", Needed: []string{"value", "quantity", "net_mass", "gross_mass"}}},
		Mapping:  []ingest.Mapped{{Source: "Kod", Column: "hs_code"}},
		Examples: map[string]string{"Made in": "CN", "Notes": strings.Repeat("long ", 20)},
	}
	for i := range 30 {
		doubt.Header = append(doubt.Header, fmt.Sprint("Extra ", i))
	}
	const columns = 40
	q := newQuestion("folder/of/some/length/a.csv", doubt, columns)
	text := q.text() + q.prompt()
	for line := range strings.Lines(text) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > columns {
			t.Errorf("a line of %d: %q", n, line)
		}
	}
	for _, say := range []string{"   1  Made in   CN\n", "   2  Notes     long", "  20  Extra 17", "and 12 more", "NUMBER=quantity"} {
		if !strings.Contains(text, say) {
			t.Errorf("%s\ndoesn't say %q", text, say)
		}
	}
	if strings.Contains(text, "Kod") {
		t.Errorf("%s\noffers a column that has its field", text)
	}
}

// Two columns fit one field, and the code and the value are missing: three
// questions, of which none offers what answered one before. The answers load
// the file; wrong ones are asked again, and the end of the input gives up.
func TestAsking(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.csv")
	text := "Country of origin;Origin country;Cell A;Cell B\nUS;CN;87032319;1200.5\nDE;DE;61091000;5\nFR;CN;84713000;7\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	db, err := engine.Open(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var prompts strings.Builder
	a := &app{in: strings.NewReader("2\nnone such\n1\n1\n"), err: &prompts}
	if _, err := db.Import(ctx, []string{file}, engine.ImportInto("declaration"), engine.ImportAsk(a.asking(ctx, nil, false))); err != nil {
		t.Fatalf("%v\n%s", err, &prompts)
	}
	var got string
	if err := db.QueryRowContext(ctx, "SELECT string_agg(concat_ws(' ', origin, hs_code, value, extra->>'Country of origin'), ', ' ORDER BY source_row) FROM customs.declaration").Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "CN 87032319 1200.5000 US, DE 61091000 5.0000 DE, CN 84713000 7.0000 FR"; got != want {
		t.Errorf("loaded %s, want %s", got, want)
	}
	_, last, _ := strings.Cut(prompts.String(), "needs value")
	for say, offered := range map[string]bool{"1  Cell B": true, "Country of origin": true, "Cell A": false, "Origin country": false} {
		if strings.Contains(last, say) != offered {
			t.Errorf("the last question offers %q: %v, want %v\n%s", say, !offered, offered, last)
		}
	}
	a.in = strings.NewReader("")
	_, err = db.Import(ctx, []string{file}, engine.ImportAgain(), engine.ImportFresh(), engine.ImportInto("declaration"), engine.ImportAsk(a.asking(ctx, nil, false)))
	if _, ok := ingest.IsDoubt(err); !ok {
		t.Errorf("at the end of the input: %v, want the doubt", err)
	}
}
