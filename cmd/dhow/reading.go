package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/dhowdb/dhow/engine"
	"github.com/dhowdb/dhow/engine/ingest"
)

// readingFlags say how files are read, where that isn't to be found out.
type readingFlags struct {
	encoding  string
	delimiter string
	sheet     string
}

func (f *readingFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.encoding, "encoding", "", "encoding of text files and .dbf tables: windows-1256, iso-8859-6, cp720, koi8-r, utf-16le …")
	flags.StringVar(&f.delimiter, "delimiter", "", `delimiter of text files: one character, or \t`)
	flags.StringVar(&f.sheet, "sheet", "", "sheet of workbooks; * for all with rows that fit (the first, and those with the same columns)")
}

// option turns the flags into an option, and checks them.
func (f *readingFlags) option() (engine.ImportOption, error) {
	delimiter := f.delimiter
	if delimiter == `\t` || delimiter == "tab" {
		delimiter = "\t"
	}
	if len(delimiter) > 1 {
		return nil, usageError{fmt.Errorf(`--delimiter %s: say one character of ASCII, or \t`, f.delimiter)}
	}
	if err := ingest.CheckEncoding(f.encoding); err != nil {
		return nil, usageError{fmt.Errorf("--encoding: %w", err)}
	}
	return func(o *ingest.Options) {
		o.Encoding, o.Sheet = f.encoding, f.sheet
		if delimiter != "" {
			o.Delimiter = delimiter[0]
		}
	}, nil
}
