package capi

// #include "result.h"
import "C"

import (
	"fmt"
	"strings"
	"unsafe"
)

// Error is a failure that DuckDB reported, in DuckDB's words.
type Error string

// Error returns DuckDB's message: its first line, and often the line of the
// statement with a caret below it.
func (e Error) Error() string { return string(e) }

// Interrupt stops the query that runs on the connection, from any goroutine.
// An interrupt before the query begins has no effect, so a caller that must be
// sure repeats it until the query has returned.
func (c Conn) Interrupt() { C.duckdb_interrupt(c.ptr) }

// Progress returns how much of the running query is done, in percent, and the
// rows done and expected. The percentage is -1 while nothing is known: without
// a query, right after its start, and unless the setting enable_progress_bar
// is true. It may be called from any goroutine.
func (c Conn) Progress() (percent float64, done, total uint64) {
	p := C.duckdb_query_progress(c.ptr)
	return float64(p.percentage), uint64(p.done), uint64(p.total)
}

// Setting returns a setting of the connection as text, without running a
// query, and false if there is none of that name.
func (c Conn) Setting(name string) (string, bool) {
	cname := C.CString(name)
	defer C.free(unsafe.Pointer(cname))
	text := C.dhowr_setting(c.ptr, cname)
	if text == nil {
		return "", false
	}
	defer C.duckdb_free(unsafe.Pointer(text))
	return C.GoString(text), true
}

// Statements is an SQL text that DuckDB has parsed. Its statements are
// prepared one at a time, since a later one may need what an earlier one made.
type Statements struct {
	conn  Conn
	ptr   unsafe.Pointer // duckdb_extracted_statements
	count int
}

// Extract parses SQL text. An error anywhere in it, even in its last
// statement, fails the whole. An empty text and one of comments only have no
// statements. A PIVOT may become several statements, as may IMPORT DATABASE.
func (c Conn) Extract(sql string) (*Statements, error) {
	if i := strings.IndexByte(sql, 0); i >= 0 {
		return nil, fmt.Errorf("the SQL text has a NUL byte at offset %d; remove it", i)
	}
	csql := C.CString(sql)
	defer C.free(unsafe.Pointer(csql))
	s := &Statements{conn: c}
	s.count = int(C.duckdb_extract_statements(c.ptr, csql, &s.ptr))
	if s.count == 0 {
		if msg := C.duckdb_extract_statements_error(s.ptr); msg != nil {
			err := Error(C.GoString(msg))
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// Len returns the number of statements.
func (s *Statements) Len() int { return s.count }

// Prepare plans statement i, counted from 0. Each can be prepared once only.
func (s *Statements) Prepare(i int) (*Statement, error) {
	if i < 0 || i >= s.count {
		return nil, fmt.Errorf("there is no statement %d of %d", i, s.count)
	}
	st := &Statement{conn: s.conn}
	if C.duckdb_prepare_extracted_statement(s.conn.ptr, s.ptr, C.uint64_t(i), &st.ptr) != 0 {
		err := reason(C.duckdb_prepare_error(st.ptr))
		st.Close()
		return nil, err
	}
	return st, nil
}

// Close frees the statements. It may be called again.
func (s *Statements) Close() {
	if s.ptr != nil {
		C.duckdb_destroy_extracted(&s.ptr)
	}
}

// Statement is a prepared statement.
type Statement struct {
	conn Conn
	ptr  unsafe.Pointer // duckdb_prepared_statement
}

// Bind gives values to the parameters, in the order of their numbers: nil,
// bool, int, int64, float64 or string.
func (st *Statement) Bind(args ...any) error {
	if want := int(C.duckdb_nparams(st.ptr)); want != len(args) {
		return fmt.Errorf("the statement has %d parameters, but %d values were given", want, len(args))
	}
	for i, arg := range args {
		if err := st.bind(C.uint64_t(i+1), arg); err != nil {
			return fmt.Errorf("parameter %d: %w", i+1, err)
		}
	}
	return nil
}

func (st *Statement) bind(i C.uint64_t, arg any) error {
	var failed C.int
	switch v := arg.(type) {
	case nil:
		failed = C.duckdb_bind_null(st.ptr, i)
	case bool:
		failed = C.duckdb_bind_boolean(st.ptr, i, C.bool(v))
	case int:
		failed = C.duckdb_bind_int64(st.ptr, i, C.int64_t(v))
	case int64:
		failed = C.duckdb_bind_int64(st.ptr, i, C.int64_t(v))
	case float64:
		failed = C.duckdb_bind_double(st.ptr, i, C.double(v))
	case string:
		text := C.CString(v)
		defer C.free(unsafe.Pointer(text))
		failed = C.duckdb_bind_varchar_length(st.ptr, i, text, C.uint64_t(len(v)))
	default:
		return fmt.Errorf("a value of type %T can't be bound; use bool, int64, float64, string or nil", arg)
	}
	if failed == 0 {
		return nil
	}
	return reason(C.duckdb_prepare_error(st.ptr))
}

func reason(msg *C.char) Error {
	if msg == nil || *msg == 0 {
		return "DuckDB gave no reason"
	}
	return Error(C.GoString(msg))
}

// Execute runs the statement until its first rows are there; more are computed
// as they are fetched, so memory stays bounded however long the result is. No
// other statement may run on the connection before the result is closed.
func (st *Statement) Execute() (*Result, error) {
	r := &Result{conn: st.conn}
	if msg := C.dhowr_execute(st.ptr, &r.res); msg != nil {
		defer C.free(unsafe.Pointer(msg))
		return nil, Error(C.GoString(msg))
	}
	if err := r.load(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Close frees the statement. It may be called again.
func (st *Statement) Close() {
	if st.ptr != nil {
		C.duckdb_destroy_prepare(&st.ptr)
	}
}
