package incoterm

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected words were set by hand from the comment of Status.
func TestStatus(t *testing.T) {
	texts, want := udftest.Column{nil}, []any{nil}
	for _, c := range [][2]string{
		{"CIF", "ok"},
		{"cif", "code"},
		{"C.I.F.", "code"},
		{"CIF Dubai", "alias"},
		{"C&F", "alias"},
		{"DDU", "historic"},
		{"d.a.f. Hatta", "historic"},
		{"FOB/CIF", "ambiguous"},
		{"port FOB then CIF", "ambiguous"},
		{" ", "empty"},
		{"FOR Basra", "unknown"},
		{"Incoterms 2020", "unknown"},
	} {
		texts, want = append(texts, c[0]), append(want, c[1])
	}
	if diff := cmp.Diff(want, udftest.Call(t, status, texts)); diff != "" {
		t.Errorf("incoterm_status of %q (-want +got):\n%s", texts, diff)
	}
}

// TestStatusAgrees holds that a status says what incoterm_normalize does.
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
