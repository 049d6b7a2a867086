package engine_test

import (
	"context"
	"fmt"
	"log"

	"github.com/dhowdb/dhow/engine"
)

// The main job: rank the lines of a file, here of a sample, by risk.
func Example() {
	ctx := context.Background()
	db, err := engine.Open(ctx, "")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	result, err := db.ScreenSample(ctx, engine.Sample{Rows: 20_000, Seed: 1}) // or db.Screen(ctx, files)
	if err != nil {
		log.Fatal(err)
	}
	top, err := result.Top(ctx, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d lines; the first is in the %s lane\n", result.Lines, top[0].Lane)
	// Output: 20000 lines; the first is in the red lane
}

// Every function is there on every connection of database/sql.
func ExampleOpen() {
	ctx := context.Background()
	db, err := engine.Open(ctx, "")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	var code string
	err = db.QueryRowContext(ctx, "SELECT hs_normalize(?)", "HS 0101.21.00 - live horses").Scan(&code)
	fmt.Println(code, err)
	// Output: 01012100 <nil>
}
