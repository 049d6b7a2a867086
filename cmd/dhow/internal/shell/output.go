package shell

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
)

// target is the file that results go to instead of the screen.
type target struct {
	file *os.File
	once bool
}

// finishOnce ends the target after the statement that .once was meant for.
func (t *target) finishOnce() error {
	if !t.once {
		return nil
	}
	return t.close()
}

func (t *target) close() error {
	file := t.file
	*t = target{}
	if file == nil {
		return nil
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("finish the output file: %w", err)
	}
	return nil
}

func (sh *Shell) output(_ context.Context, args []string) error {
	if len(args) == 0 {
		return sh.out.close()
	}
	return sh.redirect(args[0], false)
}

func (sh *Shell) once(_ context.Context, args []string) error {
	return sh.redirect(args[0], true)
}

func (sh *Shell) redirect(path string, once bool) error {
	if err := sh.out.close(); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write results to a file: %w", err)
	}
	sh.out = target{file: file, once: once}
	return nil
}

func (sh *Shell) setMode(_ context.Context, args []string) error {
	if len(args) == 1 {
		format, err := render.Lookup(args[0])
		if err == nil {
			sh.format = format
		}
		return err
	}
	for _, f := range render.Formats() {
		mark := " "
		if f.Name == sh.format.Name {
			mark = "*"
		}
		fmt.Fprintf(sh.cfg.Err, "%s %-9s %s\n", mark, f.Name, f.Help)
	}
	return nil
}

func (sh *Shell) setMaxRows(_ context.Context, args []string) error {
	if len(args) == 0 {
		if n := sh.options().MaxRows; n > 0 {
			fmt.Fprintf(sh.cfg.Err, "A table shows at most %d rows.\n", n)
		} else {
			fmt.Fprintln(sh.cfg.Err, "A table shows all rows.")
		}
		return nil
	}
	n, err := count(args[0], 0)
	if err != nil {
		return err
	}
	sh.maxRows = n
	return nil
}

// count reads a number of rows, which may be written 2_000 or 2,000.
func count(text string, least int) (int, error) {
	n, err := strconv.Atoi(strings.NewReplacer("_", "", ",", "").Replace(text))
	if err != nil || n < least {
		return 0, errors.New("the number of rows must be a whole number of " + strconv.Itoa(least) + " or more, not " + strconv.Quote(text))
	}
	return n, nil
}
