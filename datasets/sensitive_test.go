package datasets

import (
	"strings"
	"testing"
)

func TestSensitiveGoods(t *testing.T) {
	codes := map[string]bool{}
	for _, row := range collected(t, "hs/hs_codes.csv") {
		if row[0] == "H6" {
			codes[row[3]] = true
		}
	}
	counts := map[string]int{}
	seen := map[string]bool{}
	for _, g := range factsOf(t, "sensitive_goods") {
		prefix, category := g["hs_prefix"], g["category"]
		if key := prefix + category; seen[key] {
			t.Errorf("%s is in %s twice", prefix, category)
		} else {
			seen[key] = true
		}
		counts[category]++
		if !codes[prefix] {
			t.Errorf("%s in %s is no code of HS 2022", prefix, category)
		}
		if g["basis"] == "" || g["edition"] != "HS2022" {
			t.Errorf("%s in %s has the basis %q in edition %q", prefix, category, g["basis"], g["edition"])
		}
		official := category == "dual_use_high_priority"
		if verify := g["verify"]; official != (verify == "") || !official && verify != "verify before use" {
			t.Errorf("%s in %s says %q", prefix, category, verify)
		}
	}
	// The list of February 2024 has 50 codes: 4 in tier 1, 5 in tier 2.
	if counts["dual_use_high_priority"] != 50 {
		t.Errorf("the high-priority list has %d codes", counts["dual_use_high_priority"])
	}
	for _, part := range []string{"montreal", "basel", "cites", "excise", "arms", "cwc"} {
		found := false
		for category := range counts {
			found = found || strings.HasPrefix(category, part)
		}
		if !found {
			t.Errorf("no goods of %s", part)
		}
	}
}
