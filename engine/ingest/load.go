package ingest

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"github.com/dhowdb/dhow/engine/internal/capi"
)

// macroFiles define the functions that the statements use.
//
//go:embed sql/cell.sql sql/number.sql sql/date.sql
var macroFiles embed.FS

// Options says how files are read. The zero value finds everything out.
type Options struct {
	// Into is the table to load into; empty finds it out from the headers.
	Into string
	// Map gives columns of the file to columns of the table, before
	// any name is looked up; an empty column leaves the source unmapped.
	Map map[string]string
	// Constants gives values to columns of the table that the file lacks, such
	// as AED to currency.
	Constants map[string]string
	// Ask is called with what is in doubt about the columns of a file. It returns
	// what to add to Map, or nothing to give up; without it a doubt is an error.
	Ask func(path string, doubt *DoubtError) (map[string]string, error)
	// Fresh leaves out of account what customs.mapping remembers of files of
	// the same shape, Forgetful adds nothing to it.
	Fresh, Forgetful bool
	// Written says how numbers and dates are written.
	Written Written
	// KeepExtra keeps the columns that fit nowhere as JSON in extra. It costs
	// about as much time as all other columns.
	KeepExtra bool
	// Sheet names a sheet of a workbook, [AllSheets] all with declarations;
	// empty is the first with declarations and those with the same columns.
	Sheet     string
	Encoding  string    // of delimited text or .dbf, such as windows-1256
	Delimiter byte      // of delimited text
	Stdin     io.Reader // what [Standard] reads; nil is the standard input
	Again     bool      // load a file too that was loaded before
	KeepRaw   bool      // keep the text of cells that can't be told from their values
	Meter     *Meter    // follows the import; may be nil
	Overlap   Overlap   // what becomes of rows that are there already; empty is [OverlapReject]
	// Before is called first in the transaction of the import.
	Before func(context.Context, *sql.Tx) error

	// MapFile is a file that says how to read others, see [MapFile]; what the
	// other options say goes before it. SaveMap is one to be written.
	MapFile, SaveMap string
	// DryRun does everything and then takes it back, so that the report shows
	// what would be: the first rows, and the rejects. The database file stays
	// as it is, to the byte.
	DryRun bool

	lenient  map[string]string // columns of the map file
	details  map[string]Detail // what is known of columns, by header
	reasons  map[string]string // why columns were given that the user didn't give
	answered bool              // the user was asked
	recall   func(header []string, opts Options) (Options, error)
}

// Report says what [Load] did.
type Report struct {
	Files   []FileReport
	Skipped []Skipped     // files of folders and archives that are no tables
	Elapsed time.Duration // without the time that it took to answer questions
}

// FileReport says what became of a file. Read is always Loaded + Rejected.
type FileReport struct {
	Path        string
	Target      string // table that the rows went to
	Format      string
	Encoding    string   // of text
	Delimiter   string   // of delimited text
	Sheet       string   // of a workbook
	OtherSheets []string // sheets that have declarations too and weren't read
	Mapping     []Mapped
	Unmapped    []string          // columns that fit nowhere
	Constants   map[string]string // values of columns of the table that the file lacks
	Examples    map[string]string // a cell of each column of the file
	Layout      string            // known layout that the file has
	Remembered  *Remembered       // where the mapping comes from, if from a file of the same shape
	Notes       []string          // what else is to be known of the file
	Read        int64             // rows of data
	Loaded      int64
	Rejected    int64
	Elapsed     time.Duration

	SourceID int64    // number of the import in customs.source_file
	Preview  *Preview // of a dry run
	Faults   []Fault  // why rows would be rejected, in a dry run

	Same        int64 // the import that loaded the same bytes before; then nothing was read
	Size        int64 // bytes
	SHA256      string
	Overlapping int64 // rows of Rejected that are there already
	Repeated    int64 // rows of Loaded with the declaration and item of another row of the file
	Replaced    int64 // rows of earlier imports that these replaced
	Resolved    int64 // earlier rejects whose mended rows these are
}

