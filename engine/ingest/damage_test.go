package ingest_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"github.com/dhowdb/dhow/engine/ingest"
)

// damaged is a file that something has happened to, and what is known of its
// rows without reading it: they are counted and numbered when they are written.
type damaged struct {
	name    string
	content []byte
	rows    int      // rows of data that the file has; -1 if the damage leaves that open
	sure    []string // rows that the damage spares: id|value, which must be loaded
	refused bool     // the file as a whole can't be read
	check   string   // a query that must give true, if anything
}

const damageHeader = "declaration_id,hs_code,description,origin,value"

// damageRows are sound rows, each with an id and a value of its own.
func damageRows(n int) (lines, ids []string) {
	for i := range n {
		lines = append(lines, fmt.Sprintf("D%04d,870323,car %d,DE,%d.25", i, i, i+1))
		ids = append(ids, fmt.Sprintf("D%04d|%d.2500", i, i+1))
	}
	return lines, ids
}

// without leaves out the rows of those numbers.
func without(ids []string, numbers ...int) []string {
	var out []string
	for i, id := range ids {
		hit := false
		for _, n := range numbers {
			hit = hit || n == i
		}
		if !hit {
			out = append(out, id)
		}
	}
	return out
}

func joined(header string, lines []string) []byte {
	return []byte(header + "\n" + strings.Join(lines, "\n") + "\n")
}

// damagedText makes the variants of delimited text.
func damagedText(t testing.TB, rng *rand.Rand) []damaged {
	const n = 60
	var all []damaged
	add := func(name string, content []byte, rows int, sure []string) *damaged {
		all = append(all, damaged{name: name + ".csv", content: content, rows: rows, sure: sure})
		return &all[len(all)-1]
	}
	// edit changes one line at random.
	edit := func(name string, rows int, change func(line string) string) *damaged {
		lines, ids := damageRows(n)
		at := 1 + rng.IntN(n-2)
		lines[at] = change(lines[at])
		return add(name, joined(damageHeader, lines), rows, without(ids, at))
	}
	for i := range 12 {
		lines, ids := damageRows(n)
		whole := joined(damageHeader, lines)
		cut := len(damageHeader) + 2 + rng.IntN(len(whole)-len(damageHeader)-3)
		complete := bytes.Count(whole[:cut], []byte("\n")) - 1
		rows := complete
		if whole[cut-1] != '\n' {
			rows++
		}
		add(fmt.Sprintf("cut off %d", i), whole[:cut], rows, ids[:complete])
	}
	for i := range 4 {
		edit(fmt.Sprintf("too few cells %d", i), n, func(l string) string { return l[:strings.LastIndexByte(l, ',')] })
		edit(fmt.Sprintf("too many cells %d", i), n, func(l string) string { return l + ",x" + strings.Repeat(",y", i) })
		edit(fmt.Sprintf("zero bytes %d", i), n, func(l string) string { return l[:5+i] + strings.Repeat("\x00", i+1) + l[5+i:] })
		edit(fmt.Sprintf("no UTF-8 %d", i), n, func(l string) string { return strings.Replace(l, "car", "ca\xff\xc3r\x80", 1) })
		edit(fmt.Sprintf("quote not closed %d", i), n, func(l string) string { return strings.Replace(l, "car", `"car`, 1) })
		edit(fmt.Sprintf("text behind a quote %d", i), n, func(l string) string { return strings.Replace(l, "car", `"car" x`, 1) })
		edit(fmt.Sprintf("control characters %d", i), n, func(l string) string { return strings.Replace(l, "car", "c\x01\x1b\x7far", 1) })
	}
	edit("quote inside a cell", n, func(l string) string { return strings.Replace(l, "car", `5" car`, 1) })
	edit("a line end in a cell", n, func(l string) string {
		cells := strings.Split(l, ",")
		cells[2] = "\"car\r\nred\""
		return strings.Join(cells, ",")
	})
	edit("cell of 100 kB", n, func(l string) string { return strings.Replace(l, "car", strings.Repeat("x", 100<<10), 1) }).check = "(SELECT max(strlen(description)) FROM customs.declaration) >= 102400"
	edit("cell of 1 MB", n, func(l string) string { return strings.Replace(l, "car", strings.Repeat("x", 1<<20), 1) }).check = "(SELECT max(strlen(t)) FROM (SELECT description AS t FROM customs.declaration UNION ALL SELECT raw FROM customs.reject)) >= 1048576"
	edit("cell of 3 MB", n, func(l string) string { return strings.Replace(l, "car", strings.Repeat("xyz", 1<<20), 1) }).check = "(SELECT max(strlen(raw)) FROM customs.reject) > 3145728"
	for i, formula := range []string{`=HYPERLINK(\"http://x\",A1)`, "+cmd|' /C calc'!A0", "@SUM(1+9)", "-2+3", "=1+1"} {
		edit(fmt.Sprintf("formula %d", i), n, func(l string) string { return strings.Replace(l, "car", formula, 1) })
	}
	return append(all, damagedShapes(t, rng)...)
}

