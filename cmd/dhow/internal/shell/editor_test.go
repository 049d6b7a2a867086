package shell

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chzyer/readline"
	"github.com/google/go-cmp/cmp"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/cmd/dhow/internal/render/rendertest"
)

// tables is a session that only completes.
type tables []string

func (s tables) Run(_ context.Context, text string, fn func(render.Rows) error) error {
	rows := &rendertest.Rows{Cols: rendertest.Text("suggestion", "suggestion_start")}
	_, rest, _ := strings.Cut(text, "'")
	typed, _, _ := strings.Cut(rest, "')")
	typed = strings.ReplaceAll(typed, "''", "'")
	for _, name := range s {
		rows.Values = append(rows.Values, []any{name, strings.LastIndexByte(typed, ' ') + 1})
	}
	return fn(rows)
}

// testEditor is the editor on a terminal that a test types on.
func testEditor(t *testing.T, db Session, path string, width int) (*terminalEditor, io.Writer) {
	t.Helper()
	past, err := openHistory(path)
	if err != nil {
		t.Fatal(err)
	}
	in, keyboard := io.Pipe()
	sh := &Shell{cfg: Config{DB: db}}
	cfg := &readline.Config{
		Stdout:              io.Discard,
		AutoComplete:        &completer{ctx: t.Context(), dialog: &dialog{sh: sh}},
		ForceUseInteractive: true,
		FuncGetWidth:        func() int { return width },
		FuncMakeRaw:         func() error { return nil },
		FuncExitRaw:         func() error { return nil },
		FuncOnWidthChanged:  func(func()) {},
	}
	e, err := newTerminalEditor(cfg, in, past, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = keyboard.Close()
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e, keyboard
}

// typed returns the line that the keys give.
func typed(t *testing.T, e *terminalEditor, keyboard io.Writer, keys string) (string, error) {
	t.Helper()
	go func() { _, _ = io.WriteString(keyboard, keys) }()
	type result struct {
		line string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		line, err := e.ReadLine("dhow> ")
		done <- result{line, err}
	}()
	select {
	case r := <-done:
		return r.line, r.err
	case <-time.After(10 * time.Second):
		t.Fatalf("no line after %q", keys)
		return "", nil
	}
}

func TestEditor(t *testing.T) {
	tests := []struct{ name, keys, want string }{
		{"typing", "select 1;\r", "select 1;"},
		{"arabic", "select 'مُحَمَّد';\r", "select 'مُحَمَّد';"},
		{"delete on an empty line stays", "\x1b[3~x\r", "x"},
		{"delete", "abc\x1b[1~\x1b[3~\r", "bc"},
		{"word of the first", "abc def\x1b[1;5D\x17\r", "def"},
		{"search in an empty history", "\x12\x03x\r", "x"},
		{"forward search", "\x13\x03x\r", "x"},
		{"tab in pasted text", "\x1b[200~a\tb\x1b[201~\r", "a\tb"},
		{"alt-enter", "a\x1b\rb\r", "a\nb"},
		{"completion", "select * from decl\t\r", "select * from declaration"},
		{"command", ".sc\t\r", ".schema"},
		{"format", ".mode nd\t\r", ".mode ndjson"},
		{"common beginning", "h\t\r", "hs_"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, keyboard := testEditor(t, tables{"declaration", "hs_normalize", "hs_valid"}, "", 80)
			if got, err := typed(t, e, keyboard, tt.keys); err != nil || got != tt.want {
				t.Errorf("%q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestEditorEnds(t *testing.T) {
	e, keyboard := testEditor(t, tables{}, "", 80)
	if line, err := typed(t, e, keyboard, "abc\x03"); err != errInterrupted || line != "abc" {
		t.Errorf("Ctrl-C: %q, %v", line, err)
	}
	if _, err := typed(t, e, keyboard, "\x04"); err != io.EOF {
		t.Errorf("Ctrl-D: %v", err)
	}
}

func TestEditorRecallsWholeStatements(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history")
	e, keyboard := testEditor(t, tables{}, path, 80)
	e.Remember("select\n\t1;")
	e.Remember("select 2;")
	if got, err := typed(t, e, keyboard, "\x1b[A\x1b[A\r"); err != nil || got != "select\n\t1;" {
		t.Errorf("%q, %v", got, err)
	}
	// A recalled and changed entry must be stored as it is now.
	if got, err := typed(t, e, keyboard, "\x1b[A\x7f\x7f3;\r"); err != nil || got != "select 3;" {
		t.Errorf("%q, %v", got, err)
	}
	e.Remember("select 3;")
	if got, err := typed(t, e, keyboard, "\x12 2\r"); err != nil || got != "select 2;" {
		t.Errorf("search: %q, %v", got, err)
	}
	later, keyboard := testEditor(t, tables{}, path, 80)
	if got, err := typed(t, later, keyboard, "\x1b[A\r"); err != nil || got != "select 3;" {
		t.Errorf("another shell recalls %q, %v", got, err)
	}
}

// A wild cat on the keyboard must not bring readline down: it would take the
// process with it. What it broke is in the notes at narrowest, listable,
// loadHistory and keyReader.
func TestEditorSurvivesRandomKeys(t *testing.T) {
	keys := []string{
		"\t", "\t", "\t", "\x12", "\x13", "\x03", "\r", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[3~", "\x1b[1~", "\x1b[4~",
		"\x1b[1;5C", "\x1b[1;5D", "\x17", "\x0b", "\x15", "\x19", "\x14", "\x7f", "\x07", "\x1bd", "\x1b\x7f", "\x1b\r", "\x1b[200~a\tb\x1b[201~",
		"a", "h", "s", "_", " ", "'", ".", "مُ", "界", "界", "👩‍👩‍👧", "select ", "\x1b", "\x00", "\x0c", "\x10", "\x0e",
	}
	names := tables{"hs_normalize", "hs_valid", "hs_" + strings.Repeat("x", 70), "界界界", "界界面", "h", "a", "aa"}
	for i := range 60 {
		names = append(names, fmt.Sprintf("a%d_column", i))
	}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		e, keyboard := testEditor(t, names, "", 20+int(seed%20)*5)
		if seed%2 == 0 {
			e.Remember("select\n1;")
			e.Remember("hs 界")
		}
		var input bytes.Buffer
		for range 400 {
			input.WriteString(keys[r.IntN(len(keys))])
		}
		// Close whatever is open, then end the line.
		input.WriteString("\x1b[201~\x07\x03\x03\x15\x0b.end\r")
		go func() { _, _ = keyboard.Write(input.Bytes()) }()
		for lines := 0; ; lines++ {
			line, err := e.ReadLine("dhow> ")
			if err == nil && strings.HasSuffix(line, ".end") {
				break
			}
			if err == io.EOF || lines > 1000 {
				t.Fatalf("seed %d: %v after %d lines", seed, err, lines)
			}
			if err == nil && line != "" && r.IntN(2) == 0 {
				e.Remember(line)
			}
		}
	}
}

func TestMenu(t *testing.T) {
	long := strings.Repeat("x", 60)
	tests := []struct {
		name, word string
		candidates []string
		want       []string
	}{
		{"one", "dec", []string{"declaration"}, []string{"laration"}},
		{"keyword follows the case", "sel", []string{"SELECT"}, []string{"ect"}},
		{"keyword in capitals", "SEL", []string{"SELECT"}, []string{"ECT"}},
		{"sorted, each once", "h", []string{"hs_b", "hs_a", "hs_b"}, []string{"s_a", "s_b"}},
		{"too wide to list", "t", []string{"ta" + long, "tb" + long}, nil},
		{"too wide with a common beginning", "t", []string{"t_a" + long, "t_b" + long}, []string{"_"}},
		{"wide characters", "界界", []string{"界界面a", "界界面b"}, []string{"面"}},
		{"none", "q", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			endings, n := menu(tt.word, tt.candidates)
			var got []string
			for _, e := range endings {
				got = append(got, string(e))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got != nil && n != len([]rune(tt.word)) {
				t.Errorf("the word has %d characters, not %d", len([]rune(tt.word)), n)
			}
		})
	}
}

// editorScript gives lines and interrupts in turn.
type editorScript struct {
	turns      []any // a string or an error
	remembered []string
}

func (e *editorScript) ReadLine(string) (string, error) {
	if len(e.turns) == 0 {
		return "", io.EOF
	}
	turn := e.turns[0]
	e.turns = e.turns[1:]
	if err, ok := turn.(error); ok {
		return "", err
	}
	return turn.(string), nil
}
func (e *editorScript) Remember(entry string) { e.remembered = append(e.remembered, entry) }
func (e *editorScript) Close() error          { return nil }

// recorder is a session that notes what it ran.
type recorder []string

func (r *recorder) Run(_ context.Context, text string, _ func(render.Rows) error) error {
	*r = append(*r, text)
	return nil
}

func TestDialog(t *testing.T) {
	var ran recorder
	var messages bytes.Buffer
	sh, err := New(Config{Out: io.Discard, Err: &messages, DB: &ran})
	if err != nil {
		t.Fatal(err)
	}
	editor := &editorScript{turns: []any{
		"select", "1;", // one entry of two lines
		"select '", errInterrupted, "select 2;", // Ctrl-C forgets the quote
		errInterrupted,          // on an empty line
		" select 3;",            // a blank keeps it out of the history
		"select 4; select 5 --", // the second isn't finished
		";",
		"select\n6;", // recalled as a whole
		".timer off", "",
	}}
	d := &dialog{sh: sh, editor: editor}
	for {
		if err := d.turn(t.Context()); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	wantRan := []string{"select\n1;", "select 2;", "select 3;", "select 4;", "select 5 --\n;", "select\n6;"}
	if diff := cmp.Diff(wantRan, []string(ran)); diff != "" {
		t.Errorf("ran (-want +got)\n%s", diff)
	}
	wantKept := []string{"select\n1;", "select 2;", "select 4; select 5 --\n;", "select\n6;", ".timer off"}
	if diff := cmp.Diff(wantKept, editor.remembered); diff != "" {
		t.Errorf("remembered (-want +got)\n%s", diff)
	}
	if got := messages.String(); got != leave+"\n" {
		t.Errorf("messages %q", got)
	}
}
