package engine

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
)

// The scopes of rules.
const (
	scopeRow   = "row"
	scopeTable = "table"
)

// checkRules finds a rule that can't be part of the query, and says why. If all
// can, that costs binding one query that reads nothing.
func (c *connector) checkRules(q *qualityQuery) error {
	for _, r := range q.list {
		if err := r.check(); err != nil {
			return r.wrong(err)
		}
	}
	if c.bind(trial(q.list, q.nothing())) == nil {
		return nil
	}
	if c.bind("FROM query_table("+quoteText(q.table)+")") != nil {
		return nil // it is temporary or not committed, or there is none: the report will tell
	}
	for _, r := range q.list {
		if err := c.bind(trial([]qualityRule{r}, q.source())); err != nil {
			return r.wrong(err)
		}
	}
	return nil
}

// trial is a query that can be bound if the rules can be run on the rows.
func trial(rules []qualityRule, rows string) string {
	conditions, values, aggregates := []string{"true"}, []string{"1"}, []string{"1"}
	for _, r := range rules {
		if r.scope == scopeTable {
			aggregates = append(aggregates, "("+r.tested+"\n)::BIGINT", "("+r.fails+"\n)::BIGINT")
			continue
		}
		// A condition must not be an aggregate, which WHERE refuses.
		conditions = append(conditions, "("+r.tested+"\n) IS TRUE", "("+r.fails+"\n) IS TRUE")
		if r.example != "" {
			values = append(values, "("+r.example+"\n)::VARCHAR")
		}
	}
	return "WITH source AS (" + rows + ") SELECT (SELECT count(*) FROM (SELECT " + strings.Join(values, ", ") +
		" FROM source WHERE " + strings.Join(conditions, " AND ") + ")), " +
		"(SELECT " + strings.Join(aggregates, " + ") + " FROM source)"
}

// wrong names the rule in an error, of which it keeps the first line.
func (r qualityRule) wrong(err error) error {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("rule %q of quality.rule: %s", r.name, line)
}

// check finds what is wrong with a rule by itself.
func (r qualityRule) check() error {
	switch {
	case r.name == "":
		return errors.New("it has no name")
	case r.scope != scopeRow && r.scope != scopeTable:
		return fmt.Errorf("its scope is %q, not %s or %s", r.scope, scopeRow, scopeTable)
	}
	for _, part := range []struct{ column, expression string }{{"tested", r.tested}, {"fails", r.fails}, {"example", r.example}} {
		if part.expression == "" && part.column == "example" {
			continue
		}
		if err := oneExpression(part.expression); err != nil {
			return fmt.Errorf("%s is no SQL expression: %w", part.column, err)
		}
		if strings.Contains(strings.ToLower(part.expression), "data_quality") {
			return fmt.Errorf("%s asks for a report, of which it would be a part", part.column)
		}
	}
	return nil
}

// oneExpression refuses a text that can't stand between parentheses without
// ending them.
func oneExpression(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("it is empty")
	}
	var open []byte
	for i := 0; i < len(text); {
		n := tokenLength(text[i:])
		token := text[i : i+n]
		switch at := strings.IndexByte("([{)]}", token[0]); {
		case token == ";":
			return fmt.Errorf("%s has a semicolon", text)
		case strings.HasPrefix(token, "/*"):
			return fmt.Errorf("%s has a comment", text)
		case token[0] == '$' || token[0]|0x20 == 'e' && strings.Contains(token, "'"):
			return fmt.Errorf("%s has quotes other than ' and \"", text)
		case (token[0] == '\'' || token[0] == '"') && strings.Count(token, token[:1])%2 == 1:
			return fmt.Errorf("%s ends within quotes", text)
		case at >= 3:
			if len(open) == 0 || open[len(open)-1] != "([{"[at-3] {
				return fmt.Errorf("%s closes a bracket that it doesn't open", text)
			}
			open = open[:len(open)-1]
		case at >= 0:
			open = append(open, token[0])
		}
		i += n
	}
	if len(open) > 0 {
		return fmt.Errorf("%s doesn't close a bracket", text)
	}
	return nil
}

// qualityFailure says why a rule can't be computed for n rows of a table.
func (c *connector) qualityFailure(table, rule string, n int64) error {
	rules, err := c.qualityRules()
	if err != nil {
		return err
	}
	columns, err := declarationColumns()
	if err != nil {
		return err
	}
	for _, r := range rules.list {
		if r.name != rule || r.scope != scopeRow {
			continue
		}
		q := newQualityQuery(table, qualityRules{list: []qualityRule{r}}, columns)
		err := c.readOwn("SELECT count(*) FROM ("+q.source()+") WHERE ("+r.tested+"\n) AND ("+r.fails+"\n)", func([]driver.Value) {})
		if err != nil {
			return r.wrong(err)
		}
		return r.wrong(fmt.Errorf("it gives an error for %d rows; SELECT %s FROM %s WHERE %s shows it", n, r.fails, table, r.tested))
	}
	return fmt.Errorf("rule %q of quality.rule gives an error for %d rows of %s", rule, n, table)
}
