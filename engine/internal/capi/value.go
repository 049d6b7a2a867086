package capi

// #include "result.h"
import "C"

import (
	"time"
	"unsafe"
)

// Vector is one column of a chunk, or the values inside a nested one. Reading
// it calls no C: the pointers are fetched once per chunk.
type Vector struct {
	typ      *Type
	id       int
	kind     Kind
	nested   bool // its text is never quoted inside another value
	unquoted bool // a list whose elements are never quoted
	data     unsafe.Pointer
	validity unsafe.Pointer // nil where no value is NULL
	children []Vector
	zone     *time.Location
}

func newVector(t *Type) Vector {
	v := Vector{typ: t, id: t.id, kind: t.Kind, zone: time.UTC}
	switch t.Kind {
	case KindList, KindStruct, KindMap, KindUnion, KindVariant:
		v.nested = true
	}
	// DuckDB never quotes inside an ARRAY, nor JSON inside a LIST.
	v.unquoted = t.id == typeArray || t.Kind == KindList && t.children[0].Kind == KindJSON
	switch t.id {
	case typeMap:
		// A map is a list of structs.
		entry := &Type{Kind: KindStruct, id: typeStruct, names: t.names, children: t.children}
		v.children = []Vector{newVector(entry)}
	case typeUnion:
		v.children = []Vector{newVector(&Type{Kind: KindUint, id: typeUTinyInt})}
		for _, member := range t.children {
			v.children = append(v.children, newVector(member))
		}
	case typeVariant:
		v.children = variantVectors()
	default:
		for _, child := range t.children {
			v.children = append(v.children, newVector(child))
		}
	}
	return v
}

func (v *Vector) setZone(zone *time.Location) {
	v.zone = zone
	for i := range v.children {
		v.children[i].setZone(zone)
	}
}

// attach points the vector and those inside it at the data of a new chunk.
func (v *Vector) attach(raw C.dhowr_vector) {
	v.data, v.validity = raw.data, unsafe.Pointer(raw.validity)
	if len(v.children) > 0 {
		v.attachChildren(raw.handle)
	}
}

func (v *Vector) attachChildren(handle unsafe.Pointer) {
	var child C.dhowr_vector
	switch v.id {
	case typeList, typeMap:
		C.dhowr_list_child(handle, &child)
		v.children[0].attach(child)
	case typeArray:
		C.dhowr_array_child(handle, &child)
		v.children[0].attach(child)
	case typeStruct, typeUnion, typeVariant:
		for i := range v.children {
			C.dhowr_struct_child(handle, C.uint64_t(i), &child)
			v.children[i].attach(child)
		}
	}
}

// Type returns the SQL type of the values.
func (v *Vector) Type() *Type { return v.typ }

// Kind returns what the values are like.
func (v *Vector) Kind() Kind { return v.kind }

// IsNull reports whether the value of a row is NULL.
func (v *Vector) IsNull(row int) bool {
	if v.validity != nil && *at[uint64](v.validity, row>>6)>>(row&63)&1 == 0 {
		return true
	}
	switch v.kind {
	case KindNull:
		return true
	case KindVariant:
		return v.variant(row).isNull()
	}
	return false
}

// Bool returns a BOOLEAN. Other values give false.
func (v *Vector) Bool(row int) bool { return v.id == typeBool && *at[uint8](v.data, row) != 0 }

// Int64 returns an integer of up to 64 bits, the stored number of a DECIMAL of
// up to 18 digits, the days of a DATE since 1970-01-01, or the stored count of
// a TIME or TIMESTAMP: seconds, milli-, micro- or nanoseconds as its type
// says. Other values give 0.
func (v *Vector) Int64(row int) int64 {
	id := v.id
	if id == typeDecimal {
		id = v.typ.inner
	}
	switch id {
	case typeTinyInt:
		return int64(*at[int8](v.data, row))
	case typeSmallInt:
		return int64(*at[int16](v.data, row))
	case typeInteger, typeDate:
		return int64(*at[int32](v.data, row))
	case typeBigInt, typeTime, typeTimeNS, typeTimestamp, typeTimestampS, typeTimestampMS, typeTimestampNS,
		typeTimestampTZ:
		return *at[int64](v.data, row)
	default:
		return int64(v.Uint64(row))
	}
}

