package shell

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
)

// Session runs SQL for the shell. Transactions, variables and settings of one
// statement hold for the next.
type Session interface {
	// Run executes the statements of sqlText in turn and calls fn with the
	// result of each while it streams. It stops at the first error, of a
	// statement or of fn, and soon after ctx is cancelled.
	Run(ctx context.Context, sqlText string, fn func(render.Rows) error) error
}

// Config is what a shell works with. In, Out, Err and DB are needed; the zero
// value of every other field is a sensible choice.
type Config struct {
	In  io.Reader
	Out io.Writer // data
	Err io.Writer // messages, prompts and errors
	DB  Session

	// Interactive asks for a person at the keyboard: prompts, history, and
	// errors that don't end the shell. In is then best os.Stdin on a terminal;
	// the keys of a line editor work only there.
	Interactive bool
	// Width returns how wide the screen is that Out goes to, 0 if it goes to
	// none. Nil means none.
	Width func() int
	// Color allows ANSI colours in Out.
	Color bool

	Format   string // the first output format; "" is table
	NoHeader bool   // see [render.Options]
	Null     string // see [render.Options]

	Welcome string // printed when a person comes
	History string // the history file, see [HistoryFile]; "" keeps none

	// Sample makes sample tables with the
	// given number of rows. Without it there is no .sample.
	Sample func(ctx context.Context, rows int) (done string, err error)
	// Import imports files as the arguments of .import say, and reports on w.
	// Without it there is no .import.
	Import func(ctx context.Context, args []string, w io.Writer) error
	// FunctionHelp returns the help on a function of SQL, and whether there is
	// any.
	FunctionHelp func(name string) (string, bool)

	// Interrupts delivers Ctrl-C while something runs; nil takes the signal
	// from the system.
	Interrupts <-chan os.Signal
}

// errInterrupted says that the user stopped what was running.
var errInterrupted = errors.New("interrupted")

// Shell is a running shell. It is not for several goroutines.
type Shell struct {
	cfg     Config
	format  render.Format
	maxRows int // rows a table shows; -1: the screen's usual number, or all
	timer   bool
	out     target
	reading int // how deep .read is nested
	left    bool
}

// New returns a shell. Close it when done.
func New(cfg Config) (*Shell, error) {
	if cfg.Format == "" {
		cfg.Format = render.Formats()[0].Name
	}
	format, err := render.Lookup(cfg.Format)
	if err != nil {
		return nil, err
	}
	return &Shell{cfg: cfg, format: format, maxRows: -1}, nil
}

// Close ends the shell's output to files.
func (sh *Shell) Close() error { return sh.out.close() }

// Run runs a shell from beginning to end. With a person at the keyboard it
// returns nil when that person leaves, whatever went wrong before. Otherwise
// it runs In as a script.
//
// A person's Ctrl-C stops a query, not the shell; the caller must not tie ctx
// to that signal.
func Run(ctx context.Context, cfg Config) error {
	return with(cfg, func(sh *Shell) error { return sh.Run(ctx) })
}

// Script runs the statements and dot-commands of a text. See [Shell.Script].
func Script(ctx context.Context, cfg Config, name string, text io.Reader) error {
	return with(cfg, func(sh *Shell) error { return sh.Script(ctx, name, text) })
}

func with(cfg Config, run func(*Shell) error) error {
	sh, err := New(cfg)
	if err != nil {
		return err
	}
	return errors.Join(run(sh), sh.Close())
}

// Run is like the function [Run], with the settings made by earlier scripts.
func (sh *Shell) Run(ctx context.Context) error {
	if sh.left {
		return nil
	}
	if !sh.cfg.Interactive {
		return sh.Script(ctx, "stdin", sh.cfg.In)
	}
	return sh.interact(ctx)
}

// ScriptError is an error with its place in a script.
type ScriptError struct {
	File string
	Line int
	Err  error
}

