package capi

// #include "result.h"
import "C"

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unsafe"
)

// Kind is what the values of a type are like, for those who print or convert
// them. Types that differ only in width have the same kind.
type Kind uint8

// The kinds of values. KindOther are types that this version of dhow can't
// read; their text says so.
const (
	KindOther Kind = iota
	KindNull
	KindBool
	KindInt
	KindUint
	KindFloat
	KindDecimal
	KindText
	KindEnum
	KindJSON
	KindBinary
	KindBit
	KindDate
	KindTime
	KindTimestamp
	KindInterval
	KindUUID
	KindList
	KindStruct
	KindMap
	KindUnion
	KindVariant
	KindGeometry
)

// The values of duckdb_type that results can have.
const (
	typeBool        = 1
	typeTinyInt     = 2
	typeSmallInt    = 3
	typeInteger     = 4
	typeBigInt      = 5
	typeUTinyInt    = 6
	typeUSmallInt   = 7
	typeUInteger    = 8
	typeUBigInt     = 9
	typeFloat       = 10
	typeDouble      = 11
	typeTimestamp   = 12
	typeDate        = 13
	typeTime        = 14
	typeInterval    = 15
	typeHugeInt     = 16
	typeVarchar     = 17
	typeBlob        = 18
	typeDecimal     = 19
	typeTimestampS  = 20
	typeTimestampMS = 21
	typeTimestampNS = 22
	typeEnum        = 23
	typeList        = 24
	typeStruct      = 25
	typeMap         = 26
	typeUUID        = 27
	typeUnion       = 28
	typeBit         = 29
	typeTimeTZ      = 30
	typeTimestampTZ = 31
	typeUHugeInt    = 32
	typeArray       = 33
	typeBigNum      = 35
	typeNull        = 36
	typeTimeNS      = 39
	typeGeometry    = 40
	typeVariant     = 41
)

// simpleTypes are the types without parameters.
var simpleTypes = map[int]struct {
	name string
	kind Kind
}{
	typeBool:        {"BOOLEAN", KindBool},
	typeTinyInt:     {"TINYINT", KindInt},
	typeSmallInt:    {"SMALLINT", KindInt},
	typeInteger:     {"INTEGER", KindInt},
	typeBigInt:      {"BIGINT", KindInt},
	typeHugeInt:     {"HUGEINT", KindInt},
	typeBigNum:      {"BIGNUM", KindInt},
	typeUTinyInt:    {"UTINYINT", KindUint},
	typeUSmallInt:   {"USMALLINT", KindUint},
	typeUInteger:    {"UINTEGER", KindUint},
	typeUBigInt:     {"UBIGINT", KindUint},
	typeUHugeInt:    {"UHUGEINT", KindUint},
	typeFloat:       {"FLOAT", KindFloat},
	typeDouble:      {"DOUBLE", KindFloat},
	typeDate:        {"DATE", KindDate},
	typeTime:        {"TIME", KindTime},
	typeTimeNS:      {"TIME_NS", KindTime},
	typeTimeTZ:      {"TIME WITH TIME ZONE", KindTime},
	typeTimestamp:   {"TIMESTAMP", KindTimestamp},
	typeTimestampS:  {"TIMESTAMP_S", KindTimestamp},
	typeTimestampMS: {"TIMESTAMP_MS", KindTimestamp},
	typeTimestampNS: {"TIMESTAMP_NS", KindTimestamp},
	typeTimestampTZ: {"TIMESTAMP WITH TIME ZONE", KindTimestamp},
	typeInterval:    {"INTERVAL", KindInterval},
	typeVarchar:     {"VARCHAR", KindText},
	typeBlob:        {"BLOB", KindBinary},
	typeBit:         {"BIT", KindBit},
	typeUUID:        {"UUID", KindUUID},
	typeNull:        {`"NULL"`, KindNull},
	typeVariant:     {"VARIANT", KindVariant},
}

// Type is the SQL type of a column.
type Type struct {
	Kind Kind
	Name string // as DuckDB's typeof writes it

	id       int
	inner    int // type of the numbers that a DECIMAL or ENUM is stored as
	width    int // DECIMAL
	scale    int // DECIMAL
	size     int // ARRAY
	names    []string
	labels   []string // ENUM
	children []*Type  // members; of a MAP its key and value
}

func newType(logical unsafe.Pointer) *Type {
	t := &Type{id: int(C.duckdb_get_type_id(logical))}
	switch t.id {
	case typeDecimal:
		t.loadDecimal(logical)
	case typeEnum:
		t.loadEnum(logical)
	case typeList, typeArray, typeMap:
		t.loadList(logical)
	case typeStruct:
		t.loadStruct(logical)
	case typeUnion:
		t.loadUnion(logical)
	case typeGeometry:
		t.Kind, t.Name = KindGeometry, "GEOMETRY"
		if crs := ownedString(C.duckdb_geometry_type_get_crs(logical)); crs != "" {
			t.Name = "GEOMETRY(" + quoteText(crs) + ")"
		}
	default:
		t.Name = fmt.Sprintf("TYPE %d", t.id)
		if simple, ok := simpleTypes[t.id]; ok {
			t.Name, t.Kind = simple.name, simple.kind
		}
	}
	if alias := ownedString(C.duckdb_logical_type_get_alias(logical)); alias != "" {
		t.Name = alias
		if alias == "JSON" && t.id == typeVarchar {
			t.Kind = KindJSON
		}
	}
	return t
}

