package capi

import (
	"encoding/binary"
	"math"
)

// wkbNames are the geometry types of well-known binary, by their number.
var wkbNames = [...]string{
	1: "POINT", 2: "LINESTRING", 3: "POLYGON", 4: "MULTIPOINT", 5: "MULTILINESTRING", 6: "MULTIPOLYGON",
	7: "GEOMETRYCOLLECTION",
}

const (
	wkbPoint      = 1
	wkbLine       = 2
	wkbPolygon    = 3
	wkbCollection = 7
)

// wkbMaxDepth bounds nested collections, so that no geometry exhausts the stack.
const wkbMaxDepth = 100

// wkb reads well-known binary in the little-endian order that DuckDB stores.
// After a read past the end all reads give zero and failed is set.
type wkb struct {
	rest   []byte
	failed bool
}

func (w *wkb) uint32() uint32 {
	if len(w.rest) < 4 {
		w.failed, w.rest = true, nil
		return 0
	}
	n := binary.LittleEndian.Uint32(w.rest)
	w.rest = w.rest[4:]
	return n
}

func (w *wkb) float64() float64 {
	if len(w.rest) < 8 {
		w.failed, w.rest = true, nil
		return 0
	}
	n := binary.LittleEndian.Uint64(w.rest)
	w.rest = w.rest[8:]
	return math.Float64frombits(n)
}

// header reads the type of a geometry and its number of coordinates a vertex.
func (w *wkb) header() (kind uint32, mark string, dims int) {
	if len(w.rest) < 1 || w.rest[0] != 1 {
		w.failed, w.rest = true, nil
		return 0, "", 0
	}
	w.rest = w.rest[1:]
	code := w.uint32()
	kind = code % 1000
	if kind == 0 || int(kind) >= len(wkbNames) || code/1000 > 3 {
		w.failed = true
		return 0, "", 0
	}
	marks := [...]string{"", " Z", " M", " ZM"}
	return kind, marks[code/1000], [...]int{2, 3, 3, 4}[code/1000]
}

// appendWKT writes a GEOMETRY as well-known text.
func appendWKT(dst, raw []byte) []byte {
	w := wkb{rest: raw}
	from := len(dst)
	dst = w.geometry(dst, 0)
	if w.failed {
		return append(dst[:from], "<GEOMETRY>"...)
	}
	return dst
}

func (w *wkb) geometry(dst []byte, depth int) []byte {
	kind, mark, dims := w.header()
	if w.failed || depth > wkbMaxDepth {
		w.failed = true
		return dst
	}
	dst = append(append(append(dst, wkbNames[kind]...), mark...), ' ')
	return w.body(dst, kind, dims, depth)
}

// body writes what follows the name of a geometry.
func (w *wkb) body(dst []byte, kind uint32, dims, depth int) []byte {
	switch kind {
	case wkbPoint:
		return w.point(dst, dims, true)
	case wkbLine:
		return w.sequence(dst, func(dst []byte) []byte { return w.vertex(dst, dims) })
	case wkbPolygon:
		return w.sequence(dst, func(dst []byte) []byte { return w.body(dst, wkbLine, dims, depth) })
	case wkbCollection:
		return w.sequence(dst, func(dst []byte) []byte { return w.geometry(dst, depth+1) })
	}
	return w.sequence(dst, func(dst []byte) []byte {
		part, _, dims := w.header()
		if part == wkbPoint {
			// The points of a MULTIPOINT stand without parentheses.
			return w.point(dst, dims, false)
		}
		if w.failed || part > wkbPolygon {
			w.failed = true
			return dst
		}
		return w.body(dst, part, dims, depth)
	})
}

// sequence writes as many items in parentheses as the next number says.
func (w *wkb) sequence(dst []byte, item func([]byte) []byte) []byte {
	n := w.uint32()
	if n == 0 {
		return append(dst, "EMPTY"...)
	}
	dst = append(dst, '(')
	for i := uint32(0); i < n && !w.failed; i++ {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = item(dst)
	}
	return append(dst, ')')
}

// point writes a point; one whose coordinates are all NaN is empty.
func (w *wkb) point(dst []byte, dims int, parentheses bool) []byte {
	coordinates := w.rest
	empty := true
	for range dims {
		empty = math.IsNaN(w.float64()) && empty
	}
	if w.failed || empty {
		return append(dst, "EMPTY"...)
	}
	vertex := wkb{rest: coordinates}
	if !parentheses {
		return vertex.vertex(dst, dims)
	}
	return append(vertex.vertex(append(dst, '('), dims), ')')
}

func (w *wkb) vertex(dst []byte, dims int) []byte {
	for i := range dims {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = appendDouble(dst, w.float64())
		if n := len(dst); n > 2 && dst[n-1] == '0' && dst[n-2] == '.' {
			dst = dst[:n-2]
		}
	}
	return dst
}
