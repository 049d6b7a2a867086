package spelling

import (
	"bytes"
	"unicode/utf8"
)

// Number reads a text that is a number without sign: digits of any of the
// scripts that keys know, leading zeros, and a fraction of zeros, as a
// spreadsheet writes them. A number above most is most.
func Number(text []byte, most int64) (int64, bool) {
	if len(text) == 0 || text[0]|0x20 >= 'a' && text[0] < utf8.RuneSelf {
		return 0, false // spares names most of the work
	}
	text = bytes.TrimSpace(text)
	var n int64
	whole, some := true, false
	for i := 0; i < len(text); {
		d, size := digit(text[i:])
		switch {
		case size > 0 && whole:
			some = true
			n = min(n*10+d, most)
		case size > 0 && d == 0:
		case text[i] == '.' && whole && some:
			whole, size = false, 1
		default:
			return 0, false
		}
		i += size
	}
	return n, some
}

// digit reads an ASCII, Arabic-Indic, Persian or full-width digit; its size is
// 0 if there is none.
func digit(text []byte) (value int64, size int) {
	if c := text[0]; c < utf8.RuneSelf {
		if c < '0' || c > '9' {
			return 0, 0
		}
		return int64(c - '0'), 1
	}
	r, size := utf8.DecodeRune(text)
	for _, zero := range []rune{'٠', '۰', '０'} {
		if r >= zero && r <= zero+9 {
			return int64(r - zero), size
		}
	}
	return 0, 0
}
