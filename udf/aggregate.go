package udf

import "unsafe"

// Groups is a batch of groups to be reduced to one value each.
type Groups struct {
	Len  int
	Cols int              // number of arguments, the width of a row
	Rows []unsafe.Pointer // for each group its rows, Cols float64 each
	N    []int            // for each group its number of rows
	Out  Output
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

// OverNumbers is [Over] for a function of whole numbers.
func OverNumbers[R Value](f func(x []int64) (R, bool)) Kernel {
	return over(f, BigInt, func(g *Groups, i int) (R, bool) { return f(g.Numbers(i)) })
}

// Over makes an aggregate from a function of all values of a group. Rows with
// NULL are left out; an empty group, or false, gives NULL. The function may
// reorder x but must not change its values, and must not keep it.
func Over[R Value](f func(x []float64) (R, bool)) Kernel {
	return over(f, Double, func(g *Groups, i int) (R, bool) { return f(g.Group(i)) })
}

func over[R Value](doc any, arg Type, of func(*Groups, int) (R, bool)) Kernel {
	return Kernel{
		Source: sourceOf(doc),
		Variants: []Variant{{
			Args: []Type{arg}, Result: typeOf[R](),
			Aggregate: func(g *Groups) error {
				for i := range g.Len {
					r, ok := of(g, i)
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
