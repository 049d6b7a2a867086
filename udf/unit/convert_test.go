package unit

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/dhowdb/dhow/udf/udftest"
)

// The expected values are legal definitions: the international yard and pound
// agreement of 1959, the US gallon of 231 cubic inches, the UK Weights and
// Measures Act 1985 (gallon 4.54609 l), the BIPM brochure (nautical mile), the
// international table calorie of 4.1868 J, and NIST SP 811, appendix B.8, for
// the rest.
func TestConvert(t *testing.T) {
	const (
		inch, pound = 0.0254, 0.45359237
		usGallon    = 231 * inch * inch * inch
		ukGallon    = 0.00454609
	)
	for _, c := range []struct {
		v        float64
		from, to string
		want     float64
	}{
		{1, "lb", "kg", pound},
		{1, "oz", "kg", pound / 16},
		{1, "ozt", "g", 31.1034768},
		{12, "APZ", "LBT", 1},
		{1, "grain", "mg", 64.79891},
		{1, "CTM", "g", 0.2},
		{1, "STI", "lb", 14},
		{1, "CWA", "lb", 100},
		{1, "CWI", "lb", 112},
		{1, "short ton", "lb", 2000},
		{1, "long ton", "lb", 2240},
		{1, "short ton", "kg", 907.18474},
		{1, "long ton", "kg", 1016.0469088},
		{1, "t", "kg", 1000},
		{1, "quintal", "kg", 100},
		{1, "Mg", "mg", 1e9},
		{1, "inch", "cm", 2.54},
		{1, "ft", "m", 0.3048},
		{1, "yd", "m", 0.9144},
		{1, "mile", "m", 1609.344},
		{1, "nautical mile", "m", 1852},
		{1, "sq ft", "m2", 0.09290304},
		{1, "acre", "m2", 4046.8564224},
		{1, "ha", "m2", 1e4},
		{1, "cu ft", "m3", 0.028316846592},
		{1, "GLL", "l", usGallon * 1000},
		{1, "GLL", "l", 3.785411784},
		{1, "GLI", "l", ukGallon * 1000},
		{1, "OZA", "ml", 29.5735295625},
		{1, "OZI", "ml", 28.4130625},
		{1, "PTL", "ml", 473.176473},
		{1, "PTI", "ml", 568.26125},
		{1, "QTL", "ml", 946.352946},
		{1, "QTI", "ml", 1136.5225},
		{1, "bbl", "GLL", 42},
		{1, "bbl", "l", 158.987294928},
		{1, "BUA", "l", 35.23907016688},
		{1, "BUI", "l", 36.36872},
		{1, "BFT", "INQ", 144},
		{1, "M68", "FTQ", 128},
		{1, "m3", "l", 1000},
		{1, "1000 m3", "m3", 1000},
		{5, "doz", "pcs", 60},
		{1, "GRO", "DZN", 12},
		{1, "GGR", "GRO", 12},
		{7, "pairs", "u", 14},
		{1, "MIL", "H87", 1000},
		{1, "dozen pairs", "pairs", 12},
		{1, "MWH", "kWh", 1000},
		{1, "TJ", "MWH", 1e6 / 3600},
		{1, "kWh", "MJ", 3.6},
		{1, "BTU", "J", 1055.05585262},
		{1, "E14", "kJ", 4.1868},
		{1, "HPA", "LPA", 100},
		{1, "CUR", "BQL", 3.7e10},
		{1, "HUR", "MIN", 60},
		{3, "carton", "ctn", 3},
		{0, "t", "kg", 0},
		{-2, "t", "kg", -2000},
	} {
		got, err := Convert(c.v, c.from, c.to)
		if err != nil || math.Abs(got-c.want) > 4e-15*math.Abs(c.want) {
			t.Errorf("Convert(%v, %q, %q) = %v, %v, want %v", c.v, c.from, c.to, got, err, c.want)
		}
	}
}

