package ingest

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A zip that grows beyond both bounds is refused before it fills the disk,
// whatever size its members claim.
func TestZipBomb(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bomb.zip")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"a.csv", "b.csv"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("hs_code,value\n" + strings.Repeat("870323,5\n", 400_000))); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for harmless, refused := range map[int64]bool{harmlessUnpacked: false, 5 << 20: true, 1 << 20: true} {
		in := &inputs{target: targets[0], harmless: harmless}
		err := in.argument(path)
		if refused != (err != nil && strings.Contains(err.Error(), "unpacks to more than 200 times its size")) {
			t.Errorf("with %d harmless bytes of two times 3.6 million, %d packed: %v", harmless, b.Len(), err)
		}
		if err := in.close(); err != nil {
			t.Error(err)
		}
	}
}

func FuzzZip(f *testing.F) {
	for _, members := range [][]string{{"a.csv"}, {"../a.csv", "b/c.csv"}, {"xl/workbook.xml"}} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range members {
			w, err := z.Create(name)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := w.Write([]byte("hs_code,value\n870323,5\n")); err != nil {
				f.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.zip")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		in := &inputs{target: targets[0], harmless: 1 << 20}
		err := in.argument(path)
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("%q", err)
		}
		for _, file := range in.files {
			if file.disk != path && filepath.Dir(file.disk) != in.dir {
				t.Errorf("%s is copied to %s", file.path, file.disk)
			}
		}
		if err := in.close(); err != nil {
			t.Error(err)
		}
	})
}
