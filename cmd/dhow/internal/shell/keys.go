package shell

import (
	"io"
	"strings"
	"unicode/utf8"
)

// Keys and characters that the line editor can't hold travel through it as
// characters from the last private-use plane, where no script has letters.
const (
	lineFeed   = '\U0010FD0A' // a line feed inside a statement
	tabulator  = '\U0010FD09' // a tab in pasted text; typed, it completes
	deleteKey  = '\U0010FD7F' // Delete; the editor would take it for Ctrl-D
	rubWordKey = '\U0010FD17' // Ctrl-W; the editor would clear the line
)

// encodeLine makes a text of several lines one line for the editor, and
// decodeLine makes it what it was. Other control characters become blanks:
// they would steer the terminal.
func encodeLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return lineFeed
		case r == '\t':
			return tabulator
		case r == '\r':
			return -1
		case r < ' ' || r == 0x7f:
			return ' '
		}
		return r
	}, s)
}

func decodeLine(s string) string {
	return strings.NewReplacer(string(lineFeed), "\n", string(tabulator), "\t",
		string(deleteKey), "", string(rubWordKey), "").Replace(s)
}

// painter shows what encodeLine hides: a line feed as ↵, a tab as a blank.
type painter struct{}

func (painter) Paint(line []rune, _ int) []rune {
	shown := make([]rune, len(line))
	for i, r := range line {
		switch r {
		case lineFeed:
			r = '↵'
		case tabulator, deleteKey, rubWordKey:
			r = ' '
		}
		shown[i] = r
	}
	return shown
}

// keyReader translates what a terminal sends into what the line editor
// understands: more keys, and pasted text whose tabs don't complete and whose
// control characters do nothing.
type keyReader struct {
	in     io.Reader
	raw    [512]byte
	escape []byte // an escape sequence that is not complete
	out    []byte
	pasted bool // between the terminal's marks for pasted text
	afterR bool // the last byte pasted was a carriage return
}

// Read returns translated input. An escape sequence cut in two by the terminal
// waits for its rest; the editor ignores a lone Escape anyway.
func (k *keyReader) Read(p []byte) (int, error) {
	for len(k.out) == 0 {
		n, err := k.in.Read(k.raw[:])
		for _, b := range k.raw[:n] {
			k.take(b)
		}
		if err != nil && len(k.out) == 0 {
			return 0, err
		}
	}
	n := copy(p, k.out)
	k.out = k.out[:copy(k.out, k.out[n:])]
	return n, nil
}

const escape = 0x1b

// take translates one byte.
func (k *keyReader) take(b byte) {
	switch {
	case len(k.escape) > 0:
		k.takeEscape(b)
	case b == escape:
		k.escape = append(k.escape, b)
	case k.pasted:
		k.takePasted(b)
	case b == 0x00: // Ctrl-Space; the editor would take it for the end of input
	case b == 0x14: // Ctrl-T; the editor fails on it in a line of one letter
	case b == 0x17:
		k.emit(rubWordKey)
	default:
		k.out = append(k.out, b)
	}
}

func (k *keyReader) emit(r rune) { k.out = utf8.AppendRune(k.out, r) }

func (k *keyReader) takePasted(b byte) {
	wasR := k.afterR
	k.afterR = b == '\r'
	switch {
	case b == '\n' && wasR:
	case b == '\r' || b == '\n':
		k.out = append(k.out, '\r')
	case b == '\t':
		k.emit(tabulator)
	case b < ' ' || b == 0x7f:
	default:
		k.out = append(k.out, b)
	}
}

// longestEscape is more than any key sends; what is longer is dropped.
const longestEscape = 32

// takeEscape adds a byte to the escape sequence and translates it when it is
// complete.
func (k *keyReader) takeEscape(b byte) {
	if b == escape || len(k.escape) == longestEscape {
		k.escape = append(k.escape[:0], escape)
		return
	}
	k.escape = append(k.escape, b)
	introducer := k.escape[1]
	if len(k.escape) == 2 && (b == '[' || b == 'O') {
		return
	}
	if introducer == '[' && (b < 0x40 || b > 0x7e) {
		return // parameters
	}
	sequence := string(k.escape[1:])
	k.escape = k.escape[:0]
	switch {
	case sequence == "[200~":
		k.pasted, k.afterR = true, false
	case sequence == "[201~":
		k.pasted = false
	case k.pasted: // text that was copied from a terminal
	default:
		k.key(sequence)
	}
}

// keys are the sequences that the editor doesn't know, without their Escape.
var keys = map[string]string{
	"[3~":  string(deleteKey),
	"[1~":  "\x01", // Home as the Linux console, screen and tmux send it
	"[7~":  "\x01",
	"[4~":  "\x05", // End
	"[8~":  "\x05",
	"[H":   "\x01",
	"[F":   "\x05",
	"OH":   "\x01",
	"OF":   "\x05",
	"[A":   "\x10", // the arrows
	"[B":   "\x0e",
	"[C":   "\x06",
	"[D":   "\x02",
	"OA":   "\x10",
	"OB":   "\x0e",
	"OC":   "\x06",
	"OD":   "\x02",
	"\r":   string(lineFeed), // Alt-Enter
	"b":    "\x1bb",          // Alt and a letter, which the editor knows
	"f":    "\x1bf",
	"d":    "\x1bd",
	"\x7f": string(rubWordKey),
}

// key translates a complete escape sequence. A sequence with modifiers such as
// [1;5C moves by words; any other that isn't known is dropped.
func (k *keyReader) key(sequence string) {
	if translated, ok := keys[sequence]; ok {
		k.out = append(k.out, translated...)
		return
	}
	if !strings.HasPrefix(sequence, "[") || !strings.Contains(sequence, ";") {
		return
	}
	switch sequence[len(sequence)-1] {
	case 'C':
		k.out = append(k.out, "\x1bf"...)
	case 'D':
		k.out = append(k.out, "\x1bb"...)
	}
}

// bindings does the actions of the keys above. The editor has put the key's
// character into the line just before it asks.
func bindings(line []rune, pos int, key rune) ([]rune, int, bool) {
	if key != deleteKey && key != rubWordKey || pos == 0 || pos > len(line) || line[pos-1] != key {
		return nil, 0, false
	}
	before, after := line[:pos-1], line[pos:]
	if key == deleteKey {
		if len(after) > 0 {
			after = after[1:]
		}
	} else {
		before = before[:wordStart(before)]
	}
	changed := append(append([]rune(nil), before...), after...)
	return changed, len(before), true
}

// wordStart returns where the word at the end of a text begins. A word is a
// name in any script, or a run of other signs.
func wordStart(text []rune) int {
	i := len(text)
	for i > 0 && isSpace(text[i-1]) {
		i--
	}
	if i == 0 {
		return 0
	}
	for name := isNameRune(text[i-1]); i > 0 && !isSpace(text[i-1]) && isNameRune(text[i-1]) == name; {
		i--
	}
	return i
}

func isSpace(r rune) bool { return r == ' ' || r == lineFeed || r == tabulator }

func isNameRune(r rune) bool { return r >= utf8.RuneSelf || isName(byte(r)) }
