package engine

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	text "github.com/dhowdb/dhow/sql"
)

// qualityQuery is the query that applies rules to a table. It reads the table
// once for all rules of rows, and once more if there are rules of the table.
type qualityQuery struct {
	table string
	qualityRules
	columns []text.Column // of customs.declaration that the rules name
	uses    [][]string    // those of each rule
}

func newQualityQuery(table string, rules qualityRules, columns []text.Column) *qualityQuery {
	q := &qualityQuery{table: table, qualityRules: rules}
	used := map[string]bool{}
	for _, r := range rules.list {
		names := columnsIn(r.tested+"\n"+r.fails, columns)
		q.uses = append(q.uses, names)
		for _, name := range append(columnsIn(r.example, columns), names...) {
			used[name] = true
		}
	}
	for _, c := range columns {
		if used[c.Name] {
			q.columns = append(q.columns, c)
		}
	}
	return q
}

// columnsIn returns the columns that an expression names.
func columnsIn(expression string, columns []text.Column) []string {
	var names []string
	for i := 0; i < len(expression); {
		n := tokenLength(expression[i:])
		word := strings.ToLower(strings.Trim(expression[i:i+n], `"`))
		called := strings.HasPrefix(expression[i+n:], "(")
		known := slices.ContainsFunc(columns, func(c text.Column) bool { return c.Name == word })
		if known && !called && !slices.Contains(names, word) {
			names = append(names, word)
		}
		i += n
	}
	return names
}

// source is the rows of the table. A column of customs.declaration that it lacks is
// NULL, by way of a union with nothing.
func (q *qualityQuery) source() string {
	if len(q.columns) == 0 {
		return "FROM query_table(" + quoteText(q.table) + ")"
	}
	return "FROM query_table(" + quoteText(q.table) + ") UNION ALL BY NAME " + q.nothing()
}

// nothing is no rows with the columns that the rules name.
func (q *qualityQuery) nothing() string {
	list := make([]string, 0, len(q.columns)+1)
	for _, c := range q.columns {
		list = append(list, "NULL::"+c.Type+" AS "+quoteName(c.Name))
	}
	if len(list) == 0 {
		list = append(list, "NULL")
	}
	return "SELECT " + strings.Join(list, ", ") + " WHERE false"
}

// guardedSQL is an expression that gives NULL instead of an error. DuckDB can't do
// that with a subquery.
func guardedSQL(expression string) string {
	if hasSubquery(expression) {
		return "(" + expression + "\n)"
	}
	return "TRY((" + expression + "\n))"
}

// plainTest finds conditions that can't fail and are never NULL, which need no
// guard.
var plainTest = regexp.MustCompile(`(?i)^(true|\w+ IS (NOT )?NULL( AND \w+ IS (NOT )?NULL)*)$`)

// conditionSQL is a condition that is true or false, or NULL where it can't be
// computed.
func conditionSQL(condition string) string {
	if plainTest.MatchString(condition) {
		return condition
	}
	return guardedSQL("(" + condition + "\n) IS TRUE")
}

// exampleSQL is an example that is NULL where it can't be computed.
func exampleSQL(example string) string {
	if plainColumn.MatchString(example) {
		return example
	}
	return guardedSQL(example)
}

var plainColumn = regexp.MustCompile(`^\w+$`)

func hasSubquery(expression string) bool {
	for i := 0; i < len(expression); {
		n := tokenLength(expression[i:])
		if word := strings.ToLower(expression[i : i+n]); word == "select" || word == "from" {
			return true
		}
		i += n
	}
	return false
}

// text returns the query. The outcomes of all rules for a row are marks in a few
// numbers, see [marksKernel]; the rows are counted by them, and the counts are
// joined with the rules.
func (q *qualityQuery) text() string {
	var p sqlParts
	for i, r := range q.list {
		p.addRule(i, r, q.uses[i])
	}
	return "WITH source AS NOT MATERIALIZED (" + q.source() + "),\n" +
		"present AS (SELECT list(lower(column_name)) AS names FROM (DESCRIBE FROM query_table(" + quoteText(q.table) + "))),\n" +
		"rules AS (FROM (VALUES " + strings.Join(p.rows, ",\n") + ") r(i, word, shift, shown, uses, name, dimension, severity, advice)),\n" +
		p.counted() + ",\n" + q.report()
}

// report is the part of the query from the counts to the rows of the report. A
// rule of a column that the table lacks tests nothing.
func (q *qualityQuery) report() string {
	return "outcome AS (SELECT i, n, marks >> shift & 3 AS mark, shows[shown] AS example FROM counted JOIN rules USING (word)),\n" +
		fmt.Sprintf("summed AS (SELECT i, sum(n) FILTER (WHERE mark > 0) AS tested, sum(n) FILTER (WHERE mark = %d) AS failing, "+
			"sum(n) FILTER (WHERE mark = %d)::BIGINT AS wrong, list_sort(list_distinct(list(example) FILTER (WHERE mark = %[1]d)))[:%[3]d] AS examples\n"+
			"FROM outcome GROUP BY i UNION ALL SELECT i, tested, failing, NULL, NULL FROM whole),\n", failing, wrong, qualityExamples) +
		"found AS (SELECT rules.*, names, examples, CASE WHEN list_has_all(names, uses) THEN coalesce(tested, 0) ELSE 0 END::BIGINT AS rows_tested,\n" +
		"CASE WHEN NOT list_has_all(names, uses) THEN 0 WHEN wrong > 0 THEN data_quality_failure(" + quoteText(q.table) +
		", name, wrong) ELSE coalesce(failing, 0) END::BIGINT AS rows_failing\n" +
		"FROM present, rules LEFT JOIN summed USING (i))\n" +
		"SELECT name AS rule, dimension, severity, rows_tested, rows_failing, round(rows_failing / nullif(rows_tested, 0), 6) AS share,\n" +
		"CASE WHEN rows_failing > 0 THEN examples END AS examples, advice FROM found" + q.sameRules() + "\nORDER BY i"
}

