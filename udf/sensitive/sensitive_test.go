package sensitive

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf"
)

func TestMain(m *testing.M) {
	udf.FactsSource = func(table string) (*udf.Facts, error) {
		t, err := datasets.ReferenceTable(table)
		if err != nil {
			return nil, err
		}
		f := &udf.Facts{Rows: t.Rows}
		for _, c := range t.Columns {
			f.Columns = append(f.Columns, c.Name)
		}
		return f, nil
	}
	os.Exit(m.Run())
}

// categories returns the prefixes and categories of the lists that a code is on.
func categories(t *testing.T, own *udf.Own, code string) string {
	t.Helper()
	entries, err := Goods(own, code)
	if err != nil {
		t.Fatal(err)
	}
	var on []string
	for _, e := range entries {
		on = append(on, e.Prefix+" "+e.Category)
	}
	return strings.Join(on, ", ")
}

// The expected lists were looked up by hand in the collected files.
func TestGoods(t *testing.T) {
	for code, want := range map[string]string{
		"2903.41.00":   "290341 montreal_hfc_kigali",
		"290341":       "290341 montreal_hfc_kigali",
		"2903":         "", // shorter than the prefix
		"8542310090":   "854231 dual_use_high_priority",
		"24041100":     "2404 excise_gcc_vape, 24 excise_gcc_tobacco",
		"106.19":       "0106 cites_watch", // a lost zero
		"93":           "93 arms",
		"020110":       "",
		"not a code":   "",
		"":             "",
		"HS 2524.10.0": "2524 rotterdam_asbestos",
	} {
		if got := categories(t, nil, code); got != want {
			t.Errorf("%q is on the lists %q, want %q", code, got, want)
		}
	}
}

// TestEveryRow holds that each row of the table is found with its own prefix,
// and with a longer code.
func TestEveryRow(t *testing.T) {
	table, err := datasets.ReferenceTable("sensitive_goods")
	if err != nil {
		t.Fatal(err)
	}
	prefix, category := table.Column("hs_prefix"), table.Column("category")
	for _, row := range table.Rows {
		for _, code := range []string{row[prefix], (row[prefix] + "0000000000")[:10]} {
			if got := categories(t, nil, code); !strings.Contains(got, row[prefix]+" "+row[category]) {
				t.Errorf("%s is on the lists %q, but not on %s of %s", code, got, row[category], row[prefix])
			}
		}
	}
}

func ownList(columns []string, rows ...[]string) *udf.Own {
	return udf.NewOwn(map[string]*udf.Facts{OwnTable: {Columns: columns, Rows: rows}})
}

func TestOwn(t *testing.T) {
	own := ownList([]string{"category", "hs_prefix", "note"}, []string{"toy_safety", "95.03", ""}, []string{"local", "2903", "x"})
	for code, want := range map[string]string{
		"95030010": "9503 toy_safety",
		"290341":   "290341 montreal_hfc_kigali, 2903 local",
		"9504":     "",
		"930100":   "93 arms",
	} {
		if got := categories(t, own, code); got != want {
			t.Errorf("%q is on the lists %q, want %q", code, got, want)
		}
	}
	entries, err := Goods(own, "9503")
	if diff := cmp.Diff([]Entry{{Prefix: "9503", Category: "toy_safety", Own: true}}, entries); diff != "" || err != nil {
		t.Errorf("(-want +got):\n%s%v", diff, err)
	}
	all, err := List(own)
	plain, _ := List(nil)
	if err != nil || len(all) != len(plain)+2 || !cmp.Equal(all[:len(plain)], plain) || !all[len(all)-1].Own {
		t.Errorf("the list has %d entries with 2 of the user's, %d without; %v", len(all), len(plain), err)
	}
}

func TestOwnRefused(t *testing.T) {
	for _, c := range []struct {
		own  *udf.Own
		want string
	}{
		{ownList([]string{"code"}), "customs.sensitive_goods: it has no column hs_prefix"},
		{ownList([]string{"hs_prefix"}, []string{"01"}, []string{"toys"}), `row 2: the hs_prefix "toys" is no tariff code`},
		{ownList([]string{"hs_prefix"}, []string{""}), `row 1: the hs_prefix "" is no tariff code`},
	} {
		if _, err := Goods(c.own, "01"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

// TestOnIsPrefix compares the look-up with going through the whole list.
func TestOnIsPrefix(t *testing.T) {
	all, err := List(nil)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`(01|05|2[0-9]|38|8[45]|93)([0-9]{2}){0,5}`).Draw(t, "code")
		if rapid.Bool().Draw(t, "listed") {
			code = rapid.SampledFrom(all).Draw(t, "entry").Prefix + rapid.StringMatching(`([0-9]{2}){0,3}`).Draw(t, "rest")
		}
		want := map[Entry]bool{}
		for _, e := range all {
			if strings.HasPrefix(code, e.Prefix) {
				want[e] = true
			}
		}
		got := map[Entry]bool{}
		entries, err := Goods(nil, code)
		for i, e := range entries {
			got[e] = true
			if i > 0 && len(e.Prefix) > len(entries[i-1].Prefix) {
				t.Fatalf("%s: %v comes behind a shorter prefix", code, e)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil || len(got) != len(entries) {
			t.Fatalf("%s (-want +got):\n%s%v", code, diff, err)
		}
	})
}
