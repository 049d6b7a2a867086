package ingest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Header rows as they come from old systems, broken encodings and people. What
// each means was settled by hand; "extra" is a header that must fill nothing.
func TestNastyHeaders(t *testing.T) {
	for _, c := range []struct {
		name   string
		header []string
		want   []string // for each header, with scale, unit and currency where it says them
	}{
		{
			"tatweel and hamza",
			[]string{"رقـــم البيان", "تاريخ البيـان", "رمـز السلعه", "بلد المنشا", "الوزن الصافى (كغ)", "القيمه الجمركيه", "المستــورد", "ملاحظات"},
			[]string{"declaration_id", "declaration_date", "hs_code", "origin", "net_mass KGM", "value", "importer", "extra"},
		},
		{
			"French without accents",
			[]string{"D?signation", "Quantit?", "Valeur en d?tail", "Num?ro de d?claration", "Libell�", "Pays d'origine", "Poids net (T)", "Unit? de mesure"},
			[]string{"description", "quantity", "extra", "declaration_id", "extra", "origin", "net_mass ×1000 TNE", "unit"},
		},
		{
			"mojibake",
			[]string{"DÃ©signation des marchandises", "Bureau de dÃ©douanement", "PaÃ\u00ads de origen", "DescripciÃ³n"},
			[]string{"description", "office", "origin", "extra"},
		},
		{
			"dBASE",
			[]string{"IMP_NAME", "HSCODE", "CIF_VAL", "ORIG_CTRY", "NET_WT", "GRS_WT", "DECL_NO", "DECL_DATE", "ITEM_NO", "QTY", "UOM", "CURR", "INV_NO", "FRT_AMT"},
			[]string{"importer", "hs_code", "value", "origin", "net_mass", "gross_mass", "declaration_id", "declaration_date", "item_no", "quantity", "unit", "currency", "invoice_no", "freight"},
		},
		{
			"cut to ten letters",
			[]string{"COUNTRY_OF", "ORIGIN_COU", "GOODS_DESC", "GROSS_WEIG", "IMPORTER_N", "DECLARATIO", "TRANSPORT_"},
			[]string{"extra", "origin", "description", "gross_mass", "extra", "extra", "extra"},
		},
		{
			"units in headers",
			[]string{"Net Weight (KG)", "Gross Wt. [lbs]", "Value (USD)", "Qty in MT", "Freight USD", "Duty (%)", "VAT %"},
			[]string{"net_mass KGM", "gross_mass ×0.45359237 LBR", "value USD", "quantity TNE", "freight USD", "duty_rate", "vat_rate"},
		},
		{
			"thousands",
			[]string{"Customs value, '000 USD", "Net weight, thousand tonnes", "Import duty (1000 USD)"},
			[]string{"value ×1000 USD", "net_mass ×1000000 TNE", "duty ×1000 USD"},
		},
		{
			"boxes",
			[]string{"SAD31", "Case 33", "BOX 34a", "Case n° 38", "35. Gross mass (kg)", "الخانة ٤٦", "Casilla 37", "Box 2", "Box 8"},
			[]string{"description", "hs_code", "origin", "net_mass", "gross_mass KGM", "value", "procedure", "exporter_id", "importer_id"},
		},
		{
			"misspelt",
			[]string{"Descripton of goods", "Contry of origin", "Invioce value", "Comodity code", "Net wieght", "Exporter", "Importor name"},
			[]string{"description", "origin", "invoice_value", "hs_code", "net_mass", "exporter", "importer"},
		},
		{
			"ASYCUDA paths",
			[]string{
				"/ASYCUDA/Item/Tarification/HScode/Commodity_code", "/ASYCUDA/Item/Goods_description/Country_of_origin_code", "/ASYCUDA/Item/Valuation_item/Total_CIF_itm",
				"/ASYCUDA/Item/Valuation_item/Weight_itm/Net_weight_itm", "/ASYCUDA/Traders/Consignee/Consignee_name", "/ASYCUDA/Traders/Consignee/Consignee_code",
				"/ASYCUDA/Identification/Registration/Number", "/ASYCUDA/Identification/Registration/Date", "/ASYCUDA/Warehouse/Delay", "/ASYCUDA/Financial/Bank/Code",
			},
			[]string{
				"hs_code", "origin", "value", "net_mass", "importer", "importer_id",
				"declaration_id", "declaration_date", "extra", "extra",
			},
		},
		{
			"near misses",
			[]string{"HS Code", "Importer's bank", "Unit price per kg", "Number of containers", "Date of birth", "Weight of packaging", "Country of incorporation", "Invoice date", "Value date", "Tariff year", "Origin of funds", "Importance"},
			[]string{"hs_code", "extra", "extra", "extra", "extra", "extra", "extra", "extra", "extra", "extra", "extra", "extra"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			mapped, err := mapHeaders(declarations(t), c.header, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]string, len(c.header))
			for i, h := range c.header {
				got[i] = "extra"
				for _, m := range primary(mapped) {
					if m.Source == h {
						got[i] = saying(m)
					}
				}
			}
			if d := cmp.Diff(pairs(c.header, c.want), pairs(c.header, got)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func pairs(header, columns []string) []string {
	out := make([]string, len(header))
	for i := range header {
		out[i] = header[i] + " → " + columns[i]
	}
	return out
}

// saying is a column with what its header says besides.
func saying(m Mapped) string {
	s := m.Column
	if m.Scale != 0 {
		s += fmt.Sprintf(" ×%.9g", m.Scale)
	}
	if m.Unit != "" {
		s += " " + m.Unit
	}
	if m.Currency != "" {
		s += " " + m.Currency
	}
	return s
}
