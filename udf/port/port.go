// Package port has the SQL functions for places of transport: they read a port
// or airport in the forms that customs files hold it in and return its
// UN/LOCODE.
//
// It knows the places of ref.port, ref.airport, ref.port_alias and ref.locode.
// Where a place lies is a join with those tables.
package port

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{normalize, status, country}
