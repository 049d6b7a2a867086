package udf

import (
	"sync"
	"unsafe"
)

// Groups is a batch of groups to be reduced to one value each.
type Groups struct {
	Len  int
	Cols int              // number of arguments, the width of a row
	Rows []unsafe.Pointer // for each group its rows, Cols float64 each
	N    []int            // for each group its number of rows
	Out  Output
	Own  *Own // the tables of the database's user; nil for none
}

// Group returns the values of group i, row after row.
func (g *Groups) Group(i int) []float64 {
	if g.N[i] == 0 {
		return nil
	}
	return unsafe.Slice((*float64)(g.Rows[i]), g.N[i]*g.Cols)
}

// Numbers returns the values of group i of an aggregate that takes BIGINT.
func (g *Groups) Numbers(i int) []int64 {
	if g.N[i] == 0 {
		return nil
	}
	return unsafe.Slice((*int64)(g.Rows[i]), g.N[i]*g.Cols)
}

// Over makes an aggregate from a function of all values of a group. Rows with
// NULL are left out; an empty group, or false, gives NULL. The function may
// reorder x but must not change its values, and must not keep it.
//
// R is a [Value], or a struct that becomes a STRUCT. Its fields get their Go
// names in snake case. They are float64, of which NaN becomes NULL, int64,
// string, []float64, or slices of such structs.
func Over[R any](f func(x []float64) (R, bool)) Kernel {
	return over(f, []Type{Double}, func(g *Groups, i int) (R, bool, error) {
		r, ok := f(g.Group(i))
		return r, ok, nil
	})
}

// TryOver is [Over] for a function that refuses some values with an error,
// which ends the query.
func TryOver[R any](f func(x []float64) (R, bool, error)) Kernel {
	return over(f, []Type{Double}, func(g *Groups, i int) (R, bool, error) { return f(g.Group(i)) })
}

// OverOwn is [TryOver] for a function that heeds the user's own tables.
func OverOwn[R any](f func(own *Own, x []float64) (R, bool, error)) Kernel {
	return over(f, []Type{Double}, func(g *Groups, i int) (R, bool, error) { return f(g.Own, g.Group(i)) })
}

// OverNumbers is [Over] for a function of whole numbers.
func OverNumbers[R any](f func(x []int64) (R, bool)) Kernel {
	return over(f, []Type{BigInt}, func(g *Groups, i int) (R, bool, error) {
		r, ok := f(g.Numbers(i))
		return r, ok, nil
	})
}

// Over2 is [Over] for a function of two columns, which may reorder them.
func Over2[R any](f func(x, y []float64) (R, bool)) Kernel {
	return over(f, []Type{Double, Double}, func(g *Groups, i int) (R, bool, error) {
		x, y, done := columns(g.Group(i))
		defer done()
		r, ok := f(x, y)
		return r, ok, nil
	})
}

// TryOver2 is [Over2] for a function that refuses some values with an error,
// which ends the query.
func TryOver2[R any](f func(x, y []float64) (R, bool, error)) Kernel {
	return over(f, []Type{Double, Double}, func(g *Groups, i int) (R, bool, error) {
		x, y, done := columns(g.Group(i))
		defer done()
		return f(x, y)
	})
}

// OverRows makes an aggregate of up to seven columns of [Double] or [BigInt] from
// a function of the rows of a group: their values one after the other, row by
// row, each as its 64 bits. The Go function doc, which has a parameter for each
// column, documents it. The function must not keep the rows.
func OverRows[R any](doc any, args []Type, f func(rows []uint64) (R, bool)) Kernel {
	return over(doc, args, func(g *Groups, i int) (R, bool, error) {
		if g.N[i] == 0 {
			return *new(R), false, nil
		}
		r, ok := f(unsafe.Slice((*uint64)(g.Rows[i]), g.N[i]*g.Cols))
		return r, ok, nil
	})
}

// over makes an aggregate of arguments of these types, which doc documents, from
// a function of group i.
func over[R any](doc any, args []Type, of func(g *Groups, i int) (R, bool, error)) Kernel {
	to := resultOf[R]()
	v := Variant{Args: args, Result: to.typ, Fields: to.fields}
	v.Aggregate = func(g *Groups) error {
		to.begin(&g.Out)
		for i := range g.Len {
			r, ok, err := of(g, i)
			if err != nil {
				return err
			}
			if !ok {
				g.Out.SetNull(i)
				r = *new(R)
			}
			to.set(&g.Out, i, &r)
		}
		return nil
	}
	return Kernel{Source: sourceOf(doc), Variants: []Variant{v}}
}

var columnsPool = sync.Pool{New: func() any { return new([]float64) }}

// columns copies rows of two values into two columns, and returns what gives
// their memory back.
func columns(rows []float64) (x, y []float64, done func()) {
	p := columnsPool.Get().(*[]float64)
	if cap(*p) < len(rows) {
		*p = make([]float64, len(rows)+len(rows)/4)
	}
	n := len(rows) / 2
	x, y = (*p)[:n:n], (*p)[n:2*n:2*n]
	for i := range x {
		x[i], y[i] = rows[2*i], rows[2*i+1]
	}
	return x, y, func() { columnsPool.Put(p) }
}
