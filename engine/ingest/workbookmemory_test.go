package ingest_test

import (
	"archive/zip"
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/engine/ingest"
)

var workbookRows = flag.Int("workbook-rows", 30_000, "rows of the workbook of TestWorkbookMemory; a sheet holds 1048576")

// writeWorkbook writes a workbook of that many declarations, half of its texts
// shared, as spreadsheet programs write them.
func writeWorkbook(t testing.TB, path string, rows int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	part := func(name string, write func(w io.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		b := bufio.NewWriter(w)
		write(b)
		if err := b.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	text := func(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }
	part("xl/workbook.xml", text(`<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`))
	part("xl/_rels/workbook.xml.rels", text(`<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`))
	header := []string{"Declaration ID", "Item", "Date", "HS Code", "Goods description", "Country of origin", "Importer", "Quantity", "Net mass", "Customs value", "Currency", "Duty"}
	const shared = 200_000
	part("xl/sharedStrings.xml", func(w io.Writer) {
		fmt.Fprint(w, `<sst>`)
		for _, h := range header {
			fmt.Fprintf(w, `<si><t>%s</t></si>`, h)
		}
		for i := range shared {
			fmt.Fprintf(w, `<si><t>goods of kind %d, new, in cartons</t></si>`, i)
		}
		fmt.Fprint(w, `</sst>`)
	})
	part("xl/worksheets/sheet1.xml", func(w io.Writer) {
		fmt.Fprint(w, `<worksheet><sheetData><row r="1">`)
		for i := range header {
			fmt.Fprintf(w, `<c t="s"><v>%d</v></c>`, i)
		}
		fmt.Fprint(w, `</row>`)
		for i := range rows {
			fmt.Fprintf(w, `<row r="%d"><c t="inlineStr"><is><t>2024-%d</t></is></c><c><v>%d</v></c><c><v>%d</v></c><c t="inlineStr"><is><t>%06d</t></is></c><c t="s"><v>%d</v></c>`+
				`<c t="inlineStr"><is><t>DE</t></is></c><c t="inlineStr"><is><t>Importer %d</t></is></c><c><v>%d</v></c><c><v>%d.5</v></c><c><v>%d.25</v></c><c t="inlineStr"><is><t>USD</t></is></c><c><v>%d</v></c></row>`,
				i+2, i/4, i%4+1, 45000+i%366, 870000+i%999, len(header)+i%shared, i%5000, i%100+1, i%1000, i%100_000+1, i%977)
		}
		fmt.Fprint(w, `</sheetData></worksheet>`)
	})
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// peakMemory returns the most memory that the process has held, in bytes.
func peakMemory(t testing.TB) int64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kb << 10
		}
	}
	t.Skip("the system doesn't tell the memory of a process")
	return 0
}

// mostMemory is what loading a workbook may hold, whatever its length.
const mostMemory = 300 << 20

// TestWorkbookMemory loads a workbook into a database file in a process of its
// own, with the settings that DuckDB has by default, and measures what that held.
func TestWorkbookMemory(t *testing.T) {
	if underRace {
		t.Skip("the race detector needs memory of its own")
	}
	if path := os.Getenv("DHOW_TEST_WORKBOOK"); path != "" {
		conn := connect(t, filepath.Join(t.TempDir(), "a.db"))
		report, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("loaded=%d elapsed=%s peak=%d\n", report.Files[0].Loaded, report.Elapsed, peakMemory(t))
		return
	}
	peakMemory(t)
	path := filepath.Join(t.TempDir(), "big.xlsx")
	writeWorkbook(t, path, *workbookRows)
	cmd := exec.Command(os.Args[0], "-test.run=^TestWorkbookMemory$", "-test.v")
	cmd.Env = append(os.Environ(), "DHOW_TEST_WORKBOOK="+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, result, _ := strings.Cut(string(out), "loaded=")
	var loaded int
	var elapsed string
	var peak int64
	if _, err := fmt.Sscanf(result, "%d elapsed=%s peak=%d", &loaded, &elapsed, &peak); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if loaded != *workbookRows || peak > mostMemory {
		t.Errorf("loaded %d of %d rows with %d MiB, which is more than %d", loaded, *workbookRows, peak>>20, mostMemory>>20)
	}
	t.Logf("%d rows in %s with at most %d MiB", loaded, elapsed, peak>>20)
}

// What DuckDB gets for a workbook is for it alone: the settings are as before,
// also after an import that failed in between.
func TestWorkbookLeavesSettings(t *testing.T) {
	const query = "SELECT concat_ws(' ', current_setting('threads'), current_setting('memory_limit'), current_setting('write_buffer_row_group_count'), current_setting('preserve_insertion_order'))"
	conn := connect(t, "")
	run(t, conn, "SET memory_limit = '1GiB'; SET threads = 3")
	before := one(t, conn, query)
	path := filepath.Join(t.TempDir(), "a.xlsx")
	writeWorkbook(t, path, 1000)
	if f := load(t, conn, path, ingest.Options{}); f.Loaded != 1000 {
		t.Errorf("loaded %d", f.Loaded)
	}
	if after := one(t, conn, query); after != before {
		t.Errorf("settings %s, were %s", after, before)
	}
	run(t, conn, "CREATE OR REPLACE MACRO hs_normalize(t) AS error('no more')")
	if _, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{Again: true, Into: ingest.DefaultTarget}); err == nil || !strings.Contains(err.Error(), "no more") {
		t.Errorf("an import that fails: %v", err)
	}
	if after := one(t, conn, query); after != before {
		t.Errorf("settings after an error %s, were %s", after, before)
	}
}
