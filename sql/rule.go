package sql

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// Rule is one indicator of a screening: what it looks for in a line, how many
// points it gives at most, and how it says so.
type Rule struct {
	Name     string
	Family   string  // valuation, data, origin, classification, trader
	Weight   float64 // points at full strength, 0 to 100
	Doc      string  // what it looks for, first sentence first
	Finding  bool    // whether it looks only at lines that screen.finding has
	Strength string  // SQL over screen.fact: 0 to 1; NULL counts as 0
	Reason   string  // SQL over screen.fact and the fair price: the finding in words with numbers
}

// Rules returns the indicators in the order of their names.
func Rules() ([]Rule, error) {
	names, err := fs.Glob(files, "rule/*.sql")
	if err != nil {
		return nil, err
	}
	rules := make([]Rule, 0, len(names))
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		r, err := ParseRule(string(text))
		if err == nil && r.Name != baseName(name) {
			err = fmt.Errorf("the rule is called %s, the file is not", r.Name)
		}
		if err != nil {
			return nil, fmt.Errorf("sql/%s: %w", name, err)
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// ParseRule reads an indicator from the text of its file: a comment with name,
// family, weight and documentation, then two SQL expressions under the
// comments "-- strength" and "-- reason". An indicator of lines that an earlier
// step has put into screen.finding says "scope: finding" in its comment, which
// spares looking at all the others.
func ParseRule(text string) (Rule, error) {
	head, rest := cutComment(text)
	before, rest, okStrength := strings.Cut(rest, "-- strength\n")
	strength, reason, okReason := strings.Cut(rest, "-- reason\n")
	r := Rule{Strength: strings.TrimSpace(strength), Reason: strings.TrimSpace(reason)}
	if !okStrength || !okReason || strings.TrimSpace(before) != "" || r.Strength == "" || r.Reason == "" {
		return Rule{}, errors.New(`after its comment a rule has "-- strength" and "-- reason", with an SQL expression under each`)
	}
	if err := r.parseHead(head); err != nil {
		return Rule{}, err
	}
	return r, nil
}

func (r *Rule) parseHead(head string) error {
	var doc []string
	for i, line := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case i == 0:
			r.Name = key
			doc = append(doc, value)
		case key == "family":
			r.Family = value
		case key == "weight":
			w, err := strconv.ParseFloat(value, 64)
			if err != nil || !(w >= 0 && w <= 100) {
				return fmt.Errorf("weight %q is not a number from 0 to 100", value)
			}
			r.Weight = w
		case key == "scope":
			if value != "finding" {
				return fmt.Errorf("scope %q is not finding", value)
			}
			r.Finding = true
		default:
			doc = append(doc, line)
		}
	}
	r.Doc = strings.TrimSpace(strings.Join(doc, "\n"))
	if !isName(r.Name) || r.Doc == "" || r.Family == "" || r.Weight == 0 {
		return errors.New("the comment of a rule begins with NAME: sentence, and has a line family: and one weight: above 0")
	}
	return nil
}

// isName tells whether s can stand in SQL without quotes.
func isName(s string) bool {
	for _, c := range s {
		if c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && s[0] >= 'a'
}
