package ingest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func declarations(t testing.TB) *target {
	t.Helper()
	into, err := targetOf("")
	if err != nil {
		t.Fatal(err)
	}
	return into
}

func columnsOf(t testing.TB, header []string, sample [][]string) map[string]string {
	t.Helper()
	mapped, err := mapHeaders(declarations(t), header, sample, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, m := range mapped {
		out[m.Column] = m.Source
	}
	return out
}

func TestHeaderNames(t *testing.T) {
	for _, c := range []struct{ header, column, currency string }{
		{"HS CODE", "hs_code", ""},
		{"hs_code", "hs_code", ""},
		{"HSCode", "hs_code", ""},
		{"HS6 Code", "hs_code", ""},
		{"Box 33", "hs_code", ""},
		{"33. Commodity code", "hs_code", ""},
		{"Case 33", "hs_code", ""},
		{"الخانة ٣٣", "hs_code", ""},
		{"SAD Box 46", "value", ""},
		{"34", "", ""},
		{"Box 34a", "origin", ""},
		{"رمز النظام المنسّق", "hs_code", ""}, // shadda
		{"بـلـد المنشأ", "origin", ""},        // tatweel
		{"بلد المنشا", "origin", ""},          // alef without hamza
		{"القيمه الجمركيه", "value", ""},      // heh for teh marbuta
		{"Désignation des marchandises", "description", ""},
		{"DÉSIGNATION DES MARCHANDISES", "description", ""},
		{"País de origen", "origin", ""},
		{"Partida arancelaria", "hs_code", ""},
		{"IMPORTER_NAME_EN", "importer", ""},
		{"TOTALVALUEUSD", "value", ""},
		{"Customs Value (EUR)", "value", "EUR"},
		{"Value SAR", "value", "SAR"},
		{"general_value_usd", "value", "USD"},
		{"Net Weight (kg)", "net_mass", ""},
		{"Unit price", "unit_price", ""},
		{"HS_CODE_2", "", ""},
		{"IMPORTER_ADDRESS", "importer_address", ""},
		{"Fraud", "", ""},
		{"", "", ""},
	} {
		t.Run(c.header, func(t *testing.T) {
			found := declarations(t).vocabulary().matches(c.header)
			got, currency := "", ""
			if len(found) > 0 {
				best := slices.MaxFunc(found, func(a, b match) int { return int(1000 * (a.score - b.score)) })
				got, currency = best.column, best.currency
			}
			if got != c.column || currency != c.currency && c.currency != "" {
				t.Errorf("%s in %q, want %s in %q", got, currency, c.column, c.currency)
			}
		})
	}
}

// A customs value goes before a FOB value, a code before a name, what is
// filled before what is not, and a name that its cells contradict is no name.
func TestChoice(t *testing.T) {
	for _, c := range []struct {
		name   string
		header []string
		sample [][]string
		want   map[string]string
	}{
		{"value", []string{"FOB_USD", "CIF_USD", "INVOICE_VALUE"}, nil, map[string]string{"value": "CIF_USD", "fob_value": "FOB_USD", "invoice_value": "INVOICE_VALUE"}},
		{"code", []string{"country_of_origin", "country_of_origin_code"}, [][]string{{"China", "CN"}, {"Iraq", "IQ"}}, map[string]string{"origin": "country_of_origin_code"}},
		{"filled", []string{"Country of origin", "Origin country"}, [][]string{{"", "CN"}, {"", "IQ"}}, map[string]string{"origin": "Origin country"}},
		{"no codes", []string{"HS", "Commodity code"}, [][]string{{"yes", "870323"}, {"no", "0101.21"}}, map[string]string{"hs_code": "Commodity code"}},
		{"no numbers", []string{"item_no", "value"}, [][]string{{"2024-1-2-33-A", "high"}}, map[string]string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, columnsOf(t, c.header, c.sample)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

type realLayout struct {
	File    string   `json:"file"`
	Columns []string `json:"columns"`
}

func layouts(t testing.TB) []realLayout {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "samples", "layouts", "trade_declaration_layouts.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("the real layouts are not beside the repository: %v", err)
	}
	var all []realLayout
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRealLayouts(t *testing.T) {
	all := layouts(t)
	into := declarations(t)
	usable := 0
	for _, l := range all {
		header := uniqueNames(l.Columns)
		p, err := propose(into, header, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range p.doubts {
			t.Logf("%s: %s", l.File, d.text(into.name))
		}
		mapped := p.mapped
		if into.checkMapping(mapped, header) == nil {
			usable++
		} else {
			t.Logf("%s: %s", l.File, strings.Join(header, ", "))
		}
		for _, m := range mapped {
			name := strings.ToLower(m.Source)
			if strings.Contains(name, "address") && !strings.Contains(name, "name") && !strings.Contains(m.Column, "address") || strings.Contains(name, "phone") || strings.Contains(name, "percentage") && m.Column != "duty_rate" || strings.Contains(name, "unit price") && m.Column != "unit_price" {
				t.Errorf("%s: %q is taken for %s", l.File, m.Source, m.Column)
			}
		}
	}
	t.Logf("%d of %d layouts can be loaded", usable, len(all))
	if usable*100 < len(all)*99 {
		t.Errorf("only %d of %d layouts can be loaded", usable, len(all))
	}
}

func TestBahrainLayout(t *testing.T) {
	header := []string{
		"item_id", "declaration_id", "year", "customs_office_code", "customs_office_name", "regime", "registration_serial",
		"registration_number", "reference_number", "registration_date", "hs_code", "commercial_description", "country_of_origin",
		"country_of_origin_code", "country_of_export", "country_of_export_code", "country_of_destination", "uom", "qty_by_uom",
		"actual_unit_price", "price_basis", "local_amount", "sup_amount", "invoice_amount", "net_weight", "gross_weight", "status",
		"specification_code", "encrypted_declarant_cr", "encrypted_consignee_cr", "encrypted_exporter_cr",
	}
	row := make([]string, len(header))
	row[12], row[13], row[14], row[15] = "China", "CN", "Oman", "OM"
	row[10], row[18], row[21], row[24], row[25], row[9], row[22], row[23], row[0] = "8703239000", "5", "10.5", "3", "4", "1/31/2019", "1", "2", "2019-2501-A-7-1"
	want := map[string]string{
		"declaration_id": "declaration_id", "declaration_date": "registration_date", "office": "customs_office_code", "procedure": "regime",
		"declarant": "encrypted_declarant_cr", "importer": "encrypted_consignee_cr", "exporter": "encrypted_exporter_cr", "hs_code": "hs_code",
		"declarant_id": "encrypted_declarant_cr", "importer_id": "encrypted_consignee_cr", "exporter_id": "encrypted_exporter_cr",
		"destination": "country_of_destination", "incoterm": "price_basis", "invoice_value": "invoice_amount", "unit_price": "actual_unit_price",
		"description": "commercial_description", "origin": "country_of_origin_code", "departure": "country_of_export_code", "quantity": "qty_by_uom",
		"unit": "uom", "status": "status", "net_mass": "net_weight", "gross_mass": "gross_weight", "value": "local_amount",
	}
	if d := cmp.Diff(want, columnsOf(t, header, [][]string{row})); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// No two columns of a file fill one of the model, and none fills two.
func TestMappingIsOneToOne(t *testing.T) {
	var names []string
	for _, synonyms := range declarations(t).vocabulary().exact {
		names = append(names, synonyms[0].name)
	}
	slices.Sort(names)
	into := declarations(t)
	rapid.Check(t, func(t *rapid.T) {
		header := uniqueNames(rapid.SliceOfN(rapid.SampledFrom(names), 1, 40).Draw(t, "header"))
		mapped, err := mapHeaders(into, header, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		sources, columns := map[string]bool{}, map[string]bool{}
		for _, m := range mapped {
			if m.standsIn() {
				continue // a number that stands for a name
			}
			if sources[m.Source] || columns[m.Column] || m.Confidence < leastScore || m.Confidence > 1 {
				t.Fatalf("%+v among %+v", m, mapped)
			}
			sources[m.Source], columns[m.Column] = true, true
		}
	})
}

func FuzzHeader(f *testing.F) {
	for _, s := range []string{"HS6 Code", "الخانة ٣٣", "Box 34a", "İÇ", "34", "usd", "no no no"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range targets[0].vocabulary().matches(s) {
			if m.score <= 0 || m.score > 1 || !slices.ContainsFunc(targets, func(t *target) bool { return t.index(m.column) >= 0 }) {
				t.Fatalf("%q: %+v", s, m)
			}
		}
		words := headerWords(s)
		if again := headerWords(strings.Join(words, " ")); !slices.Equal(words, again) {
			t.Fatalf("%q: %q then %q", s, words, again)
		}
		if names := uniqueNames([]string{s, s, s + "_2"}); strings.EqualFold(names[0], names[1]) || strings.EqualFold(names[1], names[2]) || strings.EqualFold(names[0], names[2]) {
			t.Fatalf("%q: %q", s, names)
		}
	})
}
