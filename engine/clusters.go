package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/party"
)

// clusterTable returns the table function party_clusters of a database.
func (c *connector) clusterTable() *udf.Table {
	return &udf.Table{
		Name: "party_clusters",
		Params: []udf.Param{
			{Name: "t", Type: udf.Varchar, Doc: "name of a table or view, as a text; temporary ones can't be seen"},
			{Name: "name", Type: udf.Varchar, Doc: "column with the names, as a text"},
		},
		Doc: "party_clusters returns the names of a column with the cluster of names that are probably one firm's, " +
			"in whatever script or spelling; party_similarity says how near two names are. A row has the name, " +
			"its number of lines, the number of its cluster, and the name in the cluster that has the most lines.",
		Open: func(args udf.Args) (udf.Scan, error) {
			table, column := udf.Arg(args, "t", ""), udf.Arg(args, "name", "")
			names, lines, err := c.countNames(table, column)
			if err != nil {
				return nil, fmt.Errorf("read the names in %s of %s: %w", column, table, err)
			}
			return clusterScan(names, lines), nil
		},
	}
}

// countNames reads the names of a column and how many lines each has, the most
// frequent first.
func (c *connector) countNames(table, column string) (names []string, lines []int64, err error) {
	query := fmt.Sprintf("SELECT %s::VARCHAR, count(*) FROM query_table(%s) WHERE %[1]s IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1",
		quoteName(column), quoteText(table))
	err = c.readOwn(query, func(row []driver.Value) {
		name, _ := row[0].(string)
		n, _ := row[1].(int64)
		names, lines = append(names, name), append(lines, n)
	})
	return names, lines, err
}

// readOwn runs a query on a connection of its own and hands each row to f. It
// sees what is committed.
func (c *connector) readOwn(query string, f func([]driver.Value)) (err error) {
	ctx := context.Background()
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, inner.Close()) }()
	conn := inner.(interface {
		driver.ExecerContext
		driver.QueryerContext
	})
	if use := c.file.use(); use != "" {
		if _, err := conn.ExecContext(ctx, use, nil); err != nil {
			return err
		}
	}
	rows, err := conn.QueryContext(ctx, query, nil)
	if err != nil {
		return err
	}
	return eachRow(rows, f)
}

// clusterScan returns the names with their clusters as a table. The names come
// with the most frequent first, so the first of a cluster stands for it.
func clusterScan(names []string, lines []int64) udf.Scan {
	s := &textScan{rows: int64(len(names)), columns: []udf.Column{
		{Name: "name", Type: udf.Varchar},
		{Name: "lines", Type: udf.BigInt},
		{Name: "cluster", Type: udf.BigInt},
		{Name: "cluster_name", Type: udf.Varchar},
	}}
	s.load = func() ([][]string, error) {
		first := map[int]string{}
		rows := make([][]string, len(names))
		for i, cluster := range party.Clusters(names) {
			if _, ok := first[cluster]; !ok {
				first[cluster] = names[i]
			}
			rows[i] = []string{names[i], strconv.FormatInt(lines[i], 10), strconv.Itoa(cluster), first[cluster]}
		}
		return rows, nil
	}
	return s
}
