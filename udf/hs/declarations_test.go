package hs

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

// rowsOf returns the rows of a real file by column, and skips the test where
// the files are not there.
func rowsOf(t *testing.T, path string) (map[string]int, [][]string) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		t.Fatal("no go.mod above the test")
	}
	data := filepath.Join(dir, "..", "shared", "data")
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs the folder of real files, %s", data)
	}
	f, err := os.Open(filepath.Join(data, path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	names := map[string]int{}
	for i, name := range rows[0] {
		names[name] = i
	}
	return names, rows[1:]
}

func subheadings(t *testing.T) map[string]map[string]bool {
	names, rows := rowsOf(t, "reference/hs/hs_codes.csv")
	editions := map[string]map[string]bool{}
	for _, r := range rows {
		if r[names["level"]] != "6" {
			continue
		}
		e := r[names["edition"]]
		if editions[e] == nil {
			editions[e] = map[string]bool{}
		}
		editions[e][r[names["code"]]] = true
	}
	return editions
}

// TestDeclarations takes the codes of real declarations as the integers that
// spreadsheets make of them: each comes back, and is in the edition of 2017.
func TestDeclarations(t *testing.T) {
	h5 := subheadings(t)["H5"]
	names, rows := rowsOf(t, "kr-declarations/train.csv")
	codes, texts, ints, floats := []any{}, udftest.Column{}, udftest.Column{}, udftest.Column{}
	lost := 0
	for i, r := range rows {
		code := r[names["HS6 Code"]]
		if !h5[code] {
			t.Fatalf("row %d: %q is not in the edition of 2017", i+2, code)
		}
		if code[0] == '0' {
			lost++
		}
		x, err := strconv.ParseInt(code, 10, 64)
		if err != nil {
			t.Fatalf("row %d: %v", i+2, err)
		}
		codes, ints, floats = append(codes, code), append(ints, x), append(floats, float64(x))
		texts = append(texts, strconv.FormatInt(x, 10))
	}
	// Counted in the file: 1756 of its 37385 codes begin with a zero.
	if len(rows) != 37385 || lost != 1756 {
		t.Errorf("%d rows, %d with a leading zero, want 37385 and 1756", len(rows), lost)
	}
	for name, column := range map[string]udftest.Column{"text": texts, "BIGINT": ints, "DOUBLE": floats} {
		if diff := cmp.Diff(codes, udftest.Call(t, normalize, column)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestLastZero holds the fact that makes "6109.1" safe to read: where a
// subheading ends in 0, no other has its first five digits. So each such code
// comes back from the number it was stored as.
func TestLastZero(t *testing.T) {
	for edition, codes := range subheadings(t) {
		siblings := map[string]int{}
		for code := range codes {
			siblings[code[:5]]++
		}
		for code := range codes {
			if code[5] != '0' || code[4] == '0' {
				continue
			}
			if siblings[code[:5]] != 1 {
				t.Errorf("%s: %s has siblings", edition, code)
			}
			number := strings.TrimPrefix(code[:4], "0") + "." + code[4:5]
			if got, _ := Normalize(number); got != code {
				t.Errorf("%s: %s is read as %q, want %s", edition, number, got, code)
			}
		}
	}
}
