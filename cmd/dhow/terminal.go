package main

import (
	"os"

	"golang.org/x/term"
)

// isTerminal reports whether a person sees or types into the stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// width returns the number of columns of the terminal behind the stream, 0 if
// there is none.
func width(stream any) int {
	if !isTerminal(stream) {
		return 0
	}
	w, _, err := term.GetSize(int(stream.(*os.File).Fd()))
	if err != nil {
		return 0
	}
	return w
}

// colorful reports whether output to the stream may have colours.
func colorful(stream any) bool {
	return isTerminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
