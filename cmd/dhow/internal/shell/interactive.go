package shell

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
)

const (
	prompt = "dhow> "
	leave  = "Leave with Ctrl-D or .quit."
)

// lineEditor reads lines from a person.
type lineEditor interface {
	// ReadLine returns a line without its line feed; io.EOF when the person
	// leaves and errInterrupted after Ctrl-C. A line may hold line feeds when
	// an entry was recalled.
	ReadLine(prompt string) (string, error)
	// Remember puts an entry into the history.
	Remember(entry string)
	Close() error
}

// interact serves a person until that person leaves.
func (sh *Shell) interact(ctx context.Context) (err error) {
	d := &dialog{sh: sh}
	d.editor = sh.newEditor(ctx, d)
	defer func() { err = errors.Join(err, d.editor.Close()) }()
	// A cancelled context must not wait for the next key.
	stop := context.AfterFunc(ctx, func() { _ = d.editor.Close() })
	defer stop()
	if sh.cfg.Welcome != "" {
		fmt.Fprintln(sh.cfg.Err, sh.cfg.Welcome)
	}
	for !sh.left {
		if err := d.turn(ctx); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	return context.Cause(ctx)
}

// dialog is the talk with a person: the statement begun and the lines of the
// history entry it becomes.
type dialog struct {
	sh     *Shell
	editor lineEditor
	input  splitter
	entry  []string
}

// turn reads a line and runs what it completes.
func (d *dialog) turn(ctx context.Context) error {
	line, err := d.editor.ReadLine(d.prompt())
	switch {
	case errors.Is(err, errInterrupted):
		if line == "" && len(d.entry) == 0 {
			fmt.Fprintln(d.sh.cfg.Err, leave)
		}
		d.clear()
		return nil
	case err != nil:
		return err
	}
	if len(d.entry) == 0 {
		line = dotted(line)
	}
	d.entry = append(d.entry, line)
	var pieces []piece
	for _, l := range strings.SplitAfter(line+"\n", "\n") {
		if l != "" {
			pieces = append(pieces, d.input.feed(l)...)
		}
	}
	if !d.input.unfinished() {
		d.remember()
		d.clear()
	}
	if err := d.run(ctx, pieces); err != nil {
		d.clear()
	}
	return nil
}

// run runs the pieces up to the first that fails, and says what failed.
func (d *dialog) run(ctx context.Context, pieces []piece) error {
	for _, p := range pieces {
		if d.sh.left {
			return nil
		}
		err := d.sh.interruptible(ctx, func(ctx context.Context) error { return d.sh.piece(ctx, p) })
		switch {
		case errors.Is(err, errInterrupted):
			if _, ok := d.editor.(*terminalEditor); ok {
				fmt.Fprintln(d.sh.cfg.Err) // the terminal has shown ^C
			}
			fmt.Fprintln(d.sh.cfg.Err, "Interrupted")
			return err
		case err != nil:
			fmt.Fprintln(d.sh.cfg.Err, visibleLines(err.Error()))
			return err
		}
	}
	return nil
}

// interruptible runs f so that the user's Ctrl-C cancels its context. It then
// returns errInterrupted, even when f was just done: what follows on the same
// line must not run.
func (sh *Shell) interruptible(ctx context.Context, f func(context.Context) error) error {
	interrupts := sh.cfg.Interrupts
	if interrupts == nil {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt)
		defer signal.Stop(signals)
		interrupts = signals
	}
	ctx, cancel := context.WithCancelCause(ctx)
	finished, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-interrupts:
			cancel(errInterrupted)
		case <-finished:
		}
	}()
	err := f(ctx)
	close(finished)
	<-watched
	if errors.Is(context.Cause(ctx), errInterrupted) {
		err = errInterrupted
	}
	cancel(nil)
	return err
}

// clear forgets what is unfinished.
func (d *dialog) clear() {
	d.input.reset()
	d.entry = nil
}

// remember puts the finished lines into the history as one entry. A blank
// before the first keeps them out.
func (d *dialog) remember() {
	entry := strings.TrimRight(strings.Join(d.entry, "\n"), " \t\r\n")
	if entry != "" && !isBlank(entry[0]) {
		d.editor.Remember(entry)
	}
}

// prompt shows what the shell waits for: the end of a statement, or of the
// quote or comment that is open.
func (d *dialog) prompt() string {
	if !d.input.unfinished() {
		return prompt
	}
	open := "-"
	switch d.input.open {
	case '\'', 'e':
		open = "'"
	case '"':
		open = `"`
	case '$':
		open = "$"
	case '*':
		open = "*"
	}
	return strings.Repeat(" ", len(prompt)-len("-> ")) + open + "> "
}

// dotted turns the words that people type to leave or to get help into the
// commands for it.
func dotted(line string) string {
	switch word := strings.ToLower(strings.TrimRight(strings.TrimSpace(line), "; ")); word {
	case "exit", "quit", "help":
		return "." + word
	case `\q`:
		return ".quit"
	}
	return line
}

// visibleLines makes a message safe for the terminal but keeps its lines: the
// caret of a syntax error stands on one of its own.
func visibleLines(message string) string {
	lines := strings.Split(strings.TrimRight(message, "\n"), "\n")
	for i, l := range lines {
		lines[i] = render.Visible(strings.ReplaceAll(l, "\t", " "))
	}
	return strings.Join(lines, "\n")
}

// plainEditor reads lines from something that is no terminal.
type plainEditor struct {
	in     *bufio.Reader
	prompt io.Writer
}

func (e *plainEditor) ReadLine(prompt string) (string, error) {
	fmt.Fprint(e.prompt, prompt)
	line, err := e.in.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

func (e *plainEditor) Remember(string) {}

func (e *plainEditor) Close() error { return nil }
