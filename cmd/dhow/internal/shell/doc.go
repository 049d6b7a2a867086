// Package shell is the SQL shell of dhow: it reads statements and
// dot-commands from a person, a file or a pipe, has a [Session] run them and
// renders the results.
//
// It knows neither DuckDB nor the process it runs in. Whatever it needs comes
// in a [Config], so a test drives it like a person does.
//
// Data goes to Config.Out and nothing else does; messages go to Config.Err.
package shell
