package capi

import (
	"encoding/binary"
	"unsafe"
)

// The types of the values inside a VARIANT, in DuckDB's numbering.
const (
	variantNull = iota
	variantTrue
	variantFalse
	variantInt8
	variantInt16
	variantInt32
	variantInt64
	variantInt128
	variantUint8
	variantUint16
	variantUint32
	variantUint64
	variantUint128
	variantFloat
	variantDouble
	variantDecimal
	variantVarchar
	variantBlob
	variantUUID
	variantDate
	variantTime
	variantTimeNS
	variantTimestampS
	variantTimestampMS
	variantTimestamp
	variantTimestampNS
	variantTimeTZ
	variantTimestampTZ
	variantInterval
	variantObject
	variantArray
	variantBigNum
	variantBit
	variantGeometry
)

// variantFixed are the values that are stored as DuckDB's vectors store them.
var variantFixed = map[uint8]struct {
	id   int
	size int
}{
	variantInt8:        {typeTinyInt, 1},
	variantInt16:       {typeSmallInt, 2},
	variantInt32:       {typeInteger, 4},
	variantInt64:       {typeBigInt, 8},
	variantInt128:      {typeHugeInt, 16},
	variantUint8:       {typeUTinyInt, 1},
	variantUint16:      {typeUSmallInt, 2},
	variantUint32:      {typeUInteger, 4},
	variantUint64:      {typeUBigInt, 8},
	variantUint128:     {typeUHugeInt, 16},
	variantFloat:       {typeFloat, 4},
	variantDouble:      {typeDouble, 8},
	variantUUID:        {typeUUID, 16},
	variantDate:        {typeDate, 4},
	variantTime:        {typeTime, 8},
	variantTimeNS:      {typeTimeNS, 8},
	variantTimestampS:  {typeTimestampS, 8},
	variantTimestampMS: {typeTimestampMS, 8},
	variantTimestamp:   {typeTimestamp, 8},
	variantTimestampNS: {typeTimestampNS, 8},
	variantTimeTZ:      {typeTimeTZ, 8},
	variantTimestampTZ: {typeTimestampTZ, 8},
	variantInterval:    {typeInterval, 16},
}

// The members of the struct that a VARIANT is stored as.
const (
	variantKeys     = iota // VARCHAR[]
	variantChildren        // STRUCT(keys_index UINTEGER, values_index UINTEGER)[]
	variantValues          // STRUCT(type_id UTINYINT, byte_offset UINTEGER)[]
	variantData            // BLOB
)

func variantVectors() []Vector {
	simple := func(id int) *Type {
		return &Type{Kind: simpleTypes[id].kind, Name: simpleTypes[id].name, id: id}
	}
	list := func(child *Type) *Type {
		return &Type{Kind: KindList, id: typeList, names: []string{""}, children: []*Type{child}}
	}
	pair := func(a, b int) *Type {
		return &Type{
			Kind: KindStruct, id: typeStruct,
			names: []string{"a", "b"}, children: []*Type{simple(a), simple(b)},
		}
	}
	return []Vector{
		newVector(list(simple(typeVarchar))),
		newVector(list(pair(typeUInteger, typeUInteger))),
		newVector(list(pair(typeUTinyInt, typeUInteger))),
		newVector(simple(typeBlob)),
	}
}

// variant is a value inside a VARIANT: all of it, an element or a member.
type variant struct {
	v     *Vector
	row   int
	index int // among the values of the row
}

func (v *Vector) variant(row int) variant { return variant{v, row, 0} }

// load returns the type of the value and its bytes, with all that follow.
func (x variant) load() (typ uint8, data []byte) {
	values := &x.v.children[variantValues]
	from, to := values.span(x.row)
	i := from + x.index
	if i >= to {
		return variantNull, nil
	}
	entry := &values.children[0]
	typ = uint8(entry.children[0].Uint64(i))
	data = stringAt(x.v.children[variantData].data, x.row)
	return typ, data[min(int(entry.children[1].Uint64(i)), len(data)):]
}

func (x variant) isNull() bool {
	typ, _ := x.load()
	return typ == variantNull
}

// members calls f for each element of an array or member of an object.
func (x variant) members(data []byte, f func(i int, key []byte, value variant)) {
	count, n := binary.Uvarint(data)
	if n <= 0 || count == 0 {
		return
	}
	first, _ := binary.Uvarint(data[n:])
	children := &x.v.children[variantChildren]
	keys := &x.v.children[variantKeys]
	from, to := children.span(x.row)
	keyFrom, _ := keys.span(x.row)
	entry := &children.children[0]
	for i := range int(count) {
		at := from + int(first) + i
		if at >= to {
			return
		}
		var key []byte
		if !entry.children[0].IsNull(at) {
			key = stringAt(keys.children[0].data, keyFrom+int(entry.children[0].Uint64(at)))
		}
		f(i, key, variant{x.v, x.row, int(entry.children[1].Uint64(at))})
	}
}

