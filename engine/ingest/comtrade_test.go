package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/engine/ingest"
)

// comtradeAnswer is an answer of UN Comtrade's interface
// (https://comtradeapi.un.org/data/v1/get/C/A/HS): its frame and fields in
// their order, without descriptions as it answers by default, or with them
// (includeDesc=true). The figures are made up.
func comtradeAnswer(described bool) string {
	text := func(s string) string {
		if described {
			return `"` + s + `"`
		}
		return "null"
	}
	row := func(month int, period, partner, partnerISO, code string, unitCode int, unit, qty, weight, fob string) string {
		return strings.Join([]string{
			`{"typeCode":"C","freqCode":"A","refPeriodId":20220101,"refYear":2022`, fmt.Sprintf(`"refMonth":%d,"period":"%s"`, month, period),
			`"reporterCode":251,"reporterISO":` + text("FRA"), `"reporterDesc":` + text("France"), `"flowCode":"X","flowDesc":` + text("Export"),
			`"partnerCode":` + partner, `"partnerISO":` + text(partnerISO), `"partnerDesc":` + text("name of "+partnerISO),
			`"partner2Code":0,"partner2ISO":` + text("W00"), `"partner2Desc":` + text("World"),
			`"classificationCode":"H6","classificationSearchCode":"HS","isOriginalClassification":true`,
			`"cmdCode":"` + code + `","cmdDesc":` + text("Goods of "+code), `"aggrLevel":6,"isLeaf":true`,
			`"customsCode":"C00","customsDesc":` + text("TOTAL CPC"), `"mosCode":"0","motCode":0,"motDesc":` + text("TOTAL MOT"),
			fmt.Sprintf(`"qtyUnitCode":%d,"qtyUnitAbbr":%s,"qty":%s,"isQtyEstimated":false`, unitCode, text(unit), qty),
			`"altQtyUnitCode":-1,"altQtyUnitAbbr":` + text("N/A"), `"altQty":null,"isAltQtyEstimated":false`,
			`"netWgt":` + weight + `,"isNetWgtEstimated":false,"grossWgt":null,"isGrossWgtEstimated":false`,
			`"cifvalue":null,"fobvalue":` + fob + `,"primaryValue":` + fob + `,"legacyEstimationFlag":0,"isReported":true,"isAggregate":false}`,
		}, ",")
	}
	return `{"elapsedTime":"0.27 secs","count":3,"data":[` +
		row(52, "2022", "0", "W00", "090111", 8, "kg", "12500.5", "12500.5", "98765.43") + "," +
		row(52, "2022", "699", "IND", "870323", 5, "u", "3", "4200", "61000") + "," +
		row(52, "2022", "490", "S19", "TOTAL", -1, "N/A", "null", "null", "159765.43") + `],"error":""}`
}

// The answer is read the same with descriptions and without: 251 and 699 are
// what Comtrade calls France and India, 490 is "Other Asia, nes", which is
// Taiwan, and 0 the world, W00.
func TestComtradeJSON(t *testing.T) {
	for _, described := range []bool{false, true} {
		conn := connect(t, "")
		f := loadInto(t, conn, file(t, "answer.json", comtradeAnswer(described)), ingest.Options{})
		if f.Target != "customs.trade_flow" || f.Layout != "comtrade" || f.Loaded != 3 || f.Rejected != 0 {
			t.Fatalf("into %s by layout %q: %d loaded, %d rejected", f.Target, f.Layout, f.Loaded, f.Rejected)
		}
		got := strings.Join(column(t, conn, `SELECT concat_ws('|', flow, year, period, reporter, partner, second_partner, hs_edition, coalesce(hs_code, '∅'), hs_text,
			coalesce(quantity, -1), coalesce(unit, '∅'), coalesce(second_unit, '∅'), coalesce(net_mass, -1), coalesce(fob_value, -1), value, currency, is_reported, is_aggregate)
			FROM customs.trade_flow ORDER BY source_row`), "\n")
		want := "X|2022|2022|FR|W00|W00|H6|090111|090111|12500.5|KGM|∅|12500.5|98765.4300|98765.4300|USD|true|false\n" +
			"X|2022|2022|FR|IN|W00|H6|870323|870323|3.0|H87|∅|4200.0|61000.0000|61000.0000|USD|true|false\n" +
			"X|2022|2022|FR|TW|W00|H6|∅|TOTAL|-1.0|∅|∅|-1.0|159765.4300|159765.4300|USD|true|false"
		if got != want {
			t.Errorf("described %v:\n%s\nwant\n%s", described, got, want)
		}
	}
}

// Units of Comext are abbreviations of the Combined Nomenclature, in capitals
// and without strokes; NO_SU is none.
func TestComextUnits(t *testing.T) {
	conn := connect(t, "")
	text := "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,QUANTITY_KG,QUANTITY_SUPPL_UNIT\n" +
		"DE,US,E,87032319,1,1,PST,202401,1000,1500,1\nDE,US,E,09011100,1,1,NO_SU,202401,2000,500,0\nDE,US,E,64035195,2,1,PA,202401,300,50,40\n"
	f := loadInto(t, conn, file(t, "full202401.dat", text), ingest.Options{})
	if f.Layout != "comext" {
		t.Errorf("layout %q", f.Layout)
	}
	got := strings.Join(column(t, conn, "SELECT concat_ws('|', flow, year, month, hs_code, coalesce(unit, '∅'), quantity, net_mass, currency) FROM customs.trade_flow ORDER BY source_row"), "\n")
	if want := "M|2024|1|87032319|H87|1.0|1500.0|EUR\nM|2024|1|09011100|∅|0.0|500.0|EUR\nX|2024|1|64035195|PR|40.0|50.0|EUR"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
