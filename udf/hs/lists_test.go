package hs

import (
	"fmt"
	"strings"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// printed is a function whose lists come back as texts, with blanks between
// the elements and slashes between their fields.
func printed(f udf.Func) udf.Func {
	var variants []udf.Variant
	for _, v := range f.Kernel.Variants {
		if v.Result == udf.List {
			list := v
			v.Result, v.Scalar = udf.Varchar, func(c *udf.Chunk) error { return printLists(list, c) }
		}
		variants = append(variants, v)
	}
	f.Kernel.Variants = variants
	return f
}

func printLists(v udf.Variant, c *udf.Chunk) error {
	spans := make([]udf.Span, udf.ChunkSize)
	inner := &udf.Chunk{Len: c.Len, Args: c.Args, Out: udf.Output{
		Data: unsafe.Pointer(unsafe.SliceData(spans)), Nulls: c.Out.Nulls, Items: &udf.Items{},
	}}
	if err := v.Scalar(inner); err != nil {
		return err
	}
	items, end := inner.Out.Items, uint64(0)
	for i, span := range spans[:c.Len] {
		if span.From != end {
			return fmt.Errorf("row %d begins at %d, not %d", i, span.From, end)
		}
		end += span.Len
		var elements []string
		for at := span.From; at < end; at++ {
			elements = append(elements, element(v.Fields, items, int(at)))
		}
		c.Out.SetText(i, strings.Join(elements, " "))
	}
	if end != uint64(items.Len) {
		return fmt.Errorf("%d elements in rows, %d in all", end, items.Len)
	}
	return nil
}

func element(fields []udf.Field, items *udf.Items, at int) string {
	var texts []string
	for f, field := range fields {
		if field.Type == udf.Double {
			texts = append(texts, fmt.Sprint(items.Cols[f].Doubles[at]))
		} else {
			texts = append(texts, items.Cols[f].Strs[at].String())
		}
	}
	return strings.Join(texts, "/")
}
