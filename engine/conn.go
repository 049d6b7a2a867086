package engine

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"sync"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/dhowdb/dhow/engine/internal/capi"
)

// connector opens connections that have every function of dhow.
type connector struct {
	*duckdb.Connector
	register sync.Once
	err      error // of register
}

// newConnector opens the database behind dsn.
func newConnector(dsn string) (*connector, error) {
	inner, err := duckdb.NewConnector(dsn, nil)
	if err != nil {
		return nil, err
	}
	duckdb.RegisterReplacementScan(inner, scanByName)
	return &connector{Connector: inner}, nil
}

// Connect opens a connection. Functions live in the instance, so the first
// connection registers them for all; macros are temporary and belong to each.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn := inner.(*duckdb.Conn)
	c.register.Do(func() { c.err = registerAll(conn) })
	err = c.err
	if text := macros(); err == nil && text != "" {
		_, err = conn.ExecContext(ctx, text, nil)
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

func registerAll(conn *duckdb.Conn) error {
	raw, err := capi.ConnOf(conn)
	if err != nil {
		return err
	}
	if err := raw.Register(functions()); err != nil {
		return err
	}
	for _, t := range tables() {
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
