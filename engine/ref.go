package engine

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/engine/internal/capi"
	"github.com/dhowdb/dhow/udf"
)

// The tables of reference facts appear as ref.NAME: views in a database of its
// own, in memory, so that nothing is written to the user's file. A view only
// names a table function, and its table is unpacked when it is read.

// attachReference makes the database ref, on a connection of its own.
func (c *connector) attachReference(ctx context.Context) error {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	raw, err := capi.ConnOf(conn.(*duckdb.Conn))
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("ATTACH ':memory:' AS ref;\n")
	for _, s := range datasets.Sources() {
		fmt.Fprintf(&b, "CREATE VIEW ref.main.%s AS FROM reference_table(%s);\n", quoteName(s.Table), quoteText(s.Table))
	}
	b.WriteString("CREATE VIEW ref.main.source AS FROM reference_table('source');\n")
	if err := raw.Exec(b.String()); err != nil {
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
				return &textScan{sqlColumns(sourceColumns), int64(len(datasets.Sources())), describe}, nil
			}
			var known []string
			for _, s := range datasets.Sources() {
				if s.Table == name {
					return &textScan{sqlColumns(s.Columns), s.Rows, func() ([][]string, error) {
						table, err := datasets.ReferenceTable(name)
						if err != nil {
							return nil, err
						}
						return table.Rows, nil
					}}, nil
				}
				known = append(known, s.Table)
			}
			return nil, fmt.Errorf("there is no table %q; there are %s", name, strings.Join(known, ", "))
		},
	}
}

// sqlColumns returns the columns of a table of facts as those of a scan.
func sqlColumns(columns []datasets.Column) []udf.Column {
	out := make([]udf.Column, len(columns))
	for i, c := range columns {
		out[i] = udf.Column{Name: c.Name, Type: referenceTypes[c.Type]}
	}
	return out
}

var referenceTypes = map[string]udf.Type{
	"VARCHAR": udf.Varchar, "BIGINT": udf.BigInt, "INTEGER": udf.Integer, "DOUBLE": udf.Double, "BOOLEAN": udf.Boolean,
	"DATE": udf.Date,
}

// describe returns the table that describes the others.
func describe() ([][]string, error) {
	var rows [][]string
	for _, t := range datasets.Sources() {
		rows = append(rows, []string{t.Table, t.Source, t.Licence, t.Date, strconv.FormatInt(t.Rows, 10), t.SHA256})
	}
	return rows, nil
}
