package shell

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestHistory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "dhow", "history")
	h, err := openHistory(path)
	if err != nil || len(h.entries) != 0 {
		t.Fatalf("%v, %v", h.entries, err)
	}
	entries := []string{"select\n1;", "select 'مُحَمَّد\t';", "select 2;", "select\n1;"}
	for _, e := range entries {
		if err := h.add(e); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	again, err := openHistory(path)
	if err != nil {
		t.Fatal(err)
	}
	// What was entered twice stands where it was entered last.
	if got, want := texts(again), "[select 'مُحَمَّد\t'; select 2; select\n1;]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func texts(h *history) string {
	var list []string
	for _, e := range h.entries {
		list = append(list, e.SQL)
	}
	return fmt.Sprint(list)
}

func TestHistoryIsShortened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history")
	var b strings.Builder
	for i := range 2*historyLimit + 5 {
		fmt.Fprintf(&b, `{"time":"2026-01-02T03:04:05Z","sql":"select %d;"}`+"\n", i)
	}
	b.WriteString("spoiled\n")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	h, err := openHistory(path)
	if err != nil || len(h.entries) != historyLimit {
		t.Fatalf("%d entries, %v", len(h.entries), err)
	}
	data, err := os.ReadFile(path)
	if err != nil || strings.Count(string(data), "\n") != historyLimit ||
		!strings.HasSuffix(string(data), `{"time":"2026-01-02T03:04:05Z","sql":"select 2004;"}`+"\n") {
		t.Errorf("%v, the file ends with %q", err, data[len(data)-60:])
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

// Without a place for the file the history lives as long as the shell, and the
// user hears of it once.
func TestHistoryWithoutPlace(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h := &history{path: filepath.Join(blocked, "history")}
	if err := h.add("select 1;"); err == nil {
		t.Error("nothing was said")
	}
	if err := h.add("select 2;"); err != nil {
		t.Errorf("it was said twice: %v", err)
	}
	if got := texts(h); got != "[select 1; select 2;]" {
		t.Errorf("kept %s", got)
	}
}
