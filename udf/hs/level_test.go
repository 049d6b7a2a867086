package hs

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected values were made by hand.
func TestLevels(t *testing.T) {
	columns := map[string]udftest.Column{
		"VARCHAR": {"01", "0101", "HS 0101.21", "101.21.00", "0101.21.00.10", "010121001234", nil, "none", "0012"},
		"BIGINT":  {int64(1), int64(101), int64(10121), int64(1012100), int64(101210010), int64(10121001234), nil, int64(-1), int64(0)},
		"DOUBLE":  {1., 101., 10121., 1012100., 101210010., 10121001234., nil, 10121.5, 0.},
	}
	want := map[string][]any{
		"hs2":       {"01", "01", "01", "01", "01", "01", nil, nil, nil},
		"hs4":       {nil, "0101", "0101", "0101", "0101", "0101", nil, nil, nil},
		"hs6":       {nil, nil, "010121", "010121", "010121", "010121", nil, nil, nil},
		"hs_level":  {int32(2), int32(4), int32(6), int32(8), int32(10), int32(12), nil, nil, nil},
		"hs_format": {"01", "0101", "0101.21", "0101.21.00", "0101.21.00.10", "0101.21.00.12.34", nil, nil, nil},
	}
	for _, f := range readers {
		for typ, column := range columns {
			if want, ok := want[f.Name]; ok {
				if diff := cmp.Diff(want, udftest.Call(t, f, column)); diff != "" {
					t.Errorf("%s of %s (-want +got):\n%s", f.Name, typ, diff)
				}
			}
		}
	}
}

// TestLongChunks has more rows than a chunk, so that long results of hs_format
// need more than one block of memory.
func TestLongChunks(t *testing.T) {
	column, want := udftest.Column{}, []any{}
	for range 1500 {
		column = append(column, "010121001234", nil, "6109.1")
		want = append(want, "0101.21.00.12.34", nil, "6109.10")
	}
	if diff := cmp.Diff(want, udftest.Call(t, format, column)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
