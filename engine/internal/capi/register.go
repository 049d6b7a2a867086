package capi

// #include "bridge.h"
// #include <stdlib.h>
//
// static void dhow_use_scalar(void *function) { duckdb_scalar_function_set_function(function, dhow_scalar); }
// static void dhow_use_begin(void *function) { duckdb_scalar_function_set_init(function, dhow_scalar_begin); }
// static void dhow_use_states(void *function) {
// 	duckdb_aggregate_function_set_functions(function, dhow_state_size, dhow_state_init, dhow_state_update,
// 	                                        dhow_state_combine, dhow_state_finalize);
// 	duckdb_aggregate_function_set_destructor(function, dhow_state_destroy);
// }
// static void dhow_scalar_info(void *function, uintptr_t id) {
// 	duckdb_scalar_function_set_extra_info(function, (void *)id, NULL);
// }
// static void dhow_aggregate_info(void *function, uintptr_t id) {
// 	duckdb_aggregate_function_set_extra_info(function, (void *)id, NULL);
// }
import "C"

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// typeInfo has the id of each type in DuckDB's C API, and the bytes a value
// takes in a vector.
var typeInfo = [...]struct {
	id    C.int
	width int
}{
	udf.Boolean:   {1, 1},
	udf.Integer:   {4, 4},
	udf.BigInt:    {5, 8},
	udf.Double:    {11, 8},
	udf.Date:      {13, 4},
	udf.Timestamp: {12, 8},
	udf.Varchar:   {17, 16},
	udf.List:      {24, 16},
	udf.Struct:    {25, 0},
}

// HiddenPrefix begins the names under which aggregates are registered. Users
// reach them by macros only: DuckDB 1.5 hands the states of an ordered
// aggregate, f(x ORDER BY y), to functions of the C API in a form that makes
// them write out of bounds, and a macro doesn't take ORDER BY. A suffix that
// differs in each process keeps the names out of anything that is stored.
const HiddenPrefix = "__dhow_"

var hiddenSuffix = fmt.Sprintf("_%08x", rand.Uint32())

func hiddenName(f udf.Func) string { return HiddenPrefix + f.Name + hiddenSuffix }

// Functions is a set of functions ready to be registered.
type Functions struct {
	funcs []udf.Func
	ids   [][]uintptr // of each function, the kernel number of each variant
}

// Host is the database that functions belong to whose kernels heed its user's
// own tables.
type Host interface {
	// Begin is called before a query calls such a function. It is given the
	// number of the connection, 0 if that isn't known.
	Begin(connection uint64) error
	// Own returns the user's tables, nil for none.
	Own() *udf.Own
}

// NewFunctions prepares funcs. It is done once for each set. The host may be nil
// for functions that need none.
func NewFunctions(funcs []udf.Func, host Host) *Functions {
	set := &Functions{funcs: funcs}
	for _, f := range funcs {
		var ids []uintptr
		for _, v := range f.Kernel.Variants {
			k := &kernel{name: f.Name, Variant: v}
			if f.Own {
				k.host = host
			}
			ids = append(ids, addKernel(k))
		}
		set.ids = append(set.ids, ids)
	}
	return set
}

// Release forgets the functions once the databases that have them are closed.
func (set *Functions) Release() {
	for _, ids := range set.ids {
		for _, id := range ids {
			removeKernel(id)
		}
	}
	set.ids = nil
}

// Register puts the functions into the database of the connection, where all
// its connections see them.
func (c Conn) Register(set *Functions) error {
	if n := C.duckdb_vector_size(); n != udf.ChunkSize {
		return fmt.Errorf("register functions: DuckDB's vectors hold %d rows, not %d", n, udf.ChunkSize)
	}
	for i, f := range set.funcs {
		if err := c.register(f, set.ids[i]); err != nil {
			return fmt.Errorf("register %s: %w", f.Name, err)
		}
	}
	return nil
}

func (c Conn) register(f udf.Func, ids []uintptr) error {
	if len(f.Kernel.Variants) == 0 {
		return fmt.Errorf("it has no kernel")
	}
	for _, v := range f.Kernel.Variants {
		if len(v.Args) == 0 || len(v.Args) > C.DHOW_MAX_ARGS {
			return fmt.Errorf("it has %d arguments, not 1 to %d", len(v.Args), C.DHOW_MAX_ARGS)
		}
	}
	if f.IsAggregate() {
		return c.registerAggregate(f, ids)
	}
	return c.registerScalar(f, ids)
}

