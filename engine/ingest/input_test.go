package ingest_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/dhowdb/dhow/engine/ingest"
)

const oneRow = header + "870323,DE,2024-02-29,1.5,100\n"

// rowOf is a file of one row that is unlike others, as the same bytes are
// loaded only once.
func rowOf(value string) string { return header + "870323,DE,2024-02-29,1.5," + value + "\n" }

func zipped(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstandard(t testing.TB, text string) string {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(z.EncodeAll([]byte(text), nil))
}

// report loads files and returns, for each, its path below dir and its counts.
func reportOf(t *testing.T, dir string, opts ingest.Options, paths ...string) (files, skipped []string) {
	t.Helper()
	conn := connect(t, "")
	report, err := ingest.Load(context.Background(), conn, paths, opts)
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, f := range report.Files {
		if f.Read != f.Loaded+f.Rejected {
			t.Errorf("%s: read %d ≠ loaded %d + rejected %d", f.Path, f.Read, f.Loaded, f.Rejected)
		}
		total += f.Loaded
		files = append(files, fmt.Sprintf("%s %s %d", strings.TrimPrefix(f.Path, dir+"/"), f.Format, f.Loaded))
	}
	for _, s := range report.Skipped {
		skipped = append(skipped, strings.TrimPrefix(s.Path, dir+"/"))
	}
	if n := one(t, conn, "SELECT count(*) FROM customs.declaration"); n != fmt.Sprint(total) {
		t.Errorf("%s rows in the table, %d in the report", n, total)
	}
	return files, skipped
}

func write(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFolderAndPattern(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "2024/b.csv", rowOf("2"))
	write(t, dir, "2024/a.csv.gz", gzipped(t, oneRow+"870323,DE,,1,1\n"))
	write(t, dir, "2024/c.tsv.zst", zstandard(t, strings.ReplaceAll(oneRow, ",", "\t")))
	write(t, dir, "2024/deeper/d.json", `[{"hs_code":"870323","value":1}]`)
	write(t, dir, "2024/.hidden.csv", oneRow)
	write(t, dir, "2024/~$b.xlsx", "lock")
	write(t, dir, "2024/scan.pdf", "%PDF-1.4\n...")
	write(t, dir, "2024/[odd].csv", oneRow)
	files, skipped := reportOf(t, dir, ingest.Options{}, filepath.Join(dir, "2024"))
	if d := cmp.Diff([]string{"2024/[odd].csv csv 1", "2024/a.csv.gz csv 2", "2024/b.csv csv 1", "2024/c.tsv.zst csv 1", "2024/deeper/d.json json 1"}, files); d != "" {
		t.Errorf("folder (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"2024/scan.pdf"}, skipped); d != "" {
		t.Errorf("skipped (-want +got):\n%s", d)
	}
	files, _ = reportOf(t, dir, ingest.Options{}, filepath.Join(dir, "2024", "*.csv*"))
	if d := cmp.Diff([]string{"2024/[odd].csv csv 1", "2024/a.csv.gz csv 2", "2024/b.csv csv 1"}, files); d != "" {
		t.Errorf("pattern (-want +got):\n%s", d)
	}
	// A name that exists is no pattern.
	files, _ = reportOf(t, dir, ingest.Options{}, filepath.Join(dir, "2024", "[odd].csv"))
	if d := cmp.Diff([]string{"2024/[odd].csv csv 1"}, files); d != "" {
		t.Errorf("name with brackets (-want +got):\n%s", d)
	}
	for path, say := range map[string]string{
		filepath.Join(dir, "*.csv"):     "no file fits this pattern",
		filepath.Join(dir, "2024/s*"):   "there is no file in it that can be loaded",
		filepath.Join(dir, "2024/x.c?"): "no file fits",
	} {
		_, err := ingest.Load(context.Background(), connect(t, ""), []string{path}, ingest.Options{})
		if err == nil || !strings.Contains(err.Error(), say) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestStandardInput(t *testing.T) {
	for name, content := range map[string]string{
		"csv": oneRow, "ndjson": `{"hs_code":"870323","value":1}` + "\n", "csv gz": gzipped(t, oneRow), "dbf": string(declarations(1).bytes()),
	} {
		format, _, _ := strings.Cut(name, " ")
		files, _ := reportOf(t, "", ingest.Options{Stdin: strings.NewReader(content)}, ingest.Standard)
		if d := cmp.Diff([]string{"standard input " + format + " 1"}, files); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	_, err := ingest.Load(context.Background(), connect(t, ""), []string{"-"}, ingest.Options{Stdin: strings.NewReader("")})
	if err == nil || err.Error() != "standard input: the file is empty" {
		t.Errorf("%v", err)
	}
}

// A pipe by name can be read only once.
func TestNamedPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	done := make(chan error)
	go func() { done <- os.WriteFile(path, []byte(oneRow), 0o600) }()
	files, _ := reportOf(t, filepath.Dir(path), ingest.Options{}, path)
	if d := cmp.Diff([]string{"pipe csv 1"}, files); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestZip(t *testing.T) {
	dir := t.TempDir()
	book, err := os.ReadFile(book(t, [][]any{{"hs_code", "value"}, {"870323", 5}}, nil))
	if err != nil {
		t.Fatal(err)
	}
	memo, numbers := dbtIII("a text")
	table := &dbfFile{version: 0x83, fields: []dbfField{{"HS_CODE", 'C', 6, 0, 0}, {"VALUE", 'N', 5, 0, 0}, {"NOTE", 'M', 10, 0, 0}}}
	table.add(' ', "870323", "5", numbers[0])
	path := write(t, dir, "all.zip", zipped(t,
		"folder/", "", "folder/b.csv", rowOf("2"), "a.csv.gz", gzipped(t, oneRow), `..\..\etc/c.csv`, rowOf("3"), "/abs.csv", oneRow,
		"__MACOSX/._b.csv", "\x00\x05\x16\x07", "readme.pdf", "%PDF-", "book.xlsx", string(book), "old/T.DBF", string(table.bytes()), "old/t.dbt", string(memo),
	))
	files, skipped := reportOf(t, dir, ingest.Options{KeepExtra: true}, path)
	want := []string{
		"all.zip/a.csv.gz csv 1", "all.zip/abs.csv csv 1", "all.zip/book.xlsx xlsx 1", "all.zip/etc/c.csv csv 1",
		"all.zip/folder/b.csv csv 1", "all.zip/old/T.DBF dbf 1",
	}
	if d := cmp.Diff(want, files); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"all.zip/old/t.dbt", "all.zip/readme.pdf"}, skipped); d != "" {
		t.Errorf("skipped (-want +got):\n%s", d)
	}
	conn := connect(t, "")
	if _, err := ingest.Load(context.Background(), conn, []string{path}, ingest.Options{KeepExtra: true}); err != nil {
		t.Fatal(err)
	}
	if got := one(t, conn, "SELECT extra->>'NOTE' FROM customs.declaration WHERE source_file = 'all.zip/old/T.DBF'"); got != "a text" {
		t.Errorf("memo in the zip: %q", got)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "dhow-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("copies are left: %q, %v", left, err)
	}
}

func TestRefusedZip(t *testing.T) {
	dir := t.TempDir()
	good := zipped(t, "a.csv", oneRow)
	locked := []byte(good)
	locked[6] |= 1 // in the local header
	central := bytes.Index(locked, []byte("PK\x01\x02"))
	locked[central+8] |= 1
	damaged := []byte(good)
	damaged[45] ^= 0xff
	method := []byte(good)
	method[8], method[central+10] = 99, 99
	for _, c := range []struct{ name, content, say string }{
		{"locked.zip", string(locked), "locked.zip/a.csv: it is locked by a password"},
		{"damaged.zip", string(damaged), "damaged.zip/a.csv: the zip is truncated or damaged"},
		{"cut.zip", good[:len(good)/2], "truncated or damaged"},
		{"method.zip", string(method), "packed by a method (99)"},
		{"nested.zip", zipped(t, "inner.zip", good), "nested.zip/inner.zip: is a zip inside a zip"},
		{"none.zip", zipped(t, "a.pdf", "%PDF-1.4"), "no file in it that can be loaded"},
		{"empty.zip", zipped(t), "the zip is empty"},
		{"bad member.zip", zipped(t, "a.csv", oneRow, "b.csv", "name,age\nAnn,5\n"), "bad member.zip/b.csv: no column is hs_code"},
		{"docx.zip", zipped(t, "word/document.xml", "<w/>"), "a Word document"},
		{"ods.ods", zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>", "META-INF/manifest.xml", "<x/>"), "an OpenDocument file (.ods)"},
		{"book.xlsb", zipped(t, "xl/workbook.bin", "x"), "a binary workbook (.xlsb)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := connect(t, "")
			_, err := ingest.Load(context.Background(), conn, []string{write(t, dir, c.name, c.content)}, ingest.Options{})
			if err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("%v", err)
			}
			if n := one(t, conn, "SELECT count(*) FROM customs.declaration"); n != "0" {
				t.Errorf("%s rows are left", n)
			}
		})
	}
}

func TestAddressIsNoFile(t *testing.T) {
	_, err := ingest.Load(context.Background(), connect(t, ""), []string{"postgres://user:secret@host/db"}, ingest.Options{})
	if err == nil || !strings.Contains(err.Error(), `postgres://…: is an address`) || !strings.Contains(err.Error(), `psql ADDRESS -c "\copy`) || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
}
