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

	lock  sync.Mutex
	what  string
	meter *ingest.Meter // of an import; nil for other jobs
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

// pause takes the line away until the function that it returns is called.
func (p *progressLine) pause() (resume func()) {
	if p == nil {
		return func() {}
	}
	p.lock.Lock()
	fmt.Fprint(p.w, "\r\x1b[K")
	return p.lock.Unlock
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
	full := int(now.Done * progressCells)
	left := time.Duration(float64(elapsed) * (1 - now.Done) / now.Done)
	return fmt.Sprintf("%s%s %3.0f %%  %s rows/s  %s left  %s", strings.Repeat("█", full), strings.Repeat("░", progressCells-full),
		100*now.Done, grouped(now.Rows/elapsed.Seconds()), left.Round(time.Second), now.File)
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
		if elapsed := time.Since(p.start); elapsed > progressDelay {
			p.lock.Lock()
			fmt.Fprintf(p.w, "\r\x1b[K%.1f s  %s", elapsed.Seconds(), p.text(elapsed))
			p.lock.Unlock()
		}
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
