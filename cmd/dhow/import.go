package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/engine/ingest"
)

// importFlags are the flags of dhow import, and of .import in the shell.
type importFlags struct {
	db      string
	into    string
	mapping []string
	again   bool
	overlap string
	rejects string

	mapFile, saveMap string
	constants        []string
	dryRun, fresh    bool
	reading          readingFlags
	inShell          bool
}

func (f *importFlags) add(flags *pflag.FlagSet) {
	f.reading.add(flags)
	flags.StringVar(&f.into, "into", "", "table to import into: "+strings.Join(shortTargets(), ", "))
	flags.StringArrayVar(&f.mapping, "map", nil, `say what a column is: --map "CIF Value=value"; nothing behind = keeps it in extra`)
	flags.StringVar(&f.mapFile, "map-file", "", "file that says what columns are and how they are written (TOML; --save-map makes one)")
	flags.StringVar(&f.saveMap, "save-map", "", "write the mapping to this file, to be edited and used with --map-file")
	flags.StringArrayVar(&f.constants, "constant", nil, `give a column that the file lacks one value: --constant currency=AED`)
	flags.BoolVar(&f.dryRun, "dry-run", false, "show the mapping, the first rows and the rejects expected, and change nothing")
	flags.BoolVar(&f.fresh, "fresh", false, "map columns anew, whatever is remembered of files of the same shape")
	flags.BoolVar(&f.again, "again", false, "import files too that were imported before")
	flags.StringVar(&f.overlap, "overlap", string(ingest.OverlapReject), "rows that are there already: reject them, replace those there by a later version, or keep both")
	flags.StringVar(&f.rejects, "rejects", "", "write the rows that could not be loaded to this file, to be mended (.csv .xlsx .parquet .json)")
}

// shortTargets lists the tables without their schema.
func shortTargets() []string {
	names := ingest.Targets()
	for i, name := range names {
		names[i] = strings.TrimPrefix(name, "customs.")
	}
	return names
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE... --db DATABASE",
		Short: "Load files into the customs model, with every row accounted for",
		Long: "Reads files, folders, patterns, zips or - for the standard input, maps their columns to a table of the model and\n" +
			"cleans the cells. Every row is loaded or kept in customs.reject with its reason. One import is one transaction.\n" +
			"A file that was imported before is left out; rows that are there already are rejected.",
		Example: "  dhow import declarations.csv --db customs.db\n" +
			"  dhow import 2024/ 'jan-*.xlsx' --db customs.db --map \"CIF Value=value\"\n" +
			"  dhow import inspections.csv --db customs.db --into inspection\n" +
			"  dhow import day.csv --db customs.db --rejects mend.xlsx && dhow import mend.xlsx --db customs.db",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("import needs a FILE, a folder, a pattern, a zip, or - for the standard input")}
			}
			if f.db == "" {
				return usageError{errors.New("say which database to import into: --db customs.db")}
			}
			return a.importFiles(args, f)
		},
	}
	cmd.Flags().StringVar(&f.db, "db", "", "database file; made if it isn't there")
	f.add(cmd.Flags())
	return cmd
}

func (a *app) importFiles(files []string, f importFlags) (err error) {
	ctx, stop := a.context()
	defer stop()
	if _, err := f.options(); err != nil { // before a database is made
		return err
	}
	if _, missing := os.Stat(f.db); missing != nil && f.dryRun {
		f.db = "" // nothing is to be left behind
	}
	defer removeNew(f.db, &err)()
	db, err := a.open(ctx, f.db)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	return a.importInto(ctx, db, files, f, a.out)
}

// importInShell runs .import with its arguments.
func (a *app) importInShell(ctx context.Context, db *engine.DB, args []string, w io.Writer) error {
	f := importFlags{inShell: true}
	flags := pflag.NewFlagSet(".import", pflag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error says it too
	f.add(flags)
	if err := flags.Parse(doubleDash(args, flags)); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New(".import needs a FILE; dhow import --help tells all flags")
	}
	return a.importInto(ctx, db, flags.Args(), f, w)
}

