// Package engine is dhow as a Go library: DuckDB with every customs function
// on every connection, and the main job, from files of declarations to a
// ranked and explained list.
//
// [Open] returns a [DB], which is a [database/sql.DB]; whatever works with
// database/sql works with it. [DB.Screen] does the main job. [DB.Session]
// streams results of any length, and can be interrupted within milliseconds.
//
// # The path of a declaration
//
// A file is recognised by its content and its columns are mapped to those of
// customs.declaration by package engine/ingest; rows that can't be read go to
// customs.reject. The statements in sql/screen, each a table or a view that
// can be queried, then compare unit values and apply the indicators of
// sql/rule. Their end is screen.line: every line with its score and reasons.
//
// # The path of a query
//
// Functions are declared in the packages below udf, as Go functions and the
// kernels made from them, and listed by [Functions]. engine/internal/capi
// registers them with DuckDB's C API, so that a kernel reads and writes
// DuckDB's own vectors, a chunk of up to 2,048 rows a call. Table functions
// and formats of COPY go the same way.
//
// Views, checks and indexes that use these functions can be read by dhow
// only: in a plain DuckDB they fail, as the function doesn't exist there.
// Aggregates keep all values of their groups in memory that memory_limit
// doesn't count, as DuckDB's own quantiles do.
package engine
