package shell

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/mattn/go-runewidth"
)

// completer completes the word before the cursor: dot-commands by itself, SQL
// by asking DuckDB, which knows the tables, columns and functions.
type completer struct {
	ctx    context.Context
	dialog *dialog
}

// completionTime is how long Tab may take before it does nothing.
const completionTime = 500 * time.Millisecond

// Do implements [readline.AutoCompleter]: it returns what may follow the
// cursor, and how many characters before it belong to the same word.
func (c *completer) Do(line []rune, pos int) ([][]rune, int) {
	text := string(line[:pos])
	if strings.ContainsRune(text, deleteKey) || strings.ContainsRune(text, rubWordKey) {
		return nil, 0 // keys whose action is still to come
	}
	word, candidates := c.candidates(decodeLine(text))
	return menu(word, candidates)
}

// candidates returns the word before the cursor and the words it may become.
func (c *completer) candidates(text string) (word string, candidates []string) {
	if !c.dialog.input.unfinished() && strings.HasPrefix(text, ".") {
		return completeCommand(text)
	}
	before := strings.Join(append(slices.Clone(c.dialog.entry), text), "\n")
	ctx, cancel := context.WithTimeout(c.ctx, completionTime)
	defer cancel()
	start := -1
	// An error, in a broken transaction for one, only means no completion.
	_ = c.dialog.sh.cfg.DB.Run(ctx, withText(completeSQL, before), func(rows render.Rows) error {
		if len(rows.Columns()) != 2 {
			return nil
		}
		for rows.Next() {
			at, err := strconv.Atoi(string(rows.AppendText(nil, 1)))
			if err != nil || at < 0 || at > len(before) {
				continue
			}
			if start < 0 {
				start = at
			}
			if s := string(rows.AppendText(nil, 0)); at == start && hasPrefixFold(s, before[at:]) {
				candidates = append(candidates, s)
			}
		}
		return rows.Err()
	})
	if len(candidates) == 0 {
		return "", nil
	}
	return before[start:], candidates
}

// completeCommand completes a dot-command or its one argument where that is a
// word of the shell's own.
func completeCommand(text string) (word string, candidates []string) {
	name, arg, inArg := strings.Cut(text, " ")
	var words []string
	switch {
	case !inArg:
		word, words = name, commandNames()
	case name == ".mode":
		word = arg
		for _, f := range render.Formats() {
			words = append(words, f.Name)
		}
	case name == ".help":
		word = arg
		for _, n := range commandNames() {
			words = append(words, n[1:])
		}
	case name == ".timer":
		word, words = arg, []string{"on", "off"}
	}
	for _, w := range words {
		if hasPrefixFold(w, word) {
			candidates = append(candidates, w)
		}
	}
	return word, candidates
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) && utf8.ValidString(s[len(prefix):])
}

// longestMenu is how many words readline may list: it prints them all, and
// more would push the prompt off the screen.
const longestMenu = 60

// menu returns the endings for readline. It gets several only if it can list
// them; otherwise just what all have in common.
func menu(word string, candidates []string) ([][]rune, int) {
	if len(candidates) == 0 {
		return nil, 0
	}
	endings := make([]string, len(candidates))
	for i, s := range candidates {
		ending := s[len(word):]
		// The typed part stays as it is; a keyword follows its case.
		if word != "" && word == strings.ToLower(word) && s == strings.ToUpper(s) {
			ending = strings.ToLower(ending)
		}
		endings[i] = ending
	}
	slices.Sort(endings)
	endings = slices.Compact(endings)
	if len(endings) > 1 && !listable(word, endings) {
		common := commonPrefix(endings)
		if common == "" {
			return nil, 0
		}
		endings = []string{common}
	}
	runes := make([][]rune, len(endings))
	for i, e := range endings {
		runes[i] = []rune(e)
	}
	return runes, utf8.RuneCountInString(word)
}

// listable reports whether readline can list these endings: it fails on words
// wider than the screen and on wide characters typed before them.
func listable(word string, endings []string) bool {
	length := utf8.RuneCountInString(word)
	if len(endings) > longestMenu || runewidth.StringWidth(word) > length {
		return false
	}
	for _, e := range endings {
		if length+runewidth.StringWidth(e)+2 >= narrowest {
			return false
		}
	}
	return true
}

// commonPrefix returns the text that all sorted texts begin with.
func commonPrefix(sorted []string) string {
	first, last := sorted[0], sorted[len(sorted)-1]
	n := 0
	for n < len(first) && n < len(last) && first[n] == last[n] {
		n++
	}
	for n > 0 && n < len(first) && !utf8.RuneStart(first[n]) {
		n--
	}
	return first[:n]
}
