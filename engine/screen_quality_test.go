package engine_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

// TestScreenFindsPlantedCases holds that the ranking is good for something: on
// a sample whose planted cases are known. The README has the measured values;
// these are floors below them.
func TestScreenFindsPlantedCases(t *testing.T) {
	db := open(t, "")
	screened, err := db.LoadSample(context.Background(), engine.Sample{Rows: 50_000, Seed: 3})
	if err != nil || !screened {
		t.Fatalf("LoadSample = %v, %v", screened, err)
	}
	const joined = `(SELECT l.*, t.kind, row_number() OVER (ORDER BY score DESC, duty_at_stake DESC NULLS LAST, line) AS place
		FROM screen.line l LEFT JOIN sample.truth t USING (declaration_id, item_no))`
	for _, c := range []struct {
		name, share string
		least, most float64
	}{
		{"planted cases among the first hundred", "avg((kind IS NOT NULL)::INT) FILTER (place <= 100)", 0.7, 1},
		{"unit slips that leave the green lane", "avg((lane <> 'green')::INT) FILTER (kind = 'unit_slip')", 0.85, 1},
		{"split consignments that do", "avg((lane <> 'green')::INT) FILTER (kind = 'split_consignment')", 0.95, 1},
		{"under-valued lines that do", "avg((lane <> 'green')::INT) FILTER (kind = 'under_valuation')", 0.4, 1},
		{"other lines that do", "avg((lane <> 'green')::INT) FILTER (kind IS NULL)", 0, 0.06},
	} {
		var got float64
		if err := db.QueryRow(fmt.Sprintf("SELECT %s FROM %s", c.share, joined)).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got < c.least || got > c.most {
			t.Errorf("%s: %.3f, want %.2f to %.2f", c.name, got, c.least, c.most)
		}
	}
}
