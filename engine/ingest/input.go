package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Standard is the name that stands for the standard input among files.
const Standard = "-"

// Skipped is a file in a folder or an archive that is known to be no table,
// and why.
type Skipped struct {
	Path, Reason string
}

// inputs are the tables that the arguments of [Load] lead to: a file, the
// files of a folder or a pattern, the members of a zip, the sheets of a
// workbook, the standard input.
type inputs struct {
	target  *target
	opts    Options
	files   []recognised
	skipped []Skipped
	dir     string // for copies; made when it is needed
	copies  int
	within  string // the archive whose members are being added

	harmless int64 // bytes that any archive may unpack to
}

// gather recognises all files. The caller closes what it gets, also with an error.
func gather(paths []string, t *target, opts Options) (*inputs, error) {
	in := &inputs{target: t, opts: opts, harmless: harmlessUnpacked}
	for _, path := range paths {
		before := len(in.files)
		if err := in.argument(path); err != nil {
			return in, err
		}
		if len(in.files) == before {
			return in, fileError(path, "there is no file in it that can be loaded%s", in.whySkipped())
		}
	}
	return in, nil
}

func (in *inputs) whySkipped() string {
	if len(in.skipped) == 0 {
		return ""
	}
	s := in.skipped[len(in.skipped)-1]
	return fmt.Sprintf("; %s: %s", s.Path, s.Reason)
}

// close removes the copies.
func (in *inputs) close() error {
	if in.dir == "" {
		return nil
	}
	if err := os.RemoveAll(in.dir); err != nil {
		return fmt.Errorf("remove the temporary copies: %w", err)
	}
	in.dir = ""
	return nil
}

// copyOf returns where the next copy is to be written. Its name is never taken
// from a file, so no name can lead it elsewhere.
func (in *inputs) copyOf() (string, error) {
	if in.dir == "" {
		dir, err := os.MkdirTemp("", "dhow-")
		if err != nil {
			return "", fmt.Errorf("make a folder for temporary copies: %w", err)
		}
		in.dir = dir
	}
	in.copies++
	return filepath.Join(in.dir, fmt.Sprintf("%06d", in.copies)), nil
}

// argument adds what one argument leads to. A name that exists is never taken
// for a pattern.
func (in *inputs) argument(path string) error {
	if path == Standard {
		stdin := in.opts.Stdin
		if stdin == nil {
			stdin = os.Stdin
		}
		return in.stream("standard input", stdin)
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return in.folder(path)
	case err == nil && !info.Mode().IsRegular():
		return in.pipe(path)
	case err == nil:
		return in.file(path, path)
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?["):
		return in.pattern(path)
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(path, "://"):
		scheme, _, _ := strings.Cut(path, "://") // the rest may have a password
		return fileError(scheme+"://…", `is an address, and only files are read; export the table first, from PostgreSQL for example with: psql ADDRESS -c "\copy TABLE TO 'TABLE.csv' CSV HEADER"`)
	}
	return &Error{File: path, Err: reasonOf(err)}
}

// stream loads what can be read only once, from a copy.
func (in *inputs) stream(name string, r io.Reader) error {
	disk, err := in.copyOf()
	if err != nil {
		return err
	}
	if _, err := writeFile(disk, r, -1); err != nil {
		return fileError(name, "copy it: %w", err)
	}
	return in.file(name, disk)
}

func (in *inputs) pipe(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return &Error{File: path, Err: reasonOf(err)}
	}
	return errors.Join(in.stream(path, f), f.Close())
}

var errTooLarge = errors.New("it is larger than it may be")

// writeFile copies r to a new file, of at most limit bytes unless that is
// negative.
func writeFile(path string, r io.Reader, limit int64) (n int64, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	if limit < 0 {
		n, err = io.Copy(f, r)
	} else if n, err = io.Copy(f, io.LimitReader(r, limit+1)); err == nil && n > limit {
		err = errTooLarge
	}
	return n, errors.Join(err, f.Close())
}

func (in *inputs) pattern(pattern string) error {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return fileError(pattern, "is no valid pattern of names: %w", err)
	}
	if len(names) == 0 {
		return fileError(pattern, "no file fits this pattern: %w", fs.ErrNotExist)
	}
	slices.Sort(names)
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return &Error{File: name, Err: reasonOf(err)}
		}
		if !info.Mode().IsRegular() || isHidden(filepath.Base(name)) {
			continue
		}
		if err := in.contained(name, name); err != nil {
			return err
		}
	}
	return nil
}

// folder adds all files below a folder, in the order of their names. Links
// to folders aren't followed.
func (in *inputs) folder(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return &Error{File: path, Err: reasonOf(err)}
		case path != root && isHidden(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		info, err := os.Stat(path)
		if err != nil {
			return &Error{File: path, Err: reasonOf(err)}
		}
		if !info.Mode().IsRegular() {
			return nil
		}
		return in.contained(path, path)
	})
}

// isHidden tells the files that systems and programs leave beside others.
func isHidden(name string) bool {
	switch strings.ToLower(name) {
	case "__macosx", "thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// contained adds a file of a folder or an archive, where others than tables
// may lie too: they are reported, not refused. Any other fault is an error,
// as a table would be missing.
func (in *inputs) contained(path, disk string) error {
	if isBesideDBF(path) {
		in.skipped = append(in.skipped, Skipped{path, "belongs to a .dbf table and isn't one itself"})
		return nil
	}
	err := in.file(path, disk)
	var none *noTableError
	if errors.As(err, &none) {
		in.skipped = append(in.skipped, Skipped{path, none.Error()})
		return nil
	}
	return err
}

// file adds a file, or what is in it.
func (in *inputs) file(path, disk string) error {
	r, err := recognise(path, disk)
	if err != nil {
		return err
	}
	r.name = baseName(path)
	if in.within != "" {
		r.name = baseName(in.within) + strings.TrimPrefix(path, in.within)
	}
	switch r.format {
	case formatZip:
		return in.archive(r)
	case FormatXLSX:
		sheets, err := sheetsOf(r, in.target, in.opts)
		if err != nil {
			return located(path, err)
		}
		in.files = append(in.files, sheets...)
		return nil
	}
	in.files = append(in.files, r)
	return nil
}
