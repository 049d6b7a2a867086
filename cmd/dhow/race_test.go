//go:build race

package main

// underRace tells whether the race detector watches the tests.
const underRace = true
