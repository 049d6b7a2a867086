package capi

// #include "bridge.h"
// #include <stdlib.h>
import "C"

import (
	"errors"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// plain reports whether the elements of a list are values, not structs.
func plain(fields []udf.Field) bool { return len(fields) == 1 && fields[0].Name == "" }

// logicalType makes the type of a field; the caller destroys it.
func logicalType(f udf.Field) unsafe.Pointer {
	switch {
	case f.Type == udf.Struct:
		return structType(f.Fields)
	case f.Type != udf.List:
		return C.duckdb_create_logical_type(typeInfo[f.Type].id)
	}
	element := udf.Field{Type: udf.Struct, Fields: f.Fields}
	if plain(f.Fields) {
		element = f.Fields[0]
	}
	t := logicalType(element)
	defer C.duckdb_destroy_logical_type(&t)
	return C.duckdb_create_list_type(t)
}

func structType(fields []udf.Field) unsafe.Pointer {
	types := make([]unsafe.Pointer, len(fields))
	names := make([]*C.char, len(fields))
	for i, f := range fields {
		types[i] = logicalType(f)
		names[i] = C.CString(f.Name)
	}
	t := C.duckdb_create_struct_type(&types[0], &names[0], C.uint64_t(len(fields)))
	for i := range fields {
		C.duckdb_destroy_logical_type(&types[i])
		C.free(unsafe.Pointer(names[i]))
	}
	return t
}

// writeStructs copies the structs of an output into the rows of a vector from
// row on. A NULL struct has NULL fields too: DuckDB reads those by themselves.
func writeStructs(vector unsafe.Pointer, row int, fields []udf.Field, out *udf.Output) error {
	if err := writeFields(vector, row, fields, out.Items); err != nil || !out.Dirty {
		return err
	}
	for f := range fields {
		part := C.duckdb_struct_vector_get_child(vector, C.uint64_t(f))
		for i := range out.Items.Len {
			if out.IsNull(i) {
				setNull(part, row+i)
			}
		}
	}
	return nil
}

// placeItems makes room for n elements in the vector's child, and returns
// where the values of each field stand.
func placeItems(vector unsafe.Pointer, fields []udf.Field, n int) ([]unsafe.Pointer, error) {
	count := C.uint64_t(n)
	if C.duckdb_list_vector_reserve(vector, count) != 0 || C.duckdb_list_vector_set_size(vector, count) != 0 {
		return nil, errors.New("out of memory for a list")
	}
	child := C.duckdb_list_vector_get_child(vector)
	if plain(fields) {
		return []unsafe.Pointer{C.duckdb_vector_get_data(child)}, nil
	}
	to := make([]unsafe.Pointer, len(fields))
	for i := range fields {
		to[i] = C.duckdb_vector_get_data(C.duckdb_struct_vector_get_child(child, C.uint64_t(i)))
	}
	return to, nil
}

// writeItems copies the elements of the lists of a chunk into the vector's
// child.
func writeItems(vector unsafe.Pointer, fields []udf.Field, items *udf.Items) error {
	_, err := appendItems(vector, fields, items)
	return err
}

// appendItems puts elements behind those that the vector's child has, and
// returns where they begin.
func appendItems(vector unsafe.Pointer, fields []udf.Field, items *udf.Items) (from int, err error) {
	from = int(C.duckdb_list_vector_get_size(vector))
	n := C.uint64_t(from + items.Len)
	if C.duckdb_list_vector_reserve(vector, n) != 0 || C.duckdb_list_vector_set_size(vector, n) != 0 {
		return 0, errors.New("out of memory for a list")
	}
	child := C.duckdb_list_vector_get_child(vector)
	if plain(fields) {
		return from, writeField(child, from, fields[0], &items.Cols[0])
	}
	return from, writeFields(child, from, fields, items)
}

// writeFields copies elements into the children of a struct vector from row on.
func writeFields(vector unsafe.Pointer, row int, fields []udf.Field, items *udf.Items) error {
	for i, f := range fields {
		part := C.duckdb_struct_vector_get_child(vector, C.uint64_t(i))
		if err := writeField(part, row, f, &items.Cols[i]); err != nil {
			return err
		}
	}
	return nil
}

func writeField(vector unsafe.Pointer, row int, f udf.Field, from *udf.ItemColumn) error {
	switch f.Type {
	case udf.Double:
		copy(values[float64](vector, row, len(from.Doubles)), from.Doubles)
		for i, x := range from.Doubles {
			if x != x {
				setNull(vector, row+i)
			}
		}
	case udf.BigInt:
		copy(values[int64](vector, row, len(from.Wholes)), from.Wholes)
	case udf.Varchar:
		writeTexts(vector, row, from.Texts)
	case udf.List:
		return writeLists(vector, row, f.Fields, from)
	default:
		return errors.New("a field of " + f.Type.String() + " can't be returned yet")
	}
	return nil
}

// writeLists copies lists into a vector from row on.
func writeLists(vector unsafe.Pointer, row int, fields []udf.Field, from *udf.ItemColumn) error {
	base := 0
	if from.Elements != nil {
		var err error
		if base, err = appendItems(vector, fields, from.Elements); err != nil {
			return err
		}
	}
	to := values[udf.Span](vector, row, len(from.Spans))
	for i, s := range from.Spans {
		to[i] = udf.Span{From: uint64(base) + s.From, Len: s.Len}
	}
	return nil
}

// values returns n values of a vector from row on.
func values[T any](vector unsafe.Pointer, row, n int) []T {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(C.duckdb_vector_get_data(vector)), row+n)[row:]
}

// setNull makes a row of a vector NULL.
func setNull(vector unsafe.Pointer, row int) {
	C.duckdb_vector_ensure_validity_writable(vector)
	valid := unsafe.Slice((*uint64)(unsafe.Pointer(C.duckdb_vector_get_validity(vector))), row>>6+1)
	valid[row>>6] &^= 1 << (row & 63)
}

// writeTexts copies texts into a vector from row on: short ones in place, long
// ones by DuckDB.
func writeTexts(vector unsafe.Pointer, row int, texts []string) {
	data := values[udf.Str](vector, row, len(texts))
	for i, s := range texts {
		if len(s) <= udf.InlineLen {
			data[i] = udf.InlineStr([]byte(s))
			continue
		}
		C.duckdb_vector_assign_string_element_len(vector, C.uint64_t(row+i), (*C.char)(unsafe.Pointer(unsafe.StringData(s))), C.uint64_t(len(s)))
	}
}
