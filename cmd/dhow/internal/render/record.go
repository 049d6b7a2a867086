package render

// record is a row that may be shown. It is filled again and again, so that
// rows nobody sees cost neither memory nor the work of making them visible.
type record struct {
	text []byte
	end  []int
	null []bool
}

// read takes over the current row.
func (r *record) read(rows Rows, columns int) {
	r.text, r.end, r.null = r.text[:0], r.end[:0], r.null[:0]
	for i := range columns {
		null := rows.IsNull(i)
		if !null {
			r.text = rows.AppendText(r.text, i)
		}
		r.end = append(r.end, len(r.text))
		r.null = append(r.null, null)
	}
}

// cells returns the row as the screen shows it.
func (r *record) cells(opt Options) []string {
	cells := make([]string, len(r.end))
	start := 0
	for i, end := range r.end {
		switch limit := 16 * opt.Width; {
		case r.null[i]:
			cells[i] = nullCell(opt)
		case opt.Width > 0 && end-start > limit:
			// What is wider than the screen is cut later; a document of
			// megabytes needn't be measured for that. An Arabic letter with
			// its marks takes up to 8 bytes a column.
			cells[i] = string(append(appendVisible(nil, wholeRunes(r.text[start:start+limit])), "…"...))
		default:
			cells[i] = string(appendVisible(nil, r.text[start:end]))
		}
		start = end
	}
	return cells
}

func allCells(records []record, opt Options) [][]string {
	cells := make([][]string, len(records))
	for i := range records {
		cells[i] = records[i].cells(opt)
	}
	return cells
}

// wholeRunes drops the bytes at the end of b that begin a character and do not
// end it.
func wholeRunes(b []byte) []byte {
	for n := 0; n < 3 && len(b) > 0 && b[len(b)-1] >= 0x80; n++ {
		start := b[len(b)-1] >= 0xc0
		b = b[:len(b)-1]
		if start {
			break
		}
	}
	return b
}

// nullCell returns the cell for NULL, dim where colour can tell it from a text
// that reads the same.
func nullCell(opt Options) string {
	null := Visible(opt.nullText("NULL"))
	if opt.Color {
		return "\x1b[2m" + null + "\x1b[0m"
	}
	return null
}
