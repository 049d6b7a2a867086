package engine

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// TestMarks compares the marks of random rows with a slow, obvious twin.
func TestMarks(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n, rules := 1+r.IntN(udf.ChunkSize), 1+r.IntN(marksAtOnce)
		c := udf.Chunk{Len: n}
		for range 2 * rules {
			v := udf.Vector{Data: unsafe.Pointer(&make([]bool, udf.ChunkSize)[0])}
			for i := range n {
				udf.Values[bool](&v, n)[i] = r.IntN(3) > 0
			}
			if r.IntN(2) == 0 {
				v.Valid = make([]uint64, udf.ChunkSize/64)
				for i := range v.Valid {
					v.Valid[i] = r.Uint64() | r.Uint64()
				}
			}
			c.Args = append(c.Args, v)
		}
		out := make([]uint64, udf.ChunkSize)
		c.Out.Data, c.Out.Nulls = unsafe.Pointer(&out[0]), new([udf.ChunkSize / 64]uint64)
		if err := markRows(&c); err != nil {
			t.Fatal(err)
		}
		want, first := map[int]uint64{}, map[uint64]int{}
		for i := range n {
			kind := slowMarks(&c, i)
			if kind&badMarks != 0 {
				kind |= uint64(i%8) << shelfShift
			}
			if _, ok := first[kind]; !ok {
				first[kind] = i
				want[i] = kind
			}
			want[first[kind]] += 1 << weightShift
		}
		for i := range n {
			if w, ok := want[i]; ok == c.Out.IsNull(i) || ok && out[i] != w {
				t.Fatalf("row %d of %d, %d rules: %x, NULL %v, want %x, %v", i, n, rules, out[i], c.Out.IsNull(i), w, !ok)
			}
		}
	}
}

func slowMarks(c *udf.Chunk, i int) (marks uint64) {
	for rule := range len(c.Args) / 2 {
		tested, fails := &c.Args[2*rule], &c.Args[2*rule+1]
		mark := uint64(notTested)
		switch {
		case !tested.IsValid(i):
			mark = wrong
		case !udf.At[bool](tested, i):
		case !fails.IsValid(i):
			mark = wrong
		case udf.At[bool](fails, i):
			mark = failing
		default:
			mark = fine
		}
		marks |= mark << (2 * rule)
	}
	return marks
}
