package udf

import (
	"bytes"
	"testing"
)

// TestInlineStr: the words hold the bytes in order, and zeros behind them.
func TestInlineStr(t *testing.T) {
	text := []byte("0123456789ab")
	for n := range len(text) + 1 {
		s := InlineStr(text[:n:n])
		want := Str{Lo: uint64(n)}
		for i, b := range text[:n] {
			if i < 4 {
				want.Lo |= uint64(b) << (32 + 8*i)
			} else {
				want.Hi |= uint64(b) << (8 * (i - 4))
			}
		}
		if s != want || !bytes.Equal(s.Bytes(), text[:n]) {
			t.Errorf("%q: %x, want %x", text[:n], s, want)
		}
	}
}
