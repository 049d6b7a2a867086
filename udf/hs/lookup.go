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
