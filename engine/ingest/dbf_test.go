package ingest_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/engine/ingest"
)

func TestDBF(t *testing.T) {
	f := declarations(2)
	f.add('*', "010121", "FR", "20240301", "2.0", "1.00")
	f.add(' ', "090121", "ET", "", "", "***********")
	f.add(' ', "090121", "ET", "00000000", "-7", "1")
	f.add(' ', "090121", "ET", "20240230", "1", "1")
	loaded, rejected := rows(t, "table.dbf", string(f.bytes()), ingest.Options{})
	want := []string{
		"1|870323|DE|2024-02-29|1.5|100.5000", "2|870323|DE|2024-02-29|1.5|101.5000",
		"5|090121|ET|∅|-7|1.0000",
	}
	if d := cmp.Diff(want, loaded); d != "" {
		t.Errorf("loaded (-want +got):\n%s", d)
	}
	wantRejected := []string{
		"3|3|∅|010121\tFR\t2024-03-01\t2.0\t1.00|deleted record",
		"4|4|VALUE|***********|is not a number",
		"6|6|DATE|2024-02-30|is not a date between 1900 and 2099",
	}
	if d := cmp.Diff(wantRejected, rejected); d != "" {
		t.Errorf("rejected (-want +got):\n%s", d)
	}
}

// Each code page: the byte in the header, else the one that is asked for, else
// the one the text looks like.
func TestDBFEncodings(t *testing.T) {
	arabic, russian, french := "سيارة ركوب", "Автомобиль легковой", "Véhicules à moteur"
	for _, c := range []struct {
		name     string
		language byte
		given    string
		encoding encoding.Encoding
		text     string
		want     string
	}{
		{"1256 by header", 0x7e, "", charmap.Windows1256, arabic, "windows-1256"},
		{"1251 by header", 0xc9, "", charmap.Windows1251, russian, "windows-1251"},
		{"866 by header", 0x65, "", charmap.CodePage866, russian, "cp866"},
		{"866 by other byte", 0x26, "", charmap.CodePage866, russian, "cp866"},
		{"850 by header", 0x02, "", charmap.CodePage850, french, "cp850"},
		{"437 by header", 0x01, "", charmap.CodePage437, french, "cp437"},
		{"1252 by header", 0x03, "", charmap.Windows1252, french, "windows-1252"},
		{"1256 by content", 0, "", charmap.Windows1256, arabic, "windows-1256"},
		{"866 by content", 0, "", charmap.CodePage866, russian, "cp866"},
		{"850 by content", 0, "", charmap.CodePage850, french, "cp850"},
		{"asked for against the header", 0x03, "cp1256", charmap.Windows1256, arabic, "cp1256"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &dbfFile{version: 0x03, language: c.language, fields: []dbfField{{"HS_CODE", 'C', 6, 0, 0}, {"DESCR", 'C', 40, 0, 0}, {"VALUE", 'N', 5, 0, 0}}}
			f.add(' ', "870323", encoded(t, c.encoding, c.text), "5")
			conn := connect(t, "")
			report := load(t, conn, file(t, "a.dbf", string(f.bytes())), ingest.Options{Encoding: c.given, Map: map[string]string{"DESCR": "description"}})
			if report.Encoding != c.want || report.Format != ingest.FormatDBF {
				t.Errorf("%s, %s", report.Format, report.Encoding)
			}
			if got := one(t, conn, "SELECT description FROM customs.declaration"); got != c.text {
				t.Errorf("%q", got)
			}
		})
	}
}

// Code page 720: 0xA1 is ة, 0xA2 ت and 0xA8 ذ, by Microsoft's table.
func TestDBFCodepage720(t *testing.T) {
	f := &dbfFile{version: 0x03, fields: []dbfField{{"HS_CODE", 'C', 6, 0, 0}, {"DESCR", 'C', 40, 0, 0}, {"VALUE", 'N', 5, 0, 0}}}
	f.add(' ', "090121", "\xa1\xa2\xa8", "5")
	conn := connect(t, "")
	load(t, conn, file(t, "a.dbf", string(f.bytes())), ingest.Options{Encoding: "cp720", Map: map[string]string{"DESCR": "description"}})
	if got := one(t, conn, "SELECT description FROM customs.declaration"); got != "ةتذ" {
		t.Errorf("%q", got)
	}
	_, err := ingest.Load(context.Background(), connect(t, ""), []string{file(t, "b.dbf", string(f.bytes()))}, ingest.Options{Encoding: "cp72000"})
	if err == nil || !strings.Contains(err.Error(), "there is no encoding") {
		t.Error(err)
	}
}

