package ingest

// lineRun is a run of rows whose lines count on with their numbers: the line
// of each is its number plus shift.
type lineRun struct{ row, shift int64 }

// at notes the line at which a row begins. Rows come in order.
func (s *source) at(row, line int64) {
	if n := len(s.lines); n == 0 || s.lines[n-1].shift != line-row {
		s.lines = append(s.lines, lineRun{row, line - row})
	}
}
