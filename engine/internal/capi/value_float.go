package capi

import (
	"bytes"
	"math"
	"strconv"
)

// Numbers are written without an exponent between these magnitudes.
const (
	minPlainFloat = 1e-4
	maxPlainFloat = 1e16
	// Below it, whole floats are printed as integers, which is faster.
	maxWholeDouble = 1e15
	maxWholeFloat  = 1 << 24
)

// appendDouble writes the shortest digits that read back as the same DOUBLE.
func appendDouble(dst []byte, f float64) []byte {
	if abs := math.Abs(f); f == math.Trunc(f) && abs < maxWholeDouble {
		return appendWhole(dst, f)
	} else if abs >= minPlainFloat && abs < maxPlainFloat {
		return appendPoint(dst, f, 64)
	}
	return appendExtreme(dst, f, 64)
}

// appendFloat writes the shortest digits that read back as the same FLOAT.
// Where two such numbers are equally near to it, DuckDB gives up and writes the
// digits that tell it from other DOUBLEs: 2445292.25, not 2445292.2.
func appendFloat(dst []byte, f32 float32) []byte {
	f := float64(f32)
	abs := math.Abs(f)
	if f == math.Trunc(f) && abs < maxWholeFloat {
		return appendWhole(dst, f)
	}
	width := 32
	if abs <= math.MaxFloat32 && halfway(f) {
		width = 64
	}
	if abs >= float64(float32(minPlainFloat)) && abs < maxPlainFloat {
		return appendPoint(dst, f, width)
	}
	return appendExtreme(dst, f, width)
}

// halfway tells a FLOAT whose shortest digits are no clear choice: it lies in
// the middle between two such numbers (it then has one digit more, a 5), or one
// of them or a still shorter one lies in the middle between it and the next
// FLOAT.
func halfway(f float64) bool {
	var buf32, buf64 [32]byte
	short := strconv.AppendFloat(buf32[:0], f, 'e', -1, 32)
	long := strconv.AppendFloat(buf64[:0], f, 'e', -1, 64)
	n := len(mantissa(short))
	if digits := mantissa(long); len(digits) == n+1 && digits[n] == '5' {
		return true
	}
	if onEdge(f, short) {
		return true
	}
	decimals := n - len("1.") - 1
	if f < 0 {
		decimals--
	}
	return decimals >= 0 && onEdge(f, strconv.AppendFloat(buf64[:0], f, 'e', decimals, 64))
}

// onEdge tells whether a number is in the middle between a FLOAT and the next.
func onEdge(f float64, number []byte) bool {
	near, _ := strconv.ParseFloat(string(number), 64) // what AppendFloat wrote always parses
	direction := math.Inf(1)
	if near < f {
		direction = math.Inf(-1)
	}
	next := math.Nextafter32(float32(f), float32(direction))
	return near != f && math.Abs(near-f) == math.Abs(float64(next)-f)/2
}

// mantissa returns what stands before the e of a number, with a point even
// after a single digit, so that lengths can be compared.
func mantissa(number []byte) []byte {
	digits := number[:bytes.IndexByte(number, 'e')]
	if bytes.IndexByte(digits, '.') < 0 {
		return append(bytes.Clone(digits), '.')
	}
	return digits
}

func appendWhole(dst []byte, f float64) []byte {
	if f == 0 && math.Signbit(f) {
		dst = append(dst, '-')
	}
	return append(strconv.AppendInt(dst, int64(f), 10), '.', '0')
}

// appendPoint writes a number without exponent, but with a point.
func appendPoint(dst []byte, f float64, width int) []byte {
	from := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, width)
	if bytes.IndexByte(dst[from:], '.') >= 0 {
		return dst
	}
	return append(dst, '.', '0')
}

// appendExtreme writes a number with an exponent, and what is no number.
func appendExtreme(dst []byte, f float64, width int) []byte {
	if !math.IsNaN(f) && !math.IsInf(f, 0) {
		return strconv.AppendFloat(dst, f, 'e', -1, width)
	}
	if math.Signbit(f) {
		dst = append(dst, '-')
	}
	if math.IsNaN(f) {
		return append(dst, "nan"...)
	}
	return append(dst, "inf"...)
}
