package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/dhowdb/dhow/engine/internal/capi"
)

// Session runs SQL text on one connection and streams the results, so that a
// result of any length needs little memory. What belongs to a connection, such
// as a transaction, a temporary table, a SET or a PREPARE, lasts until Close.
//
// One text runs at a time; [Session.Progress] may be called meanwhile.
type Session struct {
	pinned *sql.Conn
	conn   capi.Conn

	running sync.Mutex // held while a text runs
	life    sync.RWMutex
	closed  bool // guarded by life
}

var (
	errSessionBusy   = errors.New("the session is running another text; wait for it, or open another session")
	errSessionClosed = errors.New("the session is closed")
)

// Session takes a connection for itself. Close it after use.
func (db *DB) Session(ctx context.Context) (*Session, error) {
	pinned, err := db.Conn(context.WithValue(ctx, withoutMacros{}, true))
	if err != nil {
		return nil, fmt.Errorf("open a session: %w", classify(err))
	}
	s := &Session{pinned: pinned}
	err = pinned.Raw(func(driverConn any) error {
		s.conn, err = capi.ConnOf(driverConn)
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a session: %w", err), s.Close())
	}
	return s, nil
}

// CountProgress makes DuckDB count what [Session.Progress] returns. It costs
// processor time: a thread that waits for another one counts over and over.
// Where the configuration is locked there is no progress.
func (s *Session) CountProgress(ctx context.Context) error {
	if locked, _ := s.conn.Setting("lock_configuration"); locked == "true" {
		return nil
	}
	return s.Run(ctx, "SET enable_progress_bar = true; SET enable_progress_bar_print = false", nil)
}

// Run executes each statement of an SQL text in turn and calls fn with its
// rows; also for a statement that returns none. A nil fn discards the rows.
// The rows end when fn returns, read or not: what wasn't read is not computed.
//
// All statements are parsed before the first is executed, so that a text with
// a syntax error does nothing. Names are looked up statement by statement:
// after another error, what came before the failing statement has been
// executed, and nothing after it. A text without statements does nothing.
//
// When ctx ends, the running statement is interrupted, mostly within some
// milliseconds, and the error matches ctx.Err(). The session can be used
// after it; a transaction that was open then wants its ROLLBACK. An error of DuckDB is an [*Error] with the place in the text; one
// of fn is returned as it is, and a panic in fn becomes an error.
func (s *Session) Run(ctx context.Context, text string, fn func(*Rows) error) error {
	if !s.running.TryLock() {
		return errSessionBusy
	}
	defer s.running.Unlock()
	if s.closed {
		// Close takes both locks to set it, so one is enough to read it.
		return errSessionClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := refuseHidden(text); err != nil {
		return err
	}
	if listsFunctions(text) {
		if err := publishMacros(s.conn); err != nil {
			return err
		}
	}
	list, err := parse(s.conn, text)
	if err != nil {
		return err
	}
	defer closeStatements(list)
	defer s.interruptAfter(ctx)()
	for i, st := range list {
		if err := ctx.Err(); err != nil {
			return &Error{Op: "run", Name: statementName(i), Offset: st.begin(), Msg: err.Error(), cause: err}
		}
		if err := s.runOne(ctx, i, st, fn); err != nil {
			return err
		}
	}
	return nil
}

func statementName(i int) string { return fmt.Sprintf("statement %d", i+1) }

func (s *Session) runOne(ctx context.Context, i int, st statement, fn func(*Rows) error) error {
	prepared, err := s.prepare(st)
	if err != nil {
		return st.failed(ctx, statementName(i), err)
	}
	defer prepared.Close()
	result, err := prepared.Execute()
	if err != nil {
		return st.failed(ctx, statementName(i), err)
	}
	defer result.Close()
	rows := newRows(ctx, result, i, st)
	defer rows.end()
	if fn == nil {
		fn = discard
	}
	if err := guarded(fn, rows); err != nil {
		return err
	}
	return rows.Err()
}

// prepare makes a statement ready. A function that DuckDB doesn't know may be a
// macro of dhow: a session makes them when one is called.
func (s *Session) prepare(st statement) (*capi.Statement, error) {
	prepared, err := st.parsed.Prepare(st.index)
	if err == nil || !lacksFunction(err) {
		return prepared, err
	}
	if err := publishMacros(s.conn); err != nil {
		return nil, err
	}
	again, err := s.conn.Extract(st.text)
	if err != nil {
		return nil, err
	}
	defer again.Close()
	return again.Prepare(st.index)
}

// lacksFunction tells whether DuckDB doesn't know a function, or a macro. Such
// a statement has done nothing yet.
func lacksFunction(err error) bool {
	return strings.HasPrefix(err.Error(), "Catalog Error") && strings.Contains(err.Error(), "Function with name")
}

// listsFunctions tells whether a text may ask which functions there are.
func listsFunctions(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "duckdb_functions") || strings.Contains(text, "routines") || strings.Contains(text, "pg_proc")
}

func discard(rows *Rows) error {
	for rows.Next() {
	}
	return nil
}

// guarded calls fn and turns a panic into an error.
func guarded(fn func(*Rows) error, rows *Rows) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reading the rows of %s panicked: %v\n%s", statementName(rows.index), p, debug.Stack())
		}
	}()
	return fn(rows)
}

// interruptEvery is how often an interrupt is repeated: DuckDB forgets one
// that comes right before a query begins.
const interruptEvery = 5 * time.Millisecond

// interruptAfter interrupts the running statement once ctx ends, and goes on
// until the function that it returns is called.
func (s *Session) interruptAfter(ctx context.Context) (stop func()) {
	done, stopped := make(chan struct{}), make(chan struct{})
	cancel := context.AfterFunc(ctx, func() {
		defer close(stopped)
		tick := time.NewTicker(interruptEvery)
		defer tick.Stop()
		for {
			s.conn.Interrupt()
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	})
	return func() {
		close(done)
		if !cancel() {
			<-stopped
		}
	}
}

// Progress returns how much of the running statement is done, in percent, and
// how many rows it has read of how many. The percentage is -1 without
// [Session.CountProgress] and while nothing is known, and it is no measure of the time that remains.
func (s *Session) Progress() (percent float64, done, total uint64) {
	s.life.RLock()
	defer s.life.RUnlock()
	if s.closed {
		return -1, 0, 0
	}
	return s.conn.Progress()
}

// Close ends the session, rolls back a transaction that is still open, and
// closes the connection, so that no later user finds its settings. It waits
// for a text that runs, so the function given to Run must not call it. It may
// be called again.
func (s *Session) Close() error {
	s.running.Lock()
	defer s.running.Unlock()
	s.life.Lock()
	defer s.life.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	// ErrBadConn is how database/sql is told to drop a connection.
	err := s.pinned.Raw(func(any) error { return driver.ErrBadConn })
	if !errors.Is(err, driver.ErrBadConn) {
		return fmt.Errorf("close the session: %w", errors.Join(err, s.pinned.Close()))
	}
	return nil
}
