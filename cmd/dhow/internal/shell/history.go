package shell

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// HistoryFile returns where the history belongs: dhow/history under
// $XDG_STATE_HOME, or under ~/.local/state. It is "" for a user without a
// home, who gets a history that ends with the shell.
func HistoryFile() string {
	state := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		home, err := os.UserHomeDir()
		if err != nil || !filepath.IsAbs(home) {
			return ""
		}
		state = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(state, "dhow", "history")
}

// historyLimit is how many entries are kept. The file is shortened when it has
// twice as many.
const historyLimit = 1000

// history is the file of former entries, one JSON object a line, so that a
// statement of many lines is one entry.
type history struct {
	path    string
	entries []historyEntry // the oldest first
}

// historyEntry is a line of the file.
type historyEntry struct {
	Time time.Time `json:"time"`
	SQL  string    `json:"sql"`
}

// openHistory reads the history. With an error it is empty but usable; a
// file that isn't there is no error.
func openHistory(path string) (*history, error) {
	h := &history{path: path}
	if path == "" {
		return h, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return h, nil
	}
	if err != nil {
		h.path = ""
		return h, fmt.Errorf("read the history: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, len(data)+1)
	total := 0
	for lines.Scan() {
		var e historyEntry
		// A line that another program has spoiled costs that entry only.
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.SQL != "" {
			h.push(e)
			total++
		}
	}
	if total >= 2*historyLimit {
		return h, h.rewrite()
	}
	return h, nil
}

// push adds an entry to those in memory; an earlier equal one goes.
func (h *history) push(entry historyEntry) {
	h.entries = slices.DeleteFunc(h.entries, func(e historyEntry) bool { return e.SQL == entry.SQL })
	h.entries = append(h.entries, entry)
	if len(h.entries) > historyLimit {
		h.entries = slices.Delete(h.entries, 0, 1)
	}
}

// add adds a statement to memory and file. After an error it leaves the file
// alone.
func (h *history) add(sqlText string) error {
	entry := historyEntry{Time: time.Now().UTC().Truncate(time.Second), SQL: sqlText}
	h.push(entry)
	if h.path == "" {
		return nil
	}
	line, err := json.Marshal(entry)
	if err == nil {
		err = appendPrivate(h.path, append(line, '\n'))
	}
	if err != nil {
		h.path = ""
		return fmt.Errorf("keep the history: %w", err)
	}
	return nil
}

// appendPrivate appends to a file that only its owner can read. One write a
// line keeps the lines of several shells apart.
func appendPrivate(path string, line []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	return errors.Join(err, file.Close())
}

// rewrite shortens the file to the entries in memory. A new file takes the
// place of the old one, so that a crash loses neither.
func (h *history) rewrite() error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	for _, e := range h.entries {
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("shorten the history: %w", err)
		}
	}
	file, err := os.CreateTemp(filepath.Dir(h.path), "history-*") // mode 0600
	if err != nil {
		return fmt.Errorf("shorten the history: %w", err)
	}
	_, err = file.Write(text.Bytes())
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), h.path)
	}
	if err != nil {
		return fmt.Errorf("shorten the history: %w", errors.Join(err, os.Remove(file.Name())))
	}
	return nil
}
