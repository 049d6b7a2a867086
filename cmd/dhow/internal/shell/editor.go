package shell

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/chzyer/readline"
	"golang.org/x/term"
)

// newEditor returns the line editor for where the person is.
func (sh *Shell) newEditor(ctx context.Context, d *dialog) lineEditor {
	plain := &plainEditor{in: bufio.NewReader(sh.cfg.In), prompt: sh.cfg.Err}
	// The editor puts the process's own terminal into raw mode.
	in, ok := sh.cfg.In.(*os.File)
	if !ok || in != os.Stdin || !term.IsTerminal(int(in.Fd())) {
		return plain
	}
	past, err := openHistory(sh.cfg.History)
	if err != nil {
		fmt.Fprintln(sh.cfg.Err, visibleLines(err.Error()))
	}
	cfg := &readline.Config{Stdout: os.Stdout, AutoComplete: &completer{ctx: ctx, dialog: d}}
	if !term.IsTerminal(int(os.Stdout.Fd())) {
		cfg.Stdout = os.Stderr // results go to a file, the person still types
	}
	e, err := newTerminalEditor(cfg, in, past, sh.cfg.Err)
	if err != nil {
		fmt.Fprintln(sh.cfg.Err, visibleLines(err.Error()))
		return plain
	}
	return e
}

// terminalEditor is the editor for a terminal: readline with other keys, and a
// history that keeps statements whole.
type terminalEditor struct {
	rl      *readline.Instance
	stdin   io.Closer
	screen  io.Writer
	history *history
	errors  io.Writer
	closing sync.Once
}

const (
	// The terminal marks pasted text, so that it isn't taken for keys.
	pasteMarksOn  = "\x1b[?2004h"
	pasteMarksOff = "\x1b[?2004l"
)

// narrowest is the least width that readline is told. With less it divides by
// zero in its menu of completions.
const narrowest = 40

func newTerminalEditor(cfg *readline.Config, in io.Reader, past *history, errs io.Writer) (*terminalEditor, error) {
	stdin := readline.NewCancelableStdin(in)
	if runtime.GOOS != "windows" {
		// On Windows readline reads the console's events, not its bytes.
		cfg.Stdin = struct {
			io.Reader
			io.Closer
		}{&keyReader{in: stdin}, stdin}
		cfg.Painter = painter{}
	}
	cfg.InterruptPrompt, cfg.EOFPrompt = "^C", "\n"
	cfg.DisableAutoSaveHistory = true
	cfg.HistoryLimit = historyLimit + 2 // and the empty entries it needs
	cfg.HistorySearchFold = true
	cfg.SetListener(bindings)
	width := cfg.FuncGetWidth
	if width == nil {
		width = readline.GetScreenWidth
	}
	cfg.FuncGetWidth = func() int {
		w := width()
		if w <= 0 {
			return 80
		}
		return max(w, narrowest)
	}
	rl, err := readline.NewEx(cfg)
	if err != nil {
		return nil, fmt.Errorf("start the line editor: %w", err)
	}
	e := &terminalEditor{rl: rl, stdin: stdin, screen: cfg.Stdout, history: past, errors: errs}
	if _, err := io.WriteString(e.screen, pasteMarksOn); err != nil {
		return nil, errors.Join(fmt.Errorf("start the line editor: %w", err), rl.Close())
	}
	return e, nil
}

// loadHistory gives readline all entries anew. Its own way to add one stores
// the line that was recalled last instead of the one it is given.
func (e *terminalEditor) loadHistory() {
	e.rl.ResetHistory()
	// Its search fails on a history without any entry.
	entries := append([]historyEntry{{}}, e.history.entries...)
	for _, h := range entries {
		// The error would be that of a file, which readline has none of.
		_ = e.rl.SaveHistory(encodeLine(h.SQL))
	}
}

func (e *terminalEditor) ReadLine(prompt string) (string, error) {
	// After a recalled line readline would go on from there.
	e.loadHistory()
	e.rl.SetPrompt(prompt)
	line, err := e.rl.Readline()
	if errors.Is(err, readline.ErrInterrupt) {
		err = errInterrupted
	}
	return decodeLine(line), err
}

func (e *terminalEditor) Remember(entry string) {
	if err := e.history.add(entry); err != nil {
		fmt.Fprintln(e.errors, visibleLines(err.Error()))
	}
}

// Close gives the terminal back as it was.
func (e *terminalEditor) Close() (err error) {
	e.closing.Do(func() {
		_, err = io.WriteString(e.screen, pasteMarksOff)
		// First the input: readline waits for its reader to end.
		err = errors.Join(err, e.stdin.Close(), e.rl.Close())
	})
	return err
}
