package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

// Numbers of rows and sums in this file come from an awk over the real files.

func TestKoreanDeclarations(t *testing.T) {
	conn := connect(t, "")
	f := load(t, conn, realData(t, "kr-declarations", "train.csv"), ingest.Options{})
	if f.Loaded != 37385 || f.Rejected != 0 {
		t.Errorf("loaded %d, rejected %d, want 37385 and 0", f.Loaded, f.Rejected)
	}
	want := map[string]string{
		"declaration_id": "Declaration ID", "declaration_date": "Date", "office": "Office ID",
		"procedure": "Process Type", "transport_mode": "Mode of Transport", "declarant": "Declarant ID",
		"importer": "Importer ID", "exporter": "Seller ID", "hs_code": "HS6 Code",
		"departure": "Country of Departure", "origin": "Country of Origin", "duty_rate": "Tax Rate",
		"net_mass": "Net Mass", "value": "Item Price",
	}
	if d := cmp.Diff(want, mapping(f)); d != "" {
		t.Errorf("mapping (-want +got):\n%s", d)
	}
	wantRest := []string{"Import Type", "Import Use", "Payment Type", "Courier ID", "Tax Type", "Country of Origin Indicator", "Fraud", "Critical Fraud"}
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
	for _, name := range []string{"comtrade_api_example_3.csv.gz", "comtrade_bulk_layout_100rows.csv.gz", "comtrade_eu_imports_bilateral.csv.gz", "comtrade_eu_imports_world.csv.gz"} {
		t.Run(name, func(t *testing.T) {
			f := load(t, connect(t, ""), realData(t, "samples", "comtrade", name), ingest.Options{})
			t.Log(f.Read, f.Loaded, f.Rejected, f.Elapsed, f.Mapping)
		})
	}
}

func TestNepalWorkbook(t *testing.T) {
	conn := connect(t, "")
	f := load(t, conn, realData(t, "samples", "nepal_asycuda_stats", "2075-076.xlsx"), ingest.Options{})
	t.Log(f.Sheet, f.OtherSheets, f.Read, f.Loaded, f.Rejected, f.Elapsed, f.Mapping, f.Unmapped)
	t.Log(one(t, conn, "SELECT list((source_row,source_line,column_name,raw,reason)) FROM customs.reject"))
}

func TestUSMonthlyParquet(t *testing.T) {
	conn := connect(t, "")
	f := load(t, conn, realData(t, "samples", "us_census_monthly", "1220data.parquet"), ingest.Options{})
	t.Log(f.Read, f.Loaded, f.Rejected, f.Elapsed, f.Mapping, f.Unmapped)
	t.Log(one(t, conn, "SELECT list((source_row,source_line,column_name,raw,reason)) FROM customs.reject"))
}
