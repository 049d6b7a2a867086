package capi

// #include "bridge.h"
// #include "result.h"
// #include <stdlib.h>
//
// void dhowCopyBind(void *info);
// void dhowCopyInit(void *info);
// void dhowCopySink(void *info, void *chunk);
// void dhowCopyFinish(void *info);
// void dhowRelease(void *data);
//
// static void dhow_use_copy(void *function, uintptr_t handle) {
// 	duckdb_copy_function_set_extra_info(function, (void *)handle, dhowRelease);
// 	duckdb_copy_function_set_bind(function, dhowCopyBind);
// 	duckdb_copy_function_set_global_init(function, dhowCopyInit);
// 	duckdb_copy_function_set_sink(function, dhowCopySink);
// 	duckdb_copy_function_set_finalize(function, dhowCopyFinish);
// }
// static void dhow_copy_bind_data(void *info, uintptr_t handle) {
// 	duckdb_copy_function_bind_set_bind_data(info, (void *)handle, dhowRelease);
// }
// static void dhow_copy_state(void *info, uintptr_t handle) {
// 	duckdb_copy_function_global_init_set_global_state(info, (void *)handle, dhowRelease);
// }
import "C"

import (
	"errors"
	"fmt"
	"runtime/cgo"
	"slices"
	"strings"
	"unsafe"
)

// CopyFormat is a format of COPY … TO.
type CopyFormat struct {
	Name    string
	Options []string // the options it takes, in lower case
	// Open begins a file. Options are those given, with their values as text.
	Open func(path string, columns []Column, options map[string]string) (CopyWriter, error)
}

// CopyWriter writes the chunks of one COPY, one at a time and in order.
type CopyWriter interface {
	Write(*Chunk) error
	// Finish completes the file.
	Finish() error
	// Close ends the writing; without Finish nothing of the file remains.
	Close() error
}

// RegisterCopy puts a format of COPY … TO into the database of the connection.
func (c Conn) RegisterCopy(f *CopyFormat) error {
	fn := C.duckdb_create_copy_function()
	defer C.duckdb_destroy_copy_function(&fn)
	name := C.CString(f.Name)
	defer C.free(unsafe.Pointer(name))
	C.duckdb_copy_function_set_name(fn, name)
	C.dhow_use_copy(fn, C.uintptr_t(cgo.NewHandle(f)))
	if C.duckdb_register_copy_function(c.ptr, fn) != 0 {
		return fmt.Errorf("register format %s: DuckDB refused it", f.Name)
	}
	return nil
}

// boundCopy is a COPY whose columns and options are known.
type boundCopy struct {
	*CopyFormat
	columns []Column
	options map[string]string
}

//export dhowCopyBind
func dhowCopyBind(info unsafe.Pointer) {
	f := handleOf[*CopyFormat](C.duckdb_copy_function_bind_get_extra_info(info))
	guard(f.Name, func(e *C.char) { C.duckdb_copy_function_bind_set_error(info, e) }, func() error {
		bound := &boundCopy{CopyFormat: f, options: map[string]string{}}
		var err error
		if bound.columns, err = copyColumns(info); err != nil {
			return err
		}
		if err := bound.readOptions(info); err != nil {
			return err
		}
		C.dhow_copy_bind_data(info, C.uintptr_t(cgo.NewHandle(bound)))
		return nil
	})
}

func copyColumns(info unsafe.Pointer) ([]Column, error) {
	n := C.duckdb_copy_function_bind_get_column_count(info)
	columns := make([]Column, n)
	for i := range columns {
		var text *C.char
		var size C.uint64_t
		C.dhow_copy_name(info, n, C.uint64_t(i), &text, &size)
		if text == nil {
			return nil, errors.New("this version of DuckDB keeps the column names elsewhere")
		}
		logical := C.duckdb_copy_function_bind_get_column_type(info, C.uint64_t(i))
		columns[i] = Column{Name: C.GoStringN(text, C.int(size)), Type: newType(logical)}
		C.duckdb_destroy_logical_type(&logical)
	}
	return columns, nil
}

func (b *boundCopy) readOptions(info unsafe.Pointer) error {
	all := C.duckdb_copy_function_bind_get_options(info)
	if all == nil {
		return nil
	}
	defer C.duckdb_destroy_value(&all)
	if bool(C.duckdb_is_null_value(all)) {
		return nil
	}
	t := C.duckdb_get_value_type(all) // owned by the value
	for i := range C.duckdb_struct_type_child_count(t) {
		p := C.duckdb_struct_type_child_name(t, i)
		name := strings.ToLower(C.GoString(p))
		C.duckdb_free(unsafe.Pointer(p))
		if !slices.Contains(b.Options, name) {
			return fmt.Errorf("there is no option %s; there are: %s", name, strings.Join(b.Options, ", "))
		}
		v := C.duckdb_get_struct_child(all, i)
		b.options[name] = "true" // an option without a value
		if !bool(C.duckdb_is_null_value(v)) {
			b.options[name] = textValue(v)
		}
		C.duckdb_destroy_value(&v)
	}
	return nil
}

// copying is a COPY under way.
type copying struct {
	CopyWriter
	name  string
	chunk Chunk
	raw   []C.dhowr_vector
}

//export dhowCopyInit
func dhowCopyInit(info unsafe.Pointer) {
	bound := handleOf[*boundCopy](C.duckdb_copy_function_global_init_get_bind_data(info))
	report := func(e *C.char) { C.duckdb_copy_function_global_init_set_error(info, e) }
	guard(bound.Name, report, func() error {
		path := C.GoString(C.duckdb_copy_function_global_init_get_file_path(info))
		w, err := bound.Open(path, bound.columns, bound.options)
		if err != nil {
			return err
		}
		c := &copying{CopyWriter: w, name: bound.Name, raw: make([]C.dhowr_vector, len(bound.columns))}
		for _, col := range bound.columns {
			c.chunk.columns = append(c.chunk.columns, newVector(col.Type))
		}
		C.dhow_copy_state(info, C.uintptr_t(cgo.NewHandle(c)))
		return nil
	})
}

//export dhowCopySink
func dhowCopySink(info, chunk unsafe.Pointer) {
	c := handleOf[*copying](C.duckdb_copy_function_sink_get_global_state(info))
	guard(c.name, func(e *C.char) { C.duckdb_copy_function_sink_set_error(info, e) }, func() error {
		c.chunk.rows = int(C.duckdb_data_chunk_get_size(chunk))
		for i := range c.raw {
			C.dhowr_load(C.duckdb_data_chunk_get_vector(chunk, C.uint64_t(i)), &c.raw[i])
			c.chunk.columns[i].attach(c.raw[i])
		}
		return c.Write(&c.chunk)
	})
}

//export dhowCopyFinish
func dhowCopyFinish(info unsafe.Pointer) {
	c := handleOf[*copying](C.duckdb_copy_function_finalize_get_global_state(info))
	guard(c.name, func(e *C.char) { C.duckdb_copy_function_finalize_set_error(info, e) }, c.Finish)
}
