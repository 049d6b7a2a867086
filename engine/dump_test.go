package engine

import (
	"os"
	"strings"
	"testing"

	text "github.com/dhowdb/dhow/sql"
)

func TestDump(t *testing.T) {
	steps, _ := text.Screening()
	rules, err := text.Rules()
	if err != nil {
		t.Fatal(err)
	}
	f := ruleText(rules)
	var b strings.Builder
	for i, s := range steps {
		b.WriteString(f.Replace(s.SQL))
		if i == 0 {
			for _, v := range strings.Split("group_above=10,scale_floor=.05,z_from=2,z_full=6,z_outlier=3.5,slip_z=1.5,slip_residual=.5,sibling_evidence=3,rate_share=.5,new_trader_days=14,new_trader_history=60,split_threshold=1000,split_from=.7,split_declarations=3,lane_red=60,lane_yellow=30,lane_blue=10", ",") {
				k, x, _ := strings.Cut(v, "=")
				b.WriteString("SET VARIABLE screen_" + k + " = " + x + "::DOUBLE;\n")
			}
		}
	}
	os.WriteFile("/tmp/scr/steps.sql", []byte(b.String()), 0o644)
}
