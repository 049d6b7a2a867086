package ingest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

const declared = "Decl No;Kod;Weight;CIF Value;Notes\n1;8703.23;1,5;1.200,50;a\n2;0902.10;2,0;3.400,00;b\n"

// The answers of the user, and what a map file says, hold for the next file of
// the same shape.
func TestMappingIsRemembered(t *testing.T) {
	conn := connect(t, "")
	mapFile := file(t, "m.toml", `
target = "declaration"
decimal = ","
[columns]
Kod = "hs_code"
Weight = { column = "gross_mass", unit = "t" }
"Not there" = "origin"
[constants]
currency = "AED"
`)
	f := loadInto(t, conn, file(t, "a.csv", declared), ingest.Options{MapFile: mapFile})
	want := map[string]string{"declaration_id": "Decl No", "hs_code": "Kod", "gross_mass": "Weight", "value": "CIF Value"}
	if d := cmp.Diff(want, mapping(f)); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	if len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "Not there") {
		t.Errorf("notes %q", f.Notes)
	}
	if f.Remembered != nil {
		t.Errorf("remembered from %+v", f.Remembered)
	}
	// The columns in another order, written another way: still the same shape.
	next := "notes;CIF VALUE;weight;KOD;DECL_NO\nc;5.000,00;3,5;1006.30;3\n"
	f = loadInto(t, conn, file(t, "b.csv", next), ingest.Options{Written: ingest.Written{Decimal: ","}})
	if f.Remembered == nil || f.Remembered.File != "a.csv" || !f.Remembered.User {
		t.Errorf("remembered from %+v", f.Remembered)
	}
	query := "SELECT list((declaration_id, hs_code, gross_mass, value, currency) ORDER BY declaration_id) FROM customs.declaration"
	// 1.5 t are 1500 kg.
	if got := one(t, conn, query); got != "[(1, 870323, 1500.0, 1200.5000, AED), (2, 090210, 2000.0, 3400.0000, AED), (3, 100630, 3500.0, 5000.0000, AED)]" {
		t.Errorf("rows %s", got)
	}
	// What the user says now goes before it.
	f = loadInto(t, conn, file(t, "c.csv", next), ingest.Options{Again: true, Overlap: ingest.OverlapKeep, Map: map[string]string{"weight": "net_mass"}, Constants: map[string]string{"currency": "USD"}})
	if m := mapping(f); m["net_mass"] != "weight" || m["hs_code"] != "KOD" || f.Constants["currency"] != "USD" {
		t.Errorf("mapping %v, constants %v", m, f.Constants)
	}
	// Mapped anew, the code is not found.
	_, err := ingest.Load(context.Background(), conn, []string{file(t, "d.csv", next)}, ingest.Options{Again: true, Fresh: true})
	if _, ok := ingest.IsDoubt(err); !ok {
		t.Errorf("error %v", err)
	}
}

// A shape that the program mapped alone is mapped the same way again, even if
// the cells of the next file say less.
func TestOwnMappingIsRemembered(t *testing.T) {
	conn := connect(t, "")
	header := "declaration no,hs code,origin,country of origin,value\n"
	first := loadInto(t, conn, file(t, "a.csv", header+"1,870323,DE,,5\n"), ingest.Options{})
	if mapping(first)["origin"] != "origin" {
		t.Fatalf("mapping %v", mapping(first))
	}
	second := loadInto(t, conn, file(t, "b.csv", header+"2,870323,,DE,5\n"), ingest.Options{})
	if mapping(second)["origin"] != "origin" || second.Remembered == nil || second.Remembered.User {
		t.Errorf("mapping %v, remembered %+v", mapping(second), second.Remembered)
	}
	if got := one(t, conn, "SELECT count(*) FROM customs.mapping"); got != "1" {
		t.Errorf("%s mappings are remembered", got)
	}
}

