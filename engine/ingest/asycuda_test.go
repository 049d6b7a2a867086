package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/dhowdb/dhow/engine/ingest"
)

// The sums, the digest of all items and the number of items are those that
// Python's xml.etree.ElementTree and decimal make of the same file.
func TestRealASYCUDA(t *testing.T) {
	conn := connect(t, "")
	f := load(t, conn, realData(t, "samples", "asycuda_xml", "nepal_sad_119items_synthetic_parties.xml"), ingest.Options{KeepExtra: true})
	if f.Format != ingest.FormatASYCUDA || f.Loaded != 119 || f.Rejected != 0 {
		t.Errorf("%s, loaded %d, rejected %d", f.Format, f.Loaded, f.Rejected)
	}
	sums := one(t, conn, `SELECT concat_ws(' ', sum(value), round(sum(net_mass), 6), round(sum(gross_mass), 6), sum(invoice_value), sum(freight), sum(insurance), round(sum(quantity), 6), round(sum(package_count), 6)) FROM customs.declaration`)
	if want := "474580.9500 139.3 199.0 2108.8900 165523.6100 1665.4800 1352.441 12.0"; sums != want {
		t.Errorf("sums %s, want %s", sums, want)
	}
	digest := one(t, conn, `SELECT md5(string_agg(concat_ws('|', item_no, hs_code, origin, value, printf('%.4f', net_mass), printf('%.4f', gross_mass)), chr(10) ORDER BY item_no)) FROM customs.declaration`)
	if want := "0aadef62411621f96c42e7913f5c7f9d"; digest != want {
		t.Errorf("digest of the items %s, want %s", digest, want)
	}
	// What the declaration says as a whole is on each of its items.
	header := one(t, conn, `SELECT string_agg(DISTINCT concat_ws('|', declaration_type, office, importer_id, importer, importer_address, exporter, declarant_id, departure, transport_mode, incoterm, invoice_total, manifest, extra->>'Valuation/Total_CIF'), ';') FROM customs.declaration`)
	if want := "IM 4|TIA00|1000000000001NP|Demo Importers Pvt.Ltd|Lalitpur, Lalitpur|NORTHWIND TRADING LTD.|791|CN|01|CFR|2108.8900|2026/1436|474575.07"; header != want {
		t.Errorf("header %s, want %s", header, want)
	}
}

// Every path that is known of ASYCUDA World files and stands in the table of
// fields is written there as those files write it.
func TestASYCUDAPaths(t *testing.T) {
	known, err := os.ReadFile(realData(t, "samples", "layouts", "asycuda_world_xml_paths.json"))
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("asycuda.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		_, path, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") && !bytes.Contains(known, []byte(`"/ASYCUDA/`+path+`"`)) {
			t.Errorf("no file has the path %s", path)
		}
	}
}

