package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Interfaces of statistics offices don't answer with plain rows: Comtrade has
// them in {"data": […]}, the US Census as arrays with the names in the first.

// wrapperNames are names of the array that holds the rows.
var wrapperNames = []string{"data", "dataset", "results", "result", "records", "rows", "value"}

// wrapsRows tells an object that holds the rows from one that is a row. Where
// it is damaged, what came before decides: the error is told when it is read.
func wrapsRows(line []byte) bool {
	arrays, _ := jsonArrays(bytes.NewReader(line))
	return slices.ContainsFunc(arrays, func(a jsonArray) bool { return a.isNamed() })
}

// jsonArray is an array of objects within an object, by the names that lead to it.
type jsonArray struct {
	path string
	rows int
}

func (a *jsonArray) isNamed() bool {
	last := a.path[strings.LastIndexByte(a.path, '.')+1:]
	return slices.Contains(wrapperNames, strings.ToLower(last))
}

// chooseArray returns the path of the array that has the rows, empty if that
// isn't clear.
func chooseArray(arrays []jsonArray) string {
	if len(arrays) == 1 {
		return arrays[0].path
	}
	path := ""
	for _, a := range arrays {
		if a.isNamed() && path != "" {
			return ""
		}
		if a.isNamed() {
			path = a.path
		}
	}
	return path
}

// jsonArrays lists the arrays of objects within an object.
func jsonArrays(r io.Reader) ([]jsonArray, error) {
	var arrays []jsonArray
	err := eachElement(r, func(path string, element json.RawMessage) error {
		if n := len(arrays); n > 0 && arrays[n-1].path == path {
			arrays[n-1].rows++
		} else if element[0] == '{' {
			arrays = append(arrays, jsonArray{path, 1})
		}
		return nil
	})
	return arrays, err
}

// eachRow calls f for each element of an array.
func eachRow(r io.Reader, f func(element json.RawMessage)) error {
	d := json.NewDecoder(r)
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		var element json.RawMessage
		if err := d.Decode(&element); err != nil {
			return err
		}
		f(element)
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end of the array")
	}
	return nil
}

// eachElement calls f for each element of every array that lies in objects only.
func eachElement(r io.Reader, f func(path string, element json.RawMessage) error) error {
	d := json.NewDecoder(r)
	if _, err := d.Token(); err != nil {
		return err
	}
	if err := eachIn(d, "", 0, f); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end of the object")
	}
	return nil
}

// maxJSONDepth is how deep the rows may lie.
const maxJSONDepth = 16

func eachIn(d *json.Decoder, path string, depth int, f func(string, json.RawMessage) error) error {
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		inner := strings.TrimPrefix(fmt.Sprintf("%s.%v", path, name), ".")
		value, err := d.Token()
		switch {
		case err != nil:
			return err
		case value == json.Delim('['):
			for d.More() {
				var element json.RawMessage
				if err := d.Decode(&element); err != nil {
					return err
				}
				if err := f(inner, element); err != nil {
					return err
				}
			}
			_, err = d.Token()
		case value == json.Delim('{') && depth > maxJSONDepth:
			return fmt.Errorf("objects lie more than %d deep", maxJSONDepth)
		case value == json.Delim('{'):
			err = eachIn(d, inner, depth+1, f)
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// copyArray copies the rows of an array to one line each. DuckDB would read an
// array that is cut off after a row as if it were whole.
func (s *source) copyArray() (string, error) {
	return s.copyTo("rows-*.ndjson", func(r io.Reader, w *bufio.Writer) error {
		s.rows, s.faults = 0, nil
		return damagedJSON(eachRow(r, func(row json.RawMessage) { s.jsonRow(w, row) }))
	})
}

// unwrap copies the rows within an object to one line each.
func (s *source) unwrap() (string, error) {
	in, err := s.text()
	if err != nil {
		return "", err
	}
	arrays, err := jsonArrays(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return "", damagedJSON(err)
	}
	path := chooseArray(arrays)
	if path == "" && len(arrays) > 0 {
		names := make([]string, len(arrays))
		for i, a := range arrays {
			names[i] = fmt.Sprintf("%s (%d rows)", a.path, a.rows)
		}
		return "", fmt.Errorf("it has several arrays of objects: %s; give a file with one of them", shortenList(names))
	}
	return s.copyTo("rows-*.ndjson", func(r io.Reader, w *bufio.Writer) error {
		s.rows, s.faults = 0, nil
		if path == "" {
			return s.copyOnly(r, w)
		}
		return damagedJSON(eachElement(r, func(at string, element json.RawMessage) error {
			if at == path {
				s.jsonRow(w, element)
			}
			return nil
		}))
	})
}

// copyOnly copies an object that is the only row.
func (s *source) copyOnly(r io.Reader, w *bufio.Writer) error {
	var object json.RawMessage
	if err := json.NewDecoder(r).Decode(&object); err != nil {
		return damagedJSON(err)
	}
	s.jsonRow(w, object)
	return nil
}

func damagedJSON(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = errors.New("it ends in the middle")
	}
	return fmt.Errorf("the JSON is truncated or damaged (%w); copy it again", err)
}

// jsonRow writes a row on a line, an empty object for one that can't be a row.
// Errors wait in the writer for its flush.
func (s *source) jsonRow(w *bufio.Writer, row json.RawMessage) {
	s.rows++
	reason := ""
	switch {
	case !utf8.Valid(row):
		reason = "the row is not valid UTF-8"
	case row[0] != '{':
		reason = "the row is not a JSON object"
	case len(row) > maxObject:
		reason = fmt.Sprintf("the row is longer than %d MiB", maxObject>>20)
	}
	var line bytes.Buffer
	if reason != "" {
		s.faults = append(s.faults, lineFault{s.rows, s.rows, cleanText(string(row)), reason})
		line.WriteString("{}")
	} else if err := json.Compact(&line, row); err != nil {
		line.Reset() // the decoder has accepted it, so this can't be
	}
	line.WriteByte('\n')
	_, _ = w.Write(line.Bytes())
}
