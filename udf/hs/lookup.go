package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

// lookup is a kernel for texts and numbers, and the further arguments more. It
// puts their codes into the output, where next replaces them by what it knows
// of them; doc documents it, and name stands before its errors.
func lookup(name string, doc any, more []udf.Type, next func(*udf.Chunk) error) udf.Kernel {
	variant := func(code udf.Type, codes func(*udf.Chunk) error) udf.Kernel {
		loop := func(c *udf.Chunk) error {
			for a := range c.Args[1:] {
				c.Out.NullsOf(&c.Args[a+1], c.Len)
			}
			err := codes(c)
			if err == nil {
				err = next(c)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}
		return udf.Vectorized(doc, append([]udf.Type{code}, more...), udf.Varchar, loop)
	}
	return udf.Overload(
		variant(udf.Varchar, texts(nil)),
		variant(udf.BigInt, numbers(ofInt, nil)),
		variant(udf.Double, numbers(ofFloat, nil)),
	)
}

// listed makes the results of a lookup lists. While the codes stand in the
// output they take as many bytes as the spans that replace them.
func listed(k udf.Kernel, fields []udf.Field) udf.Kernel {
	for i := range k.Variants {
		k.Variants[i].Result, k.Variants[i].Fields = udf.List, fields
	}
	return k
}

// lists is the loop over the codes of the output that replaces each by a list
// of what of finds; put appends one of them. A row without any is NULL.
// Everything is found before anything is put, so that memory is taken once.
func lists[E any](c *udf.Chunk, fields []udf.Field, of func(i int, code udf.Str) ([]E, error), put func(*udf.Items, *E)) error {
	found, total := make([][]E, c.Len), 0
	for i, code := range udf.Results[udf.Str](&c.Out, c.Len) {
		if isNull(&c.Out, i) {
			continue
		}
		var err error
		if found[i], err = of(i, code); err != nil {
			return err
		}
		if len(found[i]) == 0 {
			c.Out.SetNull(i)
		}
		total += len(found[i])
	}
	items := c.Out.Items
	items.Len, items.Cols = 0, make([]udf.ItemColumn, len(fields))
	for f, field := range fields {
		if field.Type == udf.Double {
			items.Cols[f].Doubles = make([]float64, 0, total)
		} else {
			items.Cols[f].Texts = make([]string, 0, total)
		}
	}
	spans := udf.Results[udf.Span](&c.Out, c.Len)
	for i, elements := range found {
		spans[i] = udf.Span{From: uint64(items.Len), Len: uint64(len(elements))}
		for e := range elements {
			put(items, &elements[e])
			items.Next()
		}
	}
	return nil
}

// replace is the loop over the codes of the output that replaces each by a
// short text. An empty one is NULL.
func replace(of func(*nomenclature, udf.Str) udf.Str) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		n, err := loadNomenclature()
		if err != nil {
			return err
		}
		codes := udf.Results[udf.Str](&c.Out, c.Len)
		for i, code := range codes {
			if isNull(&c.Out, i) {
				continue
			}
			codes[i] = of(n, code)
			if codes[i].Len() == 0 {
				c.Out.SetNull(i)
			}
		}
		return nil
	}
}

// explain is what the Go functions of one argument share: the text that of
// knows for the code in x, empty for none.
func explain(x string, of func(*nomenclature, udf.Str) udf.Str) (string, error) {
	n, err := loadNomenclature()
	if err != nil {
		return "", err
	}
	code, ok := codeIn(x)
	if !ok {
		return "", nil
	}
	s := of(n, code)
	return s.String(), nil
}

// codeIn returns the code in a Go text.
func codeIn(x string) (udf.Str, bool) {
	s := udf.MakeStr([]byte(x))
	return ofText(&s)
}