// damagedShapes makes those that concern the whole of a text.
func damagedShapes(t testing.TB, rng *rand.Rand) []damaged {
	const n = 40
	lines, ids := damageRows(n)
	whole := joined(damageHeader, lines)
	var all []damaged
	add := func(name string, content []byte, rows int) {
		all = append(all, damaged{name: name + ".csv", content: content, rows: rows, sure: ids})
	}
	add("carriage returns", bytes.ReplaceAll(whole, []byte("\n"), []byte("\r")), n)
	add("end of file by DOS", append(bytes.Clone(whole), 0x1a), n)
	add("blank lines", bytes.ReplaceAll(whole, []byte("\n"), []byte("\n\n")), n)
	add("no line end", bytes.TrimRight(whole, "\n"), n)
	add("mark", append([]byte("\ufeff"), whole...), n)
	mixed := bytes.Clone(whole)
	for i := 0; i < len(mixed); i++ {
		if mixed[i] == '\n' && rng.IntN(2) == 0 {
			mixed = append(mixed[:i:i], append([]byte("\r"), mixed[i:]...)...)
			i++
		}
	}
	add("mixed line ends", mixed, n)
	add("a header again in the middle", joined(damageHeader, append(append(append([]string{}, lines[:20]...), damageHeader), lines[20:]...)), n+1)
	add("names twice", bytes.Replace(whole, []byte(damageHeader), []byte(damageHeader+",value,value,description"), 1), -1)
	all[len(all)-1].sure = nil
	wide := make([]string, n)
	for i, l := range lines {
		wide[i] = l + strings.Repeat(",7", 4995)
	}
	header := damageHeader
	for i := range 4995 {
		header += fmt.Sprintf(",extra %d", i)
	}
	add("5,000 columns", joined(header, wide), n)
	twice := make([]string, n)
	for i, l := range lines {
		twice[i] = l + ",1,2"
	}
	add("names twice, with cells", joined(damageHeader+",other,other", twice), n)
	add("names that are empty", joined(damageHeader+",,", twice), n)
	return append(all, wrongEncodings(t)...)
}

// wrongEncodings makes texts whose encoding nothing tells.
func wrongEncodings(t testing.TB) []damaged {
	const n = 30
	lines, ids := damageRows(n)
	var all []damaged
	for name, c := range map[string]struct {
		goods  string
		encode func(string) string
	}{
		"windows-1256": {"سيارة ركوب مستعملة", func(s string) string { return encoded(t, charmap.Windows1256, s) }},
		"iso-8859-6":   {"سيارة ركوب مستعملة", func(s string) string { return encoded(t, charmap.ISO8859_6, s) }},
		"koi8-r":       {"автомобиль легковой", func(s string) string { return encoded(t, charmap.KOI8R, s) }},
		"windows-1251": {"автомобиль легковой", func(s string) string { return encoded(t, charmap.Windows1251, s) }},
		"windows-1252": {"véhicule à moteur usagé", func(s string) string { return encoded(t, charmap.Windows1252, s) }},
		"utf-16le":     {"سيارة ركوب", func(s string) string { return utf16Text(s, 0, 1) }},
		"utf-16be":     {"سيارة ركوب", func(s string) string { return utf16Text(s, 1, 0) }},
		"utf-16le bom": {"سيارة ركوب", func(s string) string { return utf16Text("\ufeff"+s, 0, 1) }},
	} {
		text := strings.ReplaceAll(string(joined(damageHeader, lines)), "car", c.goods)
		all = append(all, damaged{
			name: name + ".csv", content: []byte(c.encode(text)), rows: n, sure: ids,
			check: "(SELECT bool_and(description LIKE '" + c.goods + "%') FROM customs.declaration)",
		})
	}
	return all
}

