package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dhowdb/dhow/engine"
)

// app is one run of the program: its streams, and the flags of all commands.
type app struct {
	in       io.Reader
	out, err io.Writer

	timeout     time.Duration
	memoryLimit string
	threads     int
}

// run runs the program and returns its exit code. Data goes to stdout,
// messages go to stderr.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{in: stdin, out: stdout, err: stderr}
	err := a.execute(args)
	if err != nil {
		a.report(err)
	}
	return exitCode(err)
}

// execute runs the command that args name. A panic becomes an error.
func (a *app) execute(args []string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = internalError{fmt.Errorf("internal error: %v\n%s", p, debug.Stack())}
		}
	}()
	root := a.root()
	called, _, findErr := root.Find(args)
	flags := root.Flags()
	if findErr == nil {
		flags = called.Flags()
	}
	flags.AddFlagSet(root.PersistentFlags())
	root.SetArgs(doubleDash(args, flags))
	return root.Execute()
}

// report prints an error. An interruption needs no words but one.
func (a *app) report(err error) {
	var usage usageError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		fmt.Fprintf(a.err, "dhow: stopped: the time limit of %s is over\n", a.timeout)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.err, "dhow: interrupted")
	case errors.As(err, &usage):
		fmt.Fprintf(a.err, "dhow: %v\nTry dhow --help.\n", err)
	default:
		fmt.Fprintf(a.err, "dhow: %v\n", err)
	}
}

// root returns the program's command, which is the shell, with the others
// below it.
func (a *app) root() *cobra.Command {
	root := a.shellCommand()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SuggestionsMinimumDistance = 2
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetIn(a.in)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	flags := root.PersistentFlags()
	flags.DurationVar(&a.timeout, "timeout", 0, "stop after this time, such as 30s or 5m")
	flags.StringVar(&a.memoryLimit, "memory-limit", "", "memory for queries before they spill to disk, such as 2GB")
	flags.IntVar(&a.threads, "threads", 0, "threads a query may use")
	root.AddCommand(a.importCommand(), a.screenCommand(), a.sampleCommand())
	return root
}

// context returns a context that ends with Ctrl-C, or when the time is over.
func (a *app) context() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	if a.timeout <= 0 {
		return ctx, stop
	}
	timed, cancel := context.WithTimeout(ctx, a.timeout)
	return timed, func() { cancel(); stop() }
}

// open opens a database as the flags say.
func (a *app) open(ctx context.Context, path string, opts ...engine.Option) (*engine.DB, error) {
	if a.memoryLimit != "" {
		opts = append(opts, engine.MemoryLimit(a.memoryLimit))
	}
	if a.threads > 0 {
		opts = append(opts, engine.Threads(a.threads))
	}
	return engine.Open(ctx, path, opts...)
}

// closing closes c and joins its error to err.
func closing(c io.Closer, err *error) {
	if e := c.Close(); e != nil && *err == nil {
		*err = e
	}
}

// oneFileOrNone is the check of the arguments of a command that takes a
// database file.
func oneFileOrNone(cmd *cobra.Command, args []string) error {
	if len(args) > 0 && looksLikeCommand(args[0]) {
		text := fmt.Sprintf("there is no command and no file %q", args[0])
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			text += "; did you mean " + strings.Join(near, " or ") + "?"
		}
		return usageError{errors.New(text)}
	}
	if len(args) > 1 {
		return usageError{fmt.Errorf("one database file is enough, not %s", strings.Join(args, ", "))}
	}
	return nil
}

// looksLikeCommand reports whether an argument is more likely a misspelt
// command than the name of a new database.
func looksLikeCommand(arg string) bool {
	if strings.ContainsAny(arg, "./\\:") {
		return false
	}
	_, err := os.Stat(arg)
	return err != nil
}
