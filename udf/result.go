package udf

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unsafe"
)

// result knows how values of R are put into an output.
type result[R any] struct {
	typ    Type
	fields []Field // of a Struct
	begin  func(*Output)
	set    func(o *Output, i int, r *R) // in the order of rows
}

// resultOf returns the result for R, which is a [Value] or a struct.
func resultOf[R any]() result[R] {
	t := reflect.TypeFor[R]()
	if t.Kind() == reflect.Struct {
		fields, parts := partsOf(t)
		return result[R]{
			Struct, fields,
			func(o *Output) { o.Items.reset(fields) },
			func(o *Output, _ int, r *R) { o.Items.add(parts, unsafe.Pointer(r)) },
		}
	}
	typ, ok := goTypes[t]
	if !ok {
		panic(fmt.Sprintf("udf: no SQL type for %v", t))
	}
	set := func(o *Output, i int, r *R) {
		*(*R)(unsafe.Add(o.Data, i*int(unsafe.Sizeof(*r)))) = *r
	}
	if typ == Varchar {
		set = func(o *Output, i int, r *R) {
			s := *(*string)(unsafe.Pointer(r))
			o.SetString(i, unsafe.Slice(unsafe.StringData(s), len(s)))
		}
	}
	return result[R]{typ, nil, func(*Output) {}, set}
}

// goTypes has the SQL types of the Go types in [Value].
var goTypes = map[reflect.Type]Type{
	reflect.TypeFor[bool]():    Boolean,
	reflect.TypeFor[int32]():   Integer,
	reflect.TypeFor[int64]():   BigInt,
	reflect.TypeFor[float64](): Double,
	reflect.TypeFor[string]():  Varchar,
	reflect.TypeFor[Day]():     Date,
	reflect.TypeFor[Micros]():  Timestamp,
}

// part is a field of a Go struct and how it is added to a column.
type part struct {
	offset uintptr
	add    func(to *ItemColumn, from unsafe.Pointer)
}

// partsOf returns the fields of a struct as SQL has them, and their parts.
func partsOf(t reflect.Type) (fields []Field, parts []part) {
	for i := range t.NumField() {
		f := t.Field(i)
		field := Field{Name: snakeCase(f.Name)}
		p := part{offset: f.Offset}
		switch {
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
			var elements []part
			field.Type = List
			field.Fields, elements = partsOf(f.Type.Elem())
			p.add = addStructs(field.Fields, elements, f.Type.Elem().Size())
		case f.Type == reflect.TypeFor[[]float64]():
			field.Type, field.Fields = List, []Field{{Type: Double}}
			p.add = addDoubles
		default:
			field.Type, p.add = plainPart(t, f)
		}
		fields, parts = append(fields, field), append(parts, p)
	}
	return fields, parts
}

// plainPart is for fields of one value.
func plainPart(t reflect.Type, f reflect.StructField) (Type, func(*ItemColumn, unsafe.Pointer)) {
	switch typ := goTypes[f.Type]; typ {
	case Double:
		return typ, func(to *ItemColumn, from unsafe.Pointer) { to.Doubles = append(to.Doubles, *(*float64)(from)) }
	case BigInt:
		return typ, func(to *ItemColumn, from unsafe.Pointer) { to.Wholes = append(to.Wholes, *(*int64)(from)) }
	case Varchar:
		return typ, func(to *ItemColumn, from unsafe.Pointer) { to.Texts = append(to.Texts, *(*string)(from)) }
	}
	panic(fmt.Sprintf("udf: no SQL type for field %s of %v", f.Name, t))
}

func addDoubles(to *ItemColumn, from unsafe.Pointer) {
	list := *(*[]float64)(from)
	items := to.list([]Field{{Type: Double}})
	to.Spans = append(to.Spans, Span{uint64(items.Len), uint64(len(list))})
	items.Cols[0].Doubles = append(items.Cols[0].Doubles, list...)
	items.Len += len(list)
}

func addStructs(fields []Field, parts []part, size uintptr) func(*ItemColumn, unsafe.Pointer) {
	return func(to *ItemColumn, from unsafe.Pointer) {
		// A slice of any structs begins like one of bytes.
		list := *(*[]byte)(from)
		items := to.list(fields)
		to.Spans = append(to.Spans, Span{uint64(items.Len), uint64(len(list))})
		for i := range len(list) {
			items.add(parts, unsafe.Add(unsafe.Pointer(unsafe.SliceData(list)), i*int(size)))
		}
	}
}

// list returns the elements of the lists in a column.
func (c *ItemColumn) list(fields []Field) *Items {
	if c.Elements == nil {
		c.Elements = &Items{}
		c.Elements.reset(fields)
	}
	return c.Elements
}

func (it *Items) reset(fields []Field) {
	*it = Items{Cols: make([]ItemColumn, len(fields))}
}

// add appends a Go struct of these parts.
func (it *Items) add(parts []part, from unsafe.Pointer) {
	for i, p := range parts {
		p.add(&it.Cols[i], unsafe.Add(from, p.offset))
	}
	it.Len++
}

// snakeCase turns GoName into go_name.
func snakeCase(name string) string {
	var b strings.Builder
	lower := false // whether the letter before was one
	for _, r := range name {
		if unicode.IsUpper(r) && lower {
			b.WriteByte('_')
		}
		lower = !unicode.IsUpper(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