// utf16Text writes text in UTF-16; low and high are where the bytes of a unit go.
func utf16Text(s string, low, high int) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		var pair [2]byte
		pair[low], pair[high] = byte(u), byte(u>>8)
		b = append(b, pair[:]...)
	}
	return string(b)
}

// damagedFiles makes variants of the other formats: cut off, and with a byte
// changed. Those with a checksum must be refused; the others may be read, but
// never in part without a word.
func damagedFiles(t testing.TB, rng *rand.Rand) []damaged {
	const n = 50
	lines, ids := damageRows(n)
	text := joined(damageHeader, lines)
	var all []damaged
	for _, f := range []struct {
		name    string
		content []byte
		cuts    int
		flips   int
		checked bool
	}{
		{"a.csv.gz", []byte(gzipped(t, string(text))), 5, 3, true},
		{"a.csv.zst", []byte(zstandard(t, string(text))), 5, 3, true},
		{"a.zip", []byte(zipped(t, "a.csv", string(text))), 5, 3, false},
		{"a.xlsx", damageBook(t, lines), 5, 4, false},
		{"a.dbf", damageTable(lines), 5, 4, false},
		{"a.xml", []byte(damageXML(n)), 5, 4, false},
		{"a.parquet", damageParquet(t, text), 5, 4, false},
		{"a.json", []byte("[" + strings.Join(damageObjects(lines), ",\n") + "]"), 5, 4, false},
	} {
		all = append(all, damaged{name: "sound " + f.name, content: f.content, rows: n, sure: ids})
		for i := range f.cuts {
			cut := 20 + rng.IntN(len(f.content)-24)
			all = append(all, damaged{name: fmt.Sprintf("cut %d %s", i, f.name), content: f.content[:cut], refused: true})
		}
		for i := range f.flips {
			content := bytes.Clone(f.content)
			content[len(content)/4+rng.IntN(len(content)/2)] ^= byte(1 << rng.IntN(8))
			all = append(all, damaged{name: fmt.Sprintf("flipped %d %s", i, f.name), content: content, rows: -1, refused: f.checked})
		}
	}
	objects := damageObjects(lines)
	objects[7] = objects[7][:20]
	all = append(all, damaged{name: "line.ndjson", content: []byte(strings.Join(objects, "\n")), rows: n, sure: without(ids, 7)})
	cut := strings.Join(damageObjects(lines), "\n")
	all = append(all, damaged{name: "cut.ndjson", content: []byte(cut[:len(cut)-9]), rows: n, sure: ids[:n-1]})
	return all
}

func damageObjects(lines []string) []string {
	names := strings.Split(damageHeader, ",")
	out := make([]string, len(lines))
	for i, l := range lines {
		var cells []string
		for k, c := range strings.Split(l, ",") {
			cells = append(cells, fmt.Sprintf("%q:%q", names[k], c))
		}
		out[i] = "{" + strings.Join(cells, ",") + "}"
	}
	return out
}

