package main

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// fitted cuts a line to the width of a terminal; 0 is as wide as you like.
func fitted(line string, width int) string {
	line = strings.TrimRight(line, " ")
	if width <= 0 || runewidth.StringWidth(line) <= width {
		return line
	}
	return runewidth.Truncate(line, width, "…")
}

// wrapped breaks a text between words into lines of the width of a terminal,
// the second and later ones behind an indent. The first has its own. A word that is longer has a line
// of its own. It ends with the end of a line.
func wrapped(text, indent string, width int) string {
	var b strings.Builder
	used := len(text) - len(strings.TrimLeft(text, " "))
	b.WriteString(text[:used])
	for i, word := range strings.Fields(text) {
		cells := runewidth.StringWidth(word)
		switch {
		case i == 0:
		case width > 0 && used+1+cells > width:
			b.WriteString("\n" + indent)
			used = runewidth.StringWidth(indent)
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += cells
	}
	return b.String() + "\n"
}