// sameRules is a condition that holds if the user sees the rules as they are here.
func (q *qualityQuery) sameRules() string {
	if q.state == "" {
		return ""
	}
	return "\nWHERE CASE WHEN (SELECT " + rulesState + " FROM quality.rule r) = " + quoteText(q.state) +
		" THEN true ELSE error('data_quality: quality.rule has changes that are not committed: COMMIT them first') END"
}

// sqlParts collects the parts of the query that depend on the rules.
type sqlParts struct {
	rows       []string // of the table of rules
	conditions []string // each once
	marks      []string // two arguments a rule
	examples   []string // each once
	whole      []string // rules of the table
}

// index returns the place of a text in a list, to which it is added if new.
func index(list *[]string, text string) int {
	if i := slices.Index(*list, text); i >= 0 {
		return i
	}
	*list = append(*list, text)
	return len(*list) - 1
}

// addRule adds the rule number i of the report.
func (p *sqlParts) addRule(i int, r qualityRule, uses []string) {
	names := make([]string, len(uses))
	for i, name := range uses {
		names[i] = quoteText(name)
	}
	word, shift, shown := "NULL", "NULL", "NULL"
	if r.scope == scopeTable {
		p.whole = append(p.whole, fmt.Sprintf("SELECT %d AS i, (%s\n) AS tested, (%s\n) AS failing FROM source", i, r.tested, r.fails))
	} else {
		n := len(p.marks) / 2
		word, shift = strconv.Itoa(n/marksAtOnce+1), strconv.Itoa(n%marksAtOnce*2)
		for _, condition := range []string{r.tested, r.fails} {
			p.marks = append(p.marks, fmt.Sprintf("condition%d", index(&p.conditions, conditionSQL(condition))))
		}
		if r.example != "" {
			shown = strconv.Itoa(index(&p.examples, exampleSQL(r.example)) + 1)
		}
	}
	p.rows = append(p.rows, fmt.Sprintf("(%d, %s, %s, %s, [%s]::VARCHAR[], %s, %s, %s, %s)", i, word, shift, shown, strings.Join(names, ", "),
		quoteText(r.name), quoteText(r.dimension), quoteText(r.severity), quoteText(r.advice)))
}

// qualityExamples is how many examples a rule shows.
const qualityExamples = 3

// counted is the parts of the query that read the source.
func (p *sqlParts) counted() string {
	whole := "whole AS (SELECT NULL::INTEGER AS i, NULL::BIGINT AS tested, NULL::BIGINT AS failing WHERE false)"
	if len(p.whole) > 0 {
		whole = "whole AS (" + strings.Join(p.whole, "\nUNION ALL ") + ")"
	}
	if len(p.marks) == 0 {
		return whole + ",\ncounted AS (SELECT 0 AS word, 0 AS marks, 0 AS n, []::VARCHAR[] AS shows WHERE false)"
	}
	columns := make([]string, 0, len(p.conditions)+len(p.examples))
	fields, shows := []string{"none: NULL"}, []string{}
	for i, c := range p.conditions {
		columns = append(columns, fmt.Sprintf("%s AS condition%d", c, i))
	}
	for i, e := range p.examples {
		columns = append(columns, fmt.Sprintf("%s AS example%d", e, i))
		fields = append(fields, fmt.Sprintf("e%d: example%[1]d", i))
		shows = append(shows, fmt.Sprintf("example.e%d::VARCHAR", i))
	}
	var marks, names, words []string
	for args := range slices.Chunk(p.marks, 2*marksAtOnce) {
		name := fmt.Sprintf("mark%d", len(names))
		marks = append(marks, "data_quality_marks("+strings.Join(args, ", ")+") AS "+name)
		names = append(names, name)
		words = append(words, fmt.Sprintf("{word: %d, mark: %s}", len(names), name))
	}
	return whole + ",\njudged AS NOT MATERIALIZED (SELECT " + strings.Join(columns, ",\n") + "\nFROM source),\n" +
		"marked AS NOT MATERIALIZED (SELECT {" + strings.Join(fields, ", ") + "} AS example, " + strings.Join(marks, ",\n") + "\nFROM judged),\n" +
		"kinds AS NOT MATERIALIZED (SELECT example, unnest([" + strings.Join(words, ", ") + "], recursive := true)\n" +
		"FROM marked WHERE " + strings.Join(names, " IS NOT NULL OR ") + " IS NOT NULL),\n" +
		fmt.Sprintf("counted AS (SELECT word, marks, n, [%s]::VARCHAR[] AS shows\n"+
			"FROM (SELECT word, mark & %d AS marks, sum(mark >> %d) AS n, any_value(example) AS example FROM kinds WHERE mark IS NOT NULL GROUP BY ALL))",
			strings.Join(shows, ", "), int64(1)<<weightShift-1, weightShift)
}
