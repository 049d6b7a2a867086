package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// jsonTable gives the rows of an array of arrays, whose first has the names.
type jsonTable struct {
	d      *json.Decoder
	header []string
	number int64
	out    stagedRow
}

func newJSONTable(r io.Reader) (*jsonTable, error) {
	t := &jsonTable{d: json.NewDecoder(r)}
	if _, err := t.d.Token(); err != nil {
		return nil, damagedJSON(err)
	}
	var names []any
	if err := t.d.Decode(&names); err != nil {
		return nil, damagedJSON(err)
	}
	for _, n := range names {
		t.header = append(t.header, jsonText(n))
	}
	t.header = uniqueNames(t.header)
	return t, nil
}

func (t *jsonTable) columns() []sourceColumn {
	columns := make([]sourceColumn, len(t.header))
	for i, name := range t.header {
		columns[i] = sourceColumn{name: name, typ: TypeVarchar}
	}
	return columns
}

func (t *jsonTable) next() (*stagedRow, error) {
	if !t.d.More() {
		if _, err := t.d.Token(); err != nil {
			return nil, damagedJSON(err)
		}
		return nil, io.EOF
	}
	var raw json.RawMessage
	if err := t.d.Decode(&raw); err != nil {
		return nil, damagedJSON(err)
	}
	t.number++
	t.out.reset(len(t.header), t.number+1)
	var cells []any
	numbers := json.NewDecoder(bytes.NewReader(raw))
	numbers.UseNumber()
	if err := numbers.Decode(&cells); err != nil {
		t.out.fault = "the row is not an array"
	} else if len(cells) != len(t.header) {
		t.out.fault = fmt.Sprintf("the row has %d cells, the header %d", len(cells), len(t.header))
	}
	if t.out.fault != "" {
		t.out.raw = string(raw)
		return &t.out, nil
	}
	for i, c := range cells {
		t.out.cells[i] = jsonText(c)
	}
	return &t.out, nil
}

// jsonText writes a value as a cell; null is nothing.
func jsonText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
