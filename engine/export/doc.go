// Package export writes the rows of a query into files that DuckDB itself
// can't write, for COPY … TO 'x.xlsx' (FORMAT xlsx) and the shell.
//
// It knows nothing of DuckDB: what is to be written comes as [Rows].
package export
