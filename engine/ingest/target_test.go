package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

// Each table takes a file with its own names; cells are read by their kinds.
// The expected rows are the files' own, by hand.
func TestTargets(t *testing.T) {
	for _, c := range []struct {
		into, content, query string
		want, rejected       []string
	}{
		{
			"trade_flow",
			"flow,year,reporter,partner,hs_code,value,is_aggregate\n" +
				"Import,2024,Thailand,NZL,0306.13,1234567890123456.5,FALSE\nexports,2024,TH,0,TOTAL,5,1\n2,2024,TH,FR,01,6,maybe\nTotal,,,,,7,\n",
			"SELECT concat_ws('|', flow, year, reporter, partner, hs_code, hs_text, value, is_aggregate) FROM customs.trade_flow ORDER BY source_row",
			[]string{"M|2024|TH|NZ|030613|0306.13|1234567890123456.5000|false", "X|2024|TH|0|TOTAL|5.0000|true"},
			[]string{"3|is_aggregate|maybe|is neither yes nor no", "4||Total|the row is a total of others"},
		},
		{
			"customs.inspection",
			"declaration_id,item_no,inspection_date,found,recovered,hs_code_found\nA1,1,29/02/2024,oui,\"1,234.50\",8703.23\nA2,1.5,29/02/2024,no,,\n,,,,,\n",
			"SELECT concat_ws('|', declaration_id, item_no, inspection_date, found, recovered, hs_code_found) FROM customs.inspection ORDER BY source_row",
			[]string{"A1|1|2024-02-29|true|1234.5000|870323"},
			[]string{"2|item_no|1.5|is not a whole number", "3||the row is blank"},
		},
		{
			"party",
			"party_id;name;role;country;since\n12;Société Générale;importer;France;2019-05-01\n13;النور;;مصر;\n",
			"SELECT concat_ws('|', party_id, name, role, country, since) FROM customs.party ORDER BY source_row",
			[]string{"12|Société Générale|importer|FR|2019-05-01", "13|النور|EG"},
			nil,
		},
		{
			"exchange_rate",
			"currency,rate_date,rate\nusd,2024-02-29,3.6725\neuro,2024-02-29,x\n",
			"SELECT concat_ws('|', currency, rate_date, rate, base) FROM customs.exchange_rate ORDER BY source_row",
			[]string{"USD|2024-02-29|3.67250000"},
			[]string{"2|rate|x|is not a number"},
		},
	} {
		t.Run(c.into, func(t *testing.T) {
			conn := connect(t, "")
			f := loadInto(t, conn, file(t, "rows.csv", c.content), ingest.Options{Into: c.into})
			if d := cmp.Diff(c.want, column(t, conn, c.query)); d != "" {
				t.Errorf("loaded (-want +got):\n%s", d)
			}
			rejected := column(t, conn, "SELECT concat_ws('|', source_row, coalesce(column_name, ''), raw, reason) FROM customs.reject ORDER BY source_row")
			if d := cmp.Diff(append([]string{}, c.rejected...), rejected); d != "" {
				t.Errorf("rejected (-want +got):\n%s", d)
			}
			if f.Target != "customs."+c.into && f.Target != c.into {
				t.Errorf("the report says %s", f.Target)
			}
		})
	}
}
