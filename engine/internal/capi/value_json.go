package capi

import (
	"encoding/json"
	"math"
	"unicode/utf8"
)

// AppendJSON appends a value as JSON, which is always valid. Numbers of every
// width stay exact numbers; NaN and infinities, which JSON lacks, become null.
// JSON values are passed on as they are. Lists become arrays, structs, maps
// and unions objects (a union of its one member), rows without names arrays.
// All else is the string that [Vector.AppendText] gives.
func (v *Vector) AppendJSON(dst []byte, row int) []byte {
	if v.IsNull(row) {
		return append(dst, "null"...)
	}
	switch v.kind {
	case KindBool, KindInt, KindUint:
		return v.AppendText(dst, row)
	case KindFloat:
		return v.appendFloatJSON(dst, row)
	case KindDecimal:
		return v.appendDecimalJSON(dst, row)
	case KindText:
		return appendJSONString(dst, stringAt(v.data, row))
	case KindJSON:
		// A file may claim that its text is JSON.
		if raw := stringAt(v.data, row); json.Valid(raw) {
			return append(dst, raw...)
		}
		return appendJSONString(dst, stringAt(v.data, row))
	case KindList:
		return v.appendListJSON(dst, row)
	case KindMap:
		return v.appendMapJSON(dst, row)
	case KindStruct:
		return v.appendStructJSON(dst, row)
	case KindUnion:
		tag := int(*at[uint8](v.children[0].data, row))
		dst = appendJSONString(append(dst, '{'), []byte(v.typ.names[min(tag, len(v.typ.names)-1)]))
		return append(v.member(row).AppendJSON(append(dst, ':'), row), '}')
	case KindVariant:
		return v.variant(row).appendJSON(dst)
	}
	var buf [64]byte
	return appendJSONString(dst, v.AppendText(buf[:0], row))
}

func (v *Vector) appendFloatJSON(dst []byte, row int) []byte {
	if f := v.Float64(row); math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	return v.AppendText(dst, row)
}

func (v *Vector) appendDecimalJSON(dst []byte, row int) []byte {
	var buf [48]byte
	return appendDecimalText(dst, v.AppendText(buf[:0], row))
}

// appendDecimalText puts the zero before the point that JSON demands.
func appendDecimalText(dst, text []byte) []byte {
	if len(text) == 0 {
		return append(dst, "null"...)
	}
	if text[0] == '-' {
		dst, text = append(dst, '-'), text[1:]
	}
	if text[0] == '.' {
		dst = append(dst, '0')
	}
	return append(dst, text...)
}

func (v *Vector) appendListJSON(dst []byte, row int) []byte {
	from, to := v.span(row)
	dst = append(dst, '[')
	for i := from; i < to; i++ {
		if i > from {
			dst = append(dst, ',')
		}
		dst = v.children[0].AppendJSON(dst, i)
	}
	return append(dst, ']')
}

func (v *Vector) appendMapJSON(dst []byte, row int) []byte {
	entry := &v.children[0]
	from, to := v.span(row)
	dst = append(dst, '{')
	for i := from; i < to; i++ {
		if i > from {
			dst = append(dst, ',')
		}
		var buf [64]byte
		dst = appendJSONString(dst, entry.children[0].AppendText(buf[:0], i))
		dst = entry.children[1].AppendJSON(append(dst, ':'), i)
	}
	return append(dst, '}')
}

func (v *Vector) appendStructJSON(dst []byte, row int) []byte {
	open, shut := byte('{'), byte('}')
	unnamed := v.typ.unnamed()
	if unnamed {
		open, shut = '[', ']'
	}
	dst = append(dst, open)
	for i := range v.children {
		if i > 0 {
			dst = append(dst, ',')
		}
		if !unnamed {
			dst = append(appendJSONString(dst, []byte(v.typ.names[i])), ':')
		}
		dst = v.children[i].AppendJSON(dst, row)
	}
	return append(dst, shut)
}

// appendJSONString writes text as a JSON string; bytes that are not UTF-8
// become the replacement character.
func appendJSONString(dst, text []byte) []byte {
	dst = append(dst, '"')
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c < ' ' || c == 0x7f:
			dst = append(dst, '\\', 'u', '0', '0', upperHex[c>>4], upperHex[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, size := utf8.DecodeRune(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
	}
	return append(dst, '"')
}
