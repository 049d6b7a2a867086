package hs

import (
	"testing"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/udftest"
)

func FuzzNormalize(f *testing.F) {
	for _, form := range forms {
		f.Add(form.text, uint64(0b101))
	}
	f.Fuzz(func(t *testing.T, text string, valid uint64) {
		checkText(t, text)
		column := udftest.Column{}
		for i := range 70 {
			if valid>>(i%64)&1 == 0 {
				column = append(column, nil)
				continue
			}
			column = append(column, text[:len(text)*i/69])
		}
		checkKernels(t, column)
	})
}

// readers are the functions that need no facts.
var readers = []udf.Func{normalize, chapter, heading, subheading, level, format}

// checkKernels compares the kernels of the readers with their Go functions.
func checkKernels(t *testing.T, column udftest.Column) {
	got := map[string][]any{}
	for _, f := range readers {
		got[f.Name] = udftest.Call(t, f, column)
	}
	for i, x := range column {
		want := map[string]any{}
		for _, f := range readers {
			want[f.Name] = nil
		}
		if text, ok := x.(string); ok {
			put(want, "hs_normalize", Normalize, text)
			put(want, "hs2", Chapter, text)
			put(want, "hs4", Heading, text)
			put(want, "hs6", Subheading, text)
			put(want, "hs_level", Level, text)
			put(want, "hs_format", Format, text)
		}
		for name, w := range want {
			if got[name][i] != w {
				t.Fatalf("%s(%q) = %v, want %v", name, x, got[name][i], w)
			}
		}
	}
}

func put[R any](to map[string]any, name string, f func(string) (R, bool), text string) {
	if r, ok := f(text); ok {
		to[name] = r
	}
}