// Totals adds up the rows of all files.
func (r *Report) Totals() (read, loaded, rejected int64) {
	for _, f := range r.Files {
		read, loaded, rejected = read+f.Read, loaded+f.Loaded, rejected+f.Rejected
	}
	return read, loaded, rejected
}

// Load reads files into a table of the model, and the rows that can't be read
// into customs.reject. A name may be a file, a folder, a pattern such as
// 2024-*.csv, a zip of files, or [Standard] for the standard input. Either all
// files are loaded or, with an
// error, nothing at all. The connection must not be in a transaction, and must
// have the tables, the functions that normalise codes, and [RowsTable].
func Load(ctx context.Context, conn *sql.Conn, files []string, opts Options) (report Report, err error) {
	start := time.Now()
	if len(files) == 0 {
		return Report{}, errors.New("ingest: no file to load")
	}
	if opts, err = opts.complete(); err != nil {
		return Report{}, err
	}
	into, err := targetOf(opts.Into)
	if err != nil {
		return Report{}, err
	}
	l := loader{conn: conn, target: into, opts: opts}
	opts.recall = func(header []string, opts Options) (Options, error) {
		opts, _, err := l.recall(ctx, header, opts)
		return opts, err
	}
	in, err := gather(files, into, opts)
	defer func() { err = errors.Join(err, in.close()) }()
	if err != nil {
		return Report{}, err
	}
	l.recognised = in.files
	report, err = l.attempt(ctx)
	var misread *misreadError
	if errors.As(err, &misread) && ctx.Err() == nil {
		// DuckDB saw a file otherwise than the scan did. Its copy, in the
		// plainest form there is, leaves no doubt.
		l.rewrite = true
		report, err = l.attempt(ctx)
	}
	if err != nil {
		return Report{}, err
	}
	if opts.SaveMap != "" {
		if err := saveMap(opts, report.Files); err != nil {
			return Report{}, err
		}
	}
	report.Skipped = in.skipped
	report.Elapsed = time.Since(start) - l.waited
	return report, nil
}

// misreadError is a failure of DuckDB over a file that was scanned as sound.
type misreadError struct{ err error }

func (e *misreadError) Error() string { return e.err.Error() }
func (e *misreadError) Unwrap() error { return e.err }

type loader struct {
	conn       *sql.Conn
	target     *target
	recognised []recognised
	opts       Options
	rewrite    bool

	queryProgress func() float64               // of the running statement, in per cent
	answers       map[string]map[string]string // of the user, by file and doubt
	waited        time.Duration                // for answers
	changed       map[string]func() error      // settings that aren't as they were, by name
	sizes         map[int64]bool               // of the files that were imported; nil if they weren't needed
}

// attempt loads all files in one transaction.
func (l *loader) attempt(ctx context.Context) (report Report, err error) {
	if l.opts.Meter != nil && slices.ContainsFunc(l.recognised, readByDuckDB) {
		unwatch, failed := l.watch(ctx)
		if failed != nil {
			return report, failed
		}
		defer func() { err = errors.Join(err, unwatch()) }()
	}
	if l.opts.DryRun {
		defer l.inMemory(ctx)()
	}
	// The first rows of a file are read in order, all of them in any.
	restore, err := l.set(ctx, "preserve_insertion_order", "true")
	if err != nil {
		return report, fmt.Errorf("ingest: %w", err)
	}
	defer func() { err = errors.Join(err, restore()) }()
	tx, err := l.conn.BeginTx(ctx, nil)
	if err != nil {
		return report, fmt.Errorf("ingest: begin: %w", err)
	}
	if l.opts.Before != nil {
		err = l.opts.Before(ctx, tx)
	}
	if err == nil {
		err = l.all(ctx, &report)
	}
	if err != nil {
		if e := tx.Rollback(); e != nil && !errors.Is(e, sql.ErrTxDone) {
			err = errors.Join(err, fmt.Errorf("ingest: roll back: %w", e))
		}
		for _, back := range l.changed {
			err = errors.Join(err, back()) // which a transaction with an error didn't let them do
		}
		return Report{}, err
	}
	end, what := tx.Commit, "commit"
	if l.opts.DryRun {
		end, what = tx.Rollback, "take the dry run back"
	}
	if err := end(); err != nil {
		return Report{}, fmt.Errorf("ingest: %s: %w", what, err)
	}
	return report, nil
}

