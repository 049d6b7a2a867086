package engine

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/dhowdb/dhow/engine/ingest"
)

// Screening is a ranked list of declared lines: the result of [DB.Screen]. It
// lives in the tables of the schema screen, of which screen.line is the whole.
type Screening struct {
	Report  ingest.Report    // what was loaded; empty after [DB.ScreenTable]
	Lines   int64            // declared lines that were compared and scored
	Lanes   map[string]int64 // number of lines by lane: red, yellow, blue, green
	Elapsed time.Duration    // time for the screening itself, without loading

	db *DB
}

// ScreenOption changes how declarations are screened.
type ScreenOption func(*screening)

// ScreenSetting sets one of the numbers in the table screen.setting for this
// screening only: ScreenSetting("split_threshold", 3000).
func ScreenSetting(name string, value float64) ScreenOption {
	return func(s *screening) { s.settings[name] = value }
}

// ScreenStep has f called before each step, with the table that it makes.
func ScreenStep(f func(table string)) ScreenOption {
	return func(s *screening) { s.onStep = f }
}

// ScreenTable ranks the lines that customs.declaration holds. A screening
// replaces the one before; when it fails or ctx ends, that one stays.
func (db *DB) ScreenTable(ctx context.Context, opts ...ScreenOption) (*Screening, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("screen: %w", err)
	}
	defer conn.Close()
	s := newScreening(opts)
	start := time.Now()
	if err := s.run(ctx, conn); err != nil {
		return nil, fmt.Errorf("screen: %w", err)
	}
	result := &Screening{Elapsed: time.Since(start), db: db}
	return result, result.count(ctx, conn)
}

// count fills in the numbers of lines.
func (s *Screening) count(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, "SELECT lane, count(*) FROM screen.score GROUP BY lane")
	if err != nil {
		return fmt.Errorf("screen: %w", err)
	}
	defer rows.Close()
	s.Lanes = map[string]int64{}
	for rows.Next() {
		var lane string
		var n int64
		if err := rows.Scan(&lane, &n); err != nil {
			return fmt.Errorf("screen: %w", err)
		}
		s.Lanes[lane] = n
		s.Lines += n
	}
	return rows.Err()
}
