package udf

import "unsafe"

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
func Over[R Value](f func(x []float64) (R, bool)) Kernel {
	return over(f, Double, func(g *Groups, i int) (R, bool, error) {
		r, ok := f(g.Group(i))
		return r, ok, nil
	})
}

// OverOwn is [Over] for a function that heeds the user's own tables.
func OverOwn[R Value](f func(own *Own, x []float64) (R, bool, error)) Kernel {
	return over(f, Double, func(g *Groups, i int) (R, bool, error) { return f(g.Own, g.Group(i)) })
}

// OverNumbers is [Over] for a function of whole numbers.
func OverNumbers[R Value](f func(x []int64) (R, bool)) Kernel {
	return over(f, BigInt, func(g *Groups, i int) (R, bool, error) {
		r, ok := f(g.Numbers(i))
		return r, ok, nil
	})
}

// over makes an aggregate of an argument of that type, which doc documents, from
// a function of group i.
func over[R Value](doc any, arg Type, of func(g *Groups, i int) (R, bool, error)) Kernel {
	return Kernel{
		Source: sourceOf(doc),
		Variants: []Variant{{
			Args: []Type{arg}, Result: typeOf[R](),
			Aggregate: func(g *Groups) error {
				for i := range g.Len {
					r, ok, err := of(g, i)
					if err != nil {
						return err
					}
					if !ok {
						g.Out.SetNull(i)
						continue
					}
					set(&g.Out, i, r)
				}
				return nil
			},
		}},
	}
}
