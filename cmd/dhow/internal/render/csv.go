package render

import "bytes"

// writeCSV writes RFC 4180 with line feeds. NULL is an empty field and an
// empty text a quoted one, which is how DuckDB's COPY and read_csv tell them
// apart. With another text for NULL, a value that equals it is quoted.
//
// A result of one column is the exception: its NULL would be an empty line,
// which readers skip, so it is written as a quoted field. A lost NULL is
// better than a lost row.
func writeCSV(out *sink, rows Rows, opt Options) error {
	columns := rows.Columns()
	null := opt.nullText("")
	if !opt.NoHeader {
		for i, c := range columns {
			out.separate(i, ',')
			out.text(c.Name)
			out.quoteCSV(len(out.buf)-len(c.Name), null)
		}
		out.buf = append(out.buf, '\n')
	}
	for rows.Next() {
		for i := range columns {
			out.separate(i, ',')
			start := len(out.buf)
			switch {
			case !rows.IsNull(i):
				out.buf = rows.AppendText(out.buf, i)
				if columns[i].Kind != Number || null != "" {
					out.quoteCSV(start, null)
				}
			case null == "" && len(columns) == 1:
				out.text(`""`)
			default:
				out.text(null)
			}
		}
		out.buf = append(out.buf, '\n')
		if err := out.next(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// separate puts a separator before every column but the first.
func (s *sink) separate(col int, separator byte) {
	if col > 0 {
		s.buf = append(s.buf, separator)
	}
}

// csvSpecial holds the bytes for which a field needs quotes.
var csvSpecial = [256]byte{'"': '"', ',': ',', '\n': '\n', '\r': '\r'}

// quoteCSV puts the field that begins at start in quotes if it needs them.
func (s *sink) quoteCSV(start int, null string) {
	field := s.buf[start:]
	quotes := 0
	special := string(field) == null
	for _, b := range field {
		switch csvSpecial[b] {
		case 0:
		case '"':
			quotes++
		default:
			special = true
		}
	}
	// Some readers trim blanks that stand outside quotes.
	edge := len(field) > 0 && (field[0] == ' ' || field[len(field)-1] == ' ')
	if quotes == 0 && !special && !edge {
		return
	}
	if quotes > 0 {
		field = bytes.ReplaceAll(field, []byte{'"'}, []byte(`""`))
	}
	value := append([]byte(nil), field...)
	s.buf = append(s.buf[:start], '"')
	s.buf = append(s.buf, value...)
	s.buf = append(s.buf, '"')
}
