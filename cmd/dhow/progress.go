package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/dhowdb/dhow/engine/ingest"
)

// How long a job may take before its progress is shown, and how often the line
// is drawn anew.
const (
	progressDelay = 500 * time.Millisecond
	progressEvery = 200 * time.Millisecond
)

// progressLine shows on a terminal what a long job is doing, and for how long.
type progressLine struct {
	w     io.Writer
	start time.Time
	end   chan struct{}
	ended sync.WaitGroup

	lock  sync.Mutex // for start too, and what follows
	what  string
	meter *ingest.Meter // of an import; nil for other jobs
	pace  pace
}

// progress starts a line on stderr; it returns nil, which does nothing, if that
// is no terminal.
func (a *app) progress() *progressLine {
	if !isTerminal(a.err) {
		return nil
	}
	p := &progressLine{w: a.err, start: time.Now(), end: make(chan struct{})}
	p.ended.Add(1)
	go p.draw()
	return p
}

// step says what is done next.
func (p *progressLine) step(what string) {
	if p == nil {
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	p.what = strings.TrimPrefix(what, "screen.")
}

// follow returns what an import has to be followed by, so that the line shows
// how far it is; nil where nobody sees it, as following takes time.
func (p *progressLine) follow() *ingest.Meter {
	if p == nil {
		return nil
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	p.meter = &ingest.Meter{}
	return p.meter
}

// pause takes the line away until the function that it returns is called. The
// time until then counts for nothing.
func (p *progressLine) pause() (resume func()) {
	if p == nil {
		return func() {}
	}
	p.lock.Lock()
	fmt.Fprint(p.w, "\r\x1b[K")
	paused := time.Now()
	return func() {
		p.start = p.start.Add(time.Since(paused))
		p.lock.Unlock()
	}
}

// progressCells is how long the bar of an import is.
const progressCells = 20

// text returns what is done at present, and for an import how far it is, how
// fast and for how long still.
func (p *progressLine) text(elapsed time.Duration) string {
	if p.meter == nil {
		return p.what
	}
	now := p.meter.Now()
	if now.Done <= 0 {
		return now.File
	}
	done := p.pace.at(elapsed, now.Done)
	full := int(done * progressCells)
	speed := ""
	if now.Rows > 0 {
		speed = fmt.Sprintf("%s rows/s  ", grouped(now.Rows/now.Done*done/elapsed.Seconds()))
	}
	return fmt.Sprintf("%s%s %3.0f %%  %s%s left  %s", strings.Repeat("█", full), strings.Repeat("░", progressCells-full),
		100*done, speed, timeLeft(elapsed, done), now.File)
}

// pace makes even steps of a progress that is told in leaps: between them it
// goes on as fast as until the last one, but never as far as a leap again.
type pace struct {
	told, shown float64
	when        time.Duration // of the last leap
}

// leap is how far a progress goes on without being told.
const leap = 0.08

func (p *pace) at(elapsed time.Duration, told float64) float64 {
	if told > p.told {
		p.told, p.when = told, elapsed
	}
	on := 0.0
	if p.when > 0 {
		on = p.told * float64(elapsed-p.when) / float64(p.when)
	}
	on = min(on, leap, (1-p.told)/2)
	p.shown = max(p.shown, p.told+on)
	return p.shown
}

// timeLeft writes how long the rest takes at the speed until now.
func timeLeft(elapsed time.Duration, done float64) string {
	seconds := int(elapsed.Seconds()*(1-done)/done + 0.5)
	switch {
	case seconds < 60:
		return fmt.Sprintf("%d s", seconds)
	case seconds < 3600:
		return fmt.Sprintf("%d min %02d s", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d h %02d min", seconds/3600, seconds/60%60)
}

func (p *progressLine) draw() {
	defer p.ended.Done()
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.end:
			return
		case <-tick.C:
		}
		p.drawOnce()
	}
}

func (p *progressLine) drawOnce() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if elapsed := time.Since(p.start); elapsed > progressDelay {
		line := fmt.Sprintf("%.1f s  %s", elapsed.Seconds(), p.text(elapsed))
		fmt.Fprint(p.w, "\r\x1b[K"+fitted(line, width(p.w)-1))
	}
}

// done ends the line and clears it.
func (p *progressLine) done() {
	if p == nil {
		return
	}
	close(p.end)
	p.ended.Wait()
	fmt.Fprint(p.w, "\r\x1b[K")
}
