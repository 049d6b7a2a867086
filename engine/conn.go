package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/engine/ingest"
	"github.com/dhowdb/dhow/engine/internal/capi"
)

// connector opens connections that have every function of dhow.
type connector struct {
	*duckdb.Connector
	file    *databaseFile                 // nil for a database in memory
	own     *capi.Functions               // functions that read this database
	reader  *ownReader                    // of the user's own tables
	prepare sync.Once                     // what is done once for all connections
	err     error                         // of prepare
	shipped func() ([]qualityRule, error) // the rules of data_quality that come with dhow
	side    sideConn
	spare   atomic.Pointer[duckdb.Conn] // the first connection, until somebody takes it
}

func newConnector(path string, conf config) (*connector, error) {
	c := &connector{}
	if path != "" && path != ":memory:" {
		var err error
		if c.file, err = claimFile(path, conf.readOnly); err != nil {
			return nil, err
		}
		conf.settings.Set("temp_directory", c.file.path+".tmp")
	}
	inner, err := duckdb.NewConnector("?"+conf.settings.Encode(), nil)
	if err != nil {
		c.file.release()
		return nil, err
	}
	duckdb.RegisterReplacementScan(inner, scanByName)
	c.Connector = inner
	c.reader = &ownReader{c: c}
	c.shipped = sync.OnceValues(c.shippedRules)
	c.own = capi.NewFunctions(append(append(functionsWith(true), clustersFunc()), append(c.qualityFuncs(), c.valuationFuncs()...)...), c.reader)
	return c, nil
}

// withoutMacros is the key of a context in which a connection comes without
// the macros of dhow. To make them takes as long as all else to open a database.
type withoutMacros struct{}

// Connect opens a connection. Functions live in the instance and files are
// attached to it, so the first connection does that for all; macros are
// temporary and belong to each.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn := c.spare.Swap(nil)
	if conn == nil {
		var err error
		if conn, err = c.connect(ctx); err != nil {
			return nil, err
		}
	}
	if ctx.Value(withoutMacros{}) != nil {
		return conn, nil
	}
	raw, err := capi.ConnOf(conn)
	if err == nil {
		err = publishMacros(raw)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// open makes the first connection, which says whether there can be any.
func (c *connector) open(ctx context.Context) error {
	conn, err := c.connect(ctx)
	c.spare.Store(conn)
	return err
}

func (c *connector) connect(ctx context.Context) (*duckdb.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn := inner.(*duckdb.Conn)
	if err := c.equip(ctx, conn); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// equip gives a connection what dhow adds to DuckDB, but for the macros.
func (c *connector) equip(ctx context.Context, conn *duckdb.Conn) error {
	raw, err := capi.ConnOf(conn)
	if err != nil {
		return err
	}
	c.prepare.Do(func() { c.err = c.equipAll(ctx, conn, raw) })
	if c.err != nil || c.file == nil {
		return c.err
	}
	return raw.Exec(c.file.use())
}

// equipAll does what is done once for all connections. The statements are many
// and small; those of the two kinds don't touch, and run side by side.
func (c *connector) equipAll(ctx context.Context, conn *duckdb.Conn, raw capi.Conn) error {
	if err := c.registerAll(raw); err != nil {
		return err
	}
	attached := make(chan error, 1)
	go func() { attached <- c.attachReference(ctx) }()
	err := c.file.attach(ctx, conn)
	if failed := <-attached; err == nil {
		err = failed
	}
	return err
}

// publishMacros makes the macros, which are temporary, on a connection.
func publishMacros(raw capi.Conn) error {
	text, err := macros()
	if err != nil {
		return err
	}
	if err := raw.Exec(text); err != nil {
		return fmt.Errorf("make the macros: %w", err)
	}
	return nil
}

// Close closes the database.
func (c *connector) Close() error {
	defer c.file.release()
	defer c.own.Release()
	if conn := c.spare.Swap(nil); conn != nil {
		_ = conn.Close()
	}
	return errors.Join(c.side.close(), c.reader.close(), c.Connector.Close())
}

func (c *connector) registerAll(raw capi.Conn) error {
	for _, set := range []*capi.Functions{functions(), c.own} {
		if err := raw.Register(set); err != nil {
			return err
		}
	}
	for _, t := range append(c.tables(), ingest.RowsTable) {
		if err := raw.RegisterTable(t); err != nil {
			return err
		}
	}
	return raw.RegisterCopy(workbookFormat())
}

// refuseHidden refuses statements that name an aggregate by its hidden name;
// see [capi.HiddenPrefix].
func refuseHidden(text string) error {
	if strings.Contains(strings.ToLower(text), capi.HiddenPrefix) {
		return fmt.Errorf("names that begin with %s are dhow's own; use the function without it", capi.HiddenPrefix)
	}
	return nil
}