// Two columns for one of the table, and a needed one without a column: an
// error that names the candidates and what to say, or a question.
func TestDoubts(t *testing.T) {
	content := "Decl No,Origin,Country of origin,Kod,CIF value\n1,DE,FR,870323,5\n2,IN,LK,090210,6\n"
	path := file(t, "a.csv", content)
	conn := connect(t, "")
	_, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{})
	doubt, ok := ingest.IsDoubt(err)
	if !ok {
		t.Fatalf("error %v", err)
	}
	want := []ingest.Doubt{
		{Column: "origin", Candidates: []string{"Origin", "Country of origin"}},
		{Column: "hs_code", Candidates: []string{"Kod"}, Needed: []string{"hs_code"}},
	}
	if d := cmp.Diff(want, doubt.Doubts); d != "" {
		t.Errorf("doubts (-want +got):\n%s", d)
	}
	for _, say := range []string{path, `--map "Origin=origin" or --map "Country of origin=origin"`, `it may be "Kod"`, `--map "Kod=hs_code"`} {
		if !strings.Contains(err.Error(), say) {
			t.Errorf("%q doesn't say %s", err, say)
		}
	}
	asked := 0
	f := loadInto(t, conn, path, ingest.Options{Ask: func(_ string, d *ingest.DoubtError) (map[string]string, error) {
		asked++
		return map[string]string{"Origin": "", "Country of origin": "origin", "Kod": "hs_code"}, nil
	}})
	if m := mapping(f); m["origin"] != "Country of origin" || m["hs_code"] != "Kod" || asked != 1 {
		t.Errorf("mapping %v after %d questions", m, asked)
	}
	// No answer is the error, and nothing is loaded.
	_, err = ingest.Load(context.Background(), connect(t, ""), []string{path}, ingest.Options{Ask: func(string, *ingest.DoubtError) (map[string]string, error) { return nil, nil }})
	if _, ok := ingest.IsDoubt(err); !ok {
		t.Errorf("error %v", err)
	}
}

