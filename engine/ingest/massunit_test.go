package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

// A mass is in the unit that another column says, kilograms where that says
// none. A pound is 0.45359237 kg. What is no unit of mass is a reject, not
// kilograms.
func TestMassUnits(t *testing.T) {
	conn := connect(t, "")
	text := "Decl No;HS Code;Net Weight;Weight Unit;Gross Weight;CIF Value\n" +
		"1;87032319;1,5;t;2;1000\n2;61091000;500;GRM;0,6;20\n3;84713000;7;kgs;8;500\n4;84713000;100;LB;;500\n5;84713000;10;n/a;12;500\n6;84713000;10;pcs;12;500\n7;84713000;;pcs;;500\n8;84713000;x;t;;500\n"
	f := load(t, conn, file(t, "a.csv", text), ingest.Options{KeepRaw: true, KeepExtra: true})
	got := column(t, conn, "SELECT concat_ws('|', declaration_id, round(net_mass, 6), round(gross_mass, 6)) FROM customs.declaration ORDER BY source_row")
	if d := cmp.Diff([]string{"1|1500.0|2000.0", "2|0.5|0.0006", "3|7.0|8.0", "4|45.359237", "5|10.0|12.0", "7"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	rejected := column(t, conn, "SELECT concat_ws('|', source_row, column_name, raw, reason) FROM customs.reject ORDER BY source_row")
	if d := cmp.Diff([]string{"6|Net Weight|10|is in pcs, which is no unit of mass", "8|Net Weight|x|is not a number"}, rejected); d != "" {
		t.Errorf("rejects (-want +got):\n%s", d)
	}
	if got := one(t, conn, "SELECT string_agg(cell, ';' ORDER BY place) FROM customs.cell WHERE source_row = 1"); got != "1;87032319;1,5;t;2;1000" {
		t.Errorf("the cells of the first row are %s", got)
	}
	if !cmp.Equal(f.Unmapped, []string{"Weight Unit"}) {
		t.Errorf("kept in extra: %q", f.Unmapped)
	}
}

// Each mass has its own unit, and one that its name says goes before it. Units
// of quantities aren't those of masses.
func TestMassUnitColumns(t *testing.T) {
	for _, c := range []struct{ name, header, cells, want string }{
		{"each its own", "NET_WEIGHT;NET_WEIGHT UNIT;GROSS_WEIGHT;GROSS_WEIGHT_UNIT", "1;t;2;kg", "1000.0|2.0"},
		{"the net one only", "Net Weight;Net Wt Unit;Gross Weight", "1;t;2", "1000.0|2.0"},
		{"French", "Poids net;Unité de poids;Poids brut", "1;t;2", "1000.0|2000.0"},
		{"Arabic", "الوزن الصافي;وحدة الوزن;الوزن القائم", "1;طن;2", "1000.0|2000.0"},
		{"the name says it", "Net Weight (kg);Weight Unit;Gross Weight (g)", "1;t;2", "1.0|0.002"},
		{"no masses", "Net Weight;Weight Unit;Gross Weight", "1;box;2", "1.0|2.0"},
		{"the unit of a quantity", "Net Weight;Quantity;UOM;Gross Weight", "1;5;t;2", "1.0|2.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			load(t, conn, file(t, "a.csv", "HS Code;Value;"+c.header+"\n870323;1;"+c.cells+"\n"), ingest.Options{})
			if got := strings.Join(column(t, conn, "SELECT concat_ws('|', net_mass, gross_mass) FROM customs.declaration"), ","); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
