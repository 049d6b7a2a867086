package capi

// #include "result.h"
import "C"

import (
	"time"
	"unsafe"
)

// Returns says what a statement gives back.
type Returns int

// The values of Returns are those of DuckDB's duckdb_result_type.
const (
	ReturnsChanged Returns = 1 // the number of rows that it changed
	ReturnsNothing Returns = 2
	ReturnsRows    Returns = 3
)

// Column is the name and the type of a column of a result.
type Column struct {
	Name string
	Type *Type
}

// Result is the result of a statement, read chunk by chunk.
type Result struct {
	conn    Conn
	res     C.dhowr_result
	columns []Column
	returns Returns
	changed int64
	raw     []C.dhowr_vector
	chunk   Chunk
	done    bool
}

func (r *Result) load() error {
	r.returns = Returns(C.dhowr_return_type(&r.res))
	n := int(C.duckdb_column_count(&r.res))
	r.columns = make([]Column, n)
	r.raw = make([]C.dhowr_vector, n)
	r.chunk.columns = make([]Vector, n)
	zoned := false
	for i := range n {
		logical := C.duckdb_column_logical_type(&r.res, C.uint64_t(i))
		t := newType(logical)
		C.duckdb_destroy_logical_type(&logical)
		r.columns[i] = Column{C.GoString(C.duckdb_column_name(&r.res, C.uint64_t(i))), t}
		r.chunk.columns[i] = newVector(t)
		zoned = zoned || t.zoned()
	}
	if zoned {
		zone := r.conn.zone()
		for i := range r.chunk.columns {
			r.chunk.columns[i].setZone(zone)
		}
	}
	return r.loadChanged()
}

// loadChanged reads the count of changed rows, which comes as a row.
// DuckDB's own duckdb_rows_changed is for results that are not streamed.
func (r *Result) loadChanged() error {
	if r.returns != ReturnsChanged {
		return nil
	}
	chunk, err := r.Fetch()
	if err != nil || chunk == nil {
		return err
	}
	if len(r.columns) == 1 && r.columns[0].Type.Kind == KindInt && chunk.Len() == 1 {
		r.changed = chunk.Column(0).Int64(0)
	}
	r.done = true
	return nil
}

// zone returns the time zone of the connection, or UTC where Go doesn't know
// it: the text then says +00, so that it names the same moment.
func (c Conn) zone() *time.Location {
	name, ok := c.Setting("TimeZone")
	if !ok || name == "" || name == "Local" {
		return time.UTC
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Columns returns the columns. A statement that returns no rows may have some
// too, such as the Count of an INSERT; see [Result.Returns].
func (r *Result) Columns() []Column { return r.columns }

// Returns says what the statement gave back.
func (r *Result) Returns() Returns { return r.returns }

// Changed returns how many rows an INSERT, UPDATE, DELETE or COPY changed.
func (r *Result) Changed() int64 { return r.changed }

// StatementType returns the kind of the statement, a duckdb_statement_type.
func (r *Result) StatementType() int { return int(C.dhowr_statement_type(&r.res)) }

// Fetch returns the next rows, or nil after the last ones. The chunk and all
// that was read from it without copying end with the next call.
func (r *Result) Fetch() (*Chunk, error) {
	r.chunk.release()
	if r.done {
		return nil, nil
	}
	var out *C.dhowr_vector
	if len(r.raw) > 0 {
		out = &r.raw[0]
	}
	for {
		var rows C.uint64_t
		ptr := C.dhowr_fetch(&r.res, C.uint64_t(len(r.raw)), out, &rows)
		if ptr == nil {
			r.done = true
			if msg := C.duckdb_result_error(&r.res); msg != nil && *msg != 0 {
				return nil, Error(C.GoString(msg))
			}
			return nil, nil
		}
		r.chunk.ptr, r.chunk.rows = ptr, int(rows)
		if rows > 0 {
			break
		}
		r.chunk.release()
	}
	for i := range r.raw {
		r.chunk.columns[i].attach(r.raw[i])
	}
	return &r.chunk, nil
}

// Close ends the statement, whether or not all rows were fetched, and frees
// the result. It may be called again.
func (r *Result) Close() {
	r.chunk.release()
	r.done = true
	if r.res.internal != nil {
		C.duckdb_destroy_result(&r.res)
		r.res = C.dhowr_result{}
	}
}

// Chunk is up to 2,048 rows of a result. It lives until the next one is
// fetched, or until the result is closed.
type Chunk struct {
	ptr     unsafe.Pointer // duckdb_data_chunk
	rows    int
	columns []Vector
}

// Len returns the number of rows.
func (c *Chunk) Len() int { return c.rows }

// Column returns the values of column i, counted from 0.
func (c *Chunk) Column(i int) *Vector { return &c.columns[i] }

func (c *Chunk) release() {
	c.rows = 0
	if c.ptr != nil {
		C.duckdb_destroy_data_chunk(&c.ptr)
	}
}