func damageBook(t testing.TB, lines []string) []byte {
	rows := [][]any{}
	for _, l := range append([]string{damageHeader}, lines...) {
		var row []any
		for _, c := range strings.Split(l, ",") {
			row = append(row, c)
		}
		rows = append(rows, row)
	}
	b, err := os.ReadFile(book(t, rows, nil))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func damageTable(lines []string) []byte {
	f := &dbfFile{version: 3, language: 3, fields: []dbfField{{"DECL_ID", 'C', 8, 0, 0}, {"HS_CODE", 'C', 10, 0, 0}, {"DESCR", 'C', 20, 0, 0}, {"ORIGIN", 'C', 4, 0, 0}, {"VALUE", 'N', 12, 2, 0}}}
	for _, l := range lines {
		f.add(' ', strings.Split(l, ",")...)
	}
	return f.bytes()
}

func damageXML(n int) string {
	var b strings.Builder
	b.WriteString("<all>\n")
	for i := range n {
		fmt.Fprintf(&b, "<ASYCUDA><Declarant><Reference><Number>D%04d</Number></Reference></Declarant><Item><Tarification><HScode><Commodity_code>870323</Commodity_code></HScode></Tarification>"+
			"<Valuation_item><Total_CIF_itm>%d.25</Total_CIF_itm></Valuation_item></Item></ASYCUDA>\n", i, i+1)
	}
	return b.String() + "</all>"
}

func damageParquet(t testing.TB, text []byte) []byte {
	dir := t.TempDir()
	source, path := filepath.Join(dir, "a.csv"), filepath.Join(dir, "a.parquet")
	if err := os.WriteFile(source, text, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, connect(t, ""), "COPY (FROM read_csv('"+source+"', all_varchar=true)) TO '"+path+"' (FORMAT parquet)")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestDamaged loads what a random, but repeatable hand has damaged. Nothing
// may crash, and no row be lost: a file is refused and leaves nothing, or each of
// its rows is loaded or rejected, the spared ones unchanged.
func TestDamaged(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2026))
	all := append(damagedText(t, rng), damagedFiles(t, rng)...)
	if len(all) < 100 {
		t.Fatalf("%d variants", len(all))
	}
	conn := connect(t, "")
	for _, d := range all {
		t.Run(d.name, func(t *testing.T) { d.test(t, conn) })
	}
}

func (d *damaged) test(t *testing.T, conn *sql.Conn) {
	for _, table := range []string{"declaration", "reject", "source_file"} {
		run(t, conn, "DELETE FROM customs."+table)
	}
	path := filepath.Join(t.TempDir(), strings.ReplaceAll(d.name, " ", "_"))
	if err := os.WriteFile(path, d.content, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{Map: map[string]string{}})
	if err != nil {
		d.testError(t, conn, err)
		return
	}
	if d.refused {
		t.Fatalf("it is read: %+v", report.Files)
	}
	read, loaded, rejected := report.Totals()
	if read != loaded+rejected || d.rows >= 0 && read != int64(d.rows) {
		t.Errorf("%d read, %d loaded, %d rejected of %d rows", read, loaded, rejected, d.rows)
	}
	if got := one(t, conn, "SELECT (SELECT count(*) FROM customs.declaration) || ' ' || (SELECT count(*) FROM customs.reject)"); got != fmt.Sprintf("%d %d", loaded, rejected) {
		t.Errorf("the tables have %s rows, the report says %d and %d", got, loaded, rejected)
	}
	have := map[string]int{}
	for _, id := range column(t, conn, "SELECT coalesce(declaration_id || '|' || value, '∅') FROM customs.declaration") {
		have[id]++
	}
	for _, id := range d.sure {
		if have[id] != 1 {
			t.Errorf("row %s is there %d times", id, have[id])
		}
	}
	if d.check != "" && one(t, conn, "SELECT "+d.check) != "true" {
		t.Errorf("not true: %s", d.check)
	}
}

func (d *damaged) testError(t *testing.T, conn *sql.Conn, err error) {
	var e *ingest.Error
	if !errors.As(err, &e) || strings.ContainsAny(err.Error(), "\n\r\x00") {
		t.Errorf("error %q", err)
	}
	if !d.refused && d.rows >= 0 {
		t.Errorf("refused: %v", err)
	}
	if got := one(t, conn, "SELECT count(*) FROM (SELECT source_row FROM customs.declaration UNION ALL SELECT source_row FROM customs.reject UNION ALL SELECT 1 FROM customs.source_file)"); got != "0" {
		t.Errorf("%s rows are left", got)
	}
}
