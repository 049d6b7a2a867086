package shell

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// dotCommand is a command of the shell itself.
type dotCommand struct {
	name  string
	args  string // as the help shows them
	least int    // how many arguments it needs
	most  int    // how many it takes
	help  string // the first line is the summary
	run   func(*Shell, context.Context, []string) error
}

// commands are all dot-commands, in the order of the alphabet.
var commands []dotCommand

func init() {
	// Not in the declaration: .help reads the table it stands in.
	commands = []dotCommand{
		{".exit", "", 0, 0, "Leave the shell, like .quit and Ctrl-D.", (*Shell).quit},
		{".help", "[TOPIC]", 0, 1, "Show all commands, or the help on one command or SQL function.\n" +
			"  .help mode    .help hs_normalize", (*Shell).help},
		{".import", "FILE...", 1, maxArguments, "Load files into the customs model; every row is loaded or kept in customs.reject.\n" +
			"  .import a.csv b.xlsx --into inspection --map \"Box 33=hs_code\"    dhow import --help tells all flags.", (*Shell).importFiles},
		{".maxrows", "[N]", 0, 1, "Show at most N rows in a table, half of them from its end; 0 shows all.\n" +
			"Without N it shows the present limit. Files and pipes get all rows unless you set one.", (*Shell).setMaxRows},
		{".mode", "[FORMAT]", 0, 1, "Choose the output format; without FORMAT, list the formats.", (*Shell).setMode},
		{".once", "FILE", 1, 1, "Write the result of the next statement to FILE.", (*Shell).once},
		{".output", "[FILE]", 0, 1, "Write results to FILE from now on; without FILE, to the screen again.\n" +
			"An existing file is replaced.", (*Shell).output},
		{".quality", "[TABLE]", 0, 1, "Report the quality of declarations: a row for each rule of quality.rule.\n" +
			"TABLE is customs.declaration unless given, or any table or view with some of its columns.", (*Shell).quality},
		{".quit", "", 0, 0, "Leave the shell.", (*Shell).quit},
		{".read", "FILE", 1, 1, "Run the statements and commands in FILE; stop at the first error.", (*Shell).read},
		{".sample", "[ROWS]", 0, 1, "Make sample tables with made-up declarations to try things on (10,000 rows).", (*Shell).sample},
		{".schema", "[TABLE]", 0, 1, "Show the CREATE statements of all tables and views, or of one.\n" +
			"TABLE may contain % for any text.", (*Shell).schema},
		{".tables", "[PATTERN]", 0, 1, "List your tables and views, or those whose name contains PATTERN; ref.% are the reference facts.\n" +
			"With a % in it, PATTERN must match the whole name.", (*Shell).tables},
		{".timer", "on|off", 1, 1, "Show how long each statement takes.", (*Shell).setTimer},
	}
}

// maxArguments is the bound of a command that takes any number.
const maxArguments = 1 << 20

// command runs a line that begins with a dot.
func (sh *Shell) command(ctx context.Context, line string) error {
	words, err := splitWords(strings.TrimRight(strings.TrimSpace(line), "; "))
	if err != nil {
		return err
	}
	name, args := strings.ToLower(words[0]), words[1:]
	at := slices.IndexFunc(commands, func(c dotCommand) bool { return c.name == name })
	if at < 0 {
		return unknown("command", words[0], commandNames(), "; .help lists all commands")
	}
	c := commands[at]
	if len(args) < c.least || len(args) > c.most {
		return fmt.Errorf("usage: %s", strings.TrimSpace(c.name+" "+c.args))
	}
	return c.run(sh, ctx, args)
}

func commandNames() []string {
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.name
	}
	return names
}

// splitWords splits the line of a command at blanks. Quotes, single or double,
// keep blanks; a doubled quote inside them is one.
func splitWords(line string) ([]string, error) {
	var words []string
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" {
			return words, nil
		}
		quote := line[0]
		if quote != '\'' && quote != '"' {
			word, rest, _ := strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
			words, line = append(words, word), rest
			continue
		}
		word, rest, err := quotedWord(line[1:], quote)
		if err != nil {
			return nil, err
		}
		words, line = append(words, word), rest
	}
}

func quotedWord(text string, quote byte) (word, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != quote {
			b.WriteByte(text[i])
			continue
		}
		if i+1 == len(text) || text[i+1] != quote {
			return b.String(), text[i+1:], nil
		}
		b.WriteByte(quote)
		i++
	}
	return "", "", fmt.Errorf("the quote %c is never closed", quote)
}

// unknown returns the error for a name that doesn't exist, with the ones that
// may have been meant.
func unknown(what, name string, known []string, otherwise string) error {
	near := nearest(name, known)
	if len(near) == 0 {
		return fmt.Errorf("unknown %s %q%s", what, name, otherwise)
	}
	return fmt.Errorf("unknown %s %q: did you mean %s?", what, name, strings.Join(near, " or "))
}

func (sh *Shell) quit(context.Context, []string) error {
	sh.left = true
	return nil
}

func (sh *Shell) setTimer(_ context.Context, args []string) error {
	switch strings.ToLower(args[0]) {
	case "on":
		sh.timer = true
	case "off":
		sh.timer = false
	default:
		return errors.New("usage: .timer on|off")
	}
	return nil
}

// nearest returns the names that name may be a slip of the keyboard for or the
// beginning of: those at the smallest distance, if that is two letters or less.
func nearest(name string, known []string) []string {
	name = strings.ToLower(name)
	best := 2
	var near []string
	for _, k := range known {
		d := distance(name, strings.ToLower(k))
		if len(name) > 2 && strings.HasPrefix(strings.ToLower(k), name) {
			d = 1
		}
		if d < best {
			best, near = d, nil
		}
		if d == best {
			near = append(near, k)
		}
	}
	return near
}

// distance returns how many letters have to be put in, left out, exchanged or
// swapped with their neighbour to make b of a.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	two, one, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(one[j]+1, row[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
		}
		two, one, row = one, row, two
	}
	return one[len(t)]
}