// readByDuckDB tells whether DuckDB reads the rows of a file, so that it alone
// knows how far it is.
func readByDuckDB(f recognised) bool {
	return f.format == FormatParquet || f.format == FormatJSON || f.format == FormatNDJSON
}

// watch has DuckDB count how far a statement is, until restore is called.
func (l *loader) watch(ctx context.Context) (restore func() error, err error) {
	shown, err := l.set(ctx, "enable_progress_bar_print", "false")
	if err != nil {
		return func() error { return nil }, nil //nolint:nilerr // where the configuration is locked there is no progress
	}
	counted, err := l.set(ctx, "enable_progress_bar", "true")
	if err != nil {
		return nil, errors.Join(err, shown())
	}
	restore = func() error { return errors.Join(counted(), shown()) }
	return restore, l.conn.Raw(func(c any) error {
		raw, err := capi.ConnOf(c)
		l.queryProgress = func() float64 {
			percent, _, _ := raw.Progress()
			return percent
		}
		return err
	})
}

// set gives a setting of DuckDB a value until restore is called. In a
// transaction that failed it can't be: then it is put back after that.
func (l *loader) set(ctx context.Context, name, value string) (restore func() error, err error) {
	var before string
	if err := l.conn.QueryRowContext(ctx, "SELECT current_setting('"+name+"')::VARCHAR").Scan(&before); err != nil {
		return nil, fmt.Errorf("read the setting %s: %w", name, err)
	}
	change := func(ctx context.Context, value string) error {
		if _, err := l.conn.ExecContext(ctx, "SET "+name+" = "+quoteText(value)); err != nil {
			return fmt.Errorf("set %s: %w", name, err)
		}
		return nil
	}
	back := func() error { return change(context.WithoutCancel(ctx), before) }
	_, nested := l.changed[name]
	if !nested {
		if l.changed == nil {
			l.changed = map[string]func() error{}
		}
		l.changed[name] = back
	}
	return func() error {
		err := back()
		if err == nil && !nested {
			delete(l.changed, name)
		}
		return err
	}, change(ctx, value)
}

func (l *loader) all(ctx context.Context, report *Report) error {
	if err := l.macros(ctx); err != nil {
		return err
	}
	last, err := l.lastSource(ctx)
	if err != nil {
		return err
	}
	l.opts.Meter.begin(l.recognised, l.queryProgress)
	for i := 0; i < len(l.recognised); i++ {
		batch, err := l.batchOf(ctx, l.recognised[i:])
		if err != nil {
			return err
		}
		if n := len(batch.files); n > 1 {
			l.opts.Meter.nextOf(batch)
			files, err := l.batch(ctx, batch, last)
			if err != nil {
				return err
			}
			last, i = last+int64(n), i+n-1
			l.opts.Meter.end(rowsOf(files))
			report.Files = append(report.Files, files...)
			continue
		}
		file, start := l.recognised[i], time.Now()
		l.opts.Meter.next(file)
		f := FileReport{Path: file.path, Format: file.format, SourceID: last + 1}
		if err := l.unlessSame(ctx, file, &f); err != nil {
			return located(file.path, err)
		}
		f.Elapsed = time.Since(start)
		if f.Same == 0 {
			last = f.SourceID
		}
		l.opts.Meter.end(f.Read)
		report.Files = append(report.Files, f)
	}
	return l.dropMacros(ctx)
}

// located names the file in an error that doesn't.
func located(path string, err error) error {
	var e *Error
	if errors.As(err, &e) {
		if e.File == "" {
			e.File = path
		}
		return err
	}
	var misread *misreadError
	if errors.As(err, &misread) {
		return &misreadError{&Error{File: path, Err: misread.err}}
	}
	return &Error{File: path, Err: err}
}

