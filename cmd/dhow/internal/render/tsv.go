package render

// writeTSV writes one line a row, whatever the values hold, for cut, sort and
// awk: tab, line feed, carriage return and backslash become \t \n \r \\, and
// NULL is \N, as PostgreSQL, MySQL and ClickHouse read and write it.
func writeTSV(out *sink, rows Rows, opt Options) error {
	columns := rows.Columns()
	null := opt.nullText(`\N`)
	if !opt.NoHeader {
		for i, c := range columns {
			out.separate(i, '\t')
			out.text(c.Name)
			out.escapeTSV(len(out.buf) - len(c.Name))
		}
		out.buf = append(out.buf, '\n')
	}
	for rows.Next() {
		for i := range columns {
			out.separate(i, '\t')
			if rows.IsNull(i) {
				out.text(null)
				continue
			}
			start := len(out.buf)
			out.buf = rows.AppendText(out.buf, i)
			out.escapeTSV(start)
		}
		out.buf = append(out.buf, '\n')
		if err := out.next(); err != nil {
			return err
		}
	}
	return rows.Err()
}

var tsvEscape = [256]byte{'\t': 't', '\n': 'n', '\r': 'r', '\\': '\\'}

// escapeTSV escapes the field that begins at start.
func (s *sink) escapeTSV(start int) {
	field := s.buf[start:]
	first := 0
	for first < len(field) && tsvEscape[field[first]] == 0 {
		first++
	}
	if first == len(field) {
		return
	}
	rest := append([]byte(nil), field[first:]...)
	s.buf = s.buf[:start+first]
	for _, b := range rest {
		if e := tsvEscape[b]; e != 0 {
			s.buf = append(s.buf, '\\', e)
		} else {
			s.buf = append(s.buf, b)
		}
	}
}