func (t *Type) loadDecimal(logical unsafe.Pointer) {
	t.Kind = KindDecimal
	t.width = int(C.duckdb_decimal_width(logical))
	t.scale = int(C.duckdb_decimal_scale(logical))
	t.inner = int(C.duckdb_decimal_internal_type(logical))
	t.Name = fmt.Sprintf("DECIMAL(%d,%d)", t.width, t.scale)
}

func (t *Type) loadEnum(logical unsafe.Pointer) {
	t.Kind = KindEnum
	t.inner = int(C.duckdb_enum_internal_type(logical))
	t.labels = make([]string, int(C.duckdb_enum_dictionary_size(logical)))
	quoted := make([]string, len(t.labels))
	for i := range t.labels {
		t.labels[i] = ownedString(C.duckdb_enum_dictionary_value(logical, C.uint64_t(i)))
		quoted[i] = quoteText(t.labels[i])
	}
	t.Name = "ENUM(" + strings.Join(quoted, ", ") + ")"
}

func (t *Type) loadList(logical unsafe.Pointer) {
	t.Kind = KindList
	switch t.id {
	case typeList:
		t.addChild("", C.duckdb_list_type_child_type(logical))
		t.Name = t.children[0].Name + "[]"
	case typeArray:
		t.addChild("", C.duckdb_array_type_child_type(logical))
		t.size = int(C.duckdb_array_type_array_size(logical))
		t.Name = fmt.Sprintf("%s[%d]", t.children[0].Name, t.size)
	case typeMap:
		t.Kind = KindMap
		t.addChild("key", C.duckdb_map_type_key_type(logical))
		t.addChild("value", C.duckdb_map_type_value_type(logical))
		t.Name = "MAP(" + t.children[0].Name + ", " + t.children[1].Name + ")"
	}
}

func (t *Type) loadStruct(logical unsafe.Pointer) {
	t.Kind = KindStruct
	for i := range C.duckdb_struct_type_child_count(logical) {
		name := ownedString(C.duckdb_struct_type_child_name(logical, i))
		t.addChild(name, C.duckdb_struct_type_child_type(logical, i))
	}
	t.Name = "STRUCT(" + t.memberList() + ")"
}

func (t *Type) loadUnion(logical unsafe.Pointer) {
	t.Kind = KindUnion
	for i := range C.duckdb_union_type_member_count(logical) {
		name := ownedString(C.duckdb_union_type_member_name(logical, i))
		t.addChild(name, C.duckdb_union_type_member_type(logical, i))
	}
	t.Name = "UNION(" + t.memberList() + ")"
}

func (t *Type) addChild(name string, logical unsafe.Pointer) {
	t.names = append(t.names, name)
	t.children = append(t.children, newType(logical))
	C.duckdb_destroy_logical_type(&logical)
}

func (t *Type) memberList() string {
	members := make([]string, len(t.children))
	for i, child := range t.children {
		members[i] = child.Name
		if t.names[i] != "" {
			members[i] = quoteName(t.names[i]) + " " + child.Name
		}
	}
	return strings.Join(members, ", ")
}

// unnamed is whether the type is a ROW whose members have no names.
func (t *Type) unnamed() bool { return len(t.names) > 0 && t.names[0] == "" }

// zoned is whether values need the session's time zone to become text.
func (t *Type) zoned() bool {
	if t.id == typeTimestampTZ || t.id == typeVariant {
		return true
	}
	for _, child := range t.children {
		if child.zoned() {
			return true
		}
	}
	return false
}

// ownedString copies and frees a string that DuckDB made for us.
func ownedString(text *C.char) string {
	if text == nil {
		return ""
	}
	defer C.duckdb_free(unsafe.Pointer(text))
	return C.GoString(text)
}

func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// keywordList is what duckdb_keywords() returns; a test compares them.
//
//go:embed result_keywords.txt
var keywordList string

var keywords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(keywordList) {
		set[word] = true
	}
	return set
})

// quoteName quotes a name as DuckDB does: if it is a keyword of any sort, or
// has other characters than ASCII letters, digits and underscores.
func quoteName(name string) string {
	plain := name != "" && !keywords()[strings.ToLower(name)]
	for i := 0; plain && i < len(name); i++ {
		c := name[i]
		plain = c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || i > 0 && c >= '0' && c <= '9'
	}
	if plain {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
