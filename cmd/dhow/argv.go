package main

import (
	"strings"

	"github.com/spf13/pflag"
)

// doubleDash rewrites long flags with one dash, as users of other shells type
// them, to two: the parser would take -csv for -c sv without a word.
func doubleDash(args []string, flags *pflag.FlagSet) []string {
	out := make([]string, 0, len(args))
	for i, arg := range args {
		if arg == "--" {
			return append(out, args[i:]...)
		}
		name, isFlag := strings.CutPrefix(arg, "-")
		name, _, _ = strings.Cut(name, "=")
		if isFlag && len(name) > 1 && name[0] != '-' && flags.Lookup(name) != nil {
			arg = "-" + arg
		}
		out = append(out, arg)
	}
	return out
}
