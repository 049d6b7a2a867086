package ingest_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

const lines = "declaration_id,item_no,version,hs_code,value\n"

// Rows that are there already are never doubled silently.
func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		name, first, second string
		overlap             ingest.Overlap
		rows, reasons       []string
		replaced            int64
	}{
		{
			"rejected by default", "A,1,,0101,5\nA,2,,0101,6\n", "A,2,,0101,6\nA,3,,0101,7\n", "",
			[]string{"A/1 5 from 1", "A/2 6 from 1", "A/3 7 from 2"},
			[]string{"1 A: is already there, from import 1"},
			0,
		},
		{
			"another version too", "A,1,1,0101,5\n", "A,1,2,0101,6\n", ingest.OverlapReject,
			[]string{"A/1 5 from 1"},
			[]string{"1 A: is already there, from import 1; version 1 is there, this is version 2"},
			0,
		},
		{
			"replaced", "A,1,,0101,5\nA,2,,0101,6\n", "A,2,,0101,8\n", ingest.OverlapReplace,
			[]string{"A/1 5 from 1", "A/2 8 from 2"},
			nil, 1,
		},
		{
			"a later version replaces all items", "A,1,1,0101,5\nA,2,1,0101,6\nB,1,1,0101,9\n", "A,2,2,0101,8\n", ingest.OverlapReplace,
			[]string{"A/2 8 from 2", "B/1 9 from 1"},
			nil, 2,
		},
		{
			"an earlier version replaces none", "A,1,3,0101,5\n", "A,1,2,0101,8\nA,2,2,0101,8\n", ingest.OverlapReplace,
			[]string{"A/1 5 from 1", "A/2 8 from 2"},
			[]string{"1 A: is already there, from import 1; version 3 is there, this is version 2"},
			0,
		},
		{"kept", "A,1,,0101,5\n", "A,1,,0101,6\n", ingest.OverlapKeep, []string{"A/1 5 from 1", "A/1 6 from 2"}, nil, 0},
		{
			"without item numbers", "A,,,0101,5\nA,,,0102,6\n", "A,1,,0101,5\nB,,,0101,7\n", "",
			[]string{"A 5 from 1", "A 6 from 1", "B 7 from 2"},
			[]string{"1 A: is already there, from import 1"},
			0,
		},
		{"no number at all", ",1,,0101,5\n", ",1,,0101,6\n", "", []string{"1 5 from 1", "1 6 from 2"}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			loadInto(t, conn, file(t, "first.csv", lines+c.first), ingest.Options{})
			report, err := ingest.Load(context.Background(), conn, []string{file(t, "second.csv", lines+c.second)}, ingest.Options{Overlap: c.overlap})
			if err != nil {
				t.Fatal(err)
			}
			f := report.Files[0]
			if f.Read != f.Loaded+f.Rejected {
				t.Errorf("read %d ≠ loaded %d + rejected %d", f.Read, f.Loaded, f.Rejected)
			}
			rows := column(t, conn, `SELECT concat_ws('/', declaration_id, item_no) || ' ' || value::INTEGER || ' from ' || source_id
				FROM customs.declaration ORDER BY declaration_id, item_no, source_id, value`)
			if d := cmp.Diff(c.rows, rows); d != "" {
				t.Errorf("rows (-want +got):\n%s", d)
			}
			reasons := column(t, conn, "SELECT source_row || ' ' || (record->>'declaration_id') || ': ' || reason FROM customs.reject")
			if d := cmp.Diff(append([]string{}, c.reasons...), reasons); d != "" {
				t.Errorf("rejects (-want +got):\n%s", d)
			}
			if f.Replaced != c.replaced || f.Overlapping != int64(len(c.reasons)) {
				t.Errorf("the report says %d replaced and %d there already", f.Replaced, f.Overlapping)
			}
		})
	}
}

// What a file itself has twice is loaded, and said.
func TestRepeats(t *testing.T) {
	f := loadInto(t, connect(t, ""), file(t, "a.csv", lines+"A,1,,0101,5\nA,1,,0101,6\nA,1,2,0101,6\nA,,,0101,7\nA,,,0101,7\n"), ingest.Options{})
	if f.Loaded != 5 || f.Repeated != 1 || !strings.Contains(strings.Join(f.Notes, ""), "1 rows repeat") {
		t.Errorf("loaded %d, repeated %d, notes %q", f.Loaded, f.Repeated, f.Notes)
	}
}

