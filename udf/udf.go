// Package udf defines how a customs function is declared: its SQL name, its
// kernel over columns, its unit and its examples. Each family of functions is
// a package below this one (hs, value, …) that exports a slice called Funcs.
//
// Nothing here knows DuckDB. A kernel sees the values of a chunk as slices and
// writes slices; the engine adapts them to the database's own vectors. So a
// kernel is tested in plain Go, in milliseconds, and can serve other hosts.
//
// The prose of a function (what it returns, its formula, its source) is the
// comment of the Go function that the kernel is made from, and is written
// nowhere else: README.md in this folder, help() in SQL and .help in the shell
// are generated from it.
package udf

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// Type is an SQL type that kernels read or write.
type Type uint8

// The types of arguments and results. Their representation in a [Vector] is
// the Go type named beside them.
const (
	Boolean   Type = iota + 1 // bool
	Integer                   // int32
	BigInt                    // int64
	Double                    // float64
	Varchar                   // Str
	Date                      // Day, days since 1970-01-01
	Timestamp                 // Micros, microseconds since 1970-01-01
	List                      // Span; only as a result, see [Lists]
	Struct                    // Items; only as a result of an aggregate, see [Over]
)

var typeNames = [...]string{
	Boolean: "BOOLEAN", Integer: "INTEGER", BigInt: "BIGINT",
	Double: "DOUBLE", Varchar: "VARCHAR", Date: "DATE", Timestamp: "TIMESTAMP", List: "LIST", Struct: "STRUCT",
}

// String returns the SQL name of the type.
func (t Type) String() string {
	if int(t) < len(typeNames) && typeNames[t] != "" {
		return typeNames[t]
	}
	return fmt.Sprintf("Type(%d)", uint8(t))
}

// Func declares one SQL function.
type Func struct {
	Name     string    // SQL name, family_word
	Kernel   Kernel    // what it computes, and with which types
	Unit     string    // unit of the result, empty for none
	Input    string    // what an aggregate makes of its argument $, or $1 and $2, first: TRY_CAST($ AS DOUBLE)
	Volatile bool      // whether each row must be computed, even of equal arguments
	Own      bool      // whether the kernel heeds the user's own tables
	Examples []Example // shown in help, and run by the tests
}

// Example is one call of a function and what the shell prints for it.
type Example struct {
	SQL  string // a SELECT of one value
	Want string // the value as text, NULL for none
}

// Kernel is the computation behind a function: one [Variant] for each list of
// argument types it accepts.
type Kernel struct {
	Source   string // full name of the Go function that documents it
	Variants []Variant
}

// Variant is a kernel for one list of argument types. Exactly one of Scalar
// and Aggregate is set.
type Variant struct {
	Args   []Type
	Result Type
	Fields []Field // of a [Struct], or of the elements of a [List]
	// Scalar computes a chunk. Rows whose arguments are NULL reach it too.
	Scalar func(*Chunk) error
	// Aggregate computes one value from all rows of a group in which no
	// argument is NULL; see [Over].
	Aggregate func(*Groups) error
}

// Overload joins kernels for other argument types under one name. The first
// one documents the function.
func Overload(first Kernel, more ...Kernel) Kernel {
	for _, k := range more {
		first.Variants = append(first.Variants, k.Variants...)
	}
	return first
}

// Vectorized makes a kernel from a hand-written loop over a chunk. The Go
// function doc, which computes one value, documents it.
func Vectorized(doc any, args []Type, result Type, loop func(*Chunk) error) Kernel {
	return Kernel{
		Source:   sourceOf(doc),
		Variants: []Variant{{Args: args, Result: result, Scalar: loop}},
	}
}

// sourceOf returns the full name of the Go function f, without the type
// arguments of a generic one.
func sourceOf(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	name, _, _ = strings.Cut(name, "[")
	return name
}

// ResultType returns the SQL name of the result's type.
func (v Variant) ResultType() string {
	return Field{Type: v.Result, Fields: v.Fields}.typeName()
}

// typeName returns the SQL name of the field's type.
func (f Field) typeName() string {
	switch {
	case f.Type == Struct:
		return structName(f.Fields)
	case f.Type != List:
		return f.Type.String()
	case len(f.Fields) == 1 && f.Fields[0].Name == "":
		return f.Fields[0].typeName() + "[]"
	}
	return structName(f.Fields) + "[]"
}

func structName(fields []Field) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Name + " " + f.typeName()
	}
	return "STRUCT(" + strings.Join(parts, ", ") + ")"
}

// IsAggregate reports whether the function reduces a group of rows.
func (f Func) IsAggregate() bool {
	return len(f.Kernel.Variants) > 0 && f.Kernel.Variants[0].Aggregate != nil
}
