package datasets

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// batchHash is a fingerprint of everything that a batch shows.
func batchHash(b *Batch) uint64 {
	h := fnv.New64a()
	put := func(x uint64) { _ = binary.Write(h, binary.LittleEndian, x) }
	put(uint64(b.Len))
	for c := range b.Cols {
		v := &b.Cols[c]
		for i := range b.Len {
			switch {
			case !v.IsValid(i):
				put(math.MaxUint64)
			case v.Str != nil:
				put(uint64(len(v.Str[i])))
				_, _ = h.Write([]byte(v.Str[i]))
			case v.Int != nil:
				put(uint64(v.Int[i]))
			default:
				put(math.Float64bits(v.Real[i]))
			}
		}
	}
	return h.Sum64()
}

// batchPair is the fingerprint of a batch and of its truth.
func batchPair(g *Generator, i int) [2]uint64 {
	var b, truth Batch
	g.Batch(i, &b)
	g.Truth(i, &truth)
	return [2]uint64{batchHash(&b), batchHash(&truth)}
}

func TestSampleIsDeterministic(t *testing.T) {
	s := Sample{Rows: 30_001, Seed: 7}
	want := make([][2]uint64, s.Batches())
	g := s.Generator()
	for i := range want {
		want[i] = batchPair(g, i)
	}

	t.Run("backwards in a world that was built again", func(t *testing.T) {
		g := s.Generator()
		g.world = newWorld(s)
		for i := len(want) - 1; i >= 0; i-- {
			if got := batchPair(g, i); got != want[i] {
				t.Errorf("batch %d differs", i)
			}
		}
	})
	t.Run("truth alone", func(t *testing.T) {
		g := s.Generator()
		var truth Batch
		for i := range want {
			if g.Truth(i, &truth); batchHash(&truth) != want[i][1] {
				t.Errorf("truth of batch %d differs", i)
			}
		}
	})
	t.Run("two goroutines", func(t *testing.T) {
		got := make([][2]uint64, len(want))
		var wait sync.WaitGroup
		for from := range 2 {
			wait.Go(func() {
				g := s.Generator()
				for i := from; i < len(got); i += 2 {
					got[i] = batchPair(g, i)
				}
			})
		}
		wait.Wait()
		if !slices.Equal(got, want) {
			t.Error("batches of two goroutines differ from those of one")
		}
	})
	t.Run("another seed", func(t *testing.T) {
		if got := batchPair(Sample{Rows: 30_001, Seed: 8}.Generator(), 0); got == want[0] {
			t.Error("seeds 7 and 8 give the same first batch")
		}
	})
}

// TestSampleBatchAlone holds that a batch does not depend on what its generator
// and its memory were used for before.
func TestSampleBatchAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Sample{Rows: rapid.Int64Range(1, 12_000).Draw(t, "rows"), Seed: rapid.Uint64().Draw(t, "seed")}
		i := rapid.IntRange(0, s.Batches()-1).Draw(t, "batch")
		want := batchPair(s.Generator(), i)
		g := s.Generator()
		var b, truth Batch
		for _, before := range rapid.SliceOfN(rapid.IntRange(0, s.Batches()-1), 0, 3).Draw(t, "before") {
			g.Batch(before, &b)
			g.Truth(before, &truth)
		}
		g.Batch(i, &b)
		g.Truth(i, &truth)
		if got := [2]uint64{batchHash(&b), batchHash(&truth)}; got != want {
			t.Fatalf("%+v batch %d: %x, after other batches %x", s, i, want, got)
		}
	})
}

func TestSampleRows(t *testing.T) {
	for _, rows := range []int64{0, 1, 2, 2047, 2048, 2049, 100_000} {
		s := Sample{Rows: rows, Seed: 3}
		g := s.Generator()
		var b Batch
		got := int64(0)
		for i := range s.Batches() {
			g.Batch(i, &b)
			got += int64(b.Len)
		}
		if got != rows {
			t.Errorf("Sample of %d rows has %d", rows, got)
		}
	}
	if n := (Sample{Rows: -5}).Batches(); n != 0 {
		t.Errorf("Sample of -5 rows has %d batches, want 0", n)
	}
}

func TestSampleBatchOutside(t *testing.T) {
	g := Sample{Rows: 100, Seed: 1}.Generator()
	var b Batch
	for _, i := range []int{-1, 1, 99} {
		g.Batch(i, &b)
		if b.Len != 0 {
			t.Errorf("batch %d of a sample of one batch has %d rows, want 0", i, b.Len)
		}
		g.Truth(i, &b)
		if b.Len != 0 {
			t.Errorf("truth of batch %d of a sample of one batch has %d rows, want 0", i, b.Len)
		}
	}
}

func TestSampleColumns(t *testing.T) {
	s := Sample{Rows: 5000, Seed: 1}
	g := s.Generator()
	var b, truth Batch
	g.Batch(0, &b)
	g.Truth(0, &truth)
	for _, c := range []struct {
		batch   *Batch
		columns []Column
	}{{&b, s.Columns()}, {&truth, s.TruthColumns()}} {
		if len(c.batch.Cols) != len(c.columns) {
			t.Fatalf("%d vectors for %d columns", len(c.batch.Cols), len(c.columns))
		}
		for i, column := range c.columns {
			v := c.batch.Cols[i]
			lengths := map[string]int{
				"VARCHAR": len(v.Str), "DOUBLE": len(v.Real), "DATE": len(v.Int), "INTEGER": len(v.Int),
			}
			if lengths[column.Type] != BatchRows {
				t.Errorf("column %s of type %s has %d values, want %d", column.Name, column.Type, lengths[column.Type], BatchRows)
			}
			if column.Comment == "" {
				t.Errorf("column %s has no comment", column.Name)
			}
		}
	}
}

// TestSampleCodesAreShort holds that codes fit into the twelve bytes that a
// vector stores without a pointer.
func TestSampleCodesAreShort(t *testing.T) {
	long := []int{colImporter, colExporter, colDescription}
	g := Sample{Rows: BatchRows, Seed: 5}.Generator()
	var b Batch
	g.Batch(0, &b)
	for c, column := range declaredColumns {
		if column.Type != "VARCHAR" || slices.Contains(long, c) {
			continue
		}
		for i := range b.Len {
			if s := b.Cols[c].Str[i]; len(s) > 12 {
				t.Fatalf("%s %q is longer than 12 bytes", column.Name, s)
			}
		}
	}
}
