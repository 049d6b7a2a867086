//go:build unix

package engine_test

import "syscall"

// cpuSeconds returns how much processor time this process has used. Unlike the
// clock it stands still while other processes run.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}