// A dry run tells what would be, and changes nothing.
func TestDryRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	conn := connect(t, path)
	run(t, conn, "CHECKPOINT")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var content strings.Builder
	content.WriteString("declaration no,hs code,net weight,value\n")
	for range 20 {
		content.WriteString("1,870323,2,5\n2,870323,x,5\n")
	}
	report, err := ingest.Load(context.Background(), conn, []string{file(t, "a.csv", content.String())}, ingest.Options{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	f := report.Files[0]
	if f.Loaded != 20 || f.Rejected != 20 || len(f.Preview.Rows) != 10 {
		t.Errorf("%d loaded, %d rejected, %d rows shown", f.Loaded, f.Rejected, len(f.Preview.Rows))
	}
	if d := cmp.Diff([]ingest.Fault{{Column: "net weight", Reason: "is not a number", Rows: 20, Raw: "x"}}, f.Faults); d != "" {
		t.Errorf("faults (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"1", "870323", "2.0", "5.0000"}, f.Preview.Rows[0]); d != "" {
		t.Errorf("first row (-want +got):\n%s", d)
	}
	for _, table := range []string{"customs.declaration", "customs.reject", "customs.source_file", "customs.mapping"} {
		if n := one(t, conn, "SELECT count(*) FROM "+table); n != "0" {
			t.Errorf("%s has %s rows", table, n)
		}
	}
	run(t, conn, "CHECKPOINT")
	if after, err := os.ReadFile(path); err != nil || len(after) != len(before) {
		t.Errorf("the file has %d bytes, %d before (%v)", len(after), len(before), err)
	}
}

// A saved mapping, given back, maps the same file alike.
func TestSavedMapping(t *testing.T) {
	path := file(t, "a.csv", "Decl No,HS \"Code\",Net Weight (t),Value '000 USD,Colour\n1,870323,2,5,red\n")
	saved := filepath.Join(t.TempDir(), "m.toml")
	first := loadInto(t, connect(t, ""), path, ingest.Options{SaveMap: saved, Constants: map[string]string{"destination": "AE"}})
	text, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`target = "declaration"`, `destination = "AE"`, `"Colour" = ""`,
		`"Net Weight (t)" = { column = "net_mass", unit = "TNE" }`, `"Value '000 USD" = { column = "value", scale = 1000, currency = "USD" }`,
	} {
		if !strings.Contains(string(text), line) {
			t.Errorf("%s is not in\n%s", line, text)
		}
	}
	conn := connect(t, "")
	second := loadInto(t, conn, path, ingest.Options{MapFile: saved})
	if d := cmp.Diff(mapping(first), mapping(second)); d != "" {
		t.Errorf("mapping (-first +second):\n%s", d)
	}
	if got := one(t, conn, "SELECT (hs_code, net_mass, value, currency, destination) FROM customs.declaration"); got != "(870323, 2000.0, 5000.0000, USD, AE)" {
		t.Errorf("row %s", got)
	}
}

func TestBadMapFile(t *testing.T) {
	for _, c := range []struct{ name, text, say string }{
		{"syntax", "target = declaration\n", "m.toml, row 1"},
		{"key", "colums = 1\n", "colums"},
		{"column", "[columns]\n\"hs code\" = 5\n", "neither the name of a column"},
		{"detail", "[columns]\n\"hs code\" = { column = \"hs_code\", size = 5 }\n", "size = 5"},
		{"unit", "[columns]\nvalue = { column = \"net_mass\", unit = \"elephant\" }\n", `unit "elephant" is not known`},
		{"target", "target = \"goods\"\n", `"goods"`},
		{"field", "[columns]\n\"hs code\" = \"colour\"\n", `"colour" is no column of customs.declaration`},
		{"constant", "[constants]\ncolour = \"red\"\n", `"colour" is no column`},
		{"decimal", "decimal = \"x\"\n", "decimal mark"},
		{"dates", "dates = \"ydm\"\n", "order of dates"},
	} {
		t.Run(c.name, func(t *testing.T) {
			opts := ingest.Options{MapFile: file(t, "m.toml", c.text)}
			_, err := ingest.Load(context.Background(), connect(t, ""), []string{file(t, "a.csv", "declaration no,hs code,value\n1,870323,5\n")}, opts)
			if err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("error %v doesn't say %q", err, c.say)
			}
		})
	}
	_, err := ingest.Load(context.Background(), connect(t, ""), []string{"a.csv"}, ingest.Options{MapFile: "missing.toml"})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

// The table is found by the headers; what is said otherwise goes before it.
func TestTableByHeaders(t *testing.T) {
	for _, c := range []struct{ name, content, into string }{
		{"declarations", "declaration_id,item_no,hs_code,value,year\n1,1,870323,5,2024\n", "customs.declaration"},
		{"goods only", "hs_code,origin,net_weight,value\n870323,DE,2,5\n", "customs.declaration"},
		{"inspections", "Declaration No,Inspection date,Result,Recovered revenue\n1,2024-03-01,under-valued,100\n", "customs.inspection"},
		{"inspections in French", "Numéro de déclaration;Date de visite;Résultat;Redressement\n1;01/03/2024;sous-évaluation;100\n", "customs.inspection"},
		{"inspections in Arabic", "رقم البيان,تاريخ المعاينة,نتيجة المعاينة\n1,2024-03-01,مخالفة\n", "customs.inspection"},
		{"parties", "TIN,Company name,Address,City\n1,Al Noor,Box 5,Dubai\n", "customs.party"},
		{"rates", "Currency,Date,Exchange rate\nUSD,2024-03-01,3.6725\n", "customs.exchange_rate"},
		{"comtrade", "refYear,refMonth,period,reporterCode,flowCode,partnerCode,cmdCode,qtyUnitCode,qty,netWgt,cifvalue,fobvalue,primaryValue\n2024,52,2024,842,M,251,870323,5,2,2000,60,50,60\n", "customs.trade_flow"},
		{"comext, old", "DECLARANT,DECLARANT_ISO,PARTNER,PARTNER_ISO,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_REGIME,SUPP_UNIT,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG,SUP_QUANTITY\n004,DE,0400,US,E,87032319,1,4,PST,202301,500,2000,2\n", "customs.trade_flow"},
		{"comext", "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,VALUE_NAC,QUANTITY_KG,QUANTITY_SUPPL_UNIT\nDE,US,E,87032319,1,1,PST,202401,500,500,2000,2\n", "customs.trade_flow"},
		{"sums", "Year,Month,Flow,Partner,HS code,Value (USD)\n2024,1,Imports,Germany,8703,5\n", "customs.trade_flow"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			f := loadInto(t, conn, file(t, "a.csv", c.content), ingest.Options{})
			if f.Target != c.into || f.Loaded != 1 {
				t.Errorf("%d rows into %s, not %s: %v", f.Loaded, f.Target, c.into, mapping(f))
			}
		})
	}
}

