package render

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// writeJSON writes one array of objects, [] when there are no rows.
func writeJSON(out *sink, rows Rows, _ Options) error {
	keys, err := jsonKeys(rows.Columns())
	if err != nil {
		return err
	}
	for rows.Next() {
		if out.rows == 0 {
			out.text("[")
		} else {
			out.text(",\n")
		}
		out.object(keys, rows)
		if err := out.next(); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if out.rows == 0 {
		out.text("[")
	}
	out.text("]\n")
	return nil
}

// object appends the row as a JSON object.
func (s *sink) object(keys [][]byte, rows Rows) {
	s.buf = append(s.buf, '{')
	for i, key := range keys {
		s.separate(i, ',')
		s.buf = append(s.buf, key...)
		if rows.IsNull(i) {
			s.text("null")
		} else {
			s.buf = rows.AppendJSON(s.buf, i)
		}
	}
	s.buf = append(s.buf, '}')
}

// jsonKeys returns each column's name as a JSON string with its colon. A name
// that was there before gets a number, because most readers keep only the last
// of two equal keys.
func jsonKeys(columns []Column) ([][]byte, error) {
	given := make(map[string]bool, len(columns))
	for _, c := range columns {
		given[c.Name] = true
	}
	used := make(map[string]bool, len(columns))
	keys := make([][]byte, len(columns))
	for i, c := range columns {
		name := c.Name
		for n := 1; used[name] || n > 1 && given[name]; n++ {
			name = fmt.Sprintf("%s_%d", c.Name, n)
		}
		used[name] = true
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(name); err != nil {
			return nil, fmt.Errorf("write the name of column %d as JSON: %w", i+1, err)
		}
		keys[i] = append(bytes.TrimSuffix(text.Bytes(), []byte{'\n'}), ':')
	}
	return keys, nil
}