// importInto imports files and reports on w.
func (a *app) importInto(ctx context.Context, db *engine.DB, files []string, f importFlags, w io.Writer) error {
	opts, err := f.options()
	if err != nil {
		return err
	}
	progress := a.progress()
	opts = append(opts, engine.ImportMeter(progress.follow()), func(o *ingest.Options) { o.Stdin = a.in })
	if isTerminal(a.in) && isTerminal(a.err) && !slices.Contains(files, ingest.Standard) {
		opts = append(opts, engine.ImportAsk(a.asking(ctx, progress, f.inShell)))
	}
	report, err := db.Import(ctx, files, opts...)
	progress.done()
	if err != nil {
		return err
	}
	if err := printReport(w, report); err != nil {
		return err
	}
	if f.saveMap != "" {
		fmt.Fprintf(w, "The mapping is in %s: edit it, and give it with --map-file.\n", f.saveMap)
	}
	if f.dryRun {
		_, err := fmt.Fprintln(w, "This was a dry run: nothing was changed.")
		return err
	}
	if _, _, rejected := report.Totals(); f.rejects == "" || rejected == 0 {
		return nil
	}
	var sources []int64
	for _, file := range report.Files {
		sources = append(sources, file.SourceID)
	}
	if err := db.WriteRejects(ctx, f.rejects, sources...); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "The rejected rows are in %s: mend them there, and import it.\n", f.rejects)
	return err
}

// options turns the flags into options, and checks them before any work is done.
func (f *importFlags) options() ([]engine.ImportOption, error) {
	choice := ingest.Overlap(f.overlap)
	if !slices.Contains(ingest.Overlaps, choice) {
		return nil, usageError{fmt.Errorf("--overlap %s: say reject, replace or keep", f.overlap)}
	}
	if f.into != "" && !slices.Contains(shortTargets(), strings.TrimPrefix(f.into, "customs.")) {
		return nil, usageError{fmt.Errorf("--into %s: say one of %s", f.into, strings.Join(shortTargets(), ", "))}
	}
	if f.rejects != "" {
		if err := engine.CheckResultPath(f.rejects); err != nil {
			return nil, usageError{err}
		}
	}
	reading, err := f.reading.option()
	if err != nil {
		return nil, err
	}
	opts := []engine.ImportOption{engine.ImportOverlap(choice), reading}
	if f.into != "" {
		opts = append(opts, engine.ImportInto(f.into))
	}
	if f.again {
		opts = append(opts, engine.ImportAgain())
	}
	pairs, err := mapPairs(f.mapping)
	if err != nil {
		return nil, err
	}
	said, err := f.mapOptions()
	return slices.Concat(opts, pairs, said), err
}

// mapOptions turns the flags about the mapping into options, but for --map.
func (f *importFlags) mapOptions() ([]engine.ImportOption, error) {
	var opts []engine.ImportOption
	if f.mapFile != "" {
		if _, err := ingest.ReadMapFile(f.mapFile); err != nil {
			return nil, usageError{err}
		}
		opts = append(opts, engine.ImportMapFile(f.mapFile))
	}
	if f.saveMap != "" {
		opts = append(opts, engine.ImportSaveMap(f.saveMap))
	}
	if f.dryRun {
		opts = append(opts, engine.ImportDryRun())
	}
	if f.fresh {
		opts = append(opts, engine.ImportFresh())
	}
	for _, pair := range f.constants {
		column, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, usageError{fmt.Errorf("--constant %q: write COLUMN=VALUE", pair)}
		}
		opts = append(opts, engine.ImportConstant(column, value))
	}
	return opts, nil
}

// mapPairs reads the values of --map: COLUMN=FIELD.
func mapPairs(pairs []string) ([]engine.ImportOption, error) {
	var opts []engine.ImportOption
	for _, pair := range pairs {
		at := strings.LastIndexByte(pair, '=') // names of columns may have one, fields don't
		if at < 0 {
			return nil, usageError{fmt.Errorf("--map %q: write COLUMN=FIELD", pair)}
		}
		opts = append(opts, engine.MapColumn(pair[:at], pair[at+1:]))
	}
	return opts, nil
}

