//go:build !unix

package engine_test

import "time"

var begun = time.Now()

// cpuSeconds returns the time on the clock, where there is no other.
func cpuSeconds() float64 { return time.Since(begun).Seconds() }
