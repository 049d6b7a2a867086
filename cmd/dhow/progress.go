package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
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

	lock sync.Mutex
	what string
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
			fmt.Fprintf(p.w, "\r\x1b[K%.1f s  %s", elapsed.Seconds(), p.what)
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
