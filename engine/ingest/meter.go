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
	total int64 // bytes of all files
	done  int64 // bytes of the files that are loaded
	size  int64 // bytes of the file at hand
	rows  int64 // rows of the files that are loaded
	query func() float64

	scanned  atomic.Int64 // bytes of the file at hand
	expected atomic.Int64 // its rows, once they are known
	loading  atomic.Bool
}

// Progress is how far an import is.
type Progress struct {
	File string  // the file at hand
	Done float64 // share of the whole work, 0 to 1
	Rows float64 // rows read by now, in all files
}

// scanShare is about how much of the work on a file is its scan.
const scanShare = 0.15

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
	share := 0.0
	if m.size > 0 {
		share = scanShare * min(1, float64(m.scanned.Load())/float64(m.size))
	}
	if m.loading.Load() {
		share = scanShare
		if m.query != nil {
			share += (1 - scanShare) * min(1, max(0, m.query()/100))
		}
	}
	return Progress{
		File: m.file,
		Done: min(1, (float64(m.done)+share*float64(m.size))/float64(m.total)),
		Rows: float64(m.rows) + share*float64(m.expected.Load()),
	}
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
	m.file, m.size = f.path, diskSize(f)
	m.scanned.Store(0)
	m.expected.Store(0)
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

// load tells that the scan is over, and how many rows there are.
func (m *Meter) load(rows int64) {
	if m == nil {
		return
	}
	m.expected.Store(max(rows, 0))
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
	m.size = 0
	m.expected.Store(0)
}

// scan has the meter count what is read.
func (m *Meter) scan(r io.Reader) io.Reader {
	if m == nil {
		return r
	}
	return metered{r, m}
}

type metered struct {
	io.Reader
	meter *Meter
}

func (r metered) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.meter.scanned.Add(int64(n))
	return n, err
}
