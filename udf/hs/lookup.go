package hs

import (
	"fmt"
	"unsafe"

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

// lists is the loop over the codes of the output that replaces each by a list.
// First count finds what belongs to row i and returns how much it is; a row of
// nothing is NULL. Then put writes it behind the elements before it, where to
// has the values of each field of all elements.
func lists(c *udf.Chunk, fields []udf.Field, count func(i int, code udf.Str) (int, error), put func(i, at int, to []unsafe.Pointer, total int)) error {
	var counts [udf.ChunkSize]int
	total := 0
	for i, code := range udf.Results[udf.Str](&c.Out, c.Len) {
		if isNull(&c.Out, i) {
			continue
		}
		n, err := count(i, code)
		if err != nil {
			return err
		}
		if n == 0 {
			c.Out.SetNull(i)
		}
		counts[i] = n
		total += n
	}
	to, err := c.Out.Items.Fill(fields, total)
	if err != nil {
		return err
	}
	at := 0
	for i := range udf.Results[udf.Span](&c.Out, c.Len) {
		udf.Results[udf.Span](&c.Out, c.Len)[i] = udf.Span{From: uint64(at), Len: uint64(counts[i])}
		if counts[i] > 0 {
			put(i, at, to, total)
			at += counts[i]
		}
	}
	return nil
}

// replace is the loop over the codes of the output that replaces each by a
// short text. An empty one is NULL.
func replace(of func(*nomenclature, udf.Str) udf.Str) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		b, err := bookOf(c.Own)
		if err != nil {
			return err
		}
		n := b.nomenclature
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
	b, err := bookOf(nil)
	if err != nil {
		return "", err
	}
	code, ok := codeIn(x)
	if !ok {
		return "", nil
	}
	s := of(b.nomenclature, code)
	return s.String(), nil
}

// codeIn returns the code in a Go text.
func codeIn(x string) (udf.Str, bool) {
	s := udf.MakeStr([]byte(x))
	return ofText(&s)
}