// Flows are told apart by all that says whose they are; without a period they
// aren't.
func TestOverlapOfFlows(t *testing.T) {
	const header = "year,reporter,partner,hs_code,flow,value\n"
	conn := connect(t, "")
	opts := ingest.Options{Into: "trade_flow"}
	loadInto(t, conn, file(t, "a.csv", header+"2024,TH,NZ,0101,M,5\n2024,TH,,0101,M,7\n"), opts)
	f := loadInto(t, conn, file(t, "b.csv", header+"2024,TH,NZ,0101,M,6\n2024,TH,NZ,0101,X,6\n2023,TH,NZ,0101,M,6\n"), opts)
	if f.Overlapping != 1 || f.Loaded != 2 {
		t.Errorf("there already %d, loaded %d, want 1 and 2", f.Overlapping, f.Loaded)
	}
	for i := range 2 {
		f = loadInto(t, conn, file(t, "c.csv", fmt.Sprintf("reporter,partner,hs_code,value\nTH,NZ,0101,%d\n", i)), opts)
		if f.Overlapping != 0 {
			t.Errorf("without a period: %d there already", f.Overlapping)
		}
	}
}

// The same bytes are loaded once, whatever the file is called, until their
// rows are gone or the user insists.
func TestSameFile(t *testing.T) {
	conn := connect(t, "")
	content := lines + "A,1,,0101,5\n"
	if f := loadInto(t, conn, file(t, "a.csv", content), ingest.Options{}); f.Same != 0 || f.SHA256 == "" || f.Size != int64(len(content)) {
		t.Errorf("first: %+v", f)
	}
	for _, c := range []struct {
		name, before, content string
		opts                  ingest.Options
		same                  bool
		rows                  string
	}{
		{"under another name", "", content, ingest.Options{}, true, "1"},
		{"of the same size", "", strings.Replace(content, ",5", ",7", 1), ingest.Options{Overlap: ingest.OverlapKeep}, false, "2"},
		{"again", "", content, ingest.Options{Again: true, Overlap: ingest.OverlapKeep}, false, "3"},
		{"rows are gone", "DELETE FROM customs.declaration", content, ingest.Options{}, false, "1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.before != "" {
				run(t, conn, c.before)
			}
			report, err := ingest.Load(context.Background(), conn, []string{file(t, "b.csv", c.content)}, c.opts)
			if err != nil {
				t.Fatal(err)
			}
			if got := report.Files[0].Same != 0; got != c.same {
				t.Errorf("the same as import %d", report.Files[0].Same)
			}
			if got := one(t, conn, "SELECT count(*) FROM customs.declaration"); got != c.rows {
				t.Errorf("%s rows, want %s", got, c.rows)
			}
		})
	}
}

// Every loaded row has the line on which it begins, whatever stands between.
func TestLines(t *testing.T) {
	conn := connect(t, "")
	loadInto(t, conn, file(t, "a.csv", "Title\n\nhs_code,description,value\n0101,a,1\n\n0102,\"b\nc\",2\n0103,d,x\n0104,\"e\n\nf\",4\n0105,g,5\n"), ingest.Options{})
	want := []string{"1 4", "2 6", "4 9", "5 12"} // by hand
	if d := cmp.Diff(want, column(t, conn, "SELECT source_row || ' ' || source_line FROM customs.declaration ORDER BY source_row")); d != "" {
		t.Errorf("lines (-want +got):\n%s", d)
	}
	if got := one(t, conn, "SELECT source_line FROM customs.reject"); got != "8" {
		t.Errorf("the reject is on line %s", got)
	}
}

// A file that is gone, or goes while others are loaded, leaves nothing.
func TestLostFile(t *testing.T) {
	conn := connect(t, "")
	good := file(t, "good.csv", lines+"A,1,,0101,5\n")
	lost := filepath.Join(t.TempDir(), "lost.csv")
	if err := os.WriteFile(lost, []byte(lines+"B,1,,0101,5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	opts := ingest.Options{Before: func(context.Context, *sql.Tx) error { return os.Remove(lost) }} // after it was recognised
	_, err := ingest.Load(context.Background(), conn, []string{good, lost}, opts)
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "lost.csv") {
		t.Errorf("error %v", err)
	}
	if got := one(t, conn, "SELECT (SELECT count(*) FROM customs.declaration) + (SELECT count(*) FROM customs.source_file)"); got != "0" {
		t.Errorf("%s rows are left", got)
	}
}
