// Package unit has the SQL functions for units of measure: they read a unit in
// the forms that customs files hold it in, and convert quantities between units
// of one dimension.
//
// It knows the units of the table ref.unit, whose factors come from the legal
// definitions. It does not know what a carton holds: a unit without a fixed
// size is never converted.
package unit

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{normalize, status, convert, dimension, comparable}
