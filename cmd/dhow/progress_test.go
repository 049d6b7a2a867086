package main

import (
	"testing"
	"time"
)

// A progress that is told in leaps is shown in steps that never fall, and
// neither run ahead by more than a leap nor reach the end on their own.
func TestPace(t *testing.T) {
	var p pace
	last := 0.0
	for _, c := range []struct {
		second     int
		told, want float64
	}{
		{2, 0.1, 0.1},
		{3, 0.1, 0.15}, // 5 % a second until now
		{4, 0.1, 0.18}, // not further than 8 % ahead
		{9, 0.1, 0.18},
		{10, 0.15, 0.18}, // told less than was shown
		{20, 0.9, 0.9},
		{40, 0.9, 0.95}, // half of what is left
		{41, 1, 1},
	} {
		got := p.at(time.Duration(c.second)*time.Second, c.told)
		if got < last || got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("after %d s: %g, want %g", c.second, got, c.want)
		}
		last = got
	}
}

func TestTimeLeft(t *testing.T) {
	for _, c := range []struct {
		elapsed time.Duration
		done    float64
		want    string
	}{
		{10 * time.Second, 0.5, "10 s"},
		{time.Minute, 0.4, "1 min 30 s"},
		{time.Hour, 0.25, "3 h 00 min"},
	} {
		if got := timeLeft(c.elapsed, c.done); got != c.want {
			t.Errorf("%v for %g: %s, want %s", c.elapsed, c.done, got, c.want)
		}
	}
}
