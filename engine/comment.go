package engine

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"

	text "github.com/dhowdb/dhow/sql"
)

// execer is a connection or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

var madeKind = regexp.MustCompile(`(?m)^CREATE (?:OR REPLACE )?(TABLE|VIEW)\b`)

// create makes a table or a view, and gives it the first sentence of its
// documentation as its comment, which .tables shows.
func create(ctx context.Context, conn execer, o text.Object, query string) error {
	if _, err := conn.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("make %s: %w", o.Name, classify(err))
	}
	made := madeKind.FindStringSubmatch(query)
	if made == nil {
		return nil
	}
	comment := fmt.Sprintf("COMMENT ON %s %s IS %s", made[1], o.Name, quoteText(firstSentence(o.Doc)))
	if _, err := conn.ExecContext(ctx, comment); err != nil {
		return fmt.Errorf("comment on %s: %w", o.Name, classify(err))
	}
	return nil
}
