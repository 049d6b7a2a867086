package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/cmd/dhow/internal/shell"
	"github.com/dhowdb/dhow/engine"
)

// shellFlags are the flags of the shell.
type shellFlags struct {
	scripts  []script
	mode     string
	noHeader bool
	null     string
	readOnly bool
}

// script is SQL to run: a text given with -c, or a file given with -f.
type script struct {
	text   string
	isFile bool
}

// scriptFlag collects -c and -f in the order in which they were given.
type scriptFlag struct {
	list   *[]script
	isFile bool
}

// Set adds one.
func (f scriptFlag) Set(text string) error {
	*f.list = append(*f.list, script{text, f.isFile})
	return nil
}

func (f scriptFlag) String() string { return "" }

// Type is what help calls the value.
func (f scriptFlag) Type() string {
	if f.isFile {
		return "FILE"
	}
	return "SQL"
}

func (a *app) shellCommand() *cobra.Command {
	var f shellFlags
	cmd := &cobra.Command{
		Use:   "dhow [FILE.db]",
		Short: "Embedded analytical database for customs",
		Long: "dhow opens an SQL shell on a database in memory, or on FILE.db. With -c, -f or SQL on standard input it\n" +
			"runs that and ends. Data goes to stdout, messages go to stderr.\n\n" +
			"Exit codes: 0 fine, 1 error in SQL or data, 2 usage or missing file, 3 database locked, 4 time limit,\n" +
			"70 internal error, 130 interrupted.",
		Example: "  dhow\n" +
			"  dhow customs.db -c \"SELECT lane, count(*) FROM screen.line GROUP BY lane\"\n" +
			"  dhow -csv -f query.sql > result.csv\n" +
			"  dhow screen --sample",
		Version: version(),
		Args:    oneFileOrNone,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.shell(strings.Join(args, ""), f)
		},
	}
	cmd.Flags().VarP(scriptFlag{&f.scripts, false}, "command", "c", "run this SQL and end; may be given again")
	cmd.Flags().VarP(scriptFlag{&f.scripts, true}, "file", "f", "run the SQL in this file and end; - is standard input")
	cmd.Flags().StringVar(&f.mode, "mode", "", "output format: "+strings.Join(formatNames(), ", "))
	for _, name := range formatNames() {
		cmd.Flags().BoolFunc(name, "same as --mode "+name, func(string) error {
			f.mode = name
			return nil
		})
	}
	cmd.Flags().BoolVar(&f.noHeader, "noheader", false, "leave out the names of columns")
	cmd.Flags().StringVar(&f.null, "nullvalue", "", "write this for NULL")
	cmd.Flags().BoolVar(&f.readOnly, "readonly", false, "open FILE.db without the right to change it")
	return cmd
}

func formatNames() []string {
	var names []string
	for _, f := range render.Formats() {
		names = append(names, f.Name)
	}
	return names
}

func (a *app) shell(path string, f shellFlags) (err error) {
	if f.mode != "" {
		if _, err := render.Lookup(f.mode); err != nil {
			return usageError{err}
		}
	}
	interactive := len(f.scripts) == 0 && isTerminal(a.in)
	ctx, stop := a.shellContext(interactive)
	defer stop()
	var opts []engine.Option
	if f.readOnly {
		opts = append(opts, engine.ReadOnly())
	}
	db, err := a.open(ctx, path, opts...)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	session, err := db.Session(ctx)
	if err != nil {
		return err
	}
	defer closing(session, &err)
	sh, err := shell.New(a.shellConfig(sessionOf{session, db}, f, interactive))
	if err != nil {
		return err
	}
	defer closing(sh, &err)
	if len(f.scripts) == 0 {
		return sh.Run(ctx)
	}
	return a.scripts(ctx, sh, f.scripts)
}

// shellContext returns the context of the shell. At a prompt Ctrl-C belongs to
// the shell, which stops the query and goes on.
func (a *app) shellContext(interactive bool) (context.Context, context.CancelFunc) {
	if interactive && a.timeout <= 0 {
		return context.WithCancel(context.Background())
	}
	return a.context()
}