// printReport says what became of each file, and of all. On a terminal, lines
// of tables are cut to its width.
func printReport(w io.Writer, report ingest.Report) error {
	b := reportText{width: width(w)}
	for i, f := range report.Files {
		b.file(f, i > 0 && sameColumns(f, report.Files[i-1]))
	}
	for _, s := range report.Skipped {
		fmt.Fprintf(&b, "%s: left out: %s\n", s.Path, s.Reason)
	}
	read, loaded, rejected := report.Totals()
	if len(report.Files) > 1 {
		fmt.Fprintf(&b, "%d files: %s\n", len(report.Files), counted(read, loaded, rejected))
	}
	if seconds := report.Elapsed.Seconds(); read > 0 && seconds > 0 {
		fmt.Fprintf(&b, "%s, %s rows/s\n", report.Elapsed.Round(10*time.Millisecond), grouped(float64(read)/seconds))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// file tells what became of a file, whose columns may be those of the one before.
func (b *reportText) file(f ingest.FileReport, asBefore bool) {
	name := f.Path
	if f.Sheet != "" {
		name += ", sheet " + f.Sheet
	}
	if f.Same != 0 {
		fmt.Fprintf(b, "%s: left out, as import %d has loaded the same file; --again imports it again\n", name, f.Same)
		return
	}
	fmt.Fprintf(b, "%s: %s into %s, import %d\n", name, strings.Join(fileFacts(f), ", "), f.Target, f.SourceID)
	if asBefore {
		fmt.Fprintf(b, "  columns as in the file before\n")
	} else {
		b.mapping(f)
	}
	for _, note := range f.Notes {
		b.WriteString(wrapped("  "+note, "    ", b.width))
	}
	fmt.Fprintf(b, "  %s\n", counted(f.Read, f.Loaded, f.Rejected))
	if f.Overlapping > 0 {
		fmt.Fprintf(b, "  %s of the rejected are there already; --overlap replace or keep takes them\n", grouped(float64(f.Overlapping)))
	}
	if f.Replaced > 0 {
		fmt.Fprintf(b, "  %s rows of earlier imports were replaced\n", grouped(float64(f.Replaced)))
	}
	if f.Resolved > 0 {
		fmt.Fprintf(b, "  %s earlier rejects are resolved\n", grouped(float64(f.Resolved)))
	}
	if f.Preview != nil {
		b.preview(f)
	} else if f.Rejected > 0 {
		fmt.Fprintf(b, "  rejects: FROM customs.reject WHERE source_id = %d\n", f.SourceID)
	}
}

// sameColumns tells whether two files are read in the same way.
func sameColumns(a, b ingest.FileReport) bool {
	plain := func(f ingest.FileReport) []ingest.Mapped {
		list := slices.Clone(f.Mapping)
		for i := range list {
			list[i].Confidence, list[i].Why = 0, ""
		}
		return list
	}
	return a.Preview == nil && b.Same == 0 && a.Target == b.Target && slices.Equal(plain(a), plain(b)) &&
		slices.Equal(a.Unmapped, b.Unmapped) && maps.Equal(a.Constants, b.Constants)
}

// fileFacts says how a file was read.
func fileFacts(f ingest.FileReport) []string {
	facts := []string{f.Format}
	if f.Encoding != "" {
		facts = append(facts, f.Encoding)
	}
	switch f.Delimiter {
	case "":
	case "\t":
		facts = append(facts, "tabs")
	default:
		facts = append(facts, "delimiter "+f.Delimiter)
	}
	return facts
}

func counted(read, loaded, rejected int64) string {
	return fmt.Sprintf("%s rows read, %s loaded, %s rejected", grouped(float64(read)), grouped(float64(loaded)), grouped(float64(rejected)))
}
