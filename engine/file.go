package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// databaseFile is a database file that this process has open.
//
// It is attached to an instance in memory, rather than opened as the instance
// itself, as DuckDB then names the database after the file: in customs.db the
// table customs.declaration would be ambiguous.
type databaseFile struct {
	path     string // absolute, without links
	name     string // of the database in SQL
	readOnly bool
}

// schemas are the names of dhow's own schemas, and of DuckDB's own databases.
var schemas = []string{"customs", "screen", "sample", "quality", "ref", "main", "memory", "temp", "system"}

// openFiles holds the files that this process has open. The locks of the
// system hold between processes only.
var (
	openFiles     = map[string]bool{}
	openFilesLock sync.Mutex
)

// claimFile returns the database file at path, which must not be open.
func claimFile(path string, readOnly bool) (*databaseFile, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	// A file that is not there yet keeps its own name in its real folder.
	if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(dir, filepath.Base(abs))
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	name := strings.TrimSuffix(filepath.Base(abs), filepath.Ext(abs))
	if name == "" || slices.Contains(schemas, strings.ToLower(name)) {
		name += "_db"
	}
	openFilesLock.Lock()
	defer openFilesLock.Unlock()
	if openFiles[abs] {
		return nil, errors.New("this process has it open already; share the handle, or close it first")
	}
	openFiles[abs] = true
	return &databaseFile{path: abs, name: name, readOnly: readOnly}, nil
}

// release lets the file be opened again.
func (f *databaseFile) release() {
	if f == nil {
		return
	}
	openFilesLock.Lock()
	defer openFilesLock.Unlock()
	delete(openFiles, f.path)
}

// attach opens the file in the instance of the connection. A new file gets the
// newest storage format, whose dictionaries send far fewer rows to functions.
func (f *databaseFile) attach(ctx context.Context, conn driver.ExecerContext) error {
	if f == nil {
		return nil
	}
	options := "STORAGE_VERSION 'latest'"
	if f.readOnly {
		options = "READ_ONLY"
	}
	_, err := conn.ExecContext(ctx, fmt.Sprintf("ATTACH %s AS %s (%s)", quoteText(f.path), quoteName(f.name), options), nil)
	return err
}

// use returns the statement that makes the file the database of a connection.
func (f *databaseFile) use() string {
	if f == nil {
		return ""
	}
	return "USE " + quoteName(f.name) + ";\n"
}

// quoteName returns s as an SQL name.
func quoteName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
