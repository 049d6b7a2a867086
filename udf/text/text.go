// Package text has the SQL functions that tell how a text is written, whatever
// it means: what importing and profiling a column of unknown cells needs.
package text

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{decimals, shape}
