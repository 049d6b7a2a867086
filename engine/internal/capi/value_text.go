package capi

import (
	"encoding/hex"
	"math/big"
	"math/bits"
	"strconv"
)

// AppendText appends a value as DuckDB's CAST(value AS VARCHAR) writes it.
// NULL appends nothing.
//
// The differences: a TIMESTAMP WITH TIME ZONE uses Go's time zone rules and
// the Gregorian calendar, whatever the setting Calendar says, and a type that
// this version doesn't know appends its name in angle brackets.
func (v *Vector) AppendText(dst []byte, row int) []byte {
	if v.IsNull(row) {
		return dst
	}
	switch v.id {
	case typeVarchar:
		return append(dst, stringAt(v.data, row)...)
	case typeBool:
		return strconv.AppendBool(dst, v.Bool(row))
	case typeTinyInt, typeSmallInt, typeInteger, typeBigInt:
		return strconv.AppendInt(dst, v.Int64(row), 10)
	case typeUTinyInt, typeUSmallInt, typeUInteger, typeUBigInt:
		return strconv.AppendUint(dst, v.Uint64(row), 10)
	case typeDouble:
		return appendDouble(dst, *at[float64](v.data, row))
	case typeFloat:
		return appendFloat(dst, *at[float32](v.data, row))
	case typeDecimal:
		return v.appendDecimal(dst, row)
	case typeHugeInt:
		return appendInt128(dst, *at[int128](v.data, row))
	case typeUHugeInt:
		n := *at[int128](v.data, row)
		return appendUint128(dst, uint64(n.upper), n.lower)
	case typeEnum:
		return append(dst, v.label(row)...)
	case typeDate, typeTimestamp, typeTimestampS, typeTimestampMS, typeTimestampNS, typeTimestampTZ:
		return v.appendMoment(dst, row)
	case typeTime, typeTimeNS, typeTimeTZ:
		return v.appendTime(dst, row)
	case typeInterval:
		return appendInterval(dst, *at[interval](v.data, row))
	default:
		return v.appendRareText(dst, row)
	}
}

func (v *Vector) appendRareText(dst []byte, row int) []byte {
	switch v.id {
	case typeBlob:
		return appendBlob(dst, stringAt(v.data, row))
	case typeBit:
		return appendBits(dst, stringAt(v.data, row))
	case typeBigNum:
		return bigNum(stringAt(v.data, row)).Append(dst, 10)
	case typeUUID:
		return appendUUID(dst, *at[int128](v.data, row))
	case typeGeometry:
		return appendWKT(dst, stringAt(v.data, row))
	case typeList, typeArray:
		return v.appendList(dst, row)
	case typeMap:
		return v.appendMap(dst, row)
	case typeStruct:
		return v.appendStruct(dst, row)
	case typeUnion:
		if member := v.member(row); !member.IsNull(row) {
			return member.AppendText(dst, row)
		}
		// DuckDB takes a union for a value even if its member is NULL.
		return append(dst, "NULL"...)
	case typeVariant:
		return v.variant(row).appendText(dst)
	}
	return append(append(append(dst, '<'), v.typ.Name...), '>')
}

// int128 has the layout of duckdb_hugeint. In a UHUGEINT the upper half is
// unsigned.
type int128 struct {
	lower uint64
	upper int64
}

func (n int128) abs() (upper, lower uint64) {
	if n.upper >= 0 {
		return uint64(n.upper), n.lower
	}
	lower, borrow := bits.Sub64(0, n.lower, 0)
	upper, _ = bits.Sub64(0, uint64(n.upper), borrow)
	return upper, lower
}

func appendInt128(dst []byte, n int128) []byte {
	if n.upper < 0 {
		dst = append(dst, '-')
	}
	upper, lower := n.abs()
	return appendUint128(dst, upper, lower)
}

// tenTo19 is the largest power of ten in 64 bits.
const tenTo19 = 1e19