// scalar calls f with a vector of one row that holds the value, if the value
// has a fixed size.
func (x variant) scalar(typ uint8, data []byte, f func(v *Vector)) bool {
	fixed, ok := variantFixed[typ]
	if !ok || len(data) < fixed.size {
		return false
	}
	var aligned [2]uint64
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&aligned)), 16), data[:fixed.size])
	t := simpleTypes[fixed.id]
	f(&Vector{
		typ: &Type{Kind: t.kind, Name: t.name, id: fixed.id}, id: fixed.id, kind: t.kind,
		data: unsafe.Pointer(&aligned), zone: x.v.zone,
	})
	return true
}

// sized returns the bytes of a value that begins with its length.
func sized(data []byte) []byte {
	length, n := binary.Uvarint(data)
	if n <= 0 || length > uint64(len(data)-n) {
		return nil
	}
	return data[n : n+int(length)]
}

// appendDecimalOf writes a decimal that begins with its width and scale.
func appendDecimalOf(dst, data []byte) []byte {
	width, n := binary.Uvarint(data)
	if n <= 0 {
		return dst
	}
	scale, m := binary.Uvarint(data[n:])
	if m <= 0 {
		return dst
	}
	data = data[n+m:]
	var value int128
	switch size := decimalSize(int(width)); {
	case len(data) < size:
		return dst
	case size == 16:
		value = int128{binary.LittleEndian.Uint64(data), int64(binary.LittleEndian.Uint64(data[8:]))}
	default:
		var buf [8]byte
		copy(buf[8-size:], data[:size])
		i := int64(binary.LittleEndian.Uint64(buf[:])) >> (64 - 8*size)
		value = int128{uint64(i), i >> 63}
	}
	return appendDecimal(dst, value, int(width), int(scale))
}

// decimalSize returns how many bytes DuckDB gives a DECIMAL of so many digits.
func decimalSize(width int) int {
	switch {
	case width <= 4:
		return 2
	case width <= 9:
		return 4
	case width <= 18:
		return 8
	}
	return 16
}

func (x variant) appendText(dst []byte) []byte {
	typ, data := x.load()
	if x.scalar(typ, data, func(v *Vector) { dst = v.AppendText(dst, 0) }) {
		return dst
	}
	switch typ {
	case variantTrue:
		return append(dst, "true"...)
	case variantFalse:
		return append(dst, "false"...)
	case variantDecimal:
		return appendDecimalOf(dst, data)
	case variantVarchar:
		return append(dst, sized(data)...)
	case variantBlob:
		return appendBlob(dst, sized(data))
	case variantBit:
		return appendBits(dst, sized(data))
	case variantBigNum:
		return bigNum(sized(data)).Append(dst, 10)
	case variantGeometry:
		return appendWKT(dst, sized(data))
	case variantObject:
		dst = x.appendMembers(append(dst, '{'), data, true)
		return append(dst, '}')
	case variantArray:
		dst = x.appendMembers(append(dst, '['), data, false)
		return append(dst, ']')
	}
	return append(dst, "<VARIANT>"...)
}

// appendMembers writes what is inside an object or array. DuckDB quotes the
// elements of an array only if all are of one type, without NULL.
func (x variant) appendMembers(dst, data []byte, named bool) []byte {
	quoted := named || x.uniform(data)
	x.members(data, func(i int, key []byte, value variant) {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		if named {
			from := len(dst)
			dst = append(quoteInner(append(dst, key...), from, true), ": "...)
		}
		typ, _ := value.load()
		if typ == variantNull {
			dst = append(dst, "NULL"...)
			return
		}
		from := len(dst)
		dst = value.appendText(dst)
		if quoted && typ != variantObject && typ != variantArray {
			dst = quoteInner(dst, from, false)
		}
	})
	return dst
}

// uniform is whether all elements of an array are of one type.
func (x variant) uniform(data []byte) bool {
	same := true
	var first uint8
	x.members(data, func(i int, _ []byte, value variant) {
		typ, _ := value.load()
		if i == 0 {
			first = typ
		}
		same = same && typ == first
	})
	return same
}

func (x variant) appendJSON(dst []byte) []byte {
	typ, data := x.load()
	if x.scalar(typ, data, func(v *Vector) { dst = v.AppendJSON(dst, 0) }) {
		return dst
	}
	switch typ {
	case variantNull:
		return append(dst, "null"...)
	case variantTrue, variantFalse, variantBigNum:
		return x.appendText(dst)
	case variantDecimal:
		return appendDecimalText(dst, appendDecimalOf(nil, data))
	case variantObject, variantArray:
		return x.appendMembersJSON(dst, data, typ == variantObject)
	}
	return appendJSONString(dst, x.appendText(nil))
}

func (x variant) appendMembersJSON(dst, data []byte, named bool) []byte {
	open, shut := byte('['), byte(']')
	if named {
		open, shut = '{', '}'
	}
	dst = append(dst, open)
	x.members(data, func(i int, key []byte, value variant) {
		if i > 0 {
			dst = append(dst, ',')
		}
		if named {
			dst = append(appendJSONString(dst, key), ':')
		}
		dst = value.appendJSON(dst)
	})
	return append(dst, shut)
}
