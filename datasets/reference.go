package datasets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ref holds the tables of reference facts, one compressed file each, which
// generate/ makes; see there for where they come from.
//
//go:embed all:ref
var refFiles embed.FS

// Source says where a table of reference facts comes from.
type Source struct {
	Table   string // name in SQL, without the schema ref
	Source  string // who publishes the facts
	Licence string
	Date    string // of the edition, as precisely as it is known
	Rows    int64
	SHA256  string // of the table's text before compression
	Columns []Column
}

// Sources returns a description of every table of reference facts, sorted by
// name. Nothing is unpacked for it.
var Sources = sync.OnceValue(func() []Source {
	text, err := refFiles.ReadFile("ref/source.tsv")
	if err != nil {
		return nil
	}
	var all []Source
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 7 || f[0] == "table" {
			continue
		}
		rows, _ := strconv.ParseInt(f[4], 10, 64) // a test holds that it is a number
		all = append(all, Source{f[0], f[1], f[2], f[3], rows, f[5], columnsOf(strings.Fields(f[6]))})
	}
	slices.SortFunc(all, func(a, b Source) int { return strings.Compare(a.Table, b.Table) })
	return all
})

// Table is a table of reference facts, unpacked.
type Table struct {
	Columns []Column
	Rows    [][]string // an empty text is NULL
}

// Column returns the number of the column of that name, -1 if there is none.
func (t *Table) Column(name string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
}

// ReferenceTable unpacks a table of reference facts. It is unpacked anew with
// each call: who needs it often keeps what it makes of it.
func ReferenceTable(name string) (*Table, error) {
	text, err := referenceText(name)
	if err != nil {
		return nil, fmt.Errorf("reference table %s: %w", name, err)
	}
	table := &Table{}
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if table.Columns == nil {
			table.Columns = columnsOf(cells)
			continue
		}
		if len(cells) != len(table.Columns) {
			return nil, fmt.Errorf("reference table %s: a row has %d cells, not %d", name, len(cells), len(table.Columns))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table, nil
}

// columnsOf reads columns written as name:TYPE.
func columnsOf(texts []string) []Column {
	columns := make([]Column, len(texts))
	for i, text := range texts {
		name, typ, _ := strings.Cut(text, ":")
		columns[i] = Column{Name: name, Type: typ}
	}
	return columns
}

func referenceText(name string) (string, error) {
	packed, err := refFiles.ReadFile("ref/" + name + ".tsv.gz")
	if err != nil {
		return "", err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(r)
	return string(text), err
}

// Checksum returns the SHA-256 of a table's text before compression.
func Checksum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
