package ingest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"time"
)

// checksum is the size and the checksum of a file, which are found while it is
// loaded.
type checksum struct {
	size   int64
	sha256 string
	err    error
}

// checksumOf reads a whole file.
func checksumOf(ctx context.Context, path string) (sum checksum) {
	f, err := os.Open(path)
	if err != nil {
		return checksum{err: reasonOf(err)}
	}
	defer func() { sum.err = errors.Join(sum.err, f.Close()) }()
	h := sha256.New()
	n, err := io.Copy(h, untilDone{ctx, f})
	return checksum{n, hex.EncodeToString(h.Sum(nil)), err}
}

// untilDone is a reader that ends with its context.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// summing reads a file for its checksum beside what else goes on. The function
// it returns waits for the end.
func summing(ctx context.Context, path string) func() checksum {
	done := make(chan checksum, 1)
	go func() { done <- checksumOf(ctx, path) }()
	return func() checksum {
		sum := <-done
		done <- sum
		return sum
	}
}

// same looks for an earlier import of the same bytes, into the table that was
// asked for if one was, whose rows are still there. It returns its number, 0 if
// there is none. Only a file of a size that is known is read for it.
func (l *loader) same(ctx context.Context, file recognised, sum func() checksum) (int64, error) {
	info, err := os.Stat(file.disk)
	if err != nil {
		return 0, reasonOf(err)
	}
	into := ""
	if l.opts.Into != "" {
		into = l.target.name
	}
	rows, err := l.conn.QueryContext(ctx, `SELECT source_id, target, sha256, rows_loaded FROM customs.source_file
		WHERE size = $1 AND sheet IS NOT DISTINCT FROM nullif($2, '') AND $3 IN ('', target) ORDER BY source_id DESC`, info.Size(), file.sheet, into)
	if err != nil {
		return 0, err
	}
	type earlier struct {
		id           int64
		into, sha256 string
		loaded       int64
	}
	var known []earlier
	for rows.Next() {
		var e earlier
		if err := rows.Scan(&e.id, &e.into, &e.sha256, &e.loaded); err != nil {
			return 0, errors.Join(err, rows.Close())
		}
		known = append(known, e)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return 0, err
	}
	for _, e := range known {
		if found := sum(); found.err != nil {
			return 0, found.err
		} else if found.sha256 != e.sha256 {
			continue
		}
		there := e.loaded == 0
		if t, err := targetOf(e.into); err == nil && !there {
			err = l.conn.QueryRowContext(ctx, "SELECT EXISTS (FROM "+t.name+" WHERE source_id = $1)", e.id).Scan(&there)
			if err != nil {
				return 0, err
			}
		}
		if there {
			return e.id, nil
		}
	}
	return 0, nil
}

// lastSource returns the number of the latest import, 0 if there is none.
func (l *loader) lastSource(ctx context.Context) (id int64, err error) {
	row := l.conn.QueryRowContext(ctx, "SELECT coalesce(max(source_id), 0) FROM customs.source_file")
	if err := row.Scan(&id); err != nil {
		return 0, fmt.Errorf("number the import: %w", err)
	}
	return id, nil
}

// mappedColumn is a column of a source as customs.source_file keeps it.
type mappedColumn struct {
	Name       string  `json:"name"`
	Column     string  `json:"column,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	Print      string  `json:"print,omitempty"` // how its values are written; see [printing]
}

// account adds the row of an import to customs.source_file.
func (l *loader) account(ctx context.Context, s *source, sum checksum) error {
	if sum.err != nil {
		return fmt.Errorf("read it for its checksum: %w", sum.err)
	}
	r := s.report
	r.Size, r.SHA256 = sum.size, sum.sha256
	var columns []mappedColumn
	chosen := map[string]Mapped{}
	for _, m := range primary(r.Mapping) {
		chosen[m.Source] = m
	}
	for _, name := range s.header() {
		c := mappedColumn{Name: name}
		if m, ok := chosen[name]; ok {
			c.Column, c.Confidence, c.Print = m.Column, m.Confidence, s.print[m.Column]
		}
		columns = append(columns, c)
	}
	mapping, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	_, err = l.conn.ExecContext(ctx, `INSERT INTO customs.source_file BY NAME SELECT $1 AS source_id, $2 AS target, $3 AS path, $4 AS source_file,
		nullif($5, '') AS sheet, $6 AS size, $7 AS sha256, $8 AS format, nullif($9, '') AS encoding, nullif($10, '') AS delimiter, $11 AS mapping,
		$12 AS rows_read, $13 AS rows_loaded, $14 AS rows_rejected, $15 AS rows_replaced, $16 AS imported_by, $17::TIMESTAMP AS imported_at`,
		r.SourceID, r.Target, r.Path, s.file.name, r.Sheet, r.Size, r.SHA256, r.Format, r.Encoding, r.Delimiter, string(mapping),
		r.Read, r.Loaded, r.Rejected, r.Replaced, userName(), time.Now().UTC().Format("2006-01-02 15:04:05"))
	if err != nil {
		return fmt.Errorf("note the import: %w", err)
	}
	if l.sizes != nil {
		l.sizes[r.Size] = true
	}
	return nil
}

// userName returns who runs the program, NULL if the system doesn't say.
func userName() sql.NullString {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return sql.NullString{String: u.Username, Valid: true}
	}
	name := os.Getenv("USER")
	return sql.NullString{String: name, Valid: name != ""}
}