func (c Conn) registerScalar(f udf.Func, ids []uintptr) error {
	name := C.CString(f.Name)
	defer C.free(unsafe.Pointer(name))
	set := C.duckdb_create_scalar_function_set(name)
	defer C.duckdb_destroy_scalar_function_set(&set)
	for i, v := range f.Kernel.Variants {
		fn := C.duckdb_create_scalar_function()
		C.duckdb_scalar_function_set_name(fn, name)
		for _, arg := range v.Args {
			withType(arg, func(t unsafe.Pointer) { C.duckdb_scalar_function_add_parameter(fn, t) })
		}
		withResult(v, func(t unsafe.Pointer) { C.duckdb_scalar_function_set_return_type(fn, t) })
		C.dhow_scalar_info(fn, C.uintptr_t(ids[i]))
		C.dhow_use_scalar(fn)
		if f.Own {
			C.dhow_use_begin(fn)
		}
		if f.Volatile {
			C.duckdb_scalar_function_set_volatile(fn)
		}
		state := C.duckdb_add_scalar_function_to_set(set, fn)
		C.duckdb_destroy_scalar_function(&fn)
		if state != 0 {
			return fmt.Errorf("two variants take %v", v.Args)
		}
	}
	if C.duckdb_register_scalar_function_set(c.ptr, set) != 0 {
		return fmt.Errorf("DuckDB refused it")
	}
	return nil
}

func (c Conn) registerAggregate(f udf.Func, ids []uintptr) error {
	if len(f.Kernel.Variants) > 1 {
		return fmt.Errorf("an aggregate has one variant")
	}
	v := f.Kernel.Variants[0]
	name := C.CString(hiddenName(f))
	defer C.free(unsafe.Pointer(name))
	fn := C.duckdb_create_aggregate_function()
	defer C.duckdb_destroy_aggregate_function(&fn)
	C.duckdb_aggregate_function_set_name(fn, name)
	for _, arg := range v.Args {
		if arg != udf.Double && arg != udf.BigInt { // the states hold eight bytes of each
			return fmt.Errorf("an aggregate takes DOUBLE or BIGINT, not %s", arg)
		}
		withType(arg, func(t unsafe.Pointer) { C.duckdb_aggregate_function_add_parameter(fn, t) })
	}
	withResult(v, func(t unsafe.Pointer) { C.duckdb_aggregate_function_set_return_type(fn, t) })
	// The number of arguments stands in the low three bits, where bridge.c
	// finds it without a call.
	C.dhow_aggregate_info(fn, C.uintptr_t(ids[0]<<3|uintptr(len(v.Args))))
	C.dhow_use_states(fn)
	if C.duckdb_register_aggregate_function(c.ptr, fn) != 0 {
		return fmt.Errorf("DuckDB refused it")
	}
	return nil
}

func withType(t udf.Type, use func(unsafe.Pointer)) {
	p := C.duckdb_create_logical_type(typeInfo[t].id)
	use(p)
	C.duckdb_destroy_logical_type(&p)
}

// withResult is withType for the result of a variant.
func withResult(v udf.Variant, use func(unsafe.Pointer)) {
	t := logicalType(udf.Field{Type: v.Result, Fields: v.Fields})
	use(t)
	C.duckdb_destroy_logical_type(&t)
}

// AggregateMacros returns the statements that publish the aggregates among
// funcs on a connection.
func AggregateMacros(funcs []udf.Func) string {
	var b strings.Builder
	for _, f := range funcs {
		if !f.IsAggregate() {
			continue
		}
		params := strings.Join(f.Params(), ", ")
		input := params
		if f.Input != "" {
			input = f.Input
			for i, name := range f.Params() {
				input = strings.ReplaceAll(input, fmt.Sprint("$", i+1), name)
			}
			input = strings.ReplaceAll(input, "$", params)
		}
		fmt.Fprintf(&b, "CREATE OR REPLACE TEMP MACRO %s(%s) AS %s(%s);\n", f.Name, params, hiddenName(f), input)
	}
	return b.String()
}
