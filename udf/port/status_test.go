package port

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected words were set by hand from the comment of Status.
func TestStatus(t *testing.T) {
	texts, want := udftest.Column{nil}, []any{nil}
	for _, c := range [][2]string{
		{"AEJEA", "ok"},
		{"AE JEA", "code"},
		{"aejea", "code"},
		{"DXB", "code"},
		{"Jebel Ali", "alias"},
		{"ميناء جبل علي", "alias"},
		{"Tripoli", "ambiguous"},
		{"Springfield, US", "ambiguous"},
		{"Tripoli, LB", "alias"},
		{"Tripoli, DE", "unknown"},
		{"", "empty"},
		{"--", "empty"},
		{"nowhere", "unknown"},
		{"AEXXX", "unknown"},
	} {
		texts, want = append(texts, c[0]), append(want, c[1])
	}
	if diff := cmp.Diff(want, udftest.Call(t, status, texts)); diff != "" {
		t.Errorf("port_status of %q (-want +got):\n%s", texts, diff)
	}
}

// TestStatusAgrees holds that a status says what port_normalize does.
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
	case "code", "alias":
		if !found || code == text {
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
		if again, _ := Status(code); again != "ok" {
			t.Errorf("%q becomes %s, which is %s", text, code, again)
		}
	}
}
