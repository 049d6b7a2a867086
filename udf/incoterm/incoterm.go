// Package incoterm has the SQL functions that read a trade term in the forms
// that invoices and declarations hold it in.
//
// It reads the terms of the editions 2000, 2010 and 2020 and judges nothing:
// whether a term is in force, or fits the mode of transport, is a join with
// ref.incoterm.
package incoterm

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{normalize, status}
