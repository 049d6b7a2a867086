// Package udftest runs kernels in plain Go, for the tests of function
// families.
package udftest

import (
	"fmt"
	"runtime"
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// Column is one argument of a call: values of the Go type that stands for the
// column's SQL type, and nil for NULL.
type Column []any

// Call runs the scalar variant of f that fits the columns, in chunks, and
// returns a value for each row, nil for NULL. Texts come back as string.
func Call(t testing.TB, f udf.Func, columns ...Column) []any {
	t.Helper()
	out, err := TryCall(f, columns...)
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return out
}

// CallOwn is [Call] with a user's own tables.
func CallOwn(t testing.TB, own *udf.Own, f udf.Func, columns ...Column) []any {
	t.Helper()
	out, err := tryCall(own, f, columns)
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return out
}

// TryCall is [Call] for calls that may fail.
func TryCall(f udf.Func, columns ...Column) ([]any, error) { return tryCall(nil, f, columns) }

func tryCall(own *udf.Own, f udf.Func, columns []Column) ([]any, error) {
	variant, err := pick(f, columns)
	if err != nil {
		return nil, err
	}
	var out []any
	for from := 0; from < len(columns[0]); from += udf.ChunkSize {
		to := min(from+udf.ChunkSize, len(columns[0]))
		rows, err := call(own, variant, columns, from, to)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func pick(f udf.Func, columns []Column) (udf.Variant, error) {
next:
	for _, v := range f.Kernel.Variants {
		if v.Scalar == nil || len(v.Args) != len(columns) {
			continue
		}
		for i, c := range columns {
			for _, x := range c {
				if x != nil && typeOf(x) != v.Args[i] {
					continue next
				}
			}
		}
		return v, nil
	}
	return udf.Variant{}, fmt.Errorf("%s has no variant for these columns", f.Name)
}

func typeOf(x any) udf.Type {
	switch x.(type) {
	case bool:
		return udf.Boolean
	case int32:
		return udf.Integer
	case int64:
		return udf.BigInt
	case float64:
		return udf.Double
	case string:
		return udf.Varchar
	case udf.Day:
		return udf.Date
	case udf.Micros:
		return udf.Timestamp
	}
	panic(fmt.Sprintf("udftest: no SQL type for %T", x))
}

func call(own *udf.Own, v udf.Variant, columns []Column, from, to int) ([]any, error) {
	n := to - from
	chunk := &udf.Chunk{Len: n, Own: own}
	// A Str hides its pointer from the garbage collector, so the texts are
	// held here until the call is over.
	var held [][]byte
	hold := func(b []byte) []byte {
		held = append(held, b)
		return b
	}
	for _, c := range columns {
		chunk.Args = append(chunk.Args, vector(c[from:to], hold))
	}
	// 16 bytes a row hold any type.
	data := make([]udf.Str, udf.ChunkSize)
	chunk.Out = udf.Output{
		Data:  unsafe.Pointer(unsafe.SliceData(data)),
		Nulls: new([udf.ChunkSize / 64]uint64),
		Alloc: func(size int) []byte { return hold(make([]byte, max(size, 1<<12))) },
	}
	if err := v.Scalar(chunk); err != nil {
		return nil, err
	}
	out := make([]any, n)
	for i := range out {
		if chunk.Out.Nulls[i>>6]>>(i&63)&1 == 0 {
			out[i] = value(v.Result, &chunk.Out, i)
		}
	}
	runtime.KeepAlive(held)
	return out, nil
}

func vector(c Column, hold func([]byte) []byte) udf.Vector {
	data := make([]udf.Str, len(c))
	p := unsafe.Pointer(unsafe.SliceData(data))
	v := udf.Vector{Data: p}
	for i, x := range c {
		if x == nil {
			if v.Valid == nil {
				v.Valid = make([]uint64, udf.ChunkSize/64)
				for w := range v.Valid {
					v.Valid[w] = ^uint64(0)
				}
			}
			v.Valid[i>>6] &^= 1 << (i & 63)
			continue
		}
		switch x := x.(type) {
		case bool:
			udf.Values[bool](&v, len(c))[i] = x
		case int32:
			udf.Values[int32](&v, len(c))[i] = x
		case int64:
			udf.Values[int64](&v, len(c))[i] = x
		case float64:
			udf.Values[float64](&v, len(c))[i] = x
		case udf.Day:
			udf.Values[udf.Day](&v, len(c))[i] = x
		case udf.Micros:
			udf.Values[udf.Micros](&v, len(c))[i] = x
		case string:
			udf.Values[udf.Str](&v, len(c))[i] = udf.MakeStr(hold([]byte(x)))
		}
	}
	return v
}

func value(t udf.Type, o *udf.Output, i int) any {
	switch t {
	case udf.Boolean:
		return udf.Results[bool](o, i+1)[i]
	case udf.Integer:
		return udf.Results[int32](o, i+1)[i]
	case udf.BigInt:
		return udf.Results[int64](o, i+1)[i]
	case udf.Double:
		return udf.Results[float64](o, i+1)[i]
	case udf.Date:
		return udf.Results[udf.Day](o, i+1)[i]
	case udf.Timestamp:
		return udf.Results[udf.Micros](o, i+1)[i]
	default:
		return udf.Results[udf.Str](o, i+1)[i].String()
	}
}
