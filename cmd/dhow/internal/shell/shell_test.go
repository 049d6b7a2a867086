package shell_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/cmd/dhow/internal/render/rendertest"
	"github.com/dhowdb/dhow/cmd/dhow/internal/shell"
)

// session answers "select WORD;" with that word, fails on "bad", and runs
// "forever" until it is cancelled.
type session struct {
	mu      sync.Mutex
	ran     []string
	started chan struct{} // gets a value when "forever" runs
}

func (s *session) Run(ctx context.Context, text string, fn func(render.Rows) error) error {
	s.mu.Lock()
	s.ran = append(s.ran, text)
	s.mu.Unlock()
	word := strings.TrimSuffix(strings.TrimSpace(text), ";")
	switch {
	case strings.Contains(text, "bad"):
		line := strings.Count(text[:strings.Index(text, "bad")], "\n") + 1
		return fmt.Errorf("Parser Error: no good\n\nLINE %d: bad\n        ^", line)
	case strings.Contains(text, "forever"):
		s.started <- struct{}{}
		<-ctx.Done()
		return fmt.Errorf("INTERRUPT Error: %w", ctx.Err())
	case strings.HasPrefix(word, "select"):
		word = strings.TrimSpace(word[len("select"):])
		return fn(&rendertest.Rows{Cols: rendertest.Text("x"), Values: [][]any{{word}}})
	}
	return nil
}

// talk is what a shell printed.
type talk struct{ out, err string }

func run(t *testing.T, db shell.Session, input string, change func(*shell.Config)) (talk, error) {
	t.Helper()
	var out, errs bytes.Buffer
	cfg := shell.Config{In: strings.NewReader(input), Out: &out, Err: &errs, DB: db, Format: "csv", NoHeader: true}
	if change != nil {
		change(&cfg)
	}
	err := shell.Run(t.Context(), cfg)
	return talk{out.String(), errs.String()}, err
}

func interactive(c *shell.Config) { c.Interactive = true }

func TestScript(t *testing.T) {
	tests := []struct {
		name, input, out, err string
	}{
		{"statements", "select 1; select 2;\nselect\n3\n;", "1\n2\n3\n", ""},
		{"no last semicolon", "select 1", "1\n", ""},
		{"commands between", "select 1;\n.mode json\nselect 2;", "1\n[{\"x\":\"2\"}]\n", ""},
		{"byte order mark", "\ufeffselect 1;", "1\n", ""},
		{"stops at the first error", "select 1;\nbad;\nselect 2;", "1\n", "stdin:2: Parser Error: no good\n\nLINE 1: bad\n        ^"},
		{"line within a statement", "\n-- a\nselect\n\nbad;", "", "stdin:5: Parser Error: no good\n\nLINE 3: bad\n        ^"},
		{"unclosed quote", "select 1;\nselect 'a;\n\n", "1\n", "stdin:2: the quote ' that begins here is never closed"},
		{"unclosed comment hides nothing", "select 1; /* \nselect 2;", "1\n", "stdin:1: the comment /* that begins here is never closed"},
		{"unclosed dollar quote", "\nselect $a$;$$", "", "stdin:2: the quote $a$ that begins here is never closed"},
		{"quit", "select 1;\n.quit\nselect 2;", "1\n", ""},
		{"quit on the same line", "select 1; .quit\nselect 2;", "1\n", ""},
		{"unknown command", "\n.tabels", "", "stdin:2: unknown command \".tabels\": did you mean .tables?"},
		{"hopeless command", ".xyzzy", "", "stdin:1: unknown command \".xyzzy\"; .help lists all commands"},
		{"beginning of a command", ".out x", "", "stdin:1: unknown command \".out\": did you mean .output?"},
		{"too many arguments", ".mode csv json", "", "stdin:1: usage: .mode [FORMAT]"},
		{"unknown format", ".mode cvs", "", "stdin:1: unknown format \"cvs\": choose one of table, csv, tsv, json, ndjson, markdown, vertical"},
		{"bad limit", ".maxrows -1", "", "stdin:1: the number of rows must be a whole number of 0 or more, not \"-1\""},
		{"unclosed file name", ".read 'a", "", "stdin:1: the quote ' is never closed"},
		{"nothing", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := run(t, &session{}, tt.input, nil)
			if got.out != tt.out {
				t.Errorf("out %q, want %q", got.out, tt.out)
			}
			if message := fmt.Sprint(err); err != nil && message != tt.err || err == nil && tt.err != "" {
				t.Errorf("error %q, want %q", message, tt.err)
			}
			if got.err != "" {
				t.Errorf("unexpected message %q", got.err)
			}
		})
	}
}

func TestScriptError(t *testing.T) {
	err := shell.Script(t.Context(), shell.Config{Out: io.Discard, Err: io.Discard, DB: &session{}}, "clean.sql", strings.NewReader("\nbad"))
	var place *shell.ScriptError
	if !errors.As(err, &place) || place.File != "clean.sql" || place.Line != 2 {
		t.Errorf("got %#v", err)
	}
}

