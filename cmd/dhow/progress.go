package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// progressDelay is how long a job may take before its progress is shown.
const progressDelay = 500 * time.Millisecond

// progressLine shows on a terminal what a long job is doing.
type progressLine struct {
	w     io.Writer // nil where nobody looks
	start time.Time
	wrote bool
}

// progress returns a line on stderr, which stays silent if that is no terminal.
func (a *app) progress() *progressLine {
	p := &progressLine{start: time.Now()}
	if isTerminal(a.err) {
		p.w = a.err
	}
	return p
}

// step says what is done next.
func (p *progressLine) step(what string) {
	elapsed := time.Since(p.start)
	if p.w == nil || elapsed < progressDelay {
		return
	}
	p.wrote = true
	fmt.Fprintf(p.w, "\r\x1b[K%.1f s  %s", elapsed.Seconds(), strings.TrimPrefix(what, "screen."))
}

// done clears the line.
func (p *progressLine) done() {
	if p.wrote {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
