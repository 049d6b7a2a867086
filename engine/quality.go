package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"

	text "github.com/dhowdb/dhow/sql"
	"github.com/dhowdb/dhow/udf"
)

// data_quality(t) is a macro that runs the SQL which the function
// data_quality_sql(t) makes of the rules: DuckDB has no other way to have rows
// of a table become expressions of a query. So the report runs on the user's
// own connection, and sees temporary tables and what is not committed.
//
// The rules themselves are read and tried on a connection of the function's
// own, since a function can't query the one that calls it. The query compares
// them with those that the user sees, and says so if they differ.

// qualityRule is a row of quality.rule.
type qualityRule struct {
	name, dimension, severity, scope, tested, fails, example, advice string
}

// qualityRules are the rules of a report.
type qualityRules struct {
	list  []qualityRule
	state string // of the table quality.rule, empty if the rules aren't from there
}

// qualityFuncs returns the functions of a database that data_quality is made of.
func (c *connector) qualityFuncs() []udf.Func {
	return []udf.Func{
		{Name: "data_quality_sql", Kernel: udf.Try1(c.qualitySQL)},
		{Name: "data_quality_failure", Kernel: udf.Vectorized(c.qualityFailure,
			[]udf.Type{udf.Varchar, udf.Varchar, udf.BigInt}, udf.BigInt, func(chunk *udf.Chunk) error {
				if chunk.Len == 0 {
					return nil
				}
				return c.qualityFailure(udf.At[string](&chunk.Args[0], 0), udf.At[string](&chunk.Args[1], 0), udf.At[int64](&chunk.Args[2], 0))
			})},
		{Name: "data_quality_marks", Kernel: marksKernel(), Volatile: true},
	}
}

// qualitySQL returns the query of a report on a table.
func (c *connector) qualitySQL(table string) (string, error) {
	rules, err := c.qualityRules()
	if err != nil {
		return "", err
	}
	columns, err := declarationColumns()
	if err != nil {
		return "", err
	}
	q := newQualityQuery(table, rules, columns)
	if err := c.checkRules(q); err != nil {
		return "", err
	}
	return q.text(), nil
}

// declarationColumns returns the columns of customs.declaration with their types.
func declarationColumns() ([]text.Column, error) {
	tables, err := text.Tables()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if t.Name == "customs.declaration" {
			return t.Columns, nil
		}
	}
	return nil, errors.New("customs.declaration is not described")
}

// rulesState tells one content of quality.rule from another.
const rulesState = "count(*) || ' ' || coalesce(bit_xor(hash(r)), 0)"

// qualityRules reads the rules: those of the database, if it has any, else
// those that come with dhow.
func (c *connector) qualityRules() (qualityRules, error) {
	var rules qualityRules
	err := c.readOwn("SELECT "+rulesState+" FROM quality.rule r", func(row []driver.Value) {
		rules.state, _ = row[0].(string)
	})
	from := "quality.rule"
	if err != nil && strings.Contains(err.Error(), "does not exist") {
		object, err := text.QualityRules()
		if err != nil {
			return rules, err
		}
		_, query, _ := strings.Cut(object.SQL, " quality.rule AS\n")
		from = "(" + strings.TrimRight(query, ";\n") + ")"
	} else if err != nil {
		return rules, fmt.Errorf("read quality.rule: %w", err)
	}
	err = c.readOwn("SELECT name, dimension, severity, scope, tested, fails, example, advice FROM "+from, func(row []driver.Value) {
		var cells [8]string
		for i, v := range row {
			cells[i], _ = v.(string) // NULL is an empty text
		}
		rules.list = append(rules.list, qualityRule{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]})
	})
	if err != nil {
		return rules, fmt.Errorf("read quality.rule: %w", err)
	}
	return rules, nil
}

// sideConn is a connection that functions may query, as they can't query the
// one that calls them. It is opened at its first use.
type sideConn struct {
	lock sync.Mutex
	conn driver.Conn
}

// readOwn runs a query on a connection of its own and hands each row to f. It
// sees what is committed.
func (c *connector) readOwn(query string, f func([]driver.Value)) error {
	return c.aside(func(conn driver.Conn) error {
		rows, err := conn.(driver.QueryerContext).QueryContext(context.Background(), query, nil)
		if err != nil {
			return err
		}
		return eachRow(rows, f)
	})
}

// bind looks up all names of a query, but doesn't run it.
func (c *connector) bind(query string) error {
	return c.aside(func(conn driver.Conn) error {
		statement, err := conn.(driver.ConnPrepareContext).PrepareContext(context.Background(), query)
		if err != nil {
			return err
		}
		return statement.Close()
	})
}

// aside lends a connection that no other query uses.
func (c *connector) aside(use func(driver.Conn) error) (err error) {
	if !c.side.lock.TryLock() {
		conn, err := c.Connect(context.Background())
		if err != nil {
			return err
		}
		return errors.Join(use(conn), conn.Close())
	}
	defer c.side.lock.Unlock()
	if c.side.conn == nil {
		if c.side.conn, err = c.Connect(context.Background()); err != nil {
			return err
		}
	}
	return use(c.side.conn)
}

func (s *sideConn) close() error {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.conn == nil {
		return nil
	}
	return s.conn.Close()
}
