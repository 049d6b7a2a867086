package engine

import (
	"fmt"
	"slices"
	"sync"

	"github.com/dhowdb/dhow/engine/internal/capi"
	sqltext "github.com/dhowdb/dhow/sql"
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/calendar"
	"github.com/dhowdb/dhow/udf/country"
	"github.com/dhowdb/dhow/udf/currency"
	"github.com/dhowdb/dhow/udf/hs"
	"github.com/dhowdb/dhow/udf/ident"
	"github.com/dhowdb/dhow/udf/incoterm"
	"github.com/dhowdb/dhow/udf/party"
	"github.com/dhowdb/dhow/udf/port"
	"github.com/dhowdb/dhow/udf/sensitive"
	"github.com/dhowdb/dhow/udf/text"
	"github.com/dhowdb/dhow/udf/unit"
	"github.com/dhowdb/dhow/udf/value"
)

// Functions returns every SQL function of dhow that a kernel computes, family
// by family.
func Functions() []udf.Func {
	return slices.Concat(hs.Funcs, country.Funcs, currency.Funcs, unit.Funcs, incoterm.Funcs, port.Funcs,
		party.Funcs, ident.Funcs, sensitive.Funcs, calendar.Funcs, value.Funcs, text.Funcs)
}

// functions are those that all databases share.
var functions = sync.OnceValue(func() *capi.Functions {
	return capi.NewFunctions(functionsWith(false), nil)
})

// functionsWith returns the functions that heed a user's own tables, or those
// that don't.
func functionsWith(own bool) []udf.Func {
	return slices.DeleteFunc(Functions(), func(f udf.Func) bool { return f.Own != own })
}

// macros returns the statements that publish aggregates and macros on a new
// connection.
var macros = sync.OnceValues(func() (string, error) {
	text := capi.AggregateMacros(Functions())
	list, err := sqltext.Macros()
	if err != nil {
		return "", fmt.Errorf("read the macros: %w", err)
	}
	for _, m := range list {
		statement, err := m.Publication()
		if err != nil {
			return "", err
		}
		text += statement + "\n"
	}
	return text, nil
})
