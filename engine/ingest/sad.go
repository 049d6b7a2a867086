package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// sadField is an element with a text, by its path below ASYCUDA or Item. An
// element that has come before below the same parent has its number: a[2].
type sadField struct{ path, value string }

// sad is a declaration in the XML of ASYCUDA World.
type sad struct {
	line   int64
	header []sadField
	items  []sadItem
}

type sadItem struct {
	line   int64
	fields []sadField
}

// What is read of one declaration. A declaration has at most 999 items.
const (
	maxSADBytes = 256 << 20
	maxSADDepth = 64
)

// sadReader reads declarations one by one.
type sadReader struct {
	d        *xml.Decoder
	encoding string
	stack    []sadElement // from ASYCUDA down
	size     int
}

// sadElement is an open element.
type sadElement struct {
	path     string
	children map[string]int
	text     []byte
}

func newSADReader(in io.Reader, head []byte) (*sadReader, error) {
	r := &sadReader{encoding: encodingUTF8}
	if encoding := utf16Of(head); encoding != "" {
		text, err := decoder(in, encoding)
		if err != nil {
			return nil, err
		}
		in, r.encoding = text, encoding
	}
	r.d = xml.NewDecoder(in)
	r.d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		label = strings.ToLower(label)
		if strings.HasPrefix(label, "utf-16") {
			return in, nil // decoded before
		}
		r.encoding = label
		return decoder(in, label)
	}
	return r, nil
}

// next returns the next declaration, io.EOF after the last.
func (r *sadReader) next() (*sad, error) {
	s, err := r.read()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return nil, &Error{Row: int64(syntax.Line), Err: fmt.Errorf("the XML is truncated or damaged (%s); copy it again", syntax.Msg)}
	}
	return s, err
}

func (r *sadReader) read() (*sad, error) {
	var s *sad
	r.size = 0
	for {
		token, err := r.d.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if s == nil && t.Name.Local == "ASYCUDA" {
				line, _ := r.d.InputPos()
				s = &sad{line: int64(line)}
				r.stack = append(r.stack[:0], sadElement{})
			} else if s != nil {
				if err := r.open(s, t.Name.Local); err != nil {
					return nil, err
				}
			}
		case xml.CharData:
			if n := len(r.stack); s != nil && n > 0 {
				r.stack[n-1].text = append(r.stack[n-1].text, t...)
				if r.size += len(t); r.size > maxSADBytes {
					return nil, fmt.Errorf("a declaration has more than %d MiB", maxSADBytes>>20)
				}
			}
		case xml.EndElement:
			if s == nil {
				continue
			}
			if r.end(s); len(r.stack) == 0 {
				return s, nil
			}
		}
	}
}

func (r *sadReader) open(s *sad, name string) error {
	line, _ := r.d.InputPos()
	if len(r.stack) == 1 && name == "Item" {
		s.items = append(s.items, sadItem{line: int64(line)})
		r.stack = append(r.stack, sadElement{path: name})
		return nil
	}
	if len(r.stack) >= maxSADDepth {
		return &Error{Row: int64(line), Err: fmt.Errorf("element %s lies %d deep; this is no declaration", name, maxSADDepth)}
	}
	parent := &r.stack[len(r.stack)-1]
	if parent.children == nil {
		parent.children = map[string]int{}
	}
	parent.children[name]++
	path := name
	if n := parent.children[name]; n > 1 {
		path = fmt.Sprintf("%s[%d]", name, n)
	}
	if parent.path != "" {
		path = parent.path + "/" + path
	}
	r.stack = append(r.stack, sadElement{path: path})
	return nil
}

// end closes an element, which counts if it has a text.
func (r *sadReader) end(s *sad) {
	last := len(r.stack) - 1
	e := r.stack[last]
	r.stack = r.stack[:last]
	text := string(bytes.TrimSpace(e.text))
	if text == "" || last == 0 {
		return
	}
	f := sadField{e.path, text}
	if n := len(s.items); n > 0 && (e.path == "Item" || strings.HasPrefix(e.path, "Item/")) {
		s.items[n-1].fields = append(s.items[n-1].fields, f)
		return
	}
	s.header = append(s.header, f)
}
