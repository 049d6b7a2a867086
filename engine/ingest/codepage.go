package ingest

import (
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

//go:embed codepage.tsv
var codepageTSV string

// codepages are those with a table of our own.
var codepages = mustCodepages(codepageTSV)

// codepage is what each byte from 0x80 stands for.
type codepage [128]string

func mustCodepages(table string) map[string]*codepage {
	pages := map[string]*codepage{}
	for _, f := range tableRows(table, 2) {
		page := new(codepage)
		points := strings.Fields(f[1])
		if len(points) != len(page) {
			panic(fmt.Sprintf("codepage.tsv: %s has %d code points", f[0], len(points)))
		}
		for i, p := range points {
			for _, hex := range strings.Split(p, "+") {
				n, err := strconv.ParseUint(hex, 16, 21)
				if err != nil {
					panic(fmt.Sprintf("codepage.tsv: %s has %q", f[0], p))
				}
				if n == 0 {
					n = utf8.RuneError
				}
				page[i] += string(rune(n))
			}
		}
		pages[f[0]] = page
	}
	return pages
}

// Transform decodes; see [transform.Transformer].
func (p *codepage) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for _, c := range src {
		if c < utf8.RuneSelf {
			if nDst == len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			dst[nDst] = c
			nDst++
		} else {
			s := p[c-utf8.RuneSelf]
			if nDst+len(s) > len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			nDst += copy(dst[nDst:], s)
		}
		nSrc++
	}
	return nDst, nSrc, nil
}

// Reset does nothing: no byte depends on another.
func (p *codepage) Reset() {}

// dosPages are the code pages of DOS that x/text has.
var dosPages = map[string]encoding.Encoding{
	"037": charmap.CodePage037, "437": charmap.CodePage437, "850": charmap.CodePage850, "852": charmap.CodePage852,
	"855": charmap.CodePage855, "858": charmap.CodePage858, "860": charmap.CodePage860, "862": charmap.CodePage862,
	"863": charmap.CodePage863, "865": charmap.CodePage865, "866": charmap.CodePage866,
}

// numberedPages are code pages by their number that have another name.
var numberedPages = map[string]string{
	"874": "windows-874", "932": "shift_jis", "936": "gbk", "949": "euc-kr", "950": "big5", "10000": "macintosh",
	"20866": "koi8-r", "28596": "iso-8859-6", "28591": "windows-1252", "708": "iso-8859-6", "65001": encodingUTF8, "1200": encodingUTF16LE, "1201": encodingUTF16BE,
}

// decoderOf returns what turns text of an encoding into UTF-8, nil for UTF-8
// itself. Names are those of the Encoding standard, and numbers of code pages
// with or without cp, ibm, dos or windows before them.
func decoderOf(name string) (transform.Transformer, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	number := name
	for _, prefix := range []string{"windows-", "windows", "cp-", "cp", "ibm-", "ibm", "dos-", "dos", "oem"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && onlyDigits(rest) {
			number = rest
			break
		}
	}
	if other, ok := numberedPages[number]; ok {
		name = other
	}
	switch {
	case name == encodingUTF8 || name == "utf8":
		return nil, nil // damage must stay visible, so nothing is replaced here
	case name == encodingUTF16LE:
		return xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewDecoder(), nil
	case name == encodingUTF16BE || name == "utf-16":
		return xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM).NewDecoder(), nil
	case codepages["cp"+number] != nil:
		return codepages["cp"+number], nil
	case dosPages[number] != nil:
		return dosPages[number].NewDecoder(), nil
	case len(number) == 4 && strings.HasPrefix(number, "125"):
		name = "windows-" + number
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, fmt.Errorf("there is no encoding %q; say for example windows-1256, iso-8859-6, cp720, utf-16le or utf-8", name)
	}
	return e.NewDecoder(), nil
}

// CheckEncoding tells whether text in an encoding of that name can be read; no
// name is right too, as it leaves the encoding to be found out.
func CheckEncoding(name string) error {
	if name == "" {
		return nil
	}
	_, err := decoderOf(name)
	return err
}

// decoder returns a reader that turns r into UTF-8.
func decoder(r io.Reader, name string) (io.Reader, error) {
	t, err := decoderOf(name)
	if t == nil || err != nil {
		return r, err
	}
	return transform.NewReader(r, t), nil
}