// Comext's countries of its old layout are numbers of its own: 004 is Germany
// there, and Afghanistan for the United Nations. Comtrade's are its own too: 842
// is the United States, 251 France.
func TestCountriesOfPublishers(t *testing.T) {
	conn := connect(t, "")
	loadInto(t, conn, file(t, "old.csv", "DECLARANT,PARTNER,PRODUCT_NC,FLOW,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_100KG\n004,0400,87032319,2,202301,500,20\n"), ingest.Options{})
	loadInto(t, conn, file(t, "c.csv", "refYear,reporterCode,flowCode,partnerCode,cmdCode,qtyUnitCode,qty,primaryValue\n2024,842,M,251,870323,8,2,60\n"), ingest.Options{})
	got := one(t, conn, "SELECT list((reporter, partner, flow, year, month, net_mass, unit, currency) ORDER BY year) FROM customs.trade_flow")
	if want := "[(004, 0400, X, 2023, 1, 2000.0, NULL, EUR), (US, FR, M, 2024, NULL, NULL, KGM, USD)]"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// Both headers of Eurostat's bulk files; the rows are made up. XS is Serbia and
// month 52 the year as a whole, as Comext writes them.
func TestComext(t *testing.T) {
	const columns = "(period, year, month, flow, reporter, partner, hs_code, value, currency, net_mass, quantity)"
	for _, c := range []struct{ name, layout, content, want string }{
		{
			"old", "comext_old",
			"DECLARANT,DECLARANT_ISO,PARTNER,PARTNER_ISO,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,PRODUCT_CPA2002,PRODUCT_CPA2008,PRODUCT_CPA2_1,PRODUCT_BEC,PRODUCT_BEC5,PRODUCT_SECTION,FLOW,STAT_REGIME,SUPP_UNIT,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG,SUP_QUANTITY\n" +
				"004,DE,0400,US,E,87032319,78120,34102,29102,29102,51,311021,17,1,1,PST,202301,1250000,61200,50\n" +
				"001,FR,0098,XS,E,01012100,00151,01224,01433,01433,41,3,01,2,4,,202252,500.5,2000,2\n",
			"[(202301, 2023, 1, M, DE, US, 87032319, 1250000.0000, EUR, 61200.0, 50.0), (202252, 2022, 52, X, FR, RS, 01012100, 500.5000, EUR, 2000.0, 2.0)]",
		},
		{
			"new", "comext",
			"REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,PRODUCT_CPA21,PRODUCT_CPA22,PRODUCT_BEC,PRODUCT_BEC5,PRODUCT_SECTION,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,VALUE_NAC,QUANTITY_KG,QUANTITY_SUPPL_UNIT\n" +
				"DE,US,E,87032319,78120,29102,29102,51,311021,17,1,1,PST,202401,1250000,1250000,61200,50\n" +
				"PL,XS,E,01012100,00151,01433,01433,41,3,01,2,4,NO_SU,202352,500.5,2200.1,2000,2\n",
			"[(202401, 2024, 1, M, DE, US, 87032319, 1250000.0000, EUR, 61200.0, 50.0), (202352, 2023, 52, X, PL, RS, 01012100, 500.5000, EUR, 2000.0, 2.0)]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			f := loadInto(t, conn, file(t, "full.dat", c.content), ingest.Options{})
			if f.Layout != c.layout || f.Rejected != 0 {
				t.Errorf("layout %q, %d rejected", f.Layout, f.Rejected)
			}
			if got := one(t, conn, "SELECT list("+columns+" ORDER BY source_row) FROM customs.trade_flow"); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}