// Uint64 returns an unsigned integer of up to 64 bits, or the number of an
// ENUM's label. Other values give 0.
func (v *Vector) Uint64(row int) uint64 {
	id := v.id
	if id == typeEnum {
		id = v.typ.inner
	}
	switch id {
	case typeBool, typeUTinyInt:
		return uint64(*at[uint8](v.data, row))
	case typeUSmallInt:
		return uint64(*at[uint16](v.data, row))
	case typeUInteger:
		return uint64(*at[uint32](v.data, row))
	case typeUBigInt:
		return *at[uint64](v.data, row)
	}
	return 0
}

// Float64 returns a FLOAT or DOUBLE, or any number as the nearest float.
func (v *Vector) Float64(row int) float64 {
	switch v.id {
	case typeFloat:
		return float64(*at[float32](v.data, row))
	case typeDouble:
		return *at[float64](v.data, row)
	}
	switch v.kind {
	case KindInt, KindUint, KindDecimal:
		return v.parseFloat(row)
	}
	return 0
}

// Bytes returns the bytes of a VARCHAR, JSON, BLOB, BIT, BIGNUM or GEOMETRY in
// place: they end with the chunk. An ENUM gives its label. NULL and other
// values give nil.
func (v *Vector) Bytes(row int) []byte {
	if v.IsNull(row) {
		return nil // what stands there instead may point anywhere
	}
	switch v.id {
	case typeVarchar, typeBlob, typeBit, typeBigNum, typeGeometry:
		return stringAt(v.data, row)
	case typeEnum:
		return []byte(v.label(row))
	}
	return nil
}

// Time returns a DATE or TIMESTAMP in UTC, one with time zone in the session's
// time zone. It is false for infinity and for values of other types.
func (v *Vector) Time(row int) (time.Time, bool) {
	m, ok := v.moment(row)
	if !ok || m.infinite != 0 {
		return time.Time{}, false
	}
	t := time.Unix(m.seconds, m.nanos).UTC()
	if v.id == typeTimestampTZ {
		t = t.In(v.zone)
	}
	return t, true
}

func (v *Vector) label(row int) string {
	if i := v.Uint64(row); i < uint64(len(v.typ.labels)) {
		return v.typ.labels[i]
	}
	return ""
}

// member returns the vector that holds a row of a union.
func (v *Vector) member(row int) *Vector {
	tag := int(*at[uint8](v.children[0].data, row))
	return &v.children[min(1+tag, len(v.children)-1)]
}

// span returns where the elements of a row of a list, array or map are.
func (v *Vector) span(row int) (from, to int) {
	if v.id == typeArray {
		return row * v.typ.size, (row + 1) * v.typ.size
	}
	entry := at[[2]uint64](v.data, row)
	return int(entry[0]), int(entry[0] + entry[1])
}

// at returns the address of element i of an array of DuckDB's.
func at[T any](base unsafe.Pointer, i int) *T {
	var zero T
	return (*T)(unsafe.Add(base, i*int(unsafe.Sizeof(zero))))
}

// inlineLength is the longest string that DuckDB keeps inside its 16 bytes.
const inlineLength = 12

// stringAt returns the bytes of a duckdb_string_t in place.
func stringAt(base unsafe.Pointer, i int) []byte {
	p := unsafe.Add(base, i*16)
	n := *(*uint32)(p)
	if n <= inlineLength {
		return unsafe.Slice((*byte)(unsafe.Add(p, 4)), n)
	}
	return unsafe.Slice(*(**byte)(unsafe.Add(p, 8)), n)
}
