// Package currency has the SQL functions for currencies: they read a currency
// in the forms that files hold it in (ISO 4217 codes, symbols, names in
// English, French and Arabic) and tell how many digits its minor unit has.
//
// It has no rates, and doesn't guess: what several currencies are called, such
// as the dollar or the dirham, is none of them.
package currency

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{normalize, status, minorUnits}
