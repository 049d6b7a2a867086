package engine

import (
	"database/sql/driver"
	"fmt"
	"strings"

	text "github.com/dhowdb/dhow/sql"
	"github.com/dhowdb/dhow/udf"
)

// data_quality(t) is a macro that runs the SQL which the function
// data_quality_sql(t) makes of the rules: DuckDB has no other way to have rows
// of a table become expressions of a query.

// qualityRule is a row of quality.rule.
type qualityRule struct {
	name, dimension, severity, scope, tested, fails, example, advice string
}

// qualityFunc returns the function data_quality_sql of a database.
func (c *connector) qualityFunc() udf.Func {
	return udf.Func{Name: "data_quality_sql", Kernel: udf.Vectorized(qualitySQL, []udf.Type{udf.Varchar}, udf.Varchar, func(chunk *udf.Chunk) error {
		chunk.Out.NullsOf(&chunk.Args[0], chunk.Len)
		for i := range chunk.Len {
			if chunk.Out.IsNull(i) {
				continue
			}
			rules, err := c.qualityRules()
			if err != nil {
				return err
			}
			chunk.Out.SetText(i, qualitySQL(udf.At[string](&chunk.Args[0], i), rules))
		}
		return nil
	})}
}

// qualityRules reads the rules: those of the database, if it has any, else
// those that come with dhow.
func (c *connector) qualityRules() ([]qualityRule, error) {
	rules, err := c.readRules("quality.rule")
	if err == nil || !strings.Contains(err.Error(), "does not exist") {
		return rules, err
	}
	object, err := text.QualityRules()
	if err != nil {
		return nil, err
	}
	_, query, _ := strings.Cut(object.SQL, " quality.rule AS\n")
	return c.readRules("(" + strings.TrimRight(query, ";\n") + ")")
}

func (c *connector) readRules(from string) (rules []qualityRule, err error) {
	query := "SELECT name, dimension, severity, scope, tested, fails, example, advice FROM " + from
	err = c.readOwn(query, func(row []driver.Value) {
		var cells [8]string
		for i, v := range row {
			cells[i], _ = v.(string) // NULL is an empty text
		}
		rules = append(rules, qualityRule{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]})
	})
	if err != nil {
		return nil, fmt.Errorf("read quality.rule: %w", err)
	}
	return rules, nil
}

// qualityExamples is how many examples a rule shows.
const qualityExamples = 3

// qualitySQL returns the query that applies the rules to a table in one pass.
func qualitySQL(table string, rules []qualityRule) string {
	counts := make([]string, 0, len(rules))
	rows := make([]string, 0, len(rules))
	for i, r := range rules {
		tested, fails, examples := "count(*) FILTER (WHERE "+r.tested+")", "count(*) FILTER (WHERE ("+r.tested+") AND ("+r.fails+"))", "NULL::VARCHAR[]"
		if r.scope == "table" {
			tested, fails = r.tested, r.fails
		} else if r.example != "" {
			examples = fmt.Sprintf("min(%s, %d) FILTER (WHERE (%s) AND (%s))", r.example, qualityExamples, r.tested, r.fails)
		}
		counts = append(counts, fmt.Sprintf("%s AS tested%d, %s AS failing%[2]d, %[4]s AS examples%[2]d", tested, i, fails, examples))
		rows = append(rows, fmt.Sprintf("{rule: %s, dimension: %s, severity: %s, rows_tested: tested%d, rows_failing: failing%[4]d, "+
			"share: round(failing%[4]d / nullif(tested%[4]d, 0), 6), examples: examples%[4]d, advice: %[5]s}",
			quoteText(r.name), quoteText(r.dimension), quoteText(r.severity), i, quoteText(r.advice)))
	}
	return fmt.Sprintf("WITH counted AS (SELECT %s FROM query_table(%s)) SELECT unnest([%s], recursive := true) FROM counted",
		strings.Join(counts, ",\n"), quoteText(table), strings.Join(rows, ",\n"))
}
