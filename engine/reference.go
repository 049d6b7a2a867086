package engine

import (
	"slices"
	"strings"

	sqltext "github.com/dhowdb/dhow/sql"
	"github.com/dhowdb/dhow/udf"
)

// Entry describes one SQL function of dhow, as help shows it.
type Entry struct {
	Name      string
	Kind      string // scalar, aggregate, table or macro
	Signature string // name(parameter TYPE, …) → TYPE, a line for each variant
	Unit      string
	Summary   string // the first sentence
	Text      string // all of it
	Examples  []udf.Example
}

// Reference returns an entry for every function, sorted by name.
func Reference() []Entry { return referenceWith(udf.DocOf) }

// referenceWith makes the reference from the prose that docOf gives.
func referenceWith(docOf func(name string) (udf.Doc, bool)) []Entry {
	var all []Entry
	for _, f := range Functions() {
		doc, _ := docOf(f.Name)
		all = append(all, entryOf(f, doc))
	}
	for _, t := range (*connector)(nil).tables() {
		all = append(all, tableEntry(t))
	}
	if macros, err := sqltext.Macros(); err == nil { // it can't fail: a test reads them
		for _, m := range macros {
			e := Entry{Name: m.Name, Kind: "macro", Signature: m.Name + m.Args, Text: m.Doc, Summary: firstSentence(m.Doc)}
			for _, x := range m.Examples {
				e.Examples = append(e.Examples, udf.Example{SQL: x.SQL, Want: x.Want})
			}
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func entryOf(f udf.Func, doc udf.Doc) Entry {
	e := Entry{Name: f.Name, Kind: "scalar", Unit: f.Unit, Text: doc.Text, Examples: f.Examples}
	if f.IsAggregate() {
		e.Kind = "aggregate"
	}
	var lines []string
	for _, v := range f.Kernel.Variants {
		var params []string
		for i, arg := range v.Args {
			name := ""
			if i < len(doc.Params) {
				name = doc.Params[i] + " "
			}
			if i == 0 && f.Input != "" {
				params = append(params, name+"ANY")
				continue
			}
			params = append(params, name+arg.String())
		}
		lines = append(lines, f.Name+"("+strings.Join(params, ", ")+") → "+v.ResultType())
	}
	e.Signature = strings.Join(lines, "\n")
	e.Summary = firstSentence(e.Text)
	return e
}

func tableEntry(t *udf.Table) Entry {
	var params []string
	text := t.Doc
	for _, p := range t.Params {
		param := p.Name + " " + p.Type.String()
		if p.Named {
			param = p.Name + " := " + p.Type.String()
		}
		params = append(params, param)
		text += "\n\n  " + p.Name + ": " + p.Doc
	}
	return Entry{
		Name: t.Name, Kind: "table", Text: text, Summary: firstSentence(t.Doc), Examples: t.Examples,
		Signature: t.Name + "(" + strings.Join(params, ", ") + ") → TABLE",
	}
}

// firstSentence returns the text up to its first full stop, on one line.
func firstSentence(text string) string {
	paragraph, _, _ := strings.Cut(text, "\n\n")
	line := strings.Join(strings.Fields(paragraph), " ")
	if i := strings.Index(line, ". "); i >= 0 {
		return line[:i+1]
	}
	if colon, ok := strings.CutSuffix(line, ":"); ok { // a formula follows
		return colon + "."
	}
	return line
}

// functionList returns the table function behind help: a row for each function.
func functionList() *udf.Table {
	return &udf.Table{
		Name: "dhow_functions",
		Doc: "dhow_functions returns a row for each function that dhow adds to DuckDB: its name, kind, signature, " +
			"unit, first sentence, whole description and examples.",
		Open: func(udf.Args) (udf.Scan, error) {
			names := []string{"name", "kind", "signature", "unit", "summary", "description", "examples"}
			var rows [][]string
			for _, e := range Reference() {
				var examples []string
				for _, x := range e.Examples {
					examples = append(examples, x.SQL+" → "+x.Want)
				}
				rows = append(rows, []string{
					e.Name, e.Kind, e.Signature, e.Unit, e.Summary, e.Text, strings.Join(examples, "\n"),
				})
			}
			columns := make([]udf.Column, len(names))
			for i, name := range names {
				columns[i] = udf.Column{Name: name, Type: udf.Varchar}
			}
			load := func() ([][]string, error) { return rows, nil }
			return &textScan{columns, int64(len(rows)), load}, nil
		},
	}
}