// declaration writes a declaration of items, with taxes in the second.
func declaration(number, items int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<ASYCUDA id="%d"><Identification><Office_segment><Customs_clearance_office_code>KTM01</Customs_clearance_office_code></Office_segment>
<Type><Type_of_declaration>IM</Type_of_declaration><Declaration_gen_procedure_code>4</Declaration_gen_procedure_code></Type>
<Registration><Serial_number>C</Serial_number><Number>%d</Number><Date>2024-02-29</Date></Registration></Identification>
<Traders><Consignee><Consignee_name>Al &amp; Söhne
Street 1</Consignee_name></Consignee></Traders>
`, number, number)
	for i := 1; i <= items; i++ {
		fmt.Fprintf(&b, `<Item><Tarification><HScode><Commodity_code>870323%02d</Commodity_code><Precision_1><null/></Precision_1></HScode></Tarification>
<Taxation><Taxation_line><Duty_tax_code>CUD</Duty_tax_code><Duty_tax_rate>5</Duty_tax_rate><Duty_tax_amount>5.10</Duty_tax_amount></Taxation_line>
<Taxation_line><Duty_tax_code>CUD</Duty_tax_code><Duty_tax_amount>1,000.005</Duty_tax_amount></Taxation_line>
<Taxation_line><Duty_tax_code>VAT</Duty_tax_code><Duty_tax_rate>13</Duty_tax_rate><Duty_tax_amount>13</Duty_tax_amount></Taxation_line>
<Taxation_line><Duty_tax_code>EXC</Duty_tax_code><Duty_tax_amount>2</Duty_tax_amount></Taxation_line>
<Taxation_line><Duty_tax_code>CSF</Duty_tax_code><Duty_tax_amount>565</Duty_tax_amount></Taxation_line></Taxation>
<Attached_documents><Attached_document_code>N380</Attached_document_code><Attached_document_reference>209-1</Attached_document_reference></Attached_documents>
<Attached_documents><Attached_document_code>N740</Attached_document_code></Attached_documents>
<Valuation_item><Weight_itm><Net_weight_itm>1.5</Net_weight_itm></Weight_itm><Total_CIF_itm>100</Total_CIF_itm>
<item_internal_freight><Amount_national_currency>3.5</Amount_national_currency></item_internal_freight>
<item_deduction><Amount_national_currency>1.25</Amount_national_currency></item_deduction></Valuation_item></Item>
`, i)
	}
	b.WriteString(`<Container><Item_Number>1</Item_Number><Container_identity>MSKU0000080</Container_identity></Container>
<Container><Container_identity>CSQU3054383</Container_identity></Container></ASYCUDA>`)
	return b.String()
}

func TestASYCUDA(t *testing.T) {
	conn := connect(t, "")
	text := `<?xml version="1.0" encoding="UTF-8"?><Declarations>` + declaration(7, 2) + declaration(8, 1) + `</Declarations>`
	f := load(t, conn, file(t, "sads.xml", text), ingest.Options{})
	if f.Loaded != 3 {
		t.Errorf("loaded %d", f.Loaded)
	}
	got := column(t, conn, `SELECT concat_ws('|', declaration_id, item_no, hs_code, declaration_date, importer, duty, duty_rate, vat, vat_rate, excise, other_taxes, total_tax, other_costs, documents, container) FROM customs.declaration ORDER BY source_row`)
	// The sums by hand: 5.10 + 1000.005; that and 13, 2 and 565; 3.5 - 1.25.
	const same = "2024-02-29|Al & Söhne|1005.1050|5.0|13.0000|13.0|2.0000|565.0000|1585.1050|2.2500|N380 209-1; N740|"
	want := []string{
		"2024-KTM01-C-7|1|87032301|" + same + "MSKU0000080, CSQU3054383",
		"2024-KTM01-C-7|2|87032302|" + same + "CSQU3054383",
		"2024-KTM01-C-8|1|87032301|" + same + "MSKU0000080, CSQU3054383",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestASYCUDAEncodings(t *testing.T) {
	wide := func(s string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
			b.WriteString(string([]byte{byte(u), byte(u >> 8)}))
		}
		return b.String()
	}
	prolog := func(encoding string) string {
		return `<?xml version="1.0" encoding="` + encoding + `"?>` + declaration(1, 1)
	}
	for name, content := range map[string]string{
		"utf-8 with mark": "\ufeff" + prolog("UTF-8"), "no prolog": declaration(1, 1), "windows-1252": encoded(t, charmap.Windows1252, prolog("windows-1252")),
		"utf-16": wide(prolog("UTF-16")), "gz": gzipped(t, prolog("utf-8")),
	} {
		conn := connect(t, "")
		load(t, conn, file(t, "a.xml", content), ingest.Options{})
		if got := one(t, conn, "SELECT importer FROM customs.declaration"); got != "Al & Söhne" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestDamagedASYCUDA(t *testing.T) {
	whole := `<?xml version="1.0"?><all>` + declaration(1, 3) + declaration(2, 2) + `</all>`
	for name, c := range map[string]struct{ content, say string }{
		"cut in an item":        {whole[:len(declaration(1, 3))/2], "truncated or damaged"},
		"cut between":           {whole[:len(declaration(1, 3))+26], "truncated or damaged"},
		"cut before the end":    {whole[:len(whole)-3], "truncated or damaged"},
		"an end tag is missing": {strings.Replace(whole, "</HScode>", "", 1), "truncated or damaged"},
		"an ampersand":          {strings.Replace(whole, "&amp;", "&", 1), "truncated or damaged"},
		"unknown encoding":      {`<?xml version="1.0" encoding="x-none"?>` + declaration(1, 1), "encoding"},
		"a zero byte":           {strings.Replace(whole, "KTM01", "KTM\x0001", 1), ""},
		"very deep":             {"<ASYCUDA>" + strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100) + "</ASYCUDA>", "64 deep"},
	} {
		conn := connect(t, "")
		_, err := ingest.Load(context.Background(), conn, []string{file(t, "a.xml", c.content)}, ingest.Options{})
		if err == nil || !strings.Contains(err.Error(), c.say) || strings.ContainsAny(err.Error(), "\n\x00") {
			t.Errorf("%s: %v", name, err)
		}
		if n := one(t, conn, "SELECT count(*) FROM customs.declaration"); n != "0" {
			t.Errorf("%s: %s rows", name, n)
		}
	}
	// A declaration without items isn't passed over in silence.
	text := `<all>` + declaration(1, 2) + declaration(2, 0) + `</all>`
	loaded, rejected := rows(t, "a.xml", text, ingest.Options{})
	if len(loaded) != 2 || len(rejected) != 1 || !strings.HasSuffix(rejected[0], "the declaration has no item") {
		t.Errorf("loaded %q, rejected %q", loaded, rejected)
	}
}

// Before its registration a declaration is named by the reference of its
// declarant, which others may give too; without one it has no number, and the
// report says so. The national currency is that of an amount with the rate 1.
func TestASYCUDANumberAndCurrency(t *testing.T) {
	plain := strings.Replace(declaration(7, 1), "<Number>7</Number>", "<Number/>", 1)
	with := func(more string) string { return strings.Replace(plain, "<Traders>", more+"<Traders>", 1) }
	amount := func(code, rate string) string {
		return "<Gs_Invoice><Currency_code>" + code + "</Currency_code><Currency_rate>" + rate + "</Currency_rate></Gs_Invoice>"
	}
	for name, c := range map[string]struct {
		content, want string
		notes         int
	}{
		"neither":              {plain, "∅ ∅", 1},
		"a reference":          {with("<Declarant><Declarant_code>791</Declarant_code><Reference><Number>24/5</Number></Reference></Declarant>"), "791-24/5 ∅", 0},
		"only a declarant":     {with("<Declarant><Declarant_code>791</Declarant_code></Declarant>"), "∅ ∅", 1},
		"a rate of 1":          {with("<Valuation>" + amount("USD", "133.25") + strings.ReplaceAll(amount("NPR", "1.0000"), "Gs_Invoice", "Gs_insurance") + "</Valuation>"), "∅ NPR", 1},
		"no rate of 1":         {with("<Valuation>" + amount("USD", "10") + "</Valuation>"), "∅ ∅", 1},
		"two with a rate of 1": {with("<Valuation>" + amount("INR", "1") + strings.ReplaceAll(amount("BTN", "1"), "Gs_Invoice", "Gs_insurance") + "</Valuation>"), "∅ ∅", 1},
	} {
		conn := connect(t, "")
		f := load(t, conn, file(t, "a.xml", c.content), ingest.Options{})
		if got := one(t, conn, "SELECT coalesce(declaration_id, '∅') || ' ' || coalesce(currency, '∅') FROM customs.declaration"); got != c.want || len(f.Notes) != c.notes {
			t.Errorf("%s: %s and %d notes, want %s and %d", name, got, len(f.Notes), c.want, c.notes)
		}
	}
}
