package ingest_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/engine/ingest"
)

// ugly is a file in which most cells are cleaned in some way.
const ugly = "Declaration No;Item;Date;HS;Goods;Origin;Net kg;Value;Currency;Duty rate;Note;Empty\n" +
	" A1 ;1;29/02/2024;8703.23;\" Car; red \";china;1.234,50;1.000,00;usd;5;n1;\n" +
	"A2;2;1/3/2024;0870323;Car;CN;7;12,5;USD;5,0;;\n" +
	"A3;3;01/03/2024;٨٧٠٣٢٣;سيارة;الصين;0,50;12,55;$;05;n3;-\n" +
	"A4;;;;x;;;;;;;\n"

// Every cell of every loaded row is told as it came.
func TestSourceCells(t *testing.T) {
	for name, content := range map[string]string{
		"ugly":          ugly,
		"plain numbers": "hs_code,value,net_weight,date\n870323,1,1,2024-01-01\n870323,1.5,2,2024-01-02\n870323,1.50,3.0,20240103\n870323,100,+4,2024-01-04 10:00\n",
		"fixed":         "hs_code,value,net_weight,date\n870323,1.00,1.000,20240101\n870323,1.50,2.125,20240102\n870323,0.1255555,3.0,20240103\n870323, 100.00 ,1e3,2024-01-04\n",
		"floats":        "hs_code,value,net_weight,date\n870323,1.0,1.0,31.12.2024\n870323,1.5,2.25,01.02.2024\n870323,\"1,234.0\",3,2024-01-03\n870323,1.00,0.00001,45292\n",
		"month first":   "hs_code,value,date\n870323,1.0,12/31/2024\n870323,1.5,01/02/2024\n870323,1.5,1-2-2024\n",
	} {
		t.Run(name, func(t *testing.T) {
			delim := ','
			if strings.Contains(content, ";") {
				delim = ';'
			}
			checkCells(t, connect(t, ""), content, delim, ingest.Options{})
		})
	}
	t.Run("flags and flows", func(t *testing.T) {
		content := "year,reporter,hs_code,flow,value,is_reported,a/b~c\n2024,Thailand,01,Import,5,TRUE,\"q\"\"{\"\n2024,TH,02,M,5,FALSE,\n2024,TH,TOTAL,x,5,yes,' \n"
		checkCells(t, connect(t, ""), content, ',', ingest.Options{Into: "trade_flow"})
	})
}

// checkCells loads a file and compares what customs.cell tells with its cells.
func checkCells(t testing.TB, conn *sql.Conn, content string, delim rune, opts ingest.Options) {
	t.Helper()
	opts.KeepExtra, opts.KeepRaw = true, true
	report, err := ingest.Load(context.Background(), conn, []string{file(t, "rows.csv", content)}, opts)
	if err != nil {
		t.Fatal(err)
	}
	f := report.Files[0]
	r := csv.NewReader(strings.NewReader(content))
	r.Comma, r.LazyQuotes = delim, true
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	loaded := map[string]bool{}
	for _, n := range column(t, conn, fmt.Sprintf("SELECT DISTINCT source_row::VARCHAR FROM %s WHERE source_id = %d", f.Target, f.SourceID)) {
		loaded[n] = true
	}
	want := []string{}
	for i, record := range records[1:] {
		if loaded[fmt.Sprint(i+1)] {
			for c, cell := range record {
				want = append(want, fmt.Sprintf("%d %s: %s", i+1, records[0][c], cell))
			}
		}
	}
	got := column(t, conn, fmt.Sprintf("SELECT format('{} {}: {}', source_row, column_name, cell) FROM customs.cell WHERE source_id = %d ORDER BY source_row, place", f.SourceID))
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("cells (-want +got):\n%s\n%v\n%v", d, column(t, conn, "SELECT coalesce(raw::VARCHAR, 'NULL') FROM "+f.Target), column(t, conn, "SELECT mapping::VARCHAR FROM customs.source_file"))
	}
}

// Only cells that their values don't print back to are kept twice.
func TestRawIsRare(t *testing.T) {
	conn := connect(t, "")
	content := "Declaration No;Date;HS;Origin;Net kg;Value\nA;29/02/2024;8703.23;CN;1,50;1000,5\nB;01/03/2024;8703.24;china;2,25;7\n"
	loadInto(t, conn, file(t, "rows.csv", content), ingest.Options{KeepRaw: true})
	want := []string{"NULL", `{"Origin":"china"}`}
	if d := cmp.Diff(want, column(t, conn, "SELECT coalesce(raw::VARCHAR, 'NULL') FROM customs.declaration ORDER BY source_row")); d != "" {
		t.Errorf("raw (-want +got):\n%s", d)
	}
}

// Whatever cells a file has, those of loaded rows are told as they came.
func TestAnyCells(t *testing.T) {
	number := rapid.OneOf(
		rapid.SampledFrom([]string{"", " ", "-", "N/A", "0", "00", "-0", "12.0", "1,234.5", "1.234,5", "+4", "٣", " 7", "1e3", "0.00001", "123456789012.5"}),
		rapid.StringMatching(`-?[0-9]{1,4}(\.[0-9]{0,5})?`), rapid.StringMatching(`[1-9][0-9]{0,3}\.[0-9]{2}`))
	date := rapid.OneOf(
		rapid.SampledFrom([]string{"", "2024-02-29", "20240229", "29.02.2024", "1/2/2024", "2024-2-9", "2024-02-29 10:00", "45292", " 2024-02-29"}),
		rapid.StringMatching(`(0[1-9]|1[0-2])/(0[1-9]|1[0-2])/20[0-9]{2}`))
	other := rapid.OneOf(
		rapid.SampledFrom([]string{"", " ", "CN", "cn", "China", "8703.23", "870323", "usd", "Total", "=1+1", "a\nb", "\"", "٣"}),
		rapid.StringMatching(`[ a-zA-Z0-9.,'/-]{0,8}`))
	kinds := map[string]*rapid.Generator[string]{"item_no": number, "net_mass": number, "value": number, "duty_rate": number, "declaration_date": date, "release_date": date}
	header := []string{"declaration_id", "item_no", "declaration_date", "release_date", "hs_code", "origin", "net_mass", "value", "currency", "duty_rate", "other"}
	conn := connect(t, "")
	for seed := range 4 {
		var b strings.Builder
		w := csv.NewWriter(&b)
		_ = w.Write(header) // a strings.Builder takes everything
		for n := range 300 {
			row := make([]string, len(header))
			for i, name := range header {
				g := kinds[name]
				if g == nil {
					g = other
				}
				row[i] = g.Example(seed*1000000 + n*100 + i)
			}
			_ = w.Write(row)
		}
		w.Flush()
		given := map[string]string{"other": ""}
		for _, name := range header[:len(header)-1] {
			given[name] = name
		}
		checkCells(t, conn, b.String(), ',', ingest.Options{Map: given, Delimiter: ',', Encoding: "utf-8", Overlap: ingest.OverlapKeep})
	}
}
