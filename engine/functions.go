package engine

import (
	"slices"
	"sync"

	"github.com/dhowdb/dhow/engine/internal/capi"
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/hs"
	"github.com/dhowdb/dhow/udf/value"
)

// Functions returns every SQL function of dhow that a kernel computes, family
// by family.
func Functions() []udf.Func {
	return slices.Concat(hs.Funcs, value.Funcs)
}

// functions is what connections register.
var functions = sync.OnceValue(func() *capi.Functions {
	return capi.NewFunctions(Functions())
})

// macros returns the statements that publish aggregates and macros on a new
// connection.
var macros = sync.OnceValue(func() string {
	return functions().AggregateMacros()
})
