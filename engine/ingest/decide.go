package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// proposeFor proposes a mapping into the table that the user named, or else
// into the one that the headers speak of.
func proposeFor(header []string, sample [][]string, opts Options) (proposal, error) {
	if opts.Into == "" {
		return chooseTable(header, sample, opts)
	}
	t, err := targetOf(opts.Into)
	if err != nil {
		return proposal{}, err
	}
	return propose(t, header, sample, opts)
}

// decide settles which table the rows of a source go to, and which of its
// columns fill which of the table: what the user says goes first, then what
// was remembered of a file of the same shape, then what is found out. What
// remains in doubt the user is asked, if that is possible.
func (l *loader) decide(ctx context.Context, s *source) error {
	opts, mended, err := l.mended(ctx, s)
	if err != nil {
		return err
	}
	opts.Map = l.withMapFile(s, opts.Map)
	if s.file.format == FormatASYCUDA {
		opts.reasons = map[string]string{}
		for _, h := range s.header() {
			if _, given := opts.Map[h]; !given {
				opts.reasons[headerKey(h)] = "element of the SAD"
			}
		}
		opts.Map, opts.Fresh = ownNames(s.header(), opts.Map), true
	}
	opts, kept, err := l.recall(ctx, s.header(), opts)
	if err != nil {
		return err
	}
	p, err := l.settle(s, &opts)
	if err != nil {
		return err
	}
	s.target = p.target
	s.style = opts.Written
	r := s.report
	r.Target, r.Layout, r.Mapping, r.Constants = p.target.name, p.layout, p.mapped, p.constants
	r.Notes = append(r.Notes, p.notes...)
	r.Unmapped = unmapped(s.header(), p.mapped)
	r.Examples = s.examples()
	if kept != nil {
		r.Remembered = kept.origin()
	}
	if mended || s.file.format == FormatASYCUDA {
		return nil // the columns that rejects add are no shape to remember, and those of a SAD are known
	}
	return l.remember(ctx, s, p, opts)
}

// ownNames maps the columns of a reader that knows the model: those that it
// gives the name of a column of the table, the others to extra.
func ownNames(header []string, given map[string]string) map[string]string {
	out := map[string]string{}
	taken := map[string]bool{}
	for _, column := range given {
		taken[column] = true
	}
	t := tableNamed(DefaultTarget)
	for _, h := range header {
		out[h] = ""
		if t.index(h) >= 0 && !taken[h] {
			out[h] = h
		}
	}
	maps.Copy(out, given)
	return out
}

// withMapFile adds what the map file says of the columns of a source to what
// is given. Columns that the source lacks are told.
func (l *loader) withMapFile(s *source, given map[string]string) map[string]string {
	found, lacks := here(l.opts.lenient, s.header())
	if len(found) == 0 && len(lacks) == 0 {
		return given
	}
	if len(lacks) > 0 {
		s.report.Notes = append(s.report.Notes, "the map file has columns that this file lacks: "+shortenList(lacks))
	}
	out := maps.Clone(found)
	for source, column := range given {
		maps.DeleteFunc(out, func(other, c string) bool {
			return headerKey(other) == headerKey(source) || c == column && column != ""
		})
		out[source] = column
	}
	return out
}

// complete checks the options, and adds what their map file says.
func (o Options) complete() (Options, error) {
	if o.MapFile != "" {
		m, err := ReadMapFile(o.MapFile)
		if err != nil {
			return o, err
		}
		if o, err = m.under(o); err != nil {
			return o, &Error{File: o.MapFile, Err: err}
		}
	}
	return o, o.Written.check()
}

// saveMap writes the mapping of files for --map-file.
func saveMap(opts Options, files []FileReport) error {
	read := slices.DeleteFunc(slices.Clone(files), func(f FileReport) bool { return f.Same != 0 })
	if len(read) == 0 {
		return errors.New("no mapping to save: the files were imported before")
	}
	m := MapFile{
		Target: read[0].Target, Sheet: opts.Sheet, Encoding: opts.Encoding,
		Decimal: opts.Written.Decimal, Dates: opts.Written.DateOrder, Constants: read[0].Constants,
	}
	if opts.Delimiter != 0 {
		m.Delimiter = string(rune(opts.Delimiter))
	}
	if err := m.write(opts.SaveMap, read); err != nil {
		return fmt.Errorf("save the mapping: %w", err)
	}
	return nil
}

// settle proposes a mapping, and asks until nothing is in doubt: one answer may
// settle other doubts, or raise them. Answers go into opts as if they had been
// given at first.
func (l *loader) settle(s *source, opts *Options) (proposal, error) {
	for {
		p, err := proposeFor(s.header(), s.sample, *opts)
		if err != nil {
			return p, err
		}
		err = p.checked(s.header())
		doubt, ok := IsDoubt(err)
		if !ok {
			return p, err
		}
		if l.opts.Ask == nil {
			return p, err
		}
		doubt.Examples = s.examples()
		answers, askErr := l.ask(s.file.path, doubt)
		if askErr != nil {
			return p, askErr
		}
		if len(answers) == 0 {
			return p, err
		}
		opts.Map = maps.Clone(opts.Map)
		if opts.Map == nil {
			opts.Map = map[string]string{}
		}
		maps.Copy(opts.Map, answers)
		opts.answered = true
	}
}

// ask has the user decide a doubt, once for each file: it may be read again.
func (l *loader) ask(path string, doubt *DoubtError) (map[string]string, error) {
	key := path + "\n" + doubt.Error()
	if answers, ok := l.answers[key]; ok {
		return answers, nil
	}
	asked := time.Now()
	answers, err := l.opts.Ask(path, doubt)
	l.waited += time.Since(asked)
	if err == nil {
		if l.answers == nil {
			l.answers = map[string]map[string]string{}
		}
		l.answers[key] = answers
	}
	return answers, err
}

// examples returns the first cell of each column that has one.
func (s *source) examples() map[string]string {
	out := map[string]string{}
	for i, c := range s.columns {
		for _, row := range s.sample {
			if cell, ok := cellAt(row, i); ok {
				out[c.name] = cell
				break
			}
		}
	}
	return out
}

// Written says how the cells of a file are written where that isn't to be
// found out.
type Written struct {
	Decimal   string // the decimal mark, "." or ","; empty finds it out
	DateOrder string // "dmy", "mdy" or "ymd"; empty finds it out
}

// check refuses what no file is written in.
func (w Written) check() error {
	if w.Decimal != "" && w.Decimal != "." && w.Decimal != "," {
		return fmt.Errorf("decimal mark %q: say . or ,", w.Decimal)
	}
	switch strings.ToLower(w.DateOrder) {
	case "", "dmy", "mdy", "ymd":
		return nil
	}
	return fmt.Errorf("order of dates %q: say dmy, mdy or ymd", w.DateOrder)
}

// impose makes the styles of all columns those that were asked for.
func (w Written) impose(t *target, mapped []Mapped, styles map[string]style) map[string]style {
	if w == (Written{}) {
		return styles
	}
	if styles == nil {
		styles = map[string]style{}
	}
	for _, m := range mapped {
		st := styles[m.Column]
		switch t.kind(m.Column) {
		case kindNumber, kindWhole:
			if w.Decimal != "" {
				st.comma = w.Decimal == ","
			}
		case kindDate:
			if w.DateOrder != "" && st.monthFirst != strings.EqualFold(w.DateOrder, "mdy") {
				st = style{monthFirst: !st.monthFirst}
			}
		default:
			continue
		}
		styles[m.Column] = st
	}
	return styles
}
