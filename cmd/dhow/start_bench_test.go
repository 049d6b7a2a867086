//go:build unix

package main

import (
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// BenchmarkStart compares dhow -c 'select 1' with the least program on the
// DuckDB driver, run in turn.
//
//	added_ms   median time to start and end, less that of the bare driver
//	added_MB   median of the largest resident memory, likewise
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	dhow, bare := build(b, dir, "."), build(b, dir, "./testdata/baredriver")
	var dhowTime, bareTime, dhowMemory, bareMemory []float64
	for b.Loop() {
		for range 5 {
			ms, mb := start(b, bare)
			bareTime, bareMemory = append(bareTime, ms), append(bareMemory, mb)
			ms, mb = start(b, dhow, "-c", "select 1")
			dhowTime, dhowMemory = append(dhowTime, ms), append(dhowMemory, mb)
		}
	}
	b.ReportMetric(median(bareTime), "bare_ms")
	b.ReportMetric(median(dhowTime)-median(bareTime), "added_ms")
	b.ReportMetric(median(bareMemory), "bare_MB")
	b.ReportMetric(median(dhowMemory)-median(bareMemory), "added_MB")
}

func build(b *testing.B, dir, pkg string) string {
	b.Helper()
	file := filepath.Join(dir, filepath.Base(pkg)+".exe")
	if out, err := exec.Command("go", "build", "-o", file, pkg).CombinedOutput(); err != nil {
		b.Fatalf("go build %s: %v\n%s", pkg, err, out)
	}
	return file
}

// start runs a program and returns its time in ms and its memory in MB.
func start(b *testing.B, file string, args ...string) (ms, mb float64) {
	b.Helper()
	cmd := exec.Command(file, args...)
	begin := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	ms = time.Since(begin).Seconds() * 1000
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		b.Skip("this system doesn't tell the memory of a process")
	}
	return ms, float64(usage.Maxrss) / 1024 // kB on Linux
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
}
