package capi

// #include "bridge.h"
// #include <stdlib.h>
//
// void dhowTableBind(void *info);
// void dhowTableInit(void *info);
// void dhowTableWorker(void *info);
// void dhowTableScan(void *info, void *output);
// void dhowRelease(void *data);
//
// static void dhow_use_table(void *function, uintptr_t handle) {
// 	duckdb_table_function_set_extra_info(function, (void *)handle, dhowRelease);
// 	duckdb_table_function_set_bind(function, dhowTableBind);
// 	duckdb_table_function_set_init(function, dhowTableInit);
// 	duckdb_table_function_set_local_init(function, dhowTableWorker);
// 	duckdb_table_function_set_function(function, dhowTableScan);
// 	duckdb_table_function_supports_projection_pushdown(function, true);
// }
// static void dhow_bind_data(void *info, uintptr_t handle) {
// 	duckdb_bind_set_bind_data(info, (void *)handle, dhowRelease);
// }
// static void dhow_init_data(void *info, uintptr_t handle) {
// 	duckdb_init_set_init_data(info, (void *)handle, dhowRelease);
// }
import "C"

import (
	"fmt"
	"io"
	"runtime/cgo"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// RegisterTable puts a table function into the database of the connection.
func (c Conn) RegisterTable(t *udf.Table) error {
	fn := C.duckdb_create_table_function()
	defer C.duckdb_destroy_table_function(&fn)
	name := C.CString(t.Name)
	defer C.free(unsafe.Pointer(name))
	C.duckdb_table_function_set_name(fn, name)
	for _, p := range t.Params {
		withType(p.Type, func(lt unsafe.Pointer) {
			if !p.Named {
				C.duckdb_table_function_add_parameter(fn, lt)
				return
			}
			name := C.CString(p.Name)
			defer C.free(unsafe.Pointer(name))
			C.duckdb_table_function_add_named_parameter(fn, name, lt)
		})
	}
	C.dhow_use_table(fn, C.uintptr_t(cgo.NewHandle(t)))
	if C.duckdb_register_table_function(c.ptr, fn) != 0 {
		return fmt.Errorf("register %s: DuckDB refused it", t.Name)
	}
	return nil
}

// handleOf returns the Go value behind a pointer that DuckDB kept for us.
func handleOf[T any](data unsafe.Pointer) T {
	return cgo.Handle(uintptr(data)).Value().(T)
}

//export dhowRelease
func dhowRelease(data unsafe.Pointer) {
	h := cgo.Handle(uintptr(data))
	if c, ok := h.Value().(io.Closer); ok {
		// DuckDB can't be told of an error here; writers report theirs when
		// they finish, before they are released.
		_ = c.Close()
	}
	h.Delete()
}

// guard runs f and hands its error, or its panic, to report.
func guard(name string, report func(*C.char), f func() error) {
	var text *C.char
	func() {
		defer recoverTo(name, &text)
		if err := f(); err != nil {
			text = C.CString(errorText(name, err))
		}
	}()
	if text != nil {
		report(text)
		C.free(unsafe.Pointer(text))
	}
}

// boundTable is a call of a table function in a query.
type boundTable struct {
	*udf.Table
	scan udf.Scan
	cols []udf.Column
}

func (b *boundTable) Close() error { return b.scan.Close() }

//export dhowTableBind
func dhowTableBind(info unsafe.Pointer) {
	t := handleOf[*udf.Table](C.duckdb_bind_get_extra_info(info))
	guard(t.Name, func(e *C.char) { C.duckdb_bind_set_error(info, e) }, func() error {
		scan, err := t.Open(tableArgs(t, info))
		if err != nil {
			return err
		}
		bound := &boundTable{Table: t, scan: scan, cols: scan.Columns()}
		for _, col := range bound.cols {
			name := C.CString(col.Name)
			withType(col.Type, func(lt unsafe.Pointer) { C.duckdb_bind_add_result_column(info, name, lt) })
			C.free(unsafe.Pointer(name))
		}
		if n := scan.Rows(); n >= 0 {
			C.duckdb_bind_set_cardinality(info, C.uint64_t(n), false)
		}
		C.dhow_bind_data(info, C.uintptr_t(cgo.NewHandle(bound)))
		return nil
	})
}

func tableArgs(t *udf.Table, info unsafe.Pointer) udf.Args {
	args := udf.Args{}
	position := 0
	for _, p := range t.Params {
		var v unsafe.Pointer
		if p.Named {
			name := C.CString(p.Name)
			v = C.duckdb_bind_get_named_parameter(info, name)
			C.free(unsafe.Pointer(name))
		} else {
			v = C.duckdb_bind_get_parameter(info, C.uint64_t(position))
			position++
		}
		if v == nil {
			continue
		}
		if !bool(C.duckdb_is_null_value(v)) {
			args[p.Name] = goValue(v, p.Type)
		}
		C.duckdb_destroy_value(&v)
	}
	return args
}

func goValue(v unsafe.Pointer, t udf.Type) any {
	switch t {
	case udf.Boolean:
		return bool(C.duckdb_get_bool(v))
	case udf.Integer:
		return int32(C.duckdb_get_int64(v))
	case udf.BigInt:
		return int64(C.duckdb_get_int64(v))
	case udf.Double:
		return float64(C.duckdb_get_double(v))
	default:
		return textValue(v)
	}
}

func textValue(v unsafe.Pointer) string {
	p := C.duckdb_get_varchar(v)
	defer C.duckdb_free(unsafe.Pointer(p))
	return C.GoString(p)
}

//export dhowTableInit
func dhowTableInit(info unsafe.Pointer) {
	bound := handleOf[*boundTable](C.duckdb_init_get_bind_data(info))
	C.duckdb_init_set_max_threads(info, C.uint64_t(max(1, bound.scan.Workers())))
}

// tableWorker reads a part of a table into chunks of the query's columns.
type tableWorker struct {
	udf.Worker
	name    string
	batch   udf.Batch
	types   []udf.Type   // of each vector of the chunk
	outputs []udf.Output // likewise
	memory  []*C.dhow_output
}

//export dhowTableWorker
func dhowTableWorker(info unsafe.Pointer) {
	bound := handleOf[*boundTable](C.duckdb_init_get_bind_data(info))
	guard(bound.Name, func(e *C.char) { C.duckdb_init_set_error(info, e) }, func() error {
		worker, err := bound.scan.Worker()
		if err != nil {
			return err
		}
		w := &tableWorker{Worker: worker, name: bound.Name}
		w.batch.Cols = make([]*udf.Output, len(bound.cols))
		n := int(C.duckdb_init_get_column_count(info))
		w.outputs = make([]udf.Output, n)
		for i := range n {
			col := uint64(C.duckdb_init_get_column_index(info, C.uint64_t(i)))
			w.memory = append(w.memory, (*C.dhow_output)(C.calloc(1, C.sizeof_dhow_output)))
			t := udf.Type(0)
			if col < uint64(len(bound.cols)) { // beyond them: a row id, for count(*)
				w.batch.Cols[col] = &w.outputs[i]
				t = bound.cols[col].Type
			}
			w.types = append(w.types, t)
		}
		C.dhow_init_data(info, C.uintptr_t(cgo.NewHandle(w)))
		return nil
	})
}

// Close ends the worker and frees the memory of its columns.
func (w *tableWorker) Close() error {
	for _, m := range w.memory {
		C.free(unsafe.Pointer(m))
	}
	w.memory = nil
	return w.Worker.Close()
}

//export dhowTableScan
func dhowTableScan(info, chunk unsafe.Pointer) {
	w := handleOf[*tableWorker](C.duckdb_function_get_local_init_data(info))
	guard(w.name, func(e *C.char) { C.duckdb_function_set_error(info, e) }, func() error {
		for i, m := range w.memory {
			*m = C.dhow_output{data: C.duckdb_vector_get_data(C.duckdb_data_chunk_get_vector(chunk, C.uint64_t(i)))}
			outputOf(&w.outputs[i], m)
		}
		w.batch.Len = 0
		err := w.Next(&w.batch)
		for i, m := range w.memory {
			finishOutput(&w.outputs[i], m)
			vector := C.duckdb_data_chunk_get_vector(chunk, C.uint64_t(i))
			C.dhow_write_output(m, vector, 0, C.uint64_t(w.batch.Len), C.bool(w.types[i] == udf.Varchar))
		}
		C.duckdb_data_chunk_set_size(chunk, C.uint64_t(w.batch.Len))
		return err
	})
}
