package udf

import "unsafe"

// Field is a named part of a nested result.
type Field struct {
	Name   string
	Type   Type    // Varchar, Double, BigInt or List
	Fields []Field // of the elements of a List
}

// Items collects the elements of the lists of a chunk, or its structs, one
// after the other, as columns: one for each field of an element.
type Items struct {
	Len  int
	Cols []ItemColumn
	// Place makes room for n elements where the host will read them, and returns
	// where the values of each field are to be put. It may be nil.
	Place  func(n int) ([]unsafe.Pointer, error)
	Placed bool // whether the elements stand there, and not in Cols
}

// ItemColumn has the values of one field. Only the slice of its type is used.
type ItemColumn struct {
	Texts    []string
	Strs     []Str     // texts of at most 12 bytes
	Doubles  []float64 // NaN becomes NULL
	Wholes   []int64
	Spans    []Span // of a List: its part of Elements
	Elements *Items
}

// Fill makes room for all n elements of a chunk at once, and returns where the
// values of each field are to be put: float64 for DOUBLE, Str for VARCHAR, of at
// most [InlineLen] bytes. It is the fast way, instead of [Items.Next].
func (it *Items) Fill(fields []Field, n int) ([]unsafe.Pointer, error) {
	it.Len = n
	if it.Place != nil {
		it.Placed = true
		return it.Place(n)
	}
	it.Cols = make([]ItemColumn, len(fields))
	to := make([]unsafe.Pointer, len(fields))
	for f, field := range fields {
		if field.Type == Double {
			it.Cols[f].Doubles = make([]float64, n)
			to[f] = unsafe.Pointer(unsafe.SliceData(it.Cols[f].Doubles))
			continue
		}
		it.Cols[f].Strs = make([]Str, n)
		to[f] = unsafe.Pointer(unsafe.SliceData(it.Cols[f].Strs))
	}
	return to, nil
}

// Text sets a VARCHAR field of the element that [Items.Next] will end. It must
// not share memory with the chunk.
func (it *Items) Text(field int, s string) {
	it.Cols[field].Texts = append(it.Cols[field].Texts, s)
}

// Double sets a DOUBLE field of the element that [Items.Next] will end; NaN
// becomes NULL.
func (it *Items) Double(field int, x float64) {
	it.Cols[field].Doubles = append(it.Cols[field].Doubles, x)
}

// Next ends an element, of which all fields are set.
func (it *Items) Next() { it.Len++ }

// Span is the list of a row: a part of the elements of its chunk.
type Span struct {
	From, Len uint64
}

// Lists makes a kernel whose result is a list: of values if there is one field
// without a name, else of STRUCT with these fields. The function row appends
// the elements of row i; NULL arguments give NULL. The Go function doc documents
// the kernel.
func Lists(doc any, args []Type, fields []Field, row func(c *Chunk, i int, items *Items) error) Kernel {
	loop := func(c *Chunk) error {
		items := c.Out.Items
		items.Len, items.Cols = 0, make([]ItemColumn, len(fields))
		spans := Results[Span](&c.Out, c.Len)
		for i := range spans {
			spans[i] = Span{} // of NULL rows too
		}
		return rows(c, func(i int) (bool, error) {
			from := items.Len
			if err := row(c, i, items); err != nil {
				return false, err
			}
			spans[i] = Span{uint64(from), uint64(items.Len - from)}
			return true, nil
		})
	}
	k := Vectorized(doc, args, List, loop)
	k.Variants[0].Fields = fields
	return k
}

// At returns row i of an argument. A string shares memory with the chunk.
func At[T Value](v *Vector, i int) T { return at[T](v, i) }