func (a *app) shellConfig(db sessionOf, f shellFlags, interactive bool) shell.Config {
	return shell.Config{
		In: a.in, Out: a.out, Err: a.err, DB: db,
		Interactive: interactive,
		Width:       func() int { return width(a.out) },
		Color:       colorful(a.out),
		Format:      f.mode,
		NoHeader:    f.noHeader,
		Null:        f.null,
		Welcome:     "dhow " + version() + " with DuckDB. Statements end with ; and .help lists commands.",
		History:     shell.HistoryFile(),
		Sample:      db.sample,
		Import: func(ctx context.Context, args []string, w io.Writer) error {
			return a.importInShell(ctx, db.db, args, w)
		},
		FunctionHelp: functionHelp,
	}
}

// scripts runs what -c and -f gave, in their order.
func (a *app) scripts(ctx context.Context, sh *shell.Shell, scripts []script) error {
	for _, s := range scripts {
		if err := a.script(ctx, sh, s); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) script(ctx context.Context, sh *shell.Shell, s script) error {
	switch {
	case !s.isFile:
		return sh.Script(ctx, "-c", strings.NewReader(s.text))
	case s.text == "-":
		return sh.Script(ctx, "stdin", a.in)
	}
	file, err := os.Open(s.text)
	if err != nil {
		return usageError{err}
	}
	return errors.Join(sh.Script(ctx, s.text, file), file.Close())
}

// functionHelp returns the reference of a function as text.
func functionHelp(name string) (string, bool) {
	for _, e := range engine.Reference() {
		if !strings.EqualFold(e.Name, name) {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n\n%s\n", e.Signature, e.Text)
		if e.Unit != "" {
			fmt.Fprintf(&b, "\nUnit: %s\n", e.Unit)
		}
		for i, x := range e.Examples {
			if i == 0 {
				b.WriteString("\nExamples:\n")
			}
			fmt.Fprintf(&b, "  %s;  -- %s\n", x.SQL, x.Want)
		}
		return b.String(), true
	}
	return "", false
}

// sessionOf makes an engine's session one of the shell.
type sessionOf struct {
	*engine.Session
	db *engine.DB
}

// sample makes the sample tables of .sample.
func (s sessionOf) sample(ctx context.Context, rows int) (string, error) {
	screened, err := s.db.LoadSample(ctx, engine.Sample{Rows: int64(rows), Seed: defaultSeed})
	done := "sample.declaration has the declarations as a file would, sample.truth the cases planted among them."
	if screened {
		done += "\nThey are loaded into customs.declaration and ranked: FROM screen.line ORDER BY score DESC;"
	}
	return done, err
}

// Run runs statements; see [shell.Session].
func (s sessionOf) Run(ctx context.Context, text string, fn func(render.Rows) error) error {
	err := s.Session.Run(ctx, text, func(rows *engine.Rows) error {
		return fn(newShownRows(rows))
	})
	var failed *engine.Error
	if errors.As(err, &failed) {
		return statementError{failed}
	}
	return err
}

// statementError is a failure of the only statement of a text, of which the
// shell needs no more than DuckDB's message.
type statementError struct{ failed *engine.Error }

func (e statementError) Error() string { return e.failed.Msg }

func (e statementError) Unwrap() error { return e.failed }

// shownRows are the rows of the engine as the renderers see them.
type shownRows struct {
	*engine.Rows
	columns []render.Column
}

func newShownRows(rows *engine.Rows) shownRows {
	s := shownRows{Rows: rows}
	for _, c := range rows.Columns() {
		s.columns = append(s.columns, render.Column{Name: c.Name, Type: c.Type, Kind: shownKind(c.Kind)})
	}
	return s
}

// Columns returns the columns as the renderers describe them.
func (s shownRows) Columns() []render.Column { return s.columns }

func shownKind(k engine.Kind) render.Kind {
	switch k {
	case engine.KindInt, engine.KindUint, engine.KindFloat, engine.KindDecimal:
		return render.Number
	case engine.KindBool:
		return render.Bool
	case engine.KindDate, engine.KindTime, engine.KindTimestamp, engine.KindInterval:
		return render.Time
	case engine.KindBinary, engine.KindBit:
		return render.Binary
	case engine.KindList, engine.KindStruct, engine.KindMap, engine.KindUnion, engine.KindVariant, engine.KindJSON:
		return render.Nested
	}
	return render.Text
}
