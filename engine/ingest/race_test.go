//go:build race

package ingest_test

// underRace tells whether the race detector watches the tests.
const underRace = true