// macroOrder lists them so that each comes after those it needs.
var macroOrder = []string{"sql/cell.sql", "sql/number.sql", "sql/date.sql"}

// macroName finds what a macro file defines.
var macroName = regexp.MustCompile(`TEMP MACRO (\w+)`)

// macros creates the macros. They are temporary: they never reach the database
// file, and go when all files are loaded.
func (l *loader) macros(ctx context.Context) error {
	for _, name := range macroOrder {
		text, err := macroFiles.ReadFile(name)
		if err != nil {
			return fmt.Errorf("ingest: %w", err)
		}
		if _, err := l.conn.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("ingest: define %s: %w", name, err)
		}
	}
	return nil
}

func (l *loader) dropMacros(ctx context.Context) error {
	for _, file := range macroOrder {
		text, err := macroFiles.ReadFile(file)
		if err != nil {
			return fmt.Errorf("ingest: %w", err)
		}
		for _, m := range macroName.FindAllSubmatch(text, -1) {
			if _, err := l.conn.ExecContext(ctx, "DROP MACRO temp."+string(m[1])); err != nil {
				return fmt.Errorf("ingest: drop %s: %w", m[1], err)
			}
		}
	}
	return nil
}

// unlessSame loads one file, unless the same was loaded before, and notes it.
func (l *loader) unlessSame(ctx context.Context, file recognised, report *FileReport) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	sum := summing(ctx, file.disk)
	if !l.opts.Again {
		if report.Same, err = l.same(ctx, file, sum); err != nil {
			return fmt.Errorf("look for an earlier import of it: %w", err)
		}
		if report.Same != 0 {
			report.SourceID = report.Same
			return nil
		}
	}
	file.meter = l.opts.Meter
	s := &source{file: file, target: l.target, report: report, rows: -1, meter: l.opts.Meter}
	defer func() { err = errors.Join(err, s.done()) }()
	if err := l.file(ctx, s); err != nil {
		return err
	}
	return l.account(ctx, s, sum())
}

// file loads one file.
func (l *loader) file(ctx context.Context, s *source) error {
	if err := l.open(ctx, s); err != nil {
		return err
	}
	return l.staged(ctx, s)
}

// staged loads a file that was made ready.
func (l *loader) staged(ctx context.Context, s *source) (err error) {
	restore, err := l.spare(ctx, s)
	if err != nil {
		return err
	}
	defer func() {
		if failed := restore(); err == nil {
			err = failed // after an error in it, the transaction lets nothing be set
		}
	}()
	if err := s.readSample(ctx, l.conn); err != nil {
		return l.doubt(s, err)
	}
	if err := l.decide(ctx, s); err != nil {
		return err
	}
	if err := l.insert(ctx, s); err != nil {
		return err
	}
	if l.opts.DryRun {
		return l.preview(ctx, s)
	}
	return l.resolve(ctx, s)
}

func (l *loader) open(ctx context.Context, s *source) error {
	switch s.file.format {
	case FormatParquet:
		return openParquet(ctx, l.conn, s)
	case FormatXLSX:
		return openSheet(s)
	case FormatDBF:
		return openDBF(s, l.opts)
	case FormatASYCUDA:
		return openASYCUDA(s)
	case FormatCSV:
		return openCSV(s, l.opts)
	}
	return l.doubt(s, openJSON(ctx, l.conn, s, l.rewrite))
}

// doubt marks an error that a plain copy of the file may cure.
func (l *loader) doubt(s *source, err error) error {
	var e *Error
	if err == nil || l.rewrite || errors.As(err, &e) || s.file.format != FormatNDJSON {
		return err
	}
	return &misreadError{err}
}

func unmapped(header []string, mapped []Mapped) []string {
	used := map[string]bool{}
	for _, m := range mapped {
		used[m.Source] = true
	}
	var rest []string
	for _, h := range header {
		if !used[h] {
			rest = append(rest, h)
		}
	}
	return rest
}