// Error names the place before the error.
func (e *ScriptError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap returns the error without the place.
func (e *ScriptError) Unwrap() error { return e.Err }

// Script runs the statements and dot-commands of a text, each as soon as it is
// read, and stops at the first error, which it returns as a [*ScriptError].
// The last statement may lack its semicolon. Name is for messages: a file,
// "stdin", "-c".
//
// After .quit, later scripts of the same shell do nothing.
func (sh *Shell) Script(ctx context.Context, name string, text io.Reader) error {
	lines := bufio.NewReader(text)
	var input splitter
	for first := true; !sh.left; first = false {
		line, err := lines.ReadString('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if first {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		pieces := input.feed(line)
		if err == io.EOF {
			if input.open != 0 {
				return &ScriptError{File: name, Line: input.openedOn, Err: neverClosed(&input)}
			}
			pieces = append(pieces, input.rest()...)
		}
		if runErr := sh.pieces(ctx, name, pieces); runErr != nil {
			return runErr
		}
		if err == io.EOF {
			return nil
		}
	}
	return nil
}

// neverClosed returns the error for the quote or comment that is open at the
// end of a script.
func neverClosed(input *splitter) error {
	switch input.open {
	case '*':
		return errors.New("the comment /* that begins here is never closed")
	case '$':
		return fmt.Errorf("the quote %s that begins here is never closed", input.tag)
	case 'e':
		return errors.New("the quote E' that begins here is never closed")
	}
	return fmt.Errorf("the quote %c that begins here is never closed", input.open)
}

// pieces runs pieces of a script in turn.
func (sh *Shell) pieces(ctx context.Context, name string, pieces []piece) error {
	for _, p := range pieces {
		if sh.left {
			return nil
		}
		if err := sh.piece(ctx, p); err != nil {
			return &ScriptError{File: name, Line: p.line + errorLine(err) - 1, Err: err}
		}
	}
	return nil
}

// piece runs one statement or command.
func (sh *Shell) piece(ctx context.Context, p piece) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	switch p.kind {
	case statement:
		return sh.sql(ctx, p.body())
	case command:
		return sh.command(ctx, p.body())
	}
	return nil
}

// errorLine returns the line within a statement that an error of DuckDB points
// at, 1 if it points at none.
func errorLine(err error) int {
	var script *ScriptError
	if errors.As(err, &script) {
		return 1 // of a .read; its own place is in the text already
	}
	_, after, found := strings.Cut(err.Error(), "\nLINE ")
	if !found {
		return 1
	}
	line := 0
	if _, err := fmt.Sscanf(after, "%d:", &line); err != nil || line < 1 {
		return 1
	}
	return line
}

// sql runs a statement and renders what it returns.
func (sh *Shell) sql(ctx context.Context, text string) error {
	start := time.Now()
	err := sh.cfg.DB.Run(ctx, text, func(rows render.Rows) error {
		_, err := sh.format.Write(sh.writer(), rows, sh.options())
		return err
	})
	if sh.timer {
		fmt.Fprintf(sh.cfg.Err, "Time: %.3f s\n", time.Since(start).Seconds())
	}
	return errors.Join(err, sh.out.finishOnce())
}

// options returns how to render to the present output.
func (sh *Shell) options() render.Options {
	opt := render.Options{}
	if width := sh.width(); width > 0 {
		opt = render.Screen(width, sh.cfg.Color)
	}
	opt.NoHeader, opt.Null = sh.cfg.NoHeader, sh.cfg.Null
	if sh.maxRows >= 0 {
		opt.MaxRows = sh.maxRows
	}
	return opt
}

// width returns the width of the screen, 0 if output goes elsewhere.
func (sh *Shell) width() int {
	if sh.cfg.Width == nil || sh.out.file != nil {
		return 0
	}
	return sh.cfg.Width()
}

// writer returns where data goes.
func (sh *Shell) writer() io.Writer {
	if sh.out.file != nil {
		return sh.out.file
	}
	return sh.cfg.Out
}
