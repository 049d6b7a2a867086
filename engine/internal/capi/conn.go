// Package capi is the only cgo of dhow: DuckDB's C API, called directly where
// the database/sql driver is too slow or has no way at all: functions that
// work on vectors in place, aggregates, writers for COPY, streaming results,
// interrupts and progress.
//
// The driver links DuckDB's static library. This package declares the C
// functions that it uses in headers of its own, so that moving to another
// version of DuckDB is a change in this folder only.
package capi

// #include "bridge.h"
import "C"

import (
	"errors"
	"reflect"
	"unsafe"
)

// Conn is a connection of DuckDB's C API. It is borrowed from the driver, and
// valid only as long as the driver's connection is open.
type Conn struct {
	ptr unsafe.Pointer // duckdb_connection
}

// ConnOf returns the C connection inside a connection of the driver, which has
// no accessor for it.
func ConnOf(driverConn any) (Conn, error) {
	v := reflect.ValueOf(driverConn)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct {
		if f := v.FieldByName("conn"); f.Kind() == reflect.Struct {
			if p := f.FieldByName("Ptr"); p.Kind() == reflect.UnsafePointer && !p.IsNil() {
				return Conn{p.UnsafePointer()}, nil
			}
		}
	}
	return Conn{}, errors.New("capi: this version of the DuckDB driver keeps its connection elsewhere")
}

// ID returns the number of the connection among those of its instance, which
// [Host.Begin] is given.
func (c Conn) ID() uint64 {
	var context unsafe.Pointer
	C.duckdb_connection_get_client_context(c.ptr, &context)
	defer C.duckdb_destroy_client_context(&context)
	return uint64(C.duckdb_client_context_get_connection_id(context))
}
