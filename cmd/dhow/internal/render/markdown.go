package render

// writeMarkdown writes a table of GitHub's Markdown. Cells are not padded, so
// that rows can be written as they come. Characters that Markdown or HTML
// would take for a command are escaped, and a line feed becomes <br>.
func writeMarkdown(out *sink, rows Rows, opt Options) error {
	columns := rows.Columns()
	null := opt.nullText("NULL")
	var cell []byte
	for _, c := range columns {
		out.text("| ")
		if !opt.NoHeader {
			out.markdown([]byte(c.Name))
		}
		out.text(" ")
	}
	out.text("|\n")
	for _, c := range columns {
		if c.Kind == Number {
			out.text("|--:")
		} else {
			out.text("|---")
		}
	}
	out.text("|\n")
	for rows.Next() {
		for i := range columns {
			out.text("| ")
			if rows.IsNull(i) {
				out.text(null)
			} else {
				cell = rows.AppendText(cell[:0], i)
				out.markdown(cell)
			}
			out.text(" ")
		}
		out.text("|\n")
		if err := out.next(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// markdown appends text so that a reader of Markdown shows it as it is.
func (s *sink) markdown(text []byte) {
	for i, b := range text {
		switch b {
		case '\r':
			if i+1 == len(text) || text[i+1] != '\n' {
				s.text("<br>")
			}
		case '\n':
			s.text("<br>")
		case '<':
			s.text("&lt;")
		case '&':
			s.text("&amp;")
		case '\\', '`', '*', '[', ']', '|', '~':
			s.buf = append(s.buf, '\\', b)
		case '_':
			// Inside a word it means nothing; hs_code stays readable.
			if i == 0 || i+1 == len(text) || !isWord(text[i-1]) || !isWord(text[i+1]) {
				s.buf = append(s.buf, '\\')
			}
			s.buf = append(s.buf, b)
		default:
			if b < 0x20 && b != '\t' || b == 0x7f {
				s.buf = appendVisible(s.buf, text[i:i+1])
			} else {
				s.buf = append(s.buf, b)
			}
		}
	}
}

func isWord(b byte) bool {
	return b >= 0x80 || b == '_' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}
