package shell

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestKeyReader(t *testing.T) {
	// The sequences are those of xterm and of the Linux console (terminfo).
	tests := []struct{ name, in, want string }{
		{"letters", "select 'م';\r", "select 'م';\r"},
		{"delete", "\x1b[3~", string(deleteKey)},
		{"home and end", "\x1b[1~\x1b[4~\x1b[H\x1bOF", "\x01\x05\x01\x05"},
		{"arrows", "\x1b[A\x1bOB\x1b[C\x1b[D", "\x10\x0e\x06\x02"},
		{"words", "\x1b[1;5D\x1b[1;3C\x17", "\x1bb\x1bf" + string(rubWordKey)},
		{"alt-enter", "a\x1b\rb", "a" + string(lineFeed) + "b"},
		{"unknown keys", "\x1b[15~\x1b[1;2P\x1b[?1;2c\x1bx", ""},
		{"paste", "\x1b[200~a\tb\r\nc\nd\re\x1b[201~\t", "a" + string(tabulator) + "b\rc\rd\re\t"},
		{"keys in paste", "\x1b[200~\x03\x04\x1b[3~x\x1b[201~\x03", "x\x03"},
		{"end inside a sequence", "\x1b[3", ""},
		{"keys that do harm", "a\x00\x14b", "ab"},
		{"escape twice", "\x1b\x1b[3~", string(deleteKey)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			whole, err := io.ReadAll(&keyReader{in: strings.NewReader(tt.in)})
			if err != nil || string(whole) != tt.want {
				t.Errorf("%q, %v; want %q", whole, err, tt.want)
			}
			// A terminal may deliver the bytes one at a time.
			parts, err := io.ReadAll(&keyReader{in: iotest.OneByteReader(strings.NewReader(tt.in))})
			if err != nil || string(parts) != tt.want {
				t.Errorf("byte by byte: %q, %v; want %q", parts, err, tt.want)
			}
		})
	}
}

func FuzzKeyReader(f *testing.F) {
	f.Add([]byte("\x1b[200~\x1b[20\x1b[201~\x1b[1;5D"), 3)
	f.Fuzz(func(t *testing.T, in []byte, size int) {
		k := &keyReader{in: bytes.NewReader(in)}
		p := make([]byte, 1+size&15)
		for {
			if _, err := k.Read(p); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if len(k.escape) > longestEscape {
			t.Fatalf("%d bytes of an escape sequence are kept", len(k.escape))
		}
	})
}

func TestBindings(t *testing.T) {
	// | is the cursor.
	tests := []struct {
		name, line string
		key        rune
		want       string
	}{
		{"delete", "ab|cd", deleteKey, "ab|d"},
		{"delete at the end", "ab|", deleteKey, "ab|"},
		{"delete on an empty line", "|", deleteKey, "|"},
		{"word", "select hs_code| from", rubWordKey, "select | from"},
		{"first word keeps the rest", "ab|c def", rubWordKey, "|c def"},
		{"arabic word", "من بلد_المنشأ|", rubWordKey, "من |"},
		{"blanks before the cursor", "ab  |", rubWordKey, "|"},
		{"signs", "a <>|", rubWordKey, "a |"},
		{"nothing to rub out", "|x", rubWordKey, "|x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.line, "|")
			line := []rune(before + string(tt.key) + after)
			got, pos, ok := bindings(line, len([]rune(before))+1, tt.key)
			if !ok || string(got[:pos])+"|"+string(got[pos:]) != tt.want {
				t.Errorf("%q at %d, want %q", string(got), pos, tt.want)
			}
		})
	}
	if _, _, ok := bindings([]rune("abc"), 2, 'b'); ok {
		t.Error("a letter is no key")
	}
}

func TestEncodeLine(t *testing.T) {
	const text = "select\n\t'مُحَمَّد'\n;"
	line := encodeLine(text)
	if strings.ContainsAny(line, "\n\t") || decodeLine(line) != text {
		t.Errorf("%q becomes %q and then %q", text, line, decodeLine(line))
	}
	if got := string(painter{}.Paint([]rune(line), 0)); got != "select↵ 'مُحَمَّد'↵;" {
		t.Errorf("shown as %q", got)
	}
	if got := encodeLine("a\x1b[31m"); got != "a [31m" {
		t.Errorf("an escape sequence becomes %q", got)
	}
}
