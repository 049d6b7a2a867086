package engine

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf"
)

// The tables of reference facts appear as ref.NAME: views in a database of its
// own, in memory, so that nothing is written to the user's file. A view only
// names a table function, and its table is unpacked when it is read.

// attachReference makes the database ref in the instance of the connection.
func attachReference(ctx context.Context, conn driver.ExecerContext) error {
	var b strings.Builder
	b.WriteString("ATTACH ':memory:' AS ref;\n")
	for _, s := range datasets.Sources() {
		fmt.Fprintf(&b, "CREATE VIEW ref.main.%s AS FROM reference_table(%s);\n", quoteName(s.Table), quoteText(s.Table))
	}
	b.WriteString("CREATE VIEW ref.main.source AS FROM reference_table('source');\n")
	if _, err := conn.ExecContext(ctx, b.String(), nil); err != nil {
		return fmt.Errorf("attach the reference facts: %w", err)
	}
	return nil
}

// sourceTable is the table that describes the others.
const sourceTable = "source"

var sourceColumns = []datasets.Column{
	{Name: "table", Type: "VARCHAR"},
	{Name: "source", Type: "VARCHAR"},
	{Name: "licence", Type: "VARCHAR"},
	{Name: "date", Type: "VARCHAR"},
	{Name: "rows", Type: "BIGINT"},
	{Name: "sha256", Type: "VARCHAR"},
}

// referenceTable returns the table function behind the views of ref.
func referenceTable() *udf.Table {
	return &udf.Table{
		Name:   "reference_table",
		Params: []udf.Param{{Name: "name", Type: udf.Varchar, Doc: "name of a table in ref, or source for the list of them"}},
		Doc: "reference_table returns a table of reference facts that dhow carries; FROM ref.country is the short form of " +
			"FROM reference_table('country'). FROM ref.source lists the tables with their source, licence, date, " +
			"number of rows and checksum.",
		Examples: []udf.Example{{SQL: "SELECT count(*) > 0 FROM reference_table('source')", Want: "true"}},
		Open: func(args udf.Args) (udf.Scan, error) {
			name := udf.Arg(args, "name", "")
			if name == sourceTable {
				return &referenceScan{name: name, columns: sourceColumns, rows: int64(len(datasets.Sources()))}, nil
			}
			var known []string
			for _, s := range datasets.Sources() {
				if s.Table == name {
					return &referenceScan{name: name, columns: s.Columns, rows: s.Rows}, nil
				}
				known = append(known, s.Table)
			}
			return nil, fmt.Errorf("there is no table %q; there are %s", name, strings.Join(known, ", "))
		},
	}
}

// referenceScan reads a table of reference facts, with one worker.
type referenceScan struct {
	name    string
	columns []datasets.Column
	rows    int64
}

func (s *referenceScan) Columns() []udf.Column {
	var out []udf.Column
	for _, c := range s.columns {
		out = append(out, udf.Column{Name: c.Name, Type: referenceTypes[c.Type]})
	}
	return out
}

var referenceTypes = map[string]udf.Type{
	"VARCHAR": udf.Varchar, "BIGINT": udf.BigInt, "INTEGER": udf.Integer, "DOUBLE": udf.Double, "BOOLEAN": udf.Boolean,
	"DATE": udf.Date,
}

func (s *referenceScan) Rows() int64  { return s.rows }
func (s *referenceScan) Workers() int { return 1 }
func (s *referenceScan) Close() error { return nil }

// Worker unpacks the table.
func (s *referenceScan) Worker() (udf.Worker, error) {
	w := &referenceWorker{columns: s.columns}
	if s.name == sourceTable {
		for _, t := range datasets.Sources() {
			w.rows = append(w.rows, []string{t.Table, t.Source, t.Licence, t.Date, strconv.FormatInt(t.Rows, 10), t.SHA256})
		}
		return w, nil
	}
	table, err := datasets.ReferenceTable(s.name)
	if err != nil {
		return nil, err
	}
	w.rows = table.Rows
	return w, nil
}

// referenceWorker hands out the rows of an unpacked table.
type referenceWorker struct {
	columns []datasets.Column
	rows    [][]string
}

// Next fills the batch with the next rows.
func (w *referenceWorker) Next(b *udf.Batch) error {
	b.Len = min(len(w.rows), udf.ChunkSize)
	for c, o := range b.Cols {
		if o == nil {
			continue
		}
		for i, row := range w.rows[:b.Len] {
			if err := setCell(o, i, row[c], w.columns[c].Type); err != nil {
				return fmt.Errorf("column %s: %w", w.columns[c].Name, err)
			}
		}
	}
	w.rows = w.rows[b.Len:]
	return nil
}

func (w *referenceWorker) Close() error { return nil }

// setCell sets a value from its text; an empty one is NULL.
func setCell(o *udf.Output, i int, text, typ string) (err error) {
	if text == "" {
		o.SetNull(i)
		return nil
	}
	switch typ {
	case "BIGINT":
		udf.Results[int64](o, i+1)[i], err = strconv.ParseInt(text, 10, 64)
	case "INTEGER":
		var n int64
		n, err = strconv.ParseInt(text, 10, 32)
		udf.Results[int32](o, i+1)[i] = int32(n)
	case "DOUBLE":
		udf.Results[float64](o, i+1)[i], err = strconv.ParseFloat(text, 64)
	case "BOOLEAN":
		udf.Results[bool](o, i+1)[i], err = strconv.ParseBool(text)
	case "DATE":
		var day time.Time
		day, err = time.Parse(time.DateOnly, text)
		udf.Results[udf.Day](o, i+1)[i] = udf.Day(day.Unix() / (24 * 60 * 60))
	default:
		o.SetText(i, text)
	}
	return err
}
