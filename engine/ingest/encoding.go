package ingest

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// Names of encodings, as the Encoding standard writes them.
const (
	encodingUTF8    = "utf-8"
	encodingUTF16LE = "utf-16le"
	encodingUTF16BE = "utf-16be"
	encodingArabic  = "windows-1256"
	encodingLatin   = "windows-1252"
)

// utf16Of tells UTF-16 by its mark or by the zero bytes that western digits
// and delimiters have in it; empty if it isn't.
func utf16Of(head []byte) string {
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) {
		return encodingUTF16LE
	}
	if bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return encodingUTF16BE
	}
	var zeros [2]int
	sample := head[:min(len(head), 4096)]
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	// A line of digits, delimiters and a line end has a zero in every pair, an
	// Arabic one in about one of four.
	pairs := len(sample) / 2
	switch {
	case zeros[1]*6 > pairs && zeros[0]*20 < pairs:
		return encodingUTF16LE
	case zeros[0]*6 > pairs && zeros[1]*20 < pairs:
		return encodingUTF16BE
	}
	return ""
}

// encodingOf tells the encoding of text by its beginning. Bytes of another
// encoding hardly ever make a character of UTF-8, so text with more of these
// than of bytes that can't be is UTF-8 with damage.
func encodingOf(head []byte) string {
	if name := utf16Of(head); name != "" {
		return name
	}
	valid, invalid := utf8Runs(head)
	if invalid == 0 || invalid < valid {
		return encodingUTF8
	}
	return legacyEncoding(head)
}

// utf8Runs counts the characters beyond ASCII that are UTF-8, and the bytes
// that can't be.
func utf8Runs(b []byte) (valid, invalid int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1 && !utf8.FullRune(b):
			return valid, invalid // cut off at the end of the sample
		case r == utf8.RuneError && n == 1:
			invalid++
		default:
			valid++
		}
		b = b[n:]
	}
	return valid, invalid
}

// decodeHead turns the beginning of a file into UTF-8.
func decodeHead(head []byte, encoding string) ([]byte, error) {
	if encoding == encodingUTF8 {
		return head, nil
	}
	if encoding == encodingUTF16LE || encoding == encodingUTF16BE {
		head = head[:len(head)&^1]
	}
	r, err := decoder(bytes.NewReader(head), encoding)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read the file as %s: %w", encoding, err)
	}
	return text, nil
}
