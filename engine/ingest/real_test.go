package ingest_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

// Numbers of rows come from the list of sources beside the files, first and
// last rows from the files themselves.

func TestKoreanDeclarations(t *testing.T) {
	conn := connect(t, "")
	f := load(t, conn, realData(t, "kr-declarations", "train.csv"), ingest.Options{})
	if f.Loaded != 37385 || f.Rejected != 0 {
		t.Errorf("loaded %d, rejected %d, want 37385 and 0", f.Loaded, f.Rejected)
	}
	want := map[string]string{
		"declaration_id": "Declaration ID", "declaration_date": "Date", "office": "Office ID",
		"procedure": "Process Type", "transport_mode": "Mode of Transport", "declarant": "Declarant ID",
		"declarant_id": "Declarant ID", "importer_id": "Importer ID", "exporter_id": "Seller ID",
		"declaration_type": "Import Type", "payment": "Payment Type", "invoice_value": "Item Price",
		"importer": "Importer ID", "exporter": "Seller ID", "hs_code": "HS6 Code",
		"departure": "Country of Departure", "origin": "Country of Origin", "duty_rate": "Tax Rate",
		"net_mass": "Net Mass", "value": "Item Price",
	}
	if d := cmp.Diff(want, mapping(f)); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	wantRest := []string{"Import Use", "Courier ID", "Tax Type", "Country of Origin Indicator", "Fraud", "Critical Fraud"}
	if d := cmp.Diff(wantRest, f.Unmapped); d != "" {
		t.Errorf("unmapped (-want +got):\n%s", d)
	}
	// The first and the last line of the file, by hand.
	got := one(t, conn, "SELECT (declaration_id, declaration_date, hs_code, origin, value, source_row) FROM customs.declaration WHERE source_row = 1")
	if want := "(97061800, 2020-01-01, 440890, BE, 372254.4000, 1)"; got != want {
		t.Errorf("first row %s, want %s", got, want)
	}
	if got := one(t, conn, "SELECT count(DISTINCT source_row) || ' ' || max(source_row) FROM customs.declaration"); got != "37385 37385" {
		t.Errorf("row numbers: %s", got)
	}
}

func TestUSCensus(t *testing.T) {
	conn := connect(t, "")
	f := load(t, conn, realData(t, "samples", "us_census", "us_imports_2024_part1.csv.gz"), ingest.Options{})
	want := map[string]string{"hs_code": "hts10", "origin": "census_country", "value": "general_value_usd", "duty": "calculated_duty_usd"}
	if d := cmp.Diff(want, mapping(f)); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	if f.Loaded != 115148 || f.Rejected != 0 {
		t.Errorf("loaded %d, rejected %d, want 115148 and 0", f.Loaded, f.Rejected)
	}
	if got := one(t, conn, "SELECT (hs_code, value, currency, source_row) FROM customs.declaration WHERE source_row = 1"); got != "(0101210010, 809426.0000, USD, 1)" {
		t.Errorf("first row %s", got)
	}
}

func TestComtrade(t *testing.T) {
	for _, c := range []struct {
		name   string
		loaded int64
		value  string
	}{
		{"comtrade_api_example_3.csv.gz", 1586, "primary_value"},
		// Its hundred rows are totals of all commodities, each of a reporter's trade
		// with a partner: flows as others are. As declarations they would be totals.
		{"comtrade_bulk_layout_100rows.csv.gz", 100, "primary_value"},
		{"comtrade_eu_imports_bilateral.csv.gz", 173358, "primary_value"},
		{"comtrade_eu_imports_world.csv.gz", 5004, "primary_value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := loadInto(t, connect(t, ""), realData(t, "samples", "comtrade", c.name), ingest.Options{})
			if f.Target != "customs.trade_flow" || f.Loaded != c.loaded || f.Rejected != 0 {
				t.Errorf("into %s: loaded %d, rejected %d, want %d and 0", f.Target, f.Loaded, f.Rejected, c.loaded)
			}
			if m := mapping(f); m["hs_code"] != "cmd_code" || m["value"] != c.value {
				t.Errorf("mapping %v", m)
			}
		})
	}
	path := realData(t, "samples", "comtrade", "comtrade_bulk_layout_100rows.csv.gz")
	if f := load(t, connect(t, ""), path, ingest.Options{}); f.Rejected != 100 {
		t.Errorf("%d totals are no declarations, want 100", f.Rejected)
	}
}