// The types of Visual FoxPro, with NULL flags and lengths in the record.
func TestVisualFoxPro(t *testing.T) {
	le := binary.LittleEndian
	number := func(n uint32) string { return string(le.AppendUint32(nil, n)) }
	long := func(n uint64) string { return string(le.AppendUint64(nil, n)) }
	memo, blocks := fpt("two\nlines", "other")
	f := &dbfFile{version: 0x30, language: 0x03, fields: []dbfField{
		{"HS_CODE", 'C', 6, 0, 0},
		{"VALUE", 'Y', 8, 0, 0},
		{"N", 'I', 4, 0, 0},
		{"D", 'B', 8, 4, 0},
		{"AT", 'T', 8, 0, 0},
		{"FLAG", 'L', 1, 0, 0},
		{"V", 'V', 8, 0, 2}, // bits 0 and 1
		{"NET_MASS", 'N', 6, 2, 2},
		{"NOTE", 'M', 4, 0, 0},
		{"_NullFlags", '0', 1, 0, 5},
	}}
	// 2024-02-29 is Julian day 2460370; 13:14:15 is 47,655,000 ms.
	at := number(2460370) + number(47655000)
	f.add(' ', "870323", long(123456), number(1<<32-5), long(math.Float64bits(1.25)), at, "T", "abc\x00\x00\x00\x00\x03", "3.50", blocks[0], "\x01")
	minus := int64(-1)
	f.add(' ', "870324", long(uint64(minus)), number(7), long(math.Float64bits(-2.5)), long(0), "?", "abcdefgh", "", blocks[1], "\x04")
	dir := t.TempDir()
	for name, content := range map[string][]byte{"vfp.dbf": f.bytes(), "VFP.FPT": memo} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	conn := connect(t, "")
	load(t, conn, filepath.Join(dir, "vfp.dbf"), ingest.Options{KeepExtra: true, Map: map[string]string{"V": "", "AT": "", "NOTE": "", "N": "", "D": ""}})
	got := column(t, conn, "SELECT concat_ws('|', hs_code, value, coalesce(net_mass::VARCHAR, '∅'), extra) FROM customs.declaration ORDER BY source_row")
	want := []string{
		`870323|12.3456|3.5|{"N":"-5","D":"1.25","AT":"2024-02-29 13:14:15","FLAG":"true","V":"abc","NOTE":"two\nlines"}`,
		`870324|-0.0001|∅|{"N":"7","D":"-2.5","AT":null,"FLAG":null,"V":"abcdefgh","NOTE":"other"}`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestDBFMemos(t *testing.T) {
	texts := []string{"first\r\nline", strings.Repeat("long ", 300)}
	for _, c := range []struct {
		name    string
		version byte
		write   func(...string) ([]byte, []string)
		ending  string
	}{{"dBASE III", 0x83, dbtIII, ".dbt"}, {"dBASE IV", 0x8b, dbtIV, ".DBT"}} {
		t.Run(c.name, func(t *testing.T) {
			memo, numbers := c.write(texts...)
			f := &dbfFile{version: c.version, language: 3, fields: []dbfField{{"HS_CODE", 'C', 6, 0, 0}, {"VALUE", 'N', 5, 0, 0}, {"DESCR", 'M', 10, 0, 0}}}
			for _, n := range numbers {
				f.add(' ', "870323", "5", n)
			}
			f.add(' ', "870323", "6", "")
			f.add(' ', "870323", "7", "       999")
			dir := t.TempDir()
			table := filepath.Join(dir, "goods.dbf")
			if err := os.WriteFile(table, f.bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			opts := ingest.Options{Map: map[string]string{"DESCR": "description"}}
			report := load(t, connect(t, ""), table, opts)
			if report.Loaded != 4 || len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "DESCR are missing") {
				t.Errorf("without memo file: %+v", report)
			}
			if err := os.WriteFile(filepath.Join(dir, "goods"+c.ending), memo, 0o600); err != nil {
				t.Fatal(err)
			}
			conn := connect(t, "")
			report = load(t, conn, table, opts)
			if report.Loaded != 3 || report.Rejected != 1 || report.Notes != nil {
				t.Errorf("%+v", report)
			}
			got := column(t, conn, "SELECT coalesce(description, '∅') FROM customs.declaration ORDER BY source_row")
			if d := cmp.Diff([]string{texts[0], strings.TrimSpace(texts[1]), "∅"}, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestDamagedDBF(t *testing.T) {
	whole := declarations(10).bytes()
	start := 32 + 5*32 + 1
	short := declarations(10)
	short.counted = -3
	seven := declarations(3).bytes()
	seven = append(seven[:0:0], seven...)
	for _, c := range []struct {
		name    string
		content []byte
		say     string
	}{
		{"cut in a record", whole[:start+53*6+20], "it has 6 of the 10 records"},
		{"cut behind a record", whole[:start+53*6], "it has 6 of the 10 records"},
		{"cut in the header", whole[:100], "none of dBASE"},
		{"other lengths", append(append([]byte{}, whole[:10]...), append([]byte{9, 0}, whole[12:]...)...), "none of dBASE"},
		{"counts too many", func() []byte { f := declarations(10); f.counted = 5; return f.bytes() }(), "it has 10 of the 15 records"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			_, err := ingest.Load(context.Background(), conn, []string{file(t, "a.dbf", string(c.content))}, ingest.Options{})
			if err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("%v", err)
			}
			if n := one(t, conn, "SELECT count(*) FROM customs.declaration"); n != "0" {
				t.Errorf("%s rows", n)
			}
		})
	}
	report := load(t, connect(t, ""), file(t, "a.dbf", string(short.bytes())), ingest.Options{})
	if report.Loaded != 10 || len(report.Notes) != 1 {
		t.Errorf("more than counted: %+v", report)
	}
	marked := append([]byte{}, seven...)
	marked[start+53] = 'x'
	report = load(t, connect(t, ""), file(t, "a.dbf", string(marked)), ingest.Options{})
	if report.Loaded != 2 || report.Rejected != 1 {
		t.Errorf("damaged mark: %+v", report)
	}
}

// What is written comes back: any text of the code page, any number that fits.
func TestDBFRoundTrip(t *testing.T) {
	conn := connect(t, "")
	letters := []rune("abc XYZ;,\"'ابتثجحخدذ")
	rapid.Check(t, func(rt *rapid.T) {
		f := &dbfFile{version: 0x30, language: 0x7e, fields: []dbfField{{"HS_CODE", 'C', 6, 0, 0}, {"DESCR", 'C', 40, 1, 0}, {"VALUE", 'N', 14, 4, 0}}}
		var want []string
		for i := range rapid.IntRange(1, 20).Draw(rt, "rows") {
			text := strings.Trim(rapid.StringOfN(rapid.SampledFrom(letters), 0, 200, 296).Draw(rt, "text"), " ")
			n := rapid.Int64Range(-9e7, 9e7).Draw(rt, "value")
			value := fmt.Sprintf("%d.%04d", n, i)
			f.add(' ', "870323", encoded(t, charmap.Windows1256, text), value)
			if text == "" {
				text = "∅"
			}
			want = append(want, text+"|"+value)
		}
		run(t, conn, "DELETE FROM customs.declaration")
		load(t, conn, file(t, "a.dbf", string(f.bytes())), ingest.Options{Map: map[string]string{"DESCR": "description"}})
		got := column(t, conn, "SELECT coalesce(description, '∅') || '|' || value FROM customs.declaration ORDER BY source_row")
		if d := cmp.Diff(want, got); d != "" {
			rt.Fatalf("(-want +got):\n%s", d)
		}
	})
}
