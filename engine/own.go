package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/engine/internal/capi"
	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/hs"
	"github.com/dhowdb/dhow/udf/sensitive"
)

// ownTables are the names of the tables that functions heed.
var ownTables = slices.Concat(hs.OwnTables, sensitive.OwnTables)

// ownReader reads the tables of the schema customs with which a user adds to
// the reference facts: their tariff, descriptions, editions of the nomenclature,
// trade weights and sensitive goods. It is the host of the functions that heed them.
//
// Before each query that calls such a function it looks whether the tables have
// changed, and reads those that have: what is committed by then. A table is
// known by its definition and a sum over its rows, as DuckDB has no number that
// changes with a table. Without such tables that takes a fraction of a millisecond.
type ownReader struct {
	c      *connector
	tables atomic.Pointer[udf.Own]
	id     atomic.Uint64 // of the connection that reads, 0 before there is one

	lock     sync.Mutex // for what follows
	conn     *duckdb.Conn
	database string            // name of the user's database
	lists    []*duckdb.Stmt    // of ownLists
	marks    map[string]string // by table, what it is known by
	facts    map[string]*udf.Facts
}

var _ capi.Host = (*ownReader)(nil)

// Own returns the user's tables, nil if there are none.
func (r *ownReader) Own() *udf.Own { return r.tables.Load() }

// patience is how long an aggregate waits for another query that reads the
// tables; it can't tell whether that query waits for the aggregate.
const patience = time.Second

// Begin reads the user's tables if they have changed. A query that reads them
// may itself call functions, if they are views; it sees the tables as they were.
func (r *ownReader) Begin(connection uint64) error {
	if connection != 0 && connection == r.id.Load() {
		return nil
	}
	for end := time.Now().Add(patience); !r.lock.TryLock(); {
		if connection != 0 {
			r.lock.Lock()
			break
		}
		if time.Now().After(end) {
			return nil
		}
		time.Sleep(time.Millisecond)
	}
	defer r.lock.Unlock()
	err := r.refresh(context.Background())
	if err != nil && r.Own() != nil {
		// A view may have failed on tables as they were, which are no more.
		r.keep(nil, nil)
		err = r.refresh(context.Background())
	}
	if err != nil {
		return fmt.Errorf("read the user's tables in the schema customs: %w", err)
	}
	return nil
}

// close ends the connection.
func (r *ownReader) close() error {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.conn == nil {
		return nil
	}
	var err error
	for _, list := range r.lists {
		err = errors.Join(err, list.Close())
	}
	return errors.Join(err, r.conn.Close())
}

func (r *ownReader) refresh(ctx context.Context) (err error) {
	if r.conn == nil {
		if err := r.connect(ctx); err != nil {
			return err
		}
	}
	// Most databases have none of the tables, which this finds out fast.
	marks, err := r.listed(ctx)
	if err != nil {
		return err
	}
	if len(marks) == 0 {
		r.keep(marks, nil)
		return nil
	}
	// One transaction sees one state of all tables.
	if _, err := r.conn.ExecContext(ctx, "BEGIN", nil); err != nil {
		return err
	}
	defer func() {
		_, end := r.conn.ExecContext(ctx, "COMMIT", nil)
		err = errors.Join(err, end)
	}()
	if marks, err = r.look(ctx); err != nil || maps.Equal(marks, r.marks) {
		return err
	}
	facts := map[string]*udf.Facts{}
	for table, mark := range marks {
		if facts[table] = r.facts[table]; facts[table] == nil || r.marks[table] != mark {
			if facts[table], err = r.read(ctx, table); err != nil {
				return err
			}
		}
	}
	r.keep(marks, facts)
	return nil
}

// keep makes the tables those that functions heed.
func (r *ownReader) keep(marks map[string]string, facts map[string]*udf.Facts) {
	r.marks, r.facts = marks, facts
	if len(facts) == 0 {
		r.tables.Store(nil)
		return
	}
	r.tables.Store(udf.NewOwn(facts))
}

func (r *ownReader) connect(ctx context.Context) error {
	inner, err := r.c.Connector.Connect(ctx)
	if err != nil {
		return err
	}
	conn := inner.(*duckdb.Conn)
	raw, err := capi.ConnOf(conn)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	if r.c.file != nil {
		_, err = conn.ExecContext(ctx, r.c.file.use(), nil)
	}
	r.conn, r.database = conn, "memory"
	if r.c.file != nil {
		r.database = r.c.file.name
	}
	for _, query := range ownLists {
		var list driver.Stmt
		if err == nil {
			list, err = conn.PrepareContext(ctx, query)
		}
		if err == nil {
			r.lists = append(r.lists, list.(*duckdb.Stmt))
		}
	}
	r.id.Store(raw.ID())
	return err
}

// ownLists list the tables and the views in the schema customs. They ask for
// little: each condition on names would take as long again as the rest, and
// both in one query several times as long.
var ownLists = [...]string{
	"SELECT database_name, table_name, table_oid::VARCHAR FROM duckdb_tables() WHERE schema_name = 'customs'",
	"SELECT database_name, view_name, view_oid::VARCHAR FROM duckdb_views() WHERE schema_name = 'customs'",
}

// listed returns the tables that functions heed, each with the number of its
// definition.
func (r *ownReader) listed(ctx context.Context) (map[string]string, error) {
	marks := map[string]string{}
	for _, list := range r.lists {
		rows, err := list.QueryContext(ctx, nil)
		if err == nil {
			err = eachRow(rows, func(row []driver.Value) {
				name, _ := row[1].(string)
				if row[0] == r.database && slices.Contains(ownTables, name) {
					marks[name], _ = row[2].(string)
				}
			})
		}
		if err != nil {
			return nil, err
		}
	}
	return marks, nil
}

// look returns what the tables are known by.
func (r *ownReader) look(ctx context.Context) (map[string]string, error) {
	marks, err := r.listed(ctx)
	for _, name := range slices.Sorted(maps.Keys(marks)) {
		if err != nil {
			return nil, err
		}
		query := fmt.Sprintf("SELECT (count(*), sum(hash(t)::UHUGEINT), "+
			"(SELECT list(name) FROM pragma_table_info('customs.%s')))::VARCHAR FROM customs.%[1]s AS t", name)
		err = r.query(ctx, query, func(row []driver.Value) {
			sum, _ := row[0].(string)
			marks[name] += " " + sum
		})
	}
	return marks, err
}

// read returns a table as facts.
func (r *ownReader) read(ctx context.Context, table string) (*udf.Facts, error) {
	facts := &udf.Facts{}
	err := r.query(ctx, "SELECT COLUMNS(*)::VARCHAR FROM customs."+table, func(row []driver.Value) {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i], _ = v.(string) // NULL is an empty text
		}
		facts.Rows = append(facts.Rows, cells)
	})
	if err != nil {
		return nil, err
	}
	err = r.query(ctx, "SELECT lower(name) FROM pragma_table_info('customs."+table+"') ORDER BY cid", func(row []driver.Value) {
		name, _ := row[0].(string)
		facts.Columns = append(facts.Columns, name)
	})
	return facts, err
}

func (r *ownReader) query(ctx context.Context, query string, f func([]driver.Value)) error {
	rows, err := r.conn.QueryContext(ctx, query, nil)
	if err != nil {
		return err
	}
	return eachRow(rows, f)
}

// eachRow hands each row to f, and closes rows.
func eachRow(rows driver.Rows, f func([]driver.Value)) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([]driver.Value, len(rows.Columns()))
	for {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		f(row)
	}
}