func TestConvertExactly(t *testing.T) {
	got := udftest.Call(t, convert,
		udftest.Column{2.5, 1., 3., nil, 1., 1., 7., math.Inf(1), 0.3},
		udftest.Column{"t", "g", "dozen", "kg", nil, "kg", "g", "kg", "kg"},
		udftest.Column{"kg", "kg", "pcs", "kg", "kg", nil, "mg", "g", "kgs"})
	want := []any{2500., 0.001, 36., nil, nil, nil, 7000., math.Inf(1), 0.3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestConvertRefuses(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		want           []string
	}{
		{"dimensions", "kgs", "m", []string{"unit_convert", `"kgs"`, "kilogram", "mass", `"m"`, "metre", "length"}},
		{"alcohol is no volume", "LPA", "l", []string{"pure alcohol", "volume"}},
		{"unknown from", "bushels of hay", "kg", []string{"unit_convert", `"bushels of hay"`}},
		{"unknown to", "kg", "", []string{"unit_convert", `""`}},
		{"no size from", "carton", "box", []string{"XCT", "XBX", "the former has no fixed size"}},
		{"no size to", "pcs", "set", []string{"H87", "SET", "the latter has no fixed size"}},
		{"no dimension", "28", "kg", []string{"28", "no dimension"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, alone := Convert(1, c.from, c.to)
			_, chunk := udftest.TryCall(convert, udftest.Column{1.}, udftest.Column{c.from}, udftest.Column{c.to})
			if alone == nil || chunk == nil || alone.Error() != chunk.Error() {
				t.Fatalf("errors %v alone and %v in a chunk", alone, chunk)
			}
			for _, part := range c.want {
				if !strings.Contains(alone.Error(), part) {
					t.Errorf("the error does not say %q: %v", part, alone)
				}
			}
		})
	}
}

func TestDimension(t *testing.T) {
	got := udftest.Call(t, dimension, udftest.Column{"kg", "pcs", "carton", "LPA", nil, "28", "kWh", "m²", "kg n"})
	want := []any{"mass", "count", "package", "pure alcohol", nil, nil, "energy", "area", "substance"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := udftest.TryCall(dimension, udftest.Column{"nonsense"}); err == nil || !strings.Contains(err.Error(), `unit_dimension: "nonsense"`) {
		t.Errorf("unit_dimension of no unit gives the error %v", err)
	}
}

// TestConvertBackAndForth converts through every pair of units of a dimension.
func TestConvertBackAndForth(t *testing.T) {
	s, err := load()
	if err != nil {
		t.Fatal(err)
	}
	var pairs int
	for a := range s.code {
		for b := range s.code {
			if s.dimension[a] == "" || s.dimension[a] != s.dimension[b] || !s.converts(int32(a), int32(b)) {
				continue
			}
			pairs++
			there := s.convert(12.5, int32(a), int32(b))
			if back := s.convert(there, int32(b), int32(a)); math.Abs(back-12.5) > 1e-13 {
				t.Errorf("12.5 %s is %v %s, which is %v %s", s.code[a], there, s.code[b], back, s.code[a])
			}
		}
	}
	if pairs < 5000 {
		t.Errorf("only %d pairs of units convert", pairs)
	}
}

func TestConvertIsLinear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e9, 1e9).Draw(t, "v")
		from := rapid.SampledFrom([]string{"kg", "lb", "t", "oz", "carat"}).Draw(t, "from")
		to := rapid.SampledFrom([]string{"kg", "lb", "t", "oz", "carat"}).Draw(t, "to")
		one, err1 := Convert(v, from, to)
		two, err2 := Convert(2*v, from, to)
		if err1 != nil || err2 != nil || two != 2*one {
			t.Fatalf("%v %s is %v %s, twice that %v (%v, %v)", v, from, one, to, two, err1, err2)
		}
	})
}

func FuzzConvert(f *testing.F) {
	f.Add(1.5, "kg", "lb")
	f.Add(math.Inf(-1), "dozen", "sets")
	f.Add(math.NaN(), "", "\xff")
	f.Fuzz(func(t *testing.T, v float64, from, to string) {
		want, err := Convert(v, from, to)
		got, err2 := udftest.TryCall(convert, udftest.Column{v, v}, udftest.Column{from, from}, udftest.Column{to, to})
		if (err == nil) != (err2 == nil) {
			t.Fatalf("errors %v alone and %v in a chunk", err, err2)
		}
		if err == nil && (math.Float64bits(got[0].(float64)) != math.Float64bits(want) || math.Float64bits(got[1].(float64)) != math.Float64bits(want)) {
			t.Fatalf("%v alone and %v in a chunk", want, got)
		}
	})
}
