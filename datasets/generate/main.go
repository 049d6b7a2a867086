// Command generate makes the tables of reference facts in datasets/ref from
// the files in which their publishers' facts are collected:
//
//	go run ./datasets/generate -from ../shared/data/reference
//
// It takes over facts and figures only (codes, correlations, factors,
// coordinates, names of countries), never texts of others that describe them.
// Each file of this package makes the tables of one subject.
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dhowdb/dhow/datasets"
)

// table is a table to be written. The names of its columns carry their SQL
// type: code:VARCHAR. An empty text is NULL; no cell has a tab or a line end.
type table struct {
	name    string
	source  string // who publishes the facts
	licence string
	date    string
	columns []string
	rows    [][]string
}

// generators make the tables of a subject from the folder of collected files.
var generators []func(from string) ([]table, error)

func main() {
	from := flag.String("from", "../shared/data/reference", "folder of the collected files")
	to := flag.String("to", "datasets/ref", "folder of the tables")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	var all []table
	for _, g := range generators {
		tables, err := g(from)
		if err != nil {
			return err
		}
		all = append(all, tables...)
	}
	slices.SortFunc(all, func(a, b table) int { return strings.Compare(a.name, b.name) })
	var index strings.Builder
	index.WriteString("table\tsource\tlicence\tdate\trows\tsha256\tcolumns\n")
	for _, t := range all {
		text, err := t.text()
		if err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		if err := pack(filepath.Join(to, t.name+".tsv.gz"), text); err != nil {
			return err
		}
		fmt.Fprintf(&index, "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", t.name, t.source, t.licence, t.date, len(t.rows),
			datasets.Checksum(text), strings.Join(t.columns, " "))
	}
	return os.WriteFile(filepath.Join(to, "source.tsv"), []byte(index.String()), 0o644)
}

// text returns the table as it is packed.
func (t table) text() (string, error) {
	var b strings.Builder
	for i, row := range append([][]string{t.columns}, t.rows...) {
		if len(row) != len(t.columns) {
			return "", fmt.Errorf("row %d has %d cells, not %d", i, len(row), len(t.columns))
		}
		line := strings.Join(row, "\t")
		if strings.Count(line, "\t") != len(row)-1 || strings.ContainsAny(line, "\r\n") {
			return "", errors.New("a cell has a tab or a line end: " + line)
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// pack writes a compressed file whose bytes depend on the text alone.
func pack(path, text string) error {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
