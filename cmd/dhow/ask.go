package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/dhowdb/dhow/engine/ingest"
)

// asking returns a function that asks on the terminal what is in doubt about
// the columns of a file. It asks the first doubt only: the answer may settle
// the next ones too. The progress line waits meanwhile.
func (a *app) asking(ctx context.Context, p *progressLine, inShell bool) func(string, *ingest.DoubtError) (map[string]string, error) {
	answers := bufio.NewReader(a.in)
	return func(path string, doubt *ingest.DoubtError) (map[string]string, error) {
		defer p.pause()()
		q := newQuestion(path, doubt, width(a.err))
		fmt.Fprint(a.err, q.text())
		for {
			fmt.Fprint(a.err, q.prompt())
			line, err := a.nextLine(ctx, answers, inShell)
			if err != nil || line == "" {
				if err != nil {
					fmt.Fprintln(a.err)
				}
				return nil, ctx.Err() // the doubt is the error then
			}
			chosen, err := q.answer(line)
			if err == nil {
				return chosen, nil
			}
			fmt.Fprint(a.err, wrapped(err.Error(), "  ", q.width))
		}
	}
}

// nextLine reads a line, unless ctx ends first. A read that has begun can't be
// taken back. In the shell it would swallow what is typed next, so the rest of
// this line is waited for there.
func (a *app) nextLine(ctx context.Context, r *bufio.Reader, inShell bool) (string, error) {
	read := make(chan error, 1)
	var line string
	go func() {
		var err error
		line, err = r.ReadString('\n')
		read <- err
	}()
	select {
	case err := <-read:
		return strings.TrimSpace(line), err
	case <-ctx.Done():
	}
	if inShell {
		fmt.Fprint(a.err, "\nPress Enter to stop. ")
		<-read
	}
	return "", ctx.Err()
}

// question asks one doubt, with numbers to choose by.
type question struct {
	path    string
	doubt   *ingest.DoubtError
	about   ingest.Doubt
	choices []string // columns of the file by their numbers
	more    int      // free columns that have no number
	width   int      // of the terminal, 0 if that isn't known
}

// mostChoices is how many columns have a number.
const mostChoices = 20

// newQuestion is the question for the first doubt. Where two columns fit it
// offers these; for a column that is needed, the likely ones and then the
// others that fill nothing.
func newQuestion(path string, doubt *ingest.DoubtError, width int) question {
	q := question{path: path, doubt: doubt, about: doubt.Doubts[0], width: width}
	q.choices = slices.Clone(q.about.Candidates)
	if q.about.Needed == nil {
		return q
	}
	for _, free := range doubt.Free() {
		switch {
		case slices.Contains(q.about.Candidates, free):
		case len(q.choices) < mostChoices:
			q.choices = append(q.choices, free)
		default:
			q.more++
		}
	}
	return q
}

// text says what is in doubt, and lists the columns that it may be with a cell
// of each.
func (q *question) text() string {
	ask := fmt.Sprintf("%s: which column is %s?", q.path, q.about.Column)
	if q.about.Needed != nil {
		ask = fmt.Sprintf("%s: %s needs %s. Which column is it?", q.path, q.doubt.Target, orList(q.about.Needed))
	}
	var b strings.Builder
	b.WriteString(wrapped(ask, "  ", q.width))
	names := 0
	for _, c := range q.choices {
		names = max(names, runewidth.StringWidth(short(c, longestSource)))
	}
	for i, c := range q.choices {
		row := fmt.Sprintf("  %2d  %s  %s", i+1, runewidth.FillRight(short(c, longestSource), names), short(q.doubt.Examples[c], longestExample))
		b.WriteString(fitted(row, q.width) + "\n")
	}
	switch {
	case q.about.Needed == nil:
		b.WriteString("   0  none of them\n")
	case q.more > 0:
		fmt.Fprintf(&b, "      and %d more\n", q.more)
	}
	return b.String()
}

// prompt says what may be answered.
func (q *question) prompt() string {
	field := "COLUMN=FIELD"
	if len(q.about.Needed) > 1 {
		field = "NUMBER=" + q.about.Needed[1]
	}
	text := wrapped(fmt.Sprintf("Number, or name of a column, or %s (Enter gives up):", field), "", q.width)
	return strings.TrimSuffix(text, "\n") + " "
}

// answer reads a number or the name of a column, with the field that it is if
// that is another than the one asked for. Of two columns that fit, the other is
// kept in extra.
func (q *question) answer(line string) (map[string]string, error) {
	out := map[string]string{}
	if q.about.Needed == nil {
		for _, c := range q.about.Candidates {
			out[c] = ""
		}
		if line == "0" {
			return out, nil
		}
	}
	source, err := q.column(line)
	field := q.about.Column
	if at := strings.LastIndexByte(line, '='); err != nil && at > 0 {
		if source, err = q.column(strings.TrimSpace(line[:at])); err != nil {
			return nil, err
		}
		field, err = q.doubt.Field(line[at+1:])
	}
	if err != nil {
		return nil, err
	}
	out[source] = field
	return out, nil
}

// column finds a column of the file by its number in the list, or its name.
func (q *question) column(text string) (string, error) {
	n, err := strconv.Atoi(text)
	if err == nil && n >= 1 && n <= len(q.choices) {
		return q.choices[n-1], nil
	}
	for _, h := range q.doubt.Header {
		if strings.EqualFold(h, text) {
			return h, nil
		}
	}
	if err == nil {
		return "", fmt.Errorf("%d is no number of the list", n)
	}
	return "", fmt.Errorf("there is no column %q", text)
}

// orList writes a list as prose: a, b or c.
func orList(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
