package render

import (
	"strconv"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"
)

// Visible returns s with every character that would steer a terminal written
// out: \n, \t, \r, \e, \x07 and so on. Data and error messages come from
// files of others; an escape sequence in them must not reach the screen.
// Right-to-left text stays as it is, but the invisible commands that override
// or isolate its direction are written out (\u202e), and so are bytes that are
// not UTF-8 (\xff).
func Visible(s string) string {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return string(appendVisible(nil, []byte(s)))
		}
	}
	return s
}

func appendVisible(dst, src []byte) []byte {
	for i := 0; i < len(src); {
		b := src[i]
		if b < utf8.RuneSelf {
			if b >= 0x20 && b != 0x7f {
				dst = append(dst, b)
			} else {
				dst = appendControl(dst, b)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = appendHex(append(dst, `\x`...), uint64(b), 2)
		case steers(r):
			dst = appendHex(append(dst, `\u`...), uint64(r), 4)
		default:
			dst = append(dst, src[i:i+size]...)
		}
		i += size
	}
	return dst
}

// steers reports whether a character beyond ASCII moves the cursor, breaks the
// line or changes the direction of what follows.
func steers(r rune) bool {
	switch {
	case r <= 0x9f: // C1 controls; U+009B begins an escape sequence
		return true
	case r == 0x2028 || r == 0x2029: // line and paragraph separator
		return true
	case 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069: // direction
		return true
	}
	return r == 0xfeff // byte order mark
}

func appendControl(dst []byte, b byte) []byte {
	switch b {
	case '\n':
		return append(dst, `\n`...)
	case '\t':
		return append(dst, `\t`...)
	case '\r':
		return append(dst, `\r`...)
	case 0x1b:
		return append(dst, `\e`...)
	}
	return appendHex(append(dst, `\x`...), uint64(b), 2)
}

func appendHex(dst []byte, value uint64, digits int) []byte {
	start := len(dst)
	dst = strconv.AppendUint(dst, value, 16)
	for len(dst)-start < digits {
		dst = append(dst[:start], append([]byte{'0'}, dst[start:]...)...)
	}
	return dst
}

// screenWidth returns how many columns of a screen s takes. It must be the
// measure that go-pretty pads by.
func screenWidth(s string) int { return text.StringWidthWithoutEscSequences(s) }

// hasRightToLeft reports whether s has a letter of Hebrew, Arabic or another
// script that is written from right to left.
func hasRightToLeft(s string) bool {
	for _, r := range s {
		if 0x590 <= r && r <= 0x8ff || 0xfb1d <= r && r <= 0xfdff || 0xfe70 <= r && r <= 0xfefc ||
			0x10800 <= r && r <= 0x10fff || 0x1e800 <= r && r <= 0x1efff {
			return true
		}
	}
	return false
}
