package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
	"github.com/dhowdb/dhow/engine"
)

// screenFlags are the flags of dhow screen.
type screenFlags struct {
	output  string
	db      string
	rejects string
	top     int
	sample  bool
	rows    float64
	mapping []string
}

func (a *app) screenCommand() *cobra.Command {
	var f screenFlags
	cmd := &cobra.Command{
		Use:   "screen FILE...",
		Short: "Rank the lines of declaration files by risk, with reasons",
		Long: "Reads declarations (CSV, TSV, Parquet, JSON or .xlsx), maps the columns, cleans the codes, compares unit\n" +
			"values with those of like goods, scores every line, and prints the ranked list with reasons.",
		Example: "  dhow screen declarations.csv\n" +
			"  dhow screen 2024.xlsx 2025.xlsx --top 50 -o ranked.xlsx\n" +
			"  dhow screen declarations.csv --db customs.db && dhow customs.db\n" +
			"  dhow screen --sample",
		RunE: func(_ *cobra.Command, args []string) error {
			if f.sample == (len(args) > 0) {
				return usageError{errors.New("screen needs a FILE of declarations, or --sample")}
			}
			return a.screen(args, f)
		},
	}
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "write the whole result to this file (.csv .parquet .json .xlsx)")
	cmd.Flags().IntVarP(&f.top, "top", "n", 20, "print this many lines")
	cmd.Flags().StringVar(&f.db, "db", "", "keep declarations and result in this database file")
	cmd.Flags().StringVar(&f.rejects, "rejects", "", "write the rows that could not be loaded to this file")
	cmd.Flags().StringArrayVar(&f.mapping, "map", nil, `say what a column is: --map "CIF Value=value"`)
	cmd.Flags().BoolVar(&f.sample, "sample", false, "screen a synthetic sample")
	cmd.Flags().Float64Var(&f.rows, "rows", defaultSampleRows, "rows of the sample")
	return cmd
}

func (a *app) screen(files []string, f screenFlags) (err error) {
	ctx, stop := a.context()
	defer stop()
	opts, err := a.screenOptions(f)
	if err != nil {
		return err
	}
	defer removeNew(f.db, &err)()
	db, err := a.open(ctx, f.db)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	start := time.Now()
	result, err := a.rank(ctx, db, files, f, opts)
	if err != nil {
		return err
	}
	if err := a.printTop(ctx, result, f.top); err != nil {
		return err
	}
	if f.output != "" {
		if err := result.Write(ctx, f.output); err != nil {
			return err
		}
	}
	if f.rejects != "" {
		if err := result.WriteRejects(ctx, f.rejects); err != nil {
			return err
		}
	}
	a.summary(result, f, time.Since(start))
	return nil
}

// removeNew returns a function that removes the database file if it wasn't
// there before and *err is set by then: nothing half-written stays.
func removeNew(path string, err *error) func() {
	if path == "" {
		return func() {}
	}
	if _, statErr := os.Stat(path); statErr == nil {
		return func() {}
	}
	return func() {
		if *err != nil {
			_ = os.Remove(path)
			_ = os.Remove(path + ".wal")
		}
	}
}

// rank loads and ranks the files, or the sample.
func (a *app) rank(ctx context.Context, db *engine.DB, files []string, f screenFlags, opts []engine.ScreenOption) (*engine.Screening, error) {
	progress := a.progress()
	defer progress.done()
	opts = append(opts, engine.ScreenStep(progress.step))
	if f.sample {
		return db.ScreenSample(ctx, engine.Sample{Rows: int64(f.rows), Seed: defaultSeed}, opts...)
	}
	return db.Screen(ctx, files, opts...)
}

// screenOptions checks the flags before any work is done.
func (a *app) screenOptions(f screenFlags) ([]engine.ScreenOption, error) {
	if f.rows < 1 || f.top < 0 {
		return nil, usageError{errors.New("--rows must be at least 1, and --top must not be negative")}
	}
	for _, path := range []string{f.output, f.rejects} {
		if path == "" {
			continue
		}
		if err := engine.CheckResultPath(path); err != nil {
			return nil, usageError{err}
		}
	}
	var opts []engine.ScreenOption
	pairs, err := mapPairs(f.mapping)
	if err != nil {
		return nil, err
	}
	if len(pairs) > 0 {
		opts = append(opts, engine.ScreenImport(pairs...))
	}
	return opts, nil
}

// printTop prints the ranked list.
func (a *app) printTop(ctx context.Context, result *engine.Screening, n int) error {
	lines, err := result.Top(ctx, n)
	if err != nil {
		return err
	}
	ranked := make([]render.RankedLine, len(lines))
	for i, l := range lines {
		ranked[i] = rankedLine(l)
	}
	opt := render.Options{}
	if isTerminal(a.out) {
		opt = render.Screen(width(a.out), colorful(a.out))
	}
	return render.Ranked(a.out, ranked, opt)
}

func rankedLine(l engine.Line) render.RankedLine {
	id := l.DeclarationID
	if l.Item > 0 {
		id += fmt.Sprintf("/%d", l.Item)
	}
	r := render.RankedLine{
		Rank: int(l.Rank), ID: id, Trader: l.Trader, HS: l.HSCode, Goods: l.Goods, Origin: l.Origin,
		Score: l.Score, Lane: l.Lane, Reasons: l.Reasons,
		Value: strings.TrimSpace(grouped(l.Value) + " " + l.Currency),
	}
	if !l.Date.IsZero() {
		r.Date = l.Date.Format(time.DateOnly)
	}
	return r
}

// grouped writes a whole number with commas between groups of three digits.
func grouped(x float64) string {
	digits := fmt.Sprintf("%.0f", x)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// summary says on stderr what was read, and what became of it.
func (a *app) summary(result *engine.Screening, f screenFlags, elapsed time.Duration) {
	var read, loaded, rejected int64
	for _, file := range result.Report.Files {
		read, loaded, rejected = read+file.Read, loaded+file.Loaded, rejected+file.Rejected
	}
	fmt.Fprintf(a.err, "%s rows read, %s loaded, %s rejected%s; %s red, %s yellow, %s blue, %s green; %.1f s\n",
		grouped(float64(read)), grouped(float64(loaded)), grouped(float64(rejected)), a.whereRejects(f, rejected),
		lane(result, "red"), lane(result, "yellow"), lane(result, "blue"), lane(result, "green"), elapsed.Seconds())
	if f.output != "" {
		fmt.Fprintf(a.err, "The whole result is in %s.\n", f.output)
	}
	if f.db != "" {
		fmt.Fprintf(a.err, "Everything is in %s; go on with: dhow %[1]s\n", f.db)
	}
}

func lane(result *engine.Screening, name string) string {
	return grouped(float64(result.Lanes[name]))
}

func (a *app) whereRejects(f screenFlags, rejected int64) string {
	switch {
	case rejected == 0:
		return ""
	case f.rejects != "":
		return " (in " + f.rejects + ")"
	case f.db != "":
		return " (in the table customs.reject)"
	}
	return " (see them with --rejects FILE.csv)"
}
