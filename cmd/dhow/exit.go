package main

import (
	"context"
	"errors"
	"io/fs"

	"github.com/dhowdb/dhow/engine"
)

// The exit codes are an interface: scripts depend on them.
const (
	exitOK          = 0
	exitData        = 1   // an error in SQL or in data
	exitUsage       = 2   // wrong flags, or a file that isn't there
	exitLocked      = 3   // another process has the database open
	exitTimeout     = 4   // --timeout was over
	exitInternal    = 70  // an error in dhow itself
	exitInterrupted = 130 // Ctrl-C
)

// usageError is a wrong call of the program.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// internalError is a panic that reached the top.
type internalError struct{ error }

// exitCode returns the exit code for an error.
func exitCode(err error) int {
	var usage usageError
	var internal internalError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &internal):
		return exitInternal
	case errors.Is(err, engine.ErrLocked):
		return exitLocked
	case errors.Is(err, context.DeadlineExceeded):
		return exitTimeout
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &usage), errors.Is(err, fs.ErrNotExist):
		return exitUsage
	}
	return exitData
}