func TestNepalWorkbook(t *testing.T) {
	conn := connect(t, "")
	f := load(t, conn, realData(t, "samples", "nepal_asycuda_stats", "2075-076.xlsx"), ingest.Options{})
	want := map[string]string{
		"hs_code": "HSCode", "description": "Description", "unit": "Unit", "quantity": "Quantity",
		"value": "Imports_Value", "total_tax": "Imports_Revenue",
	}
	if d := cmp.Diff(want, mapping(f)); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	if f.Sheet != "5_Imports_By_Commodity" || !cmp.Equal(f.OtherSheets, []string{"7_Exports_By_Commodity"}) {
		t.Errorf("sheet %q, others %q", f.Sheet, f.OtherSheets)
	}
	// The sheet has rows 4 to 4788, the last of which is their total.
	if f.Loaded != 4784 || f.Rejected != 1 {
		t.Errorf("loaded %d, rejected %d, want 4784 and 1", f.Loaded, f.Rejected)
	}
	if got := one(t, conn, "SELECT (source_row, source_line, raw, reason) FROM customs.reject"); got != "(4785, 4788, Total, the row is a total of others)" {
		t.Errorf("rejected %s", got)
	}
	if got := one(t, conn, "SELECT (hs_code, quantity, unit, value, total_tax) FROM customs.declaration WHERE source_row = 1"); got != "(01012100, 132.0, H87, 2356.9400, 425.1800)" {
		t.Errorf("first row %s", got)
	}
}

func TestUSMonthlyParquet(t *testing.T) {
	f := load(t, connect(t, ""), realData(t, "samples", "us_census_monthly", "1220data.parquet"), ingest.Options{})
	want := map[string]string{"hs_code": "I_COMMODITY", "description": "I_COMMODITY_SDESC", "origin": "CTY_NAME", "value": "CON_VAL_MO", "duty": "CAL_DUT_MO"}
	if d := cmp.Diff(want, mapping(f)); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	if f.Loaded != 9992 || f.Rejected != 0 {
		t.Errorf("loaded %d, rejected %d, want 9992 and 0", f.Loaded, f.Rejected)
	}
}

// BenchmarkLoad compares Load with what DuckDB itself takes to make a table of
// the same file.
func BenchmarkLoad(b *testing.B) {
	text, err := os.ReadFile(realData(b, "kr-declarations", "train.csv"))
	if err != nil {
		b.Fatal(err)
	}
	header, body, _ := bytes.Cut(text, []byte{'\n'})
	const times = 27 // about a million rows
	path := file(b, "million.csv", string(header)+"\n"+strings.Repeat(string(body), times))
	rows := float64(bytes.Count(body, []byte{'\n'}) * times)
	b.Run("load", func(b *testing.B) {
		conn := connect(b, "")
		for b.Loop() {
			if _, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{}); err != nil {
				b.Fatal(err)
			}
			run(b, conn, "TRUNCATE customs.declaration")
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("create table", func(b *testing.B) {
		conn := connect(b, "")
		for b.Loop() {
			run(b, conn, "CREATE OR REPLACE TABLE t AS FROM read_csv('"+path+"')")
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

// Files of publishers go to customs.trade_flow by their headers alone. The
// rows are the first of each file.
func TestKnownLayouts(t *testing.T) {
	for _, c := range []struct{ path, layout, query, want string }{
		{"comtrade/comtrade_api_example_3.csv.gz", "comtrade", "(flow, year, month, reporter, partner, second_partner, hs_edition, hs_code, quantity, unit, net_mass, cif_value, fob_value, value, currency, is_reported)", "(M, 2007, 52, TH, MZ, W00, H3, 030613, 292990.0, KGM, 292990.0, 2482223.0000, NULL, 2482223.0000, USD, true)"},
		// 32 is Argentina, 0 the world, as W00 in the files with ISO codes; -1 is no unit.
		{"comtrade/comtrade_bulk_layout_100rows.csv.gz", "comtrade", "(flow, year, reporter, partner, hs_code, hs_text, unit, fob_value, value)", "(X, 2000, AR, W00, NULL, TOTAL, NULL, 26341029193.0000, 26341029193.0000)"},
		{"comtrade/comtrade_eu_imports_bilateral.csv.gz", "comtrade", "(flow, year, reporter, partner, hs_code, value)", "(M, 2018, AT, AL, 4401, 7.0870)"},
		{"comtrade/comtrade_eu_imports_world.csv.gz", "comtrade", "(flow, year, reporter, partner, hs_code, net_mass, cif_value)", "(M, 2018, AT, W00, 4401, 3296546333.349, 288806084.2890)"},
		{"us_census/us_imports_2024_part1.csv.gz", "us_imports_by_year", "(flow, year, reporter, partner, hs_code, value, dutiable_value, duty, currency)", "(M, 2024, US, CA, 0101210010, 809426.0000, 0.0000, 0.0000, USD)"},
		{"us_census_monthly/1220data.parquet", "us_imports", "(flow, reporter, partner, hs_code, currency, period[:4] = year::VARCHAR, period[6:]::INT = month)", "(M, US, CA, 01, USD, true, true)"},
		{"nepal_asycuda_stats/2075-076.xlsx", "imports_by_commodity", "(flow, hs_code, unit, quantity, value, duty)", "(M, 01012100, H87, 132.0, 2356.9400, 425.1800)"},
	} {
		t.Run(c.path, func(t *testing.T) {
			conn := connect(t, "")
			f := loadInto(t, conn, realData(t, "samples", c.path), ingest.Options{})
			if f.Target != "customs.trade_flow" || f.Layout != c.layout {
				t.Errorf("into %s by layout %q", f.Target, f.Layout)
			}
			if got := one(t, conn, "SELECT "+c.query+" FROM customs.trade_flow WHERE source_row = 1"); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
			}
		})
	}
}
