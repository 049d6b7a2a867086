package ingest

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// dialect is how a delimited text is written.
type dialect struct {
	delim  byte
	header []string // names of the columns, all distinct
	crOnly bool     // lines end with a carriage return alone
	skip   int64    // records above the first row of data
}

// delimiters are tried in this order, which decides between equals.
var delimiters = []byte{',', ';', '\t', '|', '^', '~'}

// dialectOf tells how text is written by its beginning. A given delimiter is
// not questioned. whole tells that the sample is all there is.
func dialectOf(sample []byte, delim byte, whole bool) (dialect, error) {
	d := dialect{delim: delim}
	if bytes.IndexByte(sample, '\n') < 0 && bytes.IndexByte(sample, '\r') >= 0 {
		d.crOnly = true
		sample = bytes.ReplaceAll(sample, []byte{'\r'}, []byte{'\n'})
	}
	if i := bytes.LastIndexByte(sample, '\n'); i > 0 && !whole {
		sample = sample[:i+1]
	}
	if delim == 0 {
		d.delim = bestDelimiter(sample)
	}
	records := sampleRecords(sample, d.delim)
	if len(records) == 0 {
		return d, errors.New("no line of the file can be read as a row")
	}
	at := headerOf(records)
	names, last := joinHeader(records[:min(len(records), at+2)], at)
	d.skip = int64(last + 1)
	d.header = uniqueNames(fitHeader(names, records[last+1:]))
	return d, nil
}

// maxSampleRecords is how many records decide a dialect.
const maxSampleRecords = 1000

// sampleRecords returns the cells of the records of a sample; one that isn't
// sound has none.
func sampleRecords(sample []byte, delim byte) [][]string {
	s := newScanner(bytes.NewReader(sample), delim)
	var out [][]string
	for len(out) < maxSampleRecords {
		rec, err := s.next()
		if err != nil {
			return out // a bytes.Reader has no error but the end
		}
		if rec.fault == "" {
			out = append(out, splitRecord(rec.raw, delim))
		} else {
			// An unsound record keeps its place, so that records are counted as
			// the scan of the file counts them.
			out = append(out, nil)
		}
	}
	return out
}

// bestDelimiter returns the one that gives the most records the same number
// of columns, the more the better.
func bestDelimiter(sample []byte) byte {
	best, bestScore := delimiters[0], 0
	for _, d := range delimiters {
		records := sampleRecords(sample, d)
		width := modalWidth(records)
		if width < 2 {
			continue
		}
		same := 0
		for _, r := range records {
			if len(r) == width {
				same++
			}
		}
		// A delimiter that splits only some lines is part of the text.
		if score := same * 1000 / len(records) * min(width, 20); same*2 > len(records) && score > bestScore {
			best, bestScore = d, score
		}
	}
	return best
}

// modalWidth returns the number of cells that most records have, 0 for none.
func modalWidth(records [][]string) int {
	counts := map[int]int{}
	best := 0
	for _, r := range records {
		n := len(r)
		if n == 0 {
			continue
		}
		counts[n]++
		if counts[n] > counts[best] || (counts[n] == counts[best] && n > best) {
			best = n
		}
	}
	return best
}

// headerRecords is how many records may stand above the header.
const headerRecords = 30

// headerOf finds the header: the record with the most names that a customs
// file has, else the first that looks like one, else the first.
func headerOf(records [][]string) int {
	rows := records[:min(headerRecords, len(records))]
	at := knownHeader(rows)
	if at < 0 {
		at = max(0, headerIndex(rows, func(row, col int) bool { return !isDigits(rows[row][col]) }))
	}
	return at
}

// fitHeader brings a header to the width of the rows below it, if none has
// its own width and no name is lost.
func fitHeader(names []string, rows [][]string) []string {
	width := modalWidth(rows)
	if width == 0 || slices.ContainsFunc(rows, func(r []string) bool { return len(r) == len(names) }) {
		return names
	}
	for len(names) < width {
		names = append(names, "")
	}
	for len(names) > width && oneLine(names[len(names)-1]) == "" {
		names = names[:len(names)-1]
	}
	return names
}

// lineEnds is a reader that turns a carriage return into a line feed.
type lineEnds struct{ r io.Reader }

func (l lineEnds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