func appendUint128(dst []byte, upper, lower uint64) []byte {
	if upper == 0 {
		return strconv.AppendUint(dst, lower, 10)
	}
	quotient, rest := bits.Div64(upper%tenTo19, lower, tenTo19)
	first, middle := bits.Div64(upper/tenTo19, quotient, tenTo19)
	if first > 0 {
		dst = appendPadded(strconv.AppendUint(dst, first, 10), middle, 19)
	} else {
		dst = strconv.AppendUint(dst, middle, 10)
	}
	return appendPadded(dst, rest, 19)
}

// appendPadded writes n with leading zeros.
func appendPadded(dst []byte, n uint64, digits int) []byte {
	var buf [20]byte
	for i := digits - 1; i >= 0; i-- {
		buf[i] = byte('0' + n%10)
		n /= 10
	}
	return append(dst, buf[:digits]...)
}

func (v *Vector) appendDecimal(dst []byte, row int) []byte {
	var n int128
	if v.typ.inner == typeHugeInt {
		n = *at[int128](v.data, row)
	} else {
		i := v.Int64(row)
		n = int128{uint64(i), i >> 63}
	}
	return appendDecimal(dst, n, v.typ.width, v.typ.scale)
}

// appendDecimal writes n / 10^scale. As in DuckDB, a type that has no digits
// before the point doesn't write a zero there.
func appendDecimal(dst []byte, n int128, width, scale int) []byte {
	if n.upper < 0 {
		dst = append(dst, '-')
	}
	var buf [40]byte
	upper, lower := n.abs()
	digits := appendUint128(buf[:0], upper, lower)
	if scale == 0 {
		return append(dst, digits...)
	}
	if whole := len(digits) - scale; whole > 0 {
		dst = append(dst, digits[:whole]...)
		digits = digits[whole:]
	} else if width > scale {
		dst = append(dst, '0')
	}
	dst = append(dst, '.')
	for range scale - len(digits) {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}

func (v *Vector) parseFloat(row int) float64 {
	var buf [48]byte
	// The text of a number always parses; one too large gives infinity.
	f, _ := strconv.ParseFloat(string(v.AppendText(buf[:0], row)), 64)
	return f
}

func appendUUID(dst []byte, n int128) []byte {
	// DuckDB flips the first bit, so that UUIDs sort as signed numbers.
	upper := uint64(n.upper) ^ 1<<63
	var raw [16]byte
	for i := range 8 {
		raw[i] = byte(upper >> (56 - 8*i))
		raw[8+i] = byte(n.lower >> (56 - 8*i))
	}
	for i, from := range [...]int{0, 4, 6, 8, 10} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, raw[from:[...]int{4, 6, 8, 10, 16}[i]])
	}
	return dst
}

const upperHex = "0123456789ABCDEF"

func appendBlob(dst, blob []byte) []byte {
	for _, c := range blob {
		if c < ' ' || c > '~' || c == '\\' || c == '\'' || c == '"' {
			dst = append(dst, '\\', 'x', upperHex[c>>4], upperHex[c&15])
		} else {
			dst = append(dst, c)
		}
	}
	return dst
}

// appendBits writes a BIT: its first byte counts the unused leading bits of
// the second.
func appendBits(dst, raw []byte) []byte {
	if len(raw) == 0 {
		return dst
	}
	for i := int(raw[0]); i < 8*(len(raw)-1); i++ {
		dst = append(dst, '0'+raw[1+i/8]>>(7-i%8)&1)
	}
	return dst
}

// bigNumHeader is how many bytes of a BIGNUM tell its sign and length.
const bigNumHeader = 3

// bigNum reads a BIGNUM: magnitude in big-endian order after the header, whose
// first bit is set unless the number is negative; then all bits are inverted.
func bigNum(raw []byte) *big.Int {
	n := new(big.Int)
	if len(raw) <= bigNumHeader {
		return n
	}
	magnitude := append([]byte(nil), raw[bigNumHeader:]...)
	negative := raw[0]&0x80 == 0
	if negative {
		for i := range magnitude {
			magnitude[i] = ^magnitude[i]
		}
	}
	n.SetBytes(magnitude)
	if negative {
		n.Neg(n)
	}
	return n
}