// A statement of a live pipe must run when it is complete, not when the pipe
// ends.
func TestScriptRunsAtOnce(t *testing.T) {
	in, feed := io.Pipe()
	db := &session{started: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- shell.Script(ctx, shell.Config{Out: io.Discard, Err: io.Discard, DB: db}, "pipe", in)
	}()
	if _, err := io.WriteString(feed, "forever;\n"); err != nil {
		t.Fatal(err)
	}
	<-db.started
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestInteractive(t *testing.T) {
	tests := []struct{ name, input, out, err string }{
		{"goes on after an error", "bad;\nselect 1;\n", "1\n", "dhow> Parser Error: no good\n\nLINE 1: bad\n        ^\ndhow> dhow> "},
		{"rest of a line after an error is dropped", "bad; select 1;\n", "", "dhow> Parser Error: no good\n\nLINE 1: bad\n        ^\ndhow> "},
		{"prompts", "x\n'\n'\n\"\n\"\n/*\n*/$$\n$$;\n", "", "dhow>    ->    '>    ->    \">    ->    *>    $> dhow> "},
		{"leaving", "exit\nselect 1;\n", "", "dhow> "},
		{"leaving in capitals", "QUIT;\nselect 1;\n", "", "dhow> "},
		{"a word inside a statement", "select\nexit\n;\n", "exit\n", "dhow>    ->    -> dhow> "},
		{"escape sequences in messages", ".read \x1b[2J\n", "", "dhow> read a script: open \\e[2J: no such file or directory\ndhow> "},
		{"comment alone", "-- x\n", "", "dhow> dhow> "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := run(t, &session{}, tt.input, interactive)
			if err != nil {
				t.Errorf("error %v", err)
			}
			if diff := cmp.Diff(talk{tt.out, tt.err}, got, cmp.AllowUnexported(talk{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestInterrupt(t *testing.T) {
	db := &session{started: make(chan struct{})}
	interrupts := make(chan os.Signal)
	go func() {
		<-db.started
		interrupts <- os.Interrupt
	}()
	got, err := run(t, db, "forever; select 1;\nselect 2;\n", func(c *shell.Config) {
		c.Interactive, c.Interrupts = true, interrupts
	})
	want := talk{out: "2\n", err: "dhow> Interrupted\ndhow> dhow> "}
	if err != nil || got != want {
		t.Errorf("%v, %+v, want %+v", err, got, want)
	}
}

// The shell must take the system's signal when nobody gives it another.
func TestInterruptFromSystem(t *testing.T) {
	db := &session{started: make(chan struct{})}
	go func() {
		<-db.started
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Signal(os.Interrupt)
		}
		if err != nil {
			t.Error(err)
		}
	}()
	got, err := run(t, db, "forever;\nselect 2;\n", interactive)
	if err != nil || got.out != "2\n" || !strings.Contains(got.err, "Interrupted\n") {
		t.Errorf("%v, %+v", err, got)
	}
}

func TestCancelledContextEndsTheShell(t *testing.T) {
	db := &session{started: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-db.started
		cancel()
	}()
	var out bytes.Buffer
	cfg := shell.Config{In: strings.NewReader("forever;\n"), Out: &out, Err: io.Discard, DB: db, Interactive: true}
	if err := shell.Run(ctx, cfg); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	inner := write("inner one.sql", "select 2;\n\nbad;\n")
	outer := write("outer.sql", "select 1;\n.read '"+inner+"'\nselect 3;\n")
	got, err := run(t, &session{}, ".read "+outer, nil)
	if got.out != "1\n2\n" {
		t.Errorf("out %q", got.out)
	}
	want := "stdin:1: " + outer + ":2: " + inner + ":3: Parser Error: no good\n\nLINE 1: bad\n        ^"
	if err == nil || err.Error() != want {
		t.Errorf("error %q\nwant  %q", err, want)
	}

	circle := filepath.Join(dir, "circle.sql")
	write("circle.sql", ".read "+circle)
	if _, err := run(t, &session{}, ".read "+circle, nil); err == nil || !strings.Contains(err.Error(), "does the file read itself?") {
		t.Errorf("a circle gives %v", err)
	}
	if _, err := run(t, &session{}, ".read "+filepath.Join(dir, "none.sql"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestOutput(t *testing.T) {
	dir := t.TempDir()
	one, more := filepath.Join(dir, "one.csv"), filepath.Join(dir, "more.csv")
	got, err := run(t, &session{}, fmt.Sprintf(
		".once %s\nselect 1;\nselect 2;\n.output %s\nselect 3;\nselect 4;\n.output\nselect 5;\n", one, more), nil)
	if err != nil || got.out != "2\n5\n" {
		t.Errorf("%v, %+v", err, got)
	}
	for path, want := range map[string]string{one: "1\n", more: "3\n4\n"} {
		if data, err := os.ReadFile(path); err != nil || string(data) != want {
			t.Errorf("%s: %q, %v; want %q", filepath.Base(path), data, err, want)
		}
	}
	if _, err := run(t, &session{}, ".output "+dir, nil); err == nil {
		t.Error("a folder was taken for a file")
	}
}

// On a screen a table is cut to it; in a file or pipe nothing is.
func TestWidth(t *testing.T) {
	long := "select " + strings.Repeat("x", 100) + ";"
	table := func(width int) func(*shell.Config) {
		return func(c *shell.Config) {
			c.Format, c.Width = "table", func() int { return width }
		}
	}
	if got, _ := run(t, &session{}, long, table(60)); !strings.Contains(got.out, "x… │") {
		t.Errorf("not cut:\n%s", got.out)
	}
	if got, _ := run(t, &session{}, long, table(0)); strings.Contains(got.out, "…") {
		t.Errorf("cut in a pipe:\n%s", got.out)
	}
	file := filepath.Join(t.TempDir(), "f")
	if _, err := run(t, &session{}, ".output "+file+"\n"+long, table(60)); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(file); err != nil || strings.Contains(string(data), "…") {
		t.Errorf("cut in a file: %s %v", data, err)
	}
}

func TestSettings(t *testing.T) {
	got, err := run(t, &session{}, ".mode\n.maxrows\n.maxrows 2,000\n.maxrows\n.timer on\nselect 1;\n", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"* csv", "A table shows all rows.", "A table shows at most 2000 rows.", "Time: 0.0"} {
		if !strings.Contains(got.err, want) {
			t.Errorf("no %q in %s", want, got.err)
		}
	}
}

func TestHelp(t *testing.T) {
	help := func(c *shell.Config) {
		c.FunctionHelp = func(name string) (string, bool) { return "the heading without dots", name == "hs_normalize" }
	}
	tests := []struct{ input, want string }{
		{".help", ".schema [TABLE]      Show the CREATE statements"},
		{".help .mode", ".mode [FORMAT]\n\nChoose"},
		{".help mode;", ".mode [FORMAT]\n\nChoose"},
		{".help hs_normalize()", "the heading without dots\n"},
		{".help HS_NORMALIZE", "the heading without dots\n"},
	}
	for _, tt := range tests {
		if got, err := run(t, &session{}, tt.input, help); err != nil || !strings.Contains(got.out, tt.want) {
			t.Errorf("%s: %v, %s", tt.input, err, got.out)
		}
	}
	if _, err := run(t, &session{}, ".help hs_nomalize", help); err == nil || !strings.Contains(err.Error(), "unknown topic") {
		t.Errorf("an unknown topic gives %v", err)
	}
}

func TestSample(t *testing.T) {
	db := &session{}
	got, err := run(t, db, ".sample\n.sample 50\n", func(c *shell.Config) {
		c.Sample = func(_ context.Context, rows int) (string, error) { return fmt.Sprintf("made %d", rows), nil }
	})
	if err != nil || got.err != "made 10000\nmade 50\n" || got.out != "" {
		t.Errorf("%v, %+v", err, got)
	}
	if _, err := run(t, db, ".sample 0", func(c *shell.Config) {
		c.Sample = func(context.Context, int) (string, error) { return "", nil }
	}); err == nil {
		t.Error("no rows were made without a word")
	}
	if _, err := run(t, db, ".sample", nil); err == nil {
		t.Error("sample data came from nowhere")
	}
}

// Settings of one script hold for the next, and .quit ends them all.
func TestSeveralScripts(t *testing.T) {
	var out bytes.Buffer
	sh, err := shell.New(shell.Config{Out: &out, Err: io.Discard, DB: &session{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{".mode ndjson", "select 1", ".quit", "select 2"} {
		if err := sh.Script(t.Context(), "-c", strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := sh.Close(); err != nil || out.String() != "{\"x\":\"1\"}\n" {
		t.Errorf("%v, %q", err, out.String())
	}
	if _, err := shell.New(shell.Config{Format: "xls"}); err == nil {
		t.Error("an unknown format was taken")
	}
}

// failing fails like a broken pipe.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestBrokenPipe(t *testing.T) {
	_, err := run(t, &session{}, "select 1;", func(c *shell.Config) { c.Out = failing{} })
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}

func TestHistoryFile(t *testing.T) {
	t.Setenv("HOME", "/home/x")
	t.Setenv("XDG_STATE_HOME", "/state")
	if got, want := shell.HistoryFile(), filepath.FromSlash("/state/dhow/history"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	t.Setenv("XDG_STATE_HOME", "relative/is/ignored")
	if got, want := shell.HistoryFile(), filepath.FromSlash("/home/x/.local/state/dhow/history"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	t.Setenv("HOME", "")
	if got := shell.HistoryFile(); got != "" {
		t.Errorf("without a home the file is %q", got)
	}
}
