package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/dhowdb/dhow/engine/ingest"
)

// asking returns a function that asks on the terminal what is in doubt about
// the columns of a file. The progress line waits meanwhile.
func (a *app) asking(p *progressLine) func(string, *ingest.DoubtError) (map[string]string, error) {
	answers := bufio.NewReader(a.in)
	return func(path string, doubt *ingest.DoubtError) (map[string]string, error) {
		defer p.pause()()
		out := map[string]string{}
		for _, d := range doubt.Doubts {
			fmt.Fprint(a.err, question(path, doubt.Target, d))
			line, err := answers.ReadString('\n')
			if err != nil {
				fmt.Fprintln(a.err)
				return nil, nil
			}
			chosen := answer(strings.TrimSpace(line), d)
			if chosen == nil {
				return nil, nil
			}
			for source, column := range chosen {
				out[source] = column
			}
		}
		return out, nil
	}
}

// question says what is in doubt, with numbers to choose by.
func question(path, table string, d ingest.Doubt) string {
	var b strings.Builder
	if d.Needed == nil {
		fmt.Fprintf(&b, "%s: which column is %s?\n", path, d.Column)
	} else {
		fmt.Fprintf(&b, "%s: %s needs %s. Which column is it?\n", path, table, strings.Join(d.Needed, " or "))
	}
	for i, c := range d.Candidates {
		fmt.Fprintf(&b, "  %d  %s\n", i+1, c)
	}
	if d.Needed == nil {
		b.WriteString("  0  none of them\n")
	}
	b.WriteString("Number, or name of a column, or COLUMN=FIELD (Enter gives up): ")
	return b.String()
}

// answer reads a number or a name; nil gives up. Of two columns that fit, the
// other is kept in extra.
func answer(line string, d ingest.Doubt) map[string]string {
	if line == "" {
		return nil
	}
	out := map[string]string{}
	if d.Needed == nil {
		for _, c := range d.Candidates {
			out[c] = ""
		}
	}
	if n, err := strconv.Atoi(line); err == nil && n >= 0 && n <= len(d.Candidates) {
		if n > 0 {
			out[d.Candidates[n-1]] = d.Column
		} else if d.Needed != nil {
			return nil
		}
		return out
	}
	source, column := line, d.Column
	if at := strings.LastIndexByte(line, '='); at > 0 {
		source, column = line[:at], line[at+1:]
	}
	out[source] = column
	return out
}
