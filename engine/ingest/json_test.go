package ingest_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/engine/ingest"
)

const jsonRows = `[{"hs_code":"870323","value":1.5},{"hs_code":"870324","value":"2"}]`

// The shapes in which statistics offices and interfaces give rows.
func TestJSONShapes(t *testing.T) {
	want := []string{"1|870323|∅|∅|∅|1.5000", "2|870324|∅|∅|∅|2.0000"}
	wide := func(order func(uint16) [2]byte, mark string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune(mark + jsonRows)) {
			pair := order(u)
			b.Write(pair[:])
		}
		return b.String()
	}
	for name, content := range map[string]string{
		"array":                  jsonRows,
		"mark":                   "\ufeff" + jsonRows,
		"Comtrade":               `{"elapsedTime":"0.5 secs","count":2,"data":` + jsonRows + `,"error":""}`,
		"old Comtrade":           `{"validation":{"status":{"name":"Ok"},"count":{"value":2}},"dataset":` + jsonRows + `}`,
		"deeper":                 `{"response":{"total":2,"data":` + jsonRows + `}}`,
		"over many lines":        "{\n\"rows of the file\":\n" + jsonRows + "\n}\n",
		"two arrays, one named":  `{"codes":[{"code":"1"}],"results":` + jsonRows + `}`,
		"Census":                 `[["hs_code","value"],["870323","1.5"],["870324",2]]`,
		"UTF-16 little, no mark": wide(func(u uint16) [2]byte { return [2]byte{byte(u), byte(u >> 8)} }, ""),
		"UTF-16 big":             wide(func(u uint16) [2]byte { return [2]byte{byte(u >> 8), byte(u)} }, "\ufeff"),
		"gz":                     gzipped(t, `{"data":`+jsonRows+`}`),
		"zst":                    zstandard(t, strings.ReplaceAll(strings.Trim(jsonRows, "[]"), "},", "}\n")),
	} {
		t.Run(name, func(t *testing.T) {
			loaded, rejected := rows(t, "a.json", content, ingest.Options{})
			if d := cmp.Diff(want, loaded); d != "" || len(rejected) > 0 {
				t.Errorf("rejected %q (-want +got):\n%s", rejected, d)
			}
		})
	}
	// A row with rows in it is a row.
	loaded, _ := rows(t, "a.json", `{"hs_code":"870323","value":1.5,"taxes":[{"code":"VAT"}]}`+"\n", ingest.Options{})
	if d := cmp.Diff(want[:1], loaded); d != "" {
		t.Errorf("row with an array (-want +got):\n%s", d)
	}
}

func TestDamagedJSON(t *testing.T) {
	for name, c := range map[string]struct{ content, say string }{
		"cut wrapper":    {`{"data":[{"hs_code":"870323","value":1},{"hs_code":"8703`, "truncated or damaged"},
		"cut rows":       {`[["hs_code","value"],["870323","1.5"],["870324"`, "truncated or damaged"},
		"cut array":      {`[{"hs_code":"870323","value":1},`, ""},
		"two arrays":     {"{\"a\":[{\"hs_code\":\"1\"}],\n\"b\":[{\"x\":1},{\"x\":2}]}", "a (1 rows), b (2 rows)"},
		"no rows":        {"{\"data\":[],\n\"count\":0}", ""},
		"only a header":  {`[["hs_code","value"]]`, "no rows"},
		"text behind":    {"{\"data\":\n[{\"hs_code\":\"870323\",\"value\":1}]} and more", "something follows"},
		"broken in rows": {`{"data":[{"hs_code":"870323","value":1},{"hs_code" "x"}]}`, "damaged"},
	} {
		conn := connect(t, "")
		_, err := ingest.Load(context.Background(), conn, []string{file(t, "a.json", c.content)}, ingest.Options{})
		if err == nil || !strings.Contains(err.Error(), c.say) || strings.ContainsAny(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if n := one(t, conn, "SELECT count(*) FROM customs.declaration"); n != "0" {
			t.Errorf("%s: %s rows", name, n)
		}
	}
	loaded, rejected := rows(t, "a.json", `{"data":[{"hs_code":"870323","value":1},null,{"hs_code":"870324","value":2},[1],5]}`, ingest.Options{})
	if len(loaded) != 2 || len(rejected) != 3 {
		t.Errorf("rows that are none: loaded %q, rejected %q", loaded, rejected)
	}
	loaded, rejected = rows(t, "a.json", `[["hs_code","value"],["870323","1"],["870324"],"x",["870324","2"]]`, ingest.Options{})
	if len(loaded) != 2 || len(rejected) != 2 || !strings.Contains(rejected[0], "the row has 1 cells, the header 2") {
		t.Errorf("arrays that are no rows: loaded %q, rejected %q", loaded, rejected)
	}
}
