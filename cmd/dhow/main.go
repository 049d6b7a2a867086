// Command dhow is an embedded analytical database for customs: it screens
// files of declarations, and it is an SQL shell. README.md has the tour.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
