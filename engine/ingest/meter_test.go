package ingest

import (
	"io"
	"strings"
	"testing"
)

// The share never falls, rows are told as soon as some are counted, and all is
// done at the end.
func TestMeter(t *testing.T) {
	m := &Meter{total: 200, size: 100, first: shareOfScan, query: func() float64 { return -1 }}
	if now := m.Now(); now.Done != 0 || now.Rows != 0 {
		t.Errorf("at first %+v", now)
	}
	in := m.scan(io.NopCloser(strings.NewReader(strings.Repeat("x", 100))), 0)
	if _, err := io.CopyN(io.Discard, in, 50); err != nil {
		t.Fatal(err)
	}
	m.count(10)
	// Half of the scan, 0.06 of the first of two files; 10 of 20 rows were seen.
	if now := m.Now(); now.Done < 0.0299 || now.Done > 0.0301 || now.Rows < 1.19 || now.Rows > 1.21 {
		t.Errorf("in the scan %+v", now)
	}
	m.load(20)
	before := m.Now().Done
	m.query = func() float64 { return 100 }
	if now := m.Now(); now.Done < before || now.Done > 0.486 || now.Done < 0.484 {
		t.Errorf("at the end of the query %+v after %g", now, before)
	}
	m.query = func() float64 { return -1 } // as between statements
	if now := m.Now(); now.Done < 0.484 {
		t.Errorf("after the query %+v", now)
	}
	m.end(20)
	if now := m.Now(); now.Done != 0.5 || now.Rows != 20 {
		t.Errorf("after the first file %+v", now)
	}
}
