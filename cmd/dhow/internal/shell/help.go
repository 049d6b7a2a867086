package shell

import (
	"context"
	"fmt"
	"strings"
)

// help shows the commands or one topic. It goes to Out: the user asked for it.
func (sh *Shell) help(_ context.Context, args []string) error {
	var b strings.Builder
	if len(args) == 1 {
		text, err := sh.topic(args[0])
		if err != nil {
			return err
		}
		b.WriteString(strings.TrimRight(text, "\n") + "\n")
	} else {
		b.WriteString("SQL ends with a semicolon and may take several lines. Commands begin with a dot:\n\n")
		for _, c := range commands {
			summary, _, _ := strings.Cut(c.help, "\n")
			fmt.Fprintf(&b, "  %-20s %s\n", c.name+" "+c.args, summary)
		}
		b.WriteString("\nCtrl-C stops a query or clears the line, Ctrl-D leaves, Tab completes.\n")
	}
	if _, err := sh.writer().Write([]byte(b.String())); err != nil {
		return fmt.Errorf("write the help: %w", err)
	}
	return nil
}

// topic returns the help on a command, with or without its dot, or on a
// function of SQL.
func (sh *Shell) topic(name string) (string, error) {
	bare := strings.ToLower(strings.TrimPrefix(name, "."))
	for _, c := range commands {
		if c.name == "."+bare {
			return strings.TrimSpace(c.name+" "+c.args) + "\n\n" + c.help, nil
		}
	}
	if sh.cfg.FunctionHelp != nil && !strings.HasPrefix(name, ".") {
		if text, ok := sh.cfg.FunctionHelp(strings.TrimSuffix(bare, "()")); ok {
			return text, nil
		}
	}
	return "", unknown("topic", name, commandNames(), ": it is no command and no function with help; .help lists the commands")
}
