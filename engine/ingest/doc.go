// Package ingest reads files into the tables of the model: customs.declaration
// and the others that [Targets] names.
//
// The way of a file:
//
//	recognise   what the file is, by its content first and its name second (format.go)
//	decode      to UTF-8 text of one shape; damaged lines become rejects (encoding.go, scan.go)
//	map         its headers to the columns of the table (synonym.go, mapping.go); the DDL
//	            in sql/schema says which there are and how their cells are read (target.go)
//	decide      how its numbers and dates are written, a column at a time (style.go)
//	load        one INSERT … SELECT through DuckDB; what can't be read goes to
//	            customs.reject with its reason (insert.go, load.go)
//
// No row is lost: each data row of a file ends in its table or in
// customs.reject, and [FileReport] counts them: Read = Loaded + Rejected.
//
// [Workbook] reads .xlsx sheets row by row in constant memory, for [Load] and
// for whoever else needs a sheet as a table.
//
// The package does not judge what it reads: codes, values ≤ 0 and countries
// stay as declared. It doesn't create the tables either; the schema does.
package ingest
