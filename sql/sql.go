// Package sql holds the SQL text of dhow: tables, macros, views, the steps of
// a screening and its indicators. Each object is a file of its own, and the
// comment at its head is its documentation.
//
// It only hands out text. The engine runs it, and knows in which order.
package sql

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed */*.sql
var files embed.FS

// Object is one table, view or macro.
type Object struct {
	Name string // as SQL calls it: customs.declaration, face_ratio
	Args string // of a macro, with parentheses: (fob, cif)
	Doc  string // the comment at its head, first sentence first
	SQL  string // the whole file
	// Examples are the lines of the comment that begin with "Example: ".
	Examples []Example
}

// Example is a query of one value and what it gives, as text.
type Example struct {
	SQL, Want string
}

// Schema returns the tables that hold a user's data.
func Schema() ([]Object, error) { return objects("schema") }

// Macros returns the macros that every connection has. Those whose text is
// bound when they are called come last; see [Object.Deferred].
func Macros() ([]Object, error) {
	list, err := objects("macro")
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b Object) int {
		switch {
		case a.Deferred() == b.Deferred():
			return 0
		case b.Deferred():
			return -1
		}
		return 1
	})
	return list, nil
}

// Deferred reports whether the arguments of a macro stand in double braces.
// Such a macro is made so that DuckDB reads its text when it is called: to read
// long ones takes milliseconds, which each connection would take to open.
func (o Object) Deferred() bool { return strings.Contains(o.SQL, "{{") }

// Publication returns the statement that makes a macro. That of a deferred one
// has its text as a text, in which the values of the arguments are written as
// literals.
func (o Object) Publication() (string, error) {
	if !o.Deferred() {
		return o.SQL, nil
	}
	_, statement := cutComment(o.SQL)
	head, body, ok := strings.Cut(statement, " AS TABLE\n")
	if !ok {
		return "", fmt.Errorf("%s: only a table macro can have arguments in double braces", o.Name)
	}
	text := "'" + strings.ReplaceAll(strings.TrimSuffix(strings.TrimSpace(body), ";"), "'", "''") + "'"
	for _, arg := range o.bracedNames() {
		text = "replace(" + text + ", '{{" + arg + "}}', sql_literal(" + arg + "))"
	}
	return head + " AS TABLE FROM query(" + text + ");\n", nil
}

// bracedNames returns the names in double braces, each once.
func (o Object) bracedNames() []string {
	var names []string
	for i, part := range strings.Split(o.SQL, "{{") {
		name, _, _ := strings.Cut(part, "}}")
		if i > 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Views returns the views over the tables of [Schema].
func Views() ([]Object, error) { return objects("view") }

// Screening returns the steps of a screening in the order in which they run.
// Names in double braces stand for text that is made from [Rules].
func Screening() ([]Object, error) { return objects("screen") }

// Query returns the text of a query by the name of its file.
func Query(name string) (string, error) {
	text, err := files.ReadFile("query/" + name + ".sql")
	return string(text), err
}

// objects reads the files of a folder in the order of their names.
func objects(folder string) ([]Object, error) {
	names, err := fs.Glob(files, folder+"/*.sql")
	if err != nil {
		return nil, err
	}
	list := make([]Object, 0, len(names))
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		o, err := parseObject(string(text))
		if err != nil {
			return nil, fmt.Errorf("sql/%s: %w", name, err)
		}
		list = append(list, o)
	}
	return list, nil
}

// parseObject reads the comment at the head of a file: NAME(ARGS): sentence.
func parseObject(text string) (Object, error) {
	doc, _ := cutComment(text)
	head, _, ok := strings.Cut(doc, ": ")
	name, args, _ := strings.Cut(head, "(")
	if !ok || name == "" || strings.ContainsAny(name, " \n") {
		return Object{}, errors.New("the file must begin with a comment NAME: what it is")
	}
	o := Object{Name: name, SQL: text}
	if args != "" {
		o.Args = "(" + args
	}
	var err error
	o.Doc, o.Examples, err = cutExamples(doc[len(head)+2:])
	return o, err
}

// cutExamples splits off the lines "Example: QUERY → VALUE" of a comment.
func cutExamples(doc string) (rest string, examples []Example, err error) {
	var lines []string
	for line := range strings.SplitSeq(doc, "\n") {
		text, isExample := strings.CutPrefix(line, "Example: ")
		if !isExample {
			lines = append(lines, line)
			continue
		}
		query, want, ok := strings.Cut(text, " → ")
		if !ok {
			return "", nil, fmt.Errorf("%q has no → with the value behind it", line)
		}
		examples = append(examples, Example{query, want})
	}
	return strings.TrimSpace(strings.Join(lines, "\n")), examples, nil
}

// cutComment splits the comment lines at the head of a file from the rest, and
// returns them without their dashes.
func cutComment(text string) (comment, rest string) {
	var b strings.Builder
	rest = text
	for strings.HasPrefix(rest, "--") {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "--"), " "))
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String()), rest
}

// baseName returns the name of a file without folder and ending.
func baseName(file string) string {
	return strings.TrimSuffix(path.Base(file), ".sql")
}

// QualityRules returns the table with the rules of the data-quality report.
func QualityRules() (Object, error) {
	list, err := objects("quality")
	if err != nil {
		return Object{}, err
	}
	return list[0], nil
}
