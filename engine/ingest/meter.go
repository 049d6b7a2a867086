package ingest

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

// Meter follows an import. Its methods may be called from any goroutine; those
// of a nil meter do nothing.
type Meter struct {
	lock  sync.Mutex
	file  string
	total int64   // bytes of all files
	done  int64   // bytes of the files that are loaded
	size  int64   // bytes of the file at hand
	first float64 // about how much of the work on it is done when its rows are known
	most  float64 // how much of it was done when that was last asked
	rows  int64   // rows of the files that are loaded
	query func() float64

	scanned  atomic.Int64 // bytes of the file at hand, or of the part of it that has the rows
	ofThem   atomic.Int64 // how many there are; 0 is all of the file
	counted  atomic.Int64 // rows that were scanned
	expected atomic.Int64 // all of them, once they are known
	taken    atomic.Int64 // rows that were read to be inserted
	loading  atomic.Bool
}

// Progress is how far an import is.
type Progress struct {
	File string  // the file at hand
	Done float64 // share of the whole work, 0 to 1; it never falls
	Rows float64 // how many rows so much work is worth, in all files; 0 while that isn't known
}

// About how much of the work on a file is done when its rows are known: text is
// only looked through then, of other formats a copy was made. The rest, after
// the rows were inserted, is short.
const (
	shareOfScan  = 0.12
	shareOfStage = 0.5
	shareOfRest  = 0.03
)

// Now returns how far the import is.
func (m *Meter) Now() Progress {
	if m == nil {
		return Progress{}
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.total == 0 {
		return Progress{File: m.file}
	}
	scan := m.scanShare()
	share := m.first * scan
	if m.loading.Load() {
		share = m.first + (1-m.first-shareOfRest)*m.inserted()
	}
	m.most = max(m.most, share)
	expected := float64(m.expected.Load())
	if counted := m.counted.Load(); expected == 0 && scan > 0 && counted > 0 {
		expected = float64(counted) / scan
	}
	return Progress{
		File: m.file,
		Done: min(1, (float64(m.done)+m.most*float64(m.size))/float64(m.total)),
		Rows: float64(m.rows) + m.most*expected,
	}
}

// inserted tells how much of the rows was read to be inserted: what was
// counted, or else what DuckDB says of its statement.
func (m *Meter) inserted() float64 {
	taken, expected := m.taken.Load(), m.expected.Load()
	switch {
	case taken > 0 && expected > 0:
		return min(1, float64(taken)/float64(expected))
	case m.query != nil:
		return min(1, max(0, m.query()/100))
	}
	return 0
}

// took tells that rows were read to be inserted.
func (m *Meter) took(rows int) {
	if m != nil && rows > 0 && m.loading.Load() {
		m.taken.Add(int64(rows))
	}
}

// scanShare tells how much of the file at hand was scanned.
func (m *Meter) scanShare() float64 {
	size := m.ofThem.Load()
	if size == 0 {
		size = m.size
	}
	if size <= 0 {
		return 0
	}
	return min(1, float64(m.scanned.Load())/float64(size))
}

// begin tells the sizes of all files.
func (m *Meter) begin(files []recognised, query func() float64) {
	if m == nil {
		return
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.total, m.done, m.size, m.rows, m.query = 0, 0, 0, 0, query
	for _, f := range files {
		m.total += diskSize(f)
	}
}

func diskSize(f recognised) int64 {
	info, err := os.Stat(f.disk)
	if err != nil {
		return 0 // whoever opens it says why
	}
	return info.Size()
}

// next tells that a file is begun.
func (m *Meter) next(f recognised) {
	if m == nil {
		return
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.file, m.size, m.most, m.first = f.path, diskSize(f), 0, shareOfStage
	switch f.format {
	case FormatCSV, FormatNDJSON:
		m.first = shareOfScan
	case FormatParquet:
		m.first = 0
	}
	for _, n := range []*atomic.Int64{&m.scanned, &m.ofThem, &m.counted, &m.expected, &m.taken} {
		n.Store(0)
	}
	m.loading.Store(false)
}

// nextOf tells that files are begun together.
func (m *Meter) nextOf(b *batch) {
	if m == nil {
		return
	}
	m.next(b.files[0].recognised)
	m.lock.Lock()
	defer m.lock.Unlock()
	m.file, m.size = fmt.Sprintf("%s and %d more", b.files[0].path, len(b.files)-1), b.size
}

// count tells how many rows were scanned.
func (m *Meter) count(rows int64) {
	if m != nil {
		m.counted.Store(rows)
	}
}

// load tells that the scan is over, and how many rows there are.
func (m *Meter) load(rows int64) {
	if m == nil {
		return
	}
	m.expected.Store(max(rows, 0))
	m.taken.Store(0)
	m.loading.Store(true)
}

// end tells that a file is loaded.
func (m *Meter) end(rows int64) {
	if m == nil {
		return
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.done += m.size
	m.rows += rows
	m.size, m.most = 0, 0
	m.expected.Store(0)
	m.counted.Store(0)
}

// scan has the meter count what is read of a file, or of the part of it that
// has the rows, of that size.
func (m *Meter) scan(r io.ReadCloser, size int64) io.ReadCloser {
	if m == nil || r == nil {
		return r
	}
	m.ofThem.Store(size)
	m.scanned.Store(0)
	return metered{r, m}
}

type metered struct {
	io.ReadCloser
	meter *Meter
}

func (r metered) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.meter.scanned.Add(int64(n))
	return n, err
}
