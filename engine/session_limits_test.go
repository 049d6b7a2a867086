package engine_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dhowdb/dhow/engine"
)

const endless = "SELECT count(*) AS n FROM range(1000000) a(i), range(1000000) b(j) WHERE (i * j) % 7 = 1"

func TestCancel(t *testing.T) {
	tests := []struct {
		name, sql string
		end       func(cancel func()) // called after the start
		want      error
	}{
		{"cancel while computing", endless, func(cancel func()) { time.AfterFunc(100*time.Millisecond, cancel) }, context.Canceled},
		{"deadline", endless, func(func()) {}, context.DeadlineExceeded},
		{"cancel at once", endless, func(cancel func()) { cancel() }, context.Canceled},
		{
			"cancel while reading", "SELECT i FROM range(100_000_000_000) r(i)",
			func(cancel func()) { time.AfterFunc(100*time.Millisecond, cancel) }, context.Canceled,
		},
		{
			"cancel in a transaction", "BEGIN; " + endless, func(cancel func()) { time.AfterFunc(100*time.Millisecond, cancel) },
			context.Canceled,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openSession(t)
			ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
			defer cancel()
			start := time.Now()
			tt.end(cancel)
			err := s.Run(ctx, tt.sql, func(r *engine.Rows) error {
				for r.Next() {
				}
				return r.Err()
			})
			if took := time.Since(start); took > 1300*time.Millisecond {
				t.Errorf("ended after %s", took)
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			if strings.HasPrefix(tt.sql, "BEGIN") {
				// DuckDB aborts the transaction of an interrupted statement.
				if err := s.Run(context.Background(), "ROLLBACK", nil); err != nil {
					t.Fatalf("ROLLBACK: %v", err)
				}
			}
			// The interrupt must not hit what comes after.
			for range 20 {
				if err := s.Run(context.Background(), "SELECT sum(i) FROM range(100000) r(i)", nil); err != nil {
					t.Fatalf("afterwards: %v", err)
				}
			}
		})
	}
}

func TestProgress(t *testing.T) {
	s := openSession(t)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Run(ctx, "CREATE TABLE t AS SELECT hash(i) AS h FROM range(2000000) r(i)", nil); err != nil {
		t.Fatal(err)
	}
	if err := s.CountProgress(ctx); err != nil {
		t.Fatal(err)
	}
	// DuckDB counts row groups of 122,880 rows, so each must take its time.
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, "SELECT max(md5(md5(md5(md5(h::VARCHAR))))) FROM t", nil) }()
	highest := -1.0
	for highest <= 0 && ctx.Err() == nil {
		percent, _, _ := s.Progress()
		highest = max(highest, percent)
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if highest <= 0 || highest > 100 {
		t.Errorf("progress reached %v %%", highest)
	}
}

func TestSessionsDoNotLeak(t *testing.T) {
	ctx := context.Background()
	db, err := engine.Open(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, err := db.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	use := func(results, sessions int) {
		for range results {
			canceled, cancel := context.WithCancel(ctx)
			err := s.Run(canceled, "SELECT [i, NULL] AS l, {'a': 'text longer than twelve' || i} AS st FROM range(20000) r(i); SELECT 1", func(r *engine.Rows) error {
				r.Next()
				return nil
			})
			cancel()
			if err != nil {
				t.Fatal(err)
			}
			_ = s.Run(ctx, "SELECT nope", nil)
			_ = s.Run(ctx, "SELEC", nil)
		}
		for range sessions {
			other, err := db.Session(ctx)
			if err == nil {
				err = other.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	use(100, 10)
	goroutines, memory := runtime.NumGoroutine(), residentMB(t)
	use(400, 50)
	if n := runtime.NumGoroutine(); n > goroutines+5 {
		t.Errorf("%d goroutines became %d", goroutines, n)
	}
	if n := residentMB(t); n > memory+40 {
		t.Errorf("%d MB became %d MB", memory, n)
	}
}

// residentMB returns how much memory the process holds, as Linux tells it.
func residentMB(t testing.TB) int {
	t.Helper()
	runtime.GC()
	f, err := os.Open("/proc/self/status")
	if err != nil {
		t.Skipf("the memory of the process is read from Linux' /proc: %v", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "VmRSS:" {
			kb, err := strconv.Atoi(fields[1])
			if err != nil {
				t.Fatal(err)
			}
			return kb / 1024
		}
	}
	t.Fatal("no VmRSS in /proc/self/status")
	return 0
}

// BenchmarkStream reads 2 million rows of 20 columns as CSV text, and fails if
// that needs more than a bounded amount of memory.
func BenchmarkStream(b *testing.B) {
	s := openSession(b)
	ctx := context.Background()
	var columns []string
	for i := range 20 {
		columns = append(columns, []string{
			"i + %d AS c%d", "'code' || (i %% 1000 + %d) AS c%d", "i / 7 + %d AS c%d", "(i %% 100000 + %d)::DECIMAL(18,4) AS c%d",
			"DATE '2020-01-01' + (i %% 1000 + %d)::INTEGER AS c%d",
		}[i%5])
		columns[i] = fmt.Sprintf(columns[i], i, i)
	}
	query := "SELECT " + strings.Join(columns, ", ") + " FROM range(2000000) r(i)"
	before, most, cells := residentMB(b), 0, 0
	for b.Loop() {
		err := s.Run(ctx, query, func(r *engine.Rows) error {
			var line []byte
			for row := 0; r.Next(); row++ {
				line = line[:0]
				for i := range 20 {
					if !r.IsNull(i) {
						line = append(r.AppendText(line, i), ',')
					}
				}
				if _, err := io.Discard.Write(append(line, '\n')); err != nil {
					return err
				}
				cells += 20
				if row%500000 == 0 {
					most = max(most, residentMB(b)-before)
				}
			}
			return r.Err()
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if most > 100 {
		b.Errorf("memory grew by %d MB", most)
	}
	b.ReportMetric(float64(cells)/b.Elapsed().Seconds(), "cells/s")
	b.ReportMetric(float64(most), "MB")
}
