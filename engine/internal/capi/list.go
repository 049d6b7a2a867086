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

// elementType makes the type of the elements of a list; the caller destroys it.
func elementType(fields []udf.Field) unsafe.Pointer {
	if plain(fields) {
		return C.duckdb_create_logical_type(typeInfo[fields[0].Type].id)
	}
	types := make([]unsafe.Pointer, len(fields))
	names := make([]*C.char, len(fields))
	for i, f := range fields {
		types[i] = C.duckdb_create_logical_type(typeInfo[f.Type].id)
		names[i] = C.CString(f.Name)
	}
	t := C.duckdb_create_struct_type(&types[0], &names[0], C.uint64_t(len(fields)))
	for i := range fields {
		C.duckdb_destroy_logical_type(&types[i])
		C.free(unsafe.Pointer(names[i]))
	}
	return t
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
	n := C.uint64_t(items.Len)
	if C.duckdb_list_vector_reserve(vector, n) != 0 || C.duckdb_list_vector_set_size(vector, n) != 0 {
		return errors.New("out of memory for a list")
	}
	child := C.duckdb_list_vector_get_child(vector)
	for i, f := range fields {
		part := child
		if !plain(fields) {
			part = C.duckdb_struct_vector_get_child(child, C.uint64_t(i))
		}
		switch f.Type {
		case udf.Double:
			copy(unsafe.Slice((*float64)(C.duckdb_vector_get_data(part)), items.Len), items.Cols[i].Doubles)
		case udf.Varchar:
			writeTexts(part, items.Cols[i].Texts)
		default:
			return errors.New("a list of " + f.Type.String() + " can't be returned yet")
		}
	}
	return nil
}

// writeTexts copies texts into a vector: short ones in place, long ones by
// DuckDB.
func writeTexts(vector unsafe.Pointer, texts []string) {
	if len(texts) == 0 {
		return
	}
	data := unsafe.Slice((*udf.Str)(C.duckdb_vector_get_data(vector)), len(texts))
	for i, s := range texts {
		if len(s) <= udf.InlineLen {
			data[i] = udf.InlineStr([]byte(s))
			continue
		}
		C.duckdb_vector_assign_string_element_len(vector, C.uint64_t(i), (*C.char)(unsafe.Pointer(unsafe.StringData(s))), C.uint64_t(len(s)))
	}
}
