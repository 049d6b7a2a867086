package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// style is how a column writes what it means. It is decided from all cells of
// the column, never from one: "1,234" and "03/04/2024" mean nothing alone.
type style struct {
	comma      bool   // numbers with a decimal comma
	monthFirst bool   // dates with the month first
	format     string // strptime format of most dates, if they aren't ISO
}

// quickFormats are those dates that DuckDB reads without regular expressions,
// once it is known that a column has them.
var quickFormats = []struct {
	format     string
	monthFirst bool
}{
	{"%d/%m/%Y", false},
	{"%d-%m-%Y", false},
	{"%d.%m.%Y", false},
	{"%d/%m/%Y %H:%M", false},
	{"%d/%m/%Y %H:%M:%S", false},
	{"%d-%m-%Y %H:%M", false},
	{"%m/%d/%Y", true},
	{"%m-%d-%Y", true},
	{"%m/%d/%Y %H:%M", true},
	{"%m/%d/%Y %H:%M:%S", true},
}

// styledSample is how many rows decide styles at first. Where one of them
// doesn't fit a later row, the whole file decides.
const styledSample = 4096

// decideStyles counts how many cells each way of writing can't read, in the
// first rows or, with whole, in the file. DuckDB's own rules read what is
// written plainly, in any style.
func decideStyles(ctx context.Context, conn *sql.Conn, t *target, s *source, mapped []Mapped, whole bool) (map[string]style, error) {
	var columns []string
	var counts []string
	for _, m := range mapped {
		x := quoteName(m.Source)
		if c := s.column(m.Source); c.typ != TypeVarchar || c.plain {
			continue
		}
		switch t.kind(m.Column) {
		case kindNumber, kindWhole:
			columns = append(columns, m.Column)
			counts = append(counts, fmt.Sprintf("count(ingest_number_point(%s)), count(ingest_number_comma(%[1]s))", x))
		case kindDate:
			columns = append(columns, m.Column)
			counts = append(counts, fmt.Sprintf("count(ingest_date_dmy(%s)), count(ingest_date_mdy(%[1]s))", x))
			for _, q := range quickFormats {
				counts = append(counts, fmt.Sprintf("count(try_strptime(%s, '%s'))", x, q.format))
			}
		}
	}
	if len(columns) == 0 {
		return s.style.impose(t, mapped, nil), nil
	}
	from := s.from
	if !whole {
		from = fmt.Sprintf("(SELECT * FROM %s LIMIT %d)", s.from, styledSample)
	}
	n, err := queryCounts(ctx, conn, "SELECT "+strings.Join(counts, ", ")+" FROM "+from)
	if err != nil {
		return nil, fmt.Errorf("decide how numbers and dates are written: %w", err)
	}
	return s.style.impose(t, mapped, stylesOf(t, columns, n)), nil
}

// stylesOf turns the counts into decisions.
func stylesOf(t *target, columns []string, n []int64) map[string]style {
	type both struct{ point, comma int64 }
	numbers := map[string]both{}
	styles := map[string]style{}
	commas, points := false, false
	for _, column := range columns {
		first, second := n[0], n[1]
		n = n[2:]
		if t.kind(column) != kindDate {
			numbers[column] = both{first, second}
			commas = commas || second > first
			points = points || first > second
			continue
		}
		st := style{monthFirst: second > first}
		best := int64(0)
		for i, q := range quickFormats {
			if q.monthFirst == st.monthFirst && n[i] > best {
				best, st.format = n[i], q.format
			}
		}
		n = n[len(quickFormats):]
		styles[column] = st
	}
	// A column that can be read both ways follows the others of its file.
	for column, c := range numbers {
		styles[column] = style{comma: c.comma > c.point || c.comma == c.point && commas && !points}
	}
	return styles
}

func queryCounts(ctx context.Context, conn *sql.Conn, query string) ([]int64, error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	n := make([]int64, len(names))
	into := make([]any, len(names))
	for i := range n {
		into[i] = &n[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
	}
	return n, rows.Err()
}
