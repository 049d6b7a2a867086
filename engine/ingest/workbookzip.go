package ingest

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strings"
	"unicode/utf8"
)

// maxColumns is the number of columns of a sheet, A to XFD.
const maxColumns = 16384

// A package is a zip of XML parts. These are the small ones: which sheets
// there are, where, how their numbers are shown, and the texts they share.
type workbookParts struct {
	zip      *zip.ReadCloser
	sheets   []sheetPart
	date1904 bool
	formats  []numberFormat // by style
	shared   sharedTexts
}

type sheetPart struct {
	name, part string
	hidden     bool
}

var errNotWorkbook = errors.New("it isn't an .xlsx workbook")

func openParts(file string) (*workbookParts, error) {
	z, err := openZip(file)
	if err != nil {
		return nil, err
	}
	w := &workbookParts{zip: z}
	if err := w.read(); err != nil {
		return nil, errors.Join(err, z.Close())
	}
	return w, nil
}

func openZip(file string) (*zip.ReadCloser, error) {
	z, err := zip.OpenReader(file)
	switch {
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("the workbook is truncated or damaged; copy it again, or open and save it in the spreadsheet program")
	case err != nil:
		return nil, fmt.Errorf("open the workbook: %w", reasonOf(err))
	}
	return z, nil
}

func (w *workbookParts) read() error {
	targets, err := w.relations()
	if err != nil {
		return err
	}
	if err := w.readSheets(targets); err != nil {
		return err
	}
	if err := w.readStyles(); err != nil {
		return err
	}
	return w.readShared()
}

// part opens a part of the package; nil if there is none.
func (w *workbookParts) part(name string) (io.ReadCloser, error) {
	for _, f := range w.zip.File {
		if strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			r, err := f.Open()
			if err != nil {
				return nil, fmt.Errorf("read %s in the workbook: %w", name, err)
			}
			return r, nil
		}
	}
	return nil, nil
}

// size returns how many bytes a part has, unpacked.
func (w *workbookParts) size(name string) int64 {
	for _, f := range w.zip.File {
		if strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			return int64(min(f.UncompressedSize64, math.MaxInt64))
		}
	}
	return 0
}

// each calls f for every start element of a part; a part that is missing has none.
func (w *workbookParts) each(name string, f func(*xml.Decoder, xml.StartElement) error) error {
	r, err := w.part(name)
	if r == nil || err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.Strict = false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s in the workbook is damaged: %w", name, err)
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := f(d, start); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (w *workbookParts) relations() (map[string]string, error) {
	targets := map[string]string{}
	err := w.each("xl/_rels/workbook.xml.rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if rooted, ok := strings.CutPrefix(target, "/"); ok {
				target = rooted
			} else {
				target = path.Join("xl", target)
			}
			targets[attr(e, "Id")] = target
		}
		return nil
	})
	return targets, err
}

func (w *workbookParts) readSheets(targets map[string]string) error {
	err := w.each("xl/workbook.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			w.date1904 = v == "1" || v == "true" || v == "on"
		case "sheet":
			part, ok := targets[attr(e, "id")]
			if !ok || strings.Contains(part, "chartsheets/") {
				return nil // a sheet without cells
			}
			w.sheets = append(w.sheets, sheetPart{attr(e, "name"), part, attr(e, "state") != "" && attr(e, "state") != "visible"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(w.sheets) == 0 {
		return errNotWorkbook
	}
	return nil
}

func (w *workbookParts) readStyles() error {
	codes := map[string]string{}
	inCells := false
	return w.each("xl/styles.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			codes[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id := attr(e, "numFmtId")
				w.formats = append(w.formats, formatOf(id, codes[id]))
			}
		}
		return nil
	})
}

// sharedTexts holds the texts that cells refer to by number, end to end: a
// workbook can have millions, and a string header each would double them.
type sharedTexts struct {
	bytes []byte
	ends  []int
}

// maxShared bounds what the shared texts of a workbook may take in memory.
const maxShared = 2 << 30

func (t *sharedTexts) get(i int) (string, error) {
	if i < 0 || i >= len(t.ends) {
		return "", fmt.Errorf("refers to shared text %d of %d; the workbook is damaged", i, len(t.ends))
	}
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.bytes[from:t.ends[i]]), nil
}

func (w *workbookParts) readShared() error {
	return w.each("xl/sharedStrings.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := sharedText(d)
		if err != nil {
			return fmt.Errorf("shared text %d of the workbook is damaged: %w", len(w.shared.ends), err)
		}
		w.shared.bytes = append(w.shared.bytes, text...)
		w.shared.ends = append(w.shared.ends, len(w.shared.bytes))
		if len(w.shared.bytes) > maxShared {
			return fmt.Errorf("the workbook has more than %d MiB of text; save the sheet as CSV", maxShared>>20)
		}
		return nil
	})
}

// sharedText joins the runs of a text; phonetic hints are not part of it.
func sharedText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	depth, inText, phonetic := 1, false, 0
	for depth > 0 {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			inText = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				phonetic = depth
			}
		case xml.EndElement:
			if depth == phonetic {
				phonetic = 0
			}
			depth--
			inText = false
		case xml.CharData:
			if inText && phonetic == 0 {
				b.Write(t)
			}
		}
	}
	return strings.ToValidUTF8(decodeEscapes(b.String()), string(utf8.RuneError)), nil
}

// columnNumber returns the column, from 0, of a cell reference such as AB12.
func columnNumber(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(c-'A'+1)
	}
	return n - 1
}

// columnLetters returns the letters of a column counted from 0.
func columnLetters(col int) string {
	var b [4]byte
	i := len(b)
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		i--
		b[i] = byte('A' + (n-1)%26)
	}
	return string(b[i:])
}

func cellName(col, row int) string {
	return fmt.Sprintf("%s%d", columnLetters(col), row)
}
