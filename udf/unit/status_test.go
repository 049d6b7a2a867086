package unit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected words were set by hand from the comment of Status.
func TestStatus(t *testing.T) {
	texts, want := udftest.Column{nil}, []any{nil}
	for _, c := range [][2]string{
		{"KGM", "ok"},
		{"XBX", "ok"},
		{"kgm", "code"},
		{" KGM. ", "code"},
		{"Kgs.", "alias"},
		{"PCE", "alias"},
		{"كجم", "alias"},
		{"Mg", "alias"},
		{"NPR", "historic"},
		{"NA", "unknown"},
		{"gallon", "ambiguous"},
		{"GALLONS", "ambiguous"},
		{"الغالون", "ambiguous"},
		{"cwt", "ambiguous"},
		{"", "empty"},
		{" - ", "empty"},
		{"???", "empty"},
		{"kg/pcs", "unknown"},
		{"12345", "unknown"},
	} {
		texts, want = append(texts, c[0]), append(want, c[1])
	}
	if diff := cmp.Diff(want, udftest.Call(t, status, texts)); diff != "" {
		t.Errorf("unit_status of %q (-want +got):\n%s", texts, diff)
	}
	numbers := udftest.Call(t, status, udftest.Column{int64(8), nil, int64(-1), int64(16), int64(99)})
	if diff := cmp.Diff([]any{"code", nil, "unknown", "unknown", "unknown"}, numbers); diff != "" {
		t.Errorf("of quantity codes (-want +got):\n%s", diff)
	}
}

// TestStatusAgrees holds that a status says what unit_normalize does.
func TestStatusAgrees(t *testing.T) {
	for _, f := range forms {
		checkStatus(t, f.text)
	}
}

func checkStatus(t *testing.T, text string) {
	t.Helper()
	code, found := Normalize(text)
	status, err := Status(text)
	if err != nil {
		t.Fatal(err)
	}
	switch status {
	case "ok":
		if code != text {
			t.Errorf("%q is %s, but becomes %q", text, status, code)
		}
	case "code", "alias", "historic":
		if !found || code == text && status != "historic" {
			t.Errorf("%q is %s, but becomes %q", text, status, code)
		}
	case "ambiguous", "empty", "unknown":
		if found {
			t.Errorf("%q is %s, but becomes %q", text, status, code)
		}
	default:
		t.Errorf("%q has the status %q", text, status)
	}
	if found {
		if again, _ := Status(code); again != "ok" && again != "historic" {
			t.Errorf("%q becomes %s, which is %s", text, code, again)
		}
	}
}
