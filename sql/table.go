package sql

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Table is a table of [Schema] with what its file says of its columns.
type Table struct {
	Object
	Columns []Column
	// Needs lists what a file must have to be loaded into the table: one column
	// of each group. Nothing is loaded into a table without it.
	Needs [][]string
	// Key lists the columns that tell one row from another, if there are such. A
	// row without all of the first group can't be told.
	Key [][]string
}

// Column is a column of a table. The parts of its comment are apart.
type Column struct {
	Name       string
	Type       string
	Comment    string // all of it
	About      string // what it is
	Normalizer string // function that reads its codes, such as country_normalize
	SAD        string // box of the single administrative document
	WCO        string // number in the WCO Data Model
	Unit       string // kg, per cent, or the column with the currency
	Example    string
}

// Tables returns the tables of [Schema] with their columns.
func Tables() ([]Table, error) {
	list, err := Schema()
	if err != nil {
		return nil, err
	}
	tables := make([]Table, len(list))
	for i, o := range list {
		if tables[i], err = parseTable(o); err != nil {
			return nil, fmt.Errorf("%s: %w", o.Name, err)
		}
	}
	return tables, nil
}

// columnLine finds the name, the type and the comment of a column.
var columnLine = regexp.MustCompile(`^    (\w+) +([A-Z]+(?:\(\d+, \d+\))?)(?: PRIMARY KEY)?,? +-- (.+)$`)

// parseTable reads the columns of CREATE TABLE, one a line, each with its
// comment.
func parseTable(o Object) (Table, error) {
	t := Table{Object: o, Needs: groups(o.Doc, "Needs: "), Key: groups(o.Doc, "Key: ")}
	_, body, ok := strings.Cut(o.SQL, "CREATE TABLE IF NOT EXISTS "+o.Name+" (\n")
	body, _, ends := strings.Cut(body, "\n);")
	if !ok || !ends {
		return t, fmt.Errorf("no CREATE TABLE IF NOT EXISTS %s ( … );", o.Name)
	}
	for line := range strings.SplitSeq(body, "\n") {
		m := columnLine.FindStringSubmatch(line)
		if m == nil {
			return t, fmt.Errorf("%q is no column with a type and a comment", line)
		}
		t.Columns = append(t.Columns, parseColumn(m[1], m[2], m[3]))
	}
	for _, name := range slices.Concat(append(slices.Clone(t.Needs), t.Key...)...) {
		if t.Column(name) == nil {
			return t, fmt.Errorf("there is no column %s", name)
		}
	}
	return t, nil
}

// Column returns a column by its name, nil if there is none.
func (t *Table) Column(name string) *Column {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &t.Columns[i]
}

// listWord separates the names of a list in prose.
var listWord = regexp.MustCompile(`,\s+|\s+or\s+`)

// groups reads "Needs: a; b, c or d." as [[a] [b c d]].
func groups(doc, label string) [][]string {
	_, text, ok := strings.Cut("\n"+doc, "\n"+label)
	if !ok {
		return nil
	}
	text, _, _ = strings.Cut(text, ".\n")
	var out [][]string
	for group := range strings.SplitSeq(strings.TrimSuffix(text, "."), ";") {
		out = append(out, listWord.Split(strings.TrimSpace(group), -1))
	}
	return out
}

// units are those that a comment may name; the last two are columns.
var units = []string{"kg", "per cent", "bytes", "currency", "invoice_currency"}

func parseColumn(name, typ, comment string) Column {
	c := Column{Name: name, Type: typ, Comment: comment}
	var about []string
	for part := range strings.SplitSeq(comment, "; ") {
		switch {
		case strings.HasSuffix(part, "_normalize"):
			c.Normalizer = part
		case strings.HasPrefix(part, "SAD "):
			c.SAD = part[len("SAD "):]
		case strings.HasPrefix(part, "WCO "):
			c.WCO = part[len("WCO "):]
		case strings.HasPrefix(part, "e.g. "):
			c.Example = part[len("e.g. "):]
		case slices.Contains(units, part):
			c.Unit = part
		default:
			about = append(about, part)
		}
	}
	c.About = strings.Join(about, "; ")
	return c
}
