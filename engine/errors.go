package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/engine/internal/capi"
)

// ErrLocked is in the chain of the error of [Open] when another process has
// the database file open. DuckDB lets one process write a file, or several
// read it. The message of the error says which process it is.
var ErrLocked = errors.New("another process has the database file open; end it, or open the file in all of them read-only")

// ErrDiskFull is in the chain of an error that came of a full disk, or of a
// file that may not grow.
var ErrDiskFull = errors.New("the disk is full, or the file may not grow")

// Error is a failure that DuckDB reported.
type Error struct {
	// Op is what was being done: "open", "parse" or "run".
	Op string
	// Name is what it was done to: the path of a database, or "statement 2".
	Name string
	// Offset is where in the SQL text the failure is, in bytes from its
	// begin: the place that DuckDB points at, or else the begin of the
	// statement. It is -1 where there is no SQL text.
	Offset int
	// Msg is DuckDB's message. It may have several lines: often the line of
	// the statement and a caret below the place come last.
	Msg string

	cause error
}

// Error returns the message with what was being done before it.
func (e *Error) Error() string {
	if e.Name == "" {
		return e.Op + ": " + e.Msg
	}
	return e.Op + " " + e.Name + ": " + e.Msg
}

// Unwrap returns what caused the failure, such as [ErrLocked] or
// context.Canceled.
func (e *Error) Unwrap() error { return e.cause }

// classify makes failures of DuckDB recognisable with errors.Is and errors.As:
// by itself DuckDB tells them apart only in the text of its messages. Other
// errors are returned as they are.
func classify(err error) error {
	var known *Error
	var driver *duckdb.Error
	var direct capi.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.As(err, &driver):
		return &Error{Op: "run", Offset: -1, Msg: driver.Msg, cause: causeOf(driver.Msg, err)}
	case errors.As(err, &direct):
		return &Error{Op: "run", Offset: -1, Msg: string(direct), cause: causeOf(string(direct), err)}
	case strings.Contains(err.Error(), lockMessage):
		return &Error{Op: "run", Offset: -1, Msg: err.Error(), cause: causeOf(err.Error(), err)}
	}
	return err
}

// lockMessage is how DuckDB says that it could not lock a database file.
const lockMessage = "Could not set lock on file"

func causeOf(msg string, err error) error {
	if strings.Contains(msg, "No space left on device") || strings.Contains(msg, "File too large") {
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	if strings.Contains(msg, lockMessage) {
		return fmt.Errorf("%w: %w", ErrLocked, err)
	}
	return err
}
