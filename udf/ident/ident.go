// Package ident has the SQL functions for identifiers in trade documents: they
// check containers, ships, air waybills, legal entities and bank accounts by
// their check digits, and hash declaration numbers.
//
// It knows how identifiers are built, not which ones were issued: a valid
// number may belong to nobody.
package ident

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{
	containerNormalize, containerStatus, containerValid, imoValid, mmsiValid, awbValid, leiValid, ibanValid, declarationHash,
	repeats,
}
