package engine

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	text "github.com/dhowdb/dhow/sql"
)

// screening is a screening under way.
type screening struct {
	settings map[string]float64 // by name, instead of those in screen.setting
	onStep   func(table string)
	imports  []ImportOption
}

func newScreening(opts []ScreenOption) *screening {
	s := &screening{settings: map[string]float64{}, onStep: func(string) {}}
	for _, o := range opts {
		o(s)
	}
	return s
}

// run executes the steps in one transaction.
func (s *screening) run(ctx context.Context, conn *sql.Conn) error {
	steps, err := text.Screening()
	if err != nil {
		return err
	}
	rules, err := text.Rules()
	if err != nil {
		return err
	}
	fill := func(text string) string { return text }
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing, before it the first error counts
	for i, step := range steps {
		s.onStep(step.Name)
		if err := create(ctx, tx, step, fill(step.SQL)); err != nil {
			return err
		}
		if i == 0 {
			numbers, err := s.numbers(ctx, tx)
			if err != nil {
				return err
			}
			fill = filler(rules, numbers)
		}
	}
	return tx.Commit()
}

// numbers returns the settings as SQL by their placeholder. Constants in the
// text let DuckDB plan better than rows of a table do, and the views that
// remain say what they were made with.
func (s *screening) numbers(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	values, err := readSettings(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read screen.setting: %w", err)
	}
	for name, value := range s.settings {
		if _, ok := values[name]; !ok {
			names := strings.Join(slices.Sorted(maps.Keys(values)), ", ")
			return nil, fmt.Errorf("there is no setting %q; there are %s", name, names)
		}
		values[name] = value
	}
	numbers := map[string]string{}
	for name, value := range values {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return nil, fmt.Errorf("setting %s is not a number", name)
		}
		numbers["{{"+name+"}}"] = fmt.Sprintf("(%g::DOUBLE)", value)
	}
	return numbers, nil
}

func readSettings(ctx context.Context, tx *sql.Tx) (map[string]float64, error) {
	rows, err := tx.QueryContext(ctx, "SELECT name, value FROM screen.setting WHERE value IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := map[string]float64{}
	for rows.Next() {
		var name string
		var value float64
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		values[name] = value
	}
	return values, rows.Err()
}

// filler returns what puts numbers and the text of the rules into the SQL of a
// step. Indicators of equal points are in the order of their names.
func filler(rules []text.Rule, numbers map[string]string) func(string) string {
	points := make([]string, len(rules))
	reasons := make([]string, len(rules))
	line, finding := []string{"0"}, []string{"0"}
	for i, r := range rules {
		sum := fmt.Sprintf("%g * least(1, greatest(0, coalesce((%s)::DOUBLE, 0)))", r.Weight, r.Strength)
		if r.Finding {
			finding = append(finding, sum)
		} else {
			line = append(line, sum)
		}
		points[i] = fmt.Sprintf("%s: round(%s, 1)", r.Name, sum)
		reasons[i] = fmt.Sprintf("{points: -points.%[1]s, indicator: '%[1]s', reason: CASE WHEN points.%[1]s > 0 THEN (%[2]s) END}", r.Name, r.Reason)
	}
	byRule := strings.NewReplacer(
		"{{points}}", "{"+strings.Join(points, ",\n")+"}",
		"{{line_points}}", strings.Join(line, "\n+ "),
		"{{finding_points}}", strings.Join(finding, "\n+ "),
		"{{reasons}}", strings.Join(reasons, ",\n"),
	)
	pairs := make([]string, 0, 2*len(numbers))
	for placeholder, number := range numbers {
		pairs = append(pairs, placeholder, number)
	}
	byName := strings.NewReplacer(pairs...)
	return func(text string) string { return byName.Replace(byRule.Replace(text)) }
}
